"""The codebook: its tree, new tags, digits, and what fields for tags suggest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from monitor.annotations.codebook import make_tag
from monitor.annotations.codebook_queries import MINE, SHARED, codebook_of, pinned, scope_word, suggested
from monitor.annotations.pinning import DIGITS, pin_tag
from monitor.annotations.refusals import CannotAnnotate
from monitor.annotations.tag_models import Tag
from monitor.annotations.tag_names import written_names
from monitor.web.act_buttons import undo_tags
from monitor.web.form_addresses import takes_forms
from monitor.web.forms.shelf import asked_words
from monitor.web.forms.tags import ImportForm, MakeForm, PinForm
from monitor.web.reading_ways import whole_number
from monitor.web.tags import address_of, books
from monitor.web.views.tag_page import tag

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from monitor.web.access import Request


@require_safe
def tags(request: Request) -> HttpResponse:
    return render_tags(request, MakeForm(person=request.user))


def render_tags(
    request: Request, form: MakeForm, *, importing: ImportForm | None = None, status: int = 200
) -> HttpResponse:
    """Draw the codebook, perhaps with a form whose sender has to look at it again."""
    person, typed = request.user, asked_words(request.GET.get("q", ""))
    counted = codebook_of(person)
    context: dict[str, Any] = {
        "here": "tags",
        "books": books(counted, pinned(person), typed),
        "total": len(counted),
        "typed": typed,
        "form": form,
        "importing": importing or ImportForm(person=person),
        "digits": DIGITS,
    }
    part = "#swapped" if request.htmx and not request.htmx.history_restore_request else ""
    return render(request, f"tags/tags.html{part}", context, status=status)


@takes_forms
def make(request: Request) -> HttpResponse:
    form = MakeForm(request.POST, person=request.user)
    if not form.is_valid():
        return render_tags(request, form, status=422)
    scope = form.cleaned_data["scope"]
    team = None if scope in {SHARED, MINE} else request.user.teams.get(uid=scope)
    try:
        made = make_tag(
            name=form.cleaned_data["name"],
            by=request.user,
            team=team,
            private=scope == MINE,
            colour=form.cleaned_data["colour"],
        )
    except CannotAnnotate as refusal:
        form.add_error("name", str(refusal))
        return render_tags(request, form, status=422)
    messages.success(request, f"“{made.name}” is in the codebook.", extra_tags=undo_tags())
    return redirect(address_of(made))


@takes_forms
def pin(request: Request, uid: UUID) -> HttpResponse:
    """Put a tag behind a digit key of this person."""
    found: Tag = get_object_or_404(Tag.objects.visible_to(request.user).select_related("team"), uid=uid)
    form = PinForm(request.POST)
    digit = form.cleaned_data["digit"] if form.is_valid() else None
    if form.is_valid():
        pin_tag(tag=found, by=request.user, digit=digit)
        messages.success(request, f"“{found.name}” is on {digit}." if digit else f"“{found.name}” is on no digit.")
    else:
        messages.error(request, "A tag goes behind one of the digits 1 to 9.")
    return redirect(address_of(found))


@require_safe
def suggest(request: Request) -> HttpResponse:
    """Return tags for what is being typed, as JSON: name, path, colour and for whom each is."""
    if not {"q", "article"} & request.GET.keys():
        return tag(request, "suggest")  # a tag may have this name, too
    found = suggested(request.user, request.GET.get("q", "")[:200], article=whole_number(request.GET.get("article")))
    names = written_names((row.pk for row in found), request.user)
    rows = [
        {"name": row.name, "path": row.path, "colour": row.colour, "scope": scope_word(row), "for": _for_whom(row)}
        | {"written": names.get(row.pk, row.path)}
        for row in found
    ]
    return JsonResponse({"tags": rows}, headers={"Cache-Control": "private, no-store"})


def _for_whom(row: Tag) -> str:
    return "only you" if row.owner_id else row.team.name if row.team else ""
