"""What one was told: mentions, replies, threads that were resolved, annotations that were hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from monitor.annotations.notices import mark_seen, notices_for, unseen_count
from monitor.annotations.queries import on_readable_texts
from monitor.library.keyset import Key
from monitor.search.alerts import news_for
from monitor.web.form_addresses import takes_forms
from monitor.web.paging import asked_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from monitor.web.access import Request

AT_ONCE = 50
KEYS = (Key("pk", "number", descending=True),)


@require_safe
def notices(request: Request) -> HttpResponse:
    page = asked_page(request.GET, notices_for(request.user), KEYS, size=AT_ONCE)
    readable = on_readable_texts(request.user, [notice.annotation_id for notice in page.rows])
    context: dict[str, Any] = {
        "here": "notices",
        "page": page,
        "unseen": unseen_count(request.user),
        "readable": readable,
    }
    context["news"] = [one for one in news_for(request.user) if one.count or one.following.broken]
    return render(request, "annotations/notices.html", context)


@takes_forms
def seen(request: Request) -> HttpResponse:
    """Mark what was told as seen, up to the newest one that the page showed: none is missed that came since."""
    newest = request.POST.get("newest", "")
    if newest.isascii() and newest.isdigit() and len(newest) < 19:
        count = mark_seen(request.user, newest=int(newest))
        messages.success(request, "All seen." if count else "There was nothing new.")
    return redirect("notices")
