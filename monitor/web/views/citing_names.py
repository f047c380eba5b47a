"""Saying how an author and a periodical are cited: for curators, where the rule or the print does not tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect

from monitor.accounts.models import Role
from monitor.library.citing_actions import NotCitable, cite_author, cite_periodical
from monitor.library.models import Author
from monitor.web.access import find_issue, role_needed
from monitor.web.form_addresses import takes_forms
from monitor.web.forms.citing import AuthorCitingForm, PeriodicalCitingForm

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpResponse

    from monitor.web.access import Request

SAID = "Saved: it is cited so from now on."


@takes_forms
@role_needed(Role.CURATOR)
def cite_author_so(request: Request, slug: str) -> HttpResponse:
    shown = get_object_or_404(Author, slug=slug)
    form = AuthorCitingForm(request.POST)
    try:
        if form.is_valid():
            cite_author(author=shown, **form.cleaned_data)
    except NotCitable as refusal:
        form.add_error(None, str(refusal))
    _tell(request, form)
    return redirect(shown)


@takes_forms
@role_needed(Role.CURATOR)
def cite_periodical_so(request: Request, pk: int) -> HttpResponse:
    shown = find_issue(request, pk)
    form = PeriodicalCitingForm(request.POST)
    try:
        if form.is_valid():
            cite_periodical(periodical=shown.periodical, **form.cleaned_data)
    except NotCitable as refusal:
        form.add_error("issn", str(refusal))
    _tell(request, form)
    return redirect(shown)


def _tell(request: Request, form: forms.Form) -> None:
    if not form.errors:
        messages.success(request, SAID)
    for sentences in form.errors.values():
        messages.error(request, " ".join(map(str, sentences)))
