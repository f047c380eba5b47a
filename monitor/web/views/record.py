"""The record of acts that concern safety: for administrators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from monitor.accounts.audit_models import Act
from monitor.accounts.auditing import KEPT_FOR, entries
from monitor.accounts.models import Role
from monitor.library.keyset import Key
from monitor.web.access import role_needed
from monitor.web.paging import asked_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from monitor.web.access import Request

AT_ONCE = 100
KEYS = (Key("pk", "number", descending=True),)
LONGEST_NAME = 150


@require_safe
@role_needed(Role.ADMIN)
def record(request: Request) -> HttpResponse:
    """Show who did what, the newest first; `?act=` and `?who=` narrow it, what they do not know narrows nothing."""
    act = request.GET.get("act", "")
    act = act if act in Act.values else ""
    who = request.GET.get("who", "").replace("\0", "").strip()[:LONGEST_NAME]
    context = {
        "here": "people",
        "page": asked_page(request.GET, entries(act=act, who=who), KEYS, size=AT_ONCE),
        "acts": Act.choices,
        "act": act,
        "who": who,
        "years": KEPT_FOR.days // 365,
    }
    return render(request, "people/record.html", context)
