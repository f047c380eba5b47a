"""What one deleted: to be brought back within 30 days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from monitor.annotations.queries import on_readable_texts
from monitor.annotations.trash import KEPT_FOR, trash_of
from monitor.library.keyset import Key
from monitor.web.comments import comment_html
from monitor.web.mark_passages import passages_of
from monitor.web.paging import asked_page

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse

    from monitor.annotations.models import Annotation
    from monitor.annotations.rendering import Html
    from monitor.web.access import Request

AT_ONCE = 50
KEYS = (Key("deleted", "moment", descending=True), Key("pk", "number", descending=True))


@dataclass(frozen=True, slots=True)
class Thrown:
    """An annotation in the trash, and when it leaves it for good."""

    mark: Annotation
    quotes: tuple[str, ...]
    html: Html
    leaves: datetime


@require_safe
def trash(request: Request) -> HttpResponse:
    page = asked_page(request.GET, trash_of(request.user), KEYS, size=AT_ONCE)
    passages = passages_of(page.rows, request.user)
    thrown = [
        Thrown(mark, tuple(one.quote for one in passages[mark.pk]), comment_html(mark.comment), mark.deleted + KEPT_FOR)
        for mark in page.rows
    ]
    readable = on_readable_texts(request.user, [mark.pk for mark in page.rows])
    context = {"here": "trash", "page": page, "thrown": thrown, "days": KEPT_FOR.days, "readable": readable}
    return render(request, "annotations/trash.html", context)
