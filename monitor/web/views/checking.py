"""Checking a reading against the printed page, and correcting it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from monitor.accounts.models import Role
from monitor.jobs.read_again import read_again
from monitor.library.correction_actions import (
    CHANGED,
    Asked,
    CannotCorrect,
    make_correction,
    redo_correction,
    undo_correction,
)
from monitor.library.models import Article, DateBasis
from monitor.library.queries import current_text
from monitor.library.readings import ReadingMissing
from monitor.web.access import find_correction, find_issue, role_needed
from monitor.web.checked_pages import check_address, page_number
from monitor.web.form_addresses import takes_forms
from monitor.web.forms.corrections import CorrectionForm
from monitor.web.proof import choices, mark_of, proof_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from monitor.library.correction_models import Correction
    from monitor.library.models import Issue
    from monitor.web.access import Request

READ_AGAIN = (
    "This issue was stored before corrections could be made. Its file is read again now; try again in a minute."
)
NO_FILE = "This issue was stored before corrections could be made, and its file is not kept: hand it in again."
DONE = {
    "title": "The title is corrected.",
    "authors": "The authors are corrected.",
    "kind": "The kind is corrected.",
    "begins": "An article begins here now.",
    "goes_on": "The article goes on the one before now.",
    "join": "The paragraphs are one now.",
    "split": "A paragraph begins there now.",
    "type": "The type is corrected.",
}


@require_safe
@role_needed(Role.CURATOR)
def check(request: Request, pk: int) -> HttpResponse:
    number = page_number(request.GET.get("page", "1"))
    if number is None:
        raise Http404
    return _render(request, find_issue(request, pk), number)


def _render(request: Request, issue: Issue, number: int, *, refused: str = "", status: int = 200) -> HttpResponse:
    proof = proof_of(issue, number)
    if proof is None:
        raise Http404
    context: dict[str, Any] = {
        "here": "ingest",
        "issue": issue,
        "proof": proof,
        "refused": refused,
        "is_part": bool(request.htmx and not request.htmx.history_restore_request),
        "day": issue.date.isoformat() if issue.date and issue.date_basis != DateBasis.INFERRED else "",
        **choices(),
    }
    part = "#check" if context["is_part"] else ""
    return render(request, f"issues/check.html{part}", context, status=status)


@takes_forms
@role_needed(Role.CURATOR)
def correct(request: Request, pk: int) -> HttpResponse:
    """Make one correction and lead back to the page; what cannot be made comes back with the page as it is now."""
    issue = find_issue(request, pk)
    number = page_number(request.POST.get("page", "1")) or 1
    form = CorrectionForm(request.POST)
    if not form.is_valid():
        sentence = next(str(error) for errors in form.errors.values() for error in errors)
        return _render(request, issue, number, refused=sentence, status=422)
    try:
        made = _made(request, issue, form)
    except CannotCorrect as error:
        return _again(request, issue, number, str(error))
    except ReadingMissing:
        return _again(request, issue, number, _sent_to_be_read(request, issue))
    messages.success(request, f"{DONE[made.kind]} It can be undone below.")
    return redirect(check_address(issue, _still_there(issue, number)))


def _made(request: Request, issue: Issue, form: CorrectionForm) -> Correction:
    given = form.cleaned_data
    asked = _asked(issue, form)
    names, is_line = given["names"], given["is_line"]
    return make_correction(
        issue=issue, kind=given["kind"], asked=asked, by=request.user, text=form.value(), names=names, is_line=is_line
    )


def _asked(issue: Issue, form: CorrectionForm) -> Asked:
    """Return the place with its words. Raises CannotCorrect where the page showed others."""
    given = form.cleaned_data
    row = Article.objects.filter(issue=issue, pk=given["article"]).first()
    block = row.blocks.filter(position=given["block"]).first() if row and given["block"] is not None else None
    if row is None or (block is None and given["block"] is not None):
        raise CannotCorrect(CHANGED)
    words = current_text(row).body[block.start : block.end] if block else row.title
    if mark_of(words) != given["mark"]:
        raise CannotCorrect(CHANGED)
    offset = 0
    if given["kind"] == "split":
        offset = words.find(given["cut"].strip(), 1)
        if offset < 1:
            raise CannotCorrect(f"“{given['cut']}” does not stand within this paragraph.")
    return Asked(row.pk, given["version"], words, given["block"], offset)


def _again(request: Request, issue: Issue, number: int, sentence: str) -> HttpResponse:
    issue.refresh_from_db()
    return _render(request, issue, _still_there(issue, number), refused=sentence, status=422)


def _sent_to_be_read(request: Request, issue: Issue) -> str:
    """Have the file read again by the worker; return the sentence that says so."""
    try:
        read_again(issue, by=request.user)
    except FileNotFoundError:
        return NO_FILE
    return READ_AGAIN


def _still_there(issue: Issue, number: int) -> int:
    """Return the page, or the last one: a text file has one for each article, and these come and go."""
    if issue.page_sizes:
        return min(number, len(issue.page_sizes))
    return min(number, max(issue.articles.exclude(state="gone").count(), 1))


@takes_forms
@role_needed(Role.CURATOR)
def undo(request: Request, pk: int) -> HttpResponse:
    return _turned(request, find_correction(request, pk), undone=True)


@takes_forms
@role_needed(Role.CURATOR)
def redo(request: Request, pk: int) -> HttpResponse:
    return _turned(request, find_correction(request, pk), undone=False)


def _turned(request: Request, correction: Correction, *, undone: bool) -> HttpResponse:
    issue, number = correction.issue, page_number(request.POST.get("page", "1")) or 1
    try:
        (undo_correction if undone else redo_correction)(correction=correction)
    except ReadingMissing:
        return _again(request, issue, number, _sent_to_be_read(request, issue))
    messages.success(request, "Undone." if undone else "Made again.")
    return redirect(check_address(issue, _still_there(issue, number)))
