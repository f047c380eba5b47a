"""A codebook that another program wrote, brought into one of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.text import Truncator

from monitor.annotations.codebook_import import Brought, bring_codes
from monitor.annotations.codebook_queries import MINE, SHARED
from monitor.annotations.refusals import CannotAnnotate
from monitor.interchange.refi_qda import NotACodebook, read_codebook
from monitor.web.act_buttons import undo_tags
from monitor.web.form_addresses import takes_forms
from monitor.web.forms.tags import ImportForm, MakeForm
from monitor.web.views.tags import render_tags

if TYPE_CHECKING:
    from django.http import HttpResponse

    from monitor.interchange.refi_qda import Codebook
    from monitor.web.access import Request

MOST_REFUSED = 5  # sentences of one message
TOO_LARGE = "This file is too large for a codebook."


@takes_forms
def bring_in(request: Request) -> HttpResponse:
    """Read the file and bring its codes; what could not be taken is said."""
    form = ImportForm(request.POST, request.FILES, person=request.user)
    if request.oversized:
        form.add_error("file", TOO_LARGE)
    if not form.is_valid():
        return render_tags(request, MakeForm(person=request.user), importing=form, status=422)
    scope = form.cleaned_data["scope"]
    team = None if scope in {SHARED, MINE} else request.user.teams.get(uid=scope)
    try:
        book = read_codebook(form.cleaned_data["file"].read())
        brought = bring_codes(book.codes, by=request.user, team=team, private=scope == MINE)
    except (NotACodebook, CannotAnnotate) as refusal:
        form.add_error("file", str(refusal))
        return render_tags(request, MakeForm(person=request.user), importing=form, status=422)
    _tell(request, book, brought)
    return redirect("tags")


def _tell(request: Request, book: Codebook, brought: Brought) -> None:
    said = f"{brought.made} tags made, {brought.changed} changed, {brought.unchanged} as they were."
    if book.sets:
        said += f" Sets have no place here: {len(book.sets)} left out."
    messages.success(request, said, extra_tags=undo_tags() if brought.made + brought.changed else "")
    if brought.refused:
        sentences = " ".join(Truncator(one).chars(200) for one in brought.refused[:MOST_REFUSED])
        more = f" And {len(brought.refused) - MOST_REFUSED} more." if len(brought.refused) > MOST_REFUSED else ""
        messages.error(request, f"Left out: {sentences}{more}")
