"""Forms between a request and an action that may refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpRequest, QueryDict

    from monitor.accounts.refusals import AccountRefusal


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what a form is bound to: an empty POST is a rejected form, not a fresh one."""
    return request.POST if request.method == "POST" else None


def refuse(form: forms.Form, refusal: AccountRefusal) -> None:
    """Put the sentence beside the field it is about, else above the form."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
