"""The record of files that are taken from pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.accounts import auditing
from monitor.accounts.audit_models import Act

if TYPE_CHECKING:
    from monitor.web.access import Request


def note_taken(request: Request, form: str, rows: int, size: int) -> None:
    """Keep in the record who took how much from where, never what was searched for; a look at the head alone is none."""
    if request.method == "HEAD":
        return
    page = request.resolver_match.view_name if request.resolver_match else ""
    person = request.user if request.user.is_authenticated else None
    auditing.note(Act.EXPORTED, by=person, about=page, form=form, rows=rows, bytes=size)
