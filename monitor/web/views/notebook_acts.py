"""One act on many annotations of the notebook: those ticked, or all that match."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from monitor.annotations import bulk
from monitor.annotations.actions import find_team
from monitor.annotations.models import Annotation, Visibility
from monitor.annotations.notebook_queries import matching
from monitor.annotations.refusals import CannotAnnotate
from monitor.annotations.tag_names import tags_called
from monitor.web.act_buttons import undo_tags
from monitor.web.form_addresses import takes_forms
from monitor.web.forms.marks import first_error, named_tags
from monitor.web.forms.notebook import ChosenForm, ColourForm, ReadersForm, TagsForm, read_notebook_asked

if TYPE_CHECKING:
    from collections.abc import Callable

    from django import forms
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from monitor.accounts.models import User
    from monitor.annotations.bulk import Outcome
    from monitor.web.access import Request

MOST_TICKED = 5_000
NONE_CHOSEN = "Choose annotations first: tick them, or take all that match."


class Chosen(CannotAnnotate):
    """What was chosen cannot be acted on."""


def chosen_marks(request: Request) -> QuerySet[Annotation]:
    """Return the annotations a form is for, as far as its sender may see them. Raises Chosen."""
    form = ChosenForm(request.POST)
    if not form.is_valid():
        raise Chosen(NONE_CHOSEN)
    if not form.cleaned_data["every"]:
        return _ticked(request.user, request.POST.getlist("marks"))
    asked = read_notebook_asked(QueryDict(form.cleaned_data["query"].removeprefix("?")))
    if asked.refused:
        raise Chosen("That list cannot be read any more. Look at it again and choose anew.")
    marks = matching(request.user, asked.wanted)
    expected, count = form.cleaned_data["expected"], marks.count()
    if expected is not None and expected != count:
        raise Chosen(
            f"The list has changed meanwhile: it had {expected:,}, now it has {count:,}. Look, and choose anew."
        )
    return marks


def _ticked(person: User, written: list[str]) -> QuerySet[Annotation]:
    uids = set()
    for one in written[:MOST_TICKED]:
        try:
            uids.add(UUID(one))
        except ValueError:
            continue
    if not uids:
        raise Chosen(NONE_CHOSEN)
    found: QuerySet[Annotation] = Annotation.objects.visible_to(person).filter(uid__in=uids)
    return found


def _add(person: User, marks: QuerySet[Annotation], asked: dict[str, Any]) -> Outcome:
    return bulk.add_tags(
        marks=marks,
        by=person,
        tags_for=lambda visibility, team: named_tags(asked["tags"], by=person, visibility=visibility, team=team),
    )


def _take(person: User, marks: QuerySet[Annotation], asked: dict[str, Any]) -> Outcome:
    return bulk.take_tags(marks=marks, by=person, tags=tags_called(asked["tags"], by=person))


def _recolour(person: User, marks: QuerySet[Annotation], asked: dict[str, Any]) -> Outcome:
    return bulk.recolour(marks=marks, by=person, colour=asked["colour"])


def _share(person: User, marks: QuerySet[Annotation], asked: dict[str, Any]) -> Outcome:
    visibility, team = asked["readers"]
    found = find_team(person, team) if visibility == Visibility.TEAM else None
    return bulk.share(marks=marks, by=person, visibility=visibility, team=found)


def _delete(person: User, marks: QuerySet[Annotation], asked: dict[str, Any]) -> Outcome:
    return bulk.delete(marks=marks, by=person)


@dataclass(frozen=True, slots=True)
class BulkAct:
    """What a button does: the form it needs, and how what it did is said."""

    form: type[forms.Form] | None
    do: Callable[[User, QuerySet[Annotation], dict[str, Any]], Outcome]
    done: str


ACTS: dict[str, BulkAct] = {
    "tag": BulkAct(TagsForm, _add, "tagged"),
    "untag": BulkAct(TagsForm, _take, "rid of these tags"),
    "colour": BulkAct(ColourForm, _recolour, "recoloured"),
    "share": BulkAct(ReadersForm, _share, "re-scoped"),
    "delete": BulkAct(None, _delete, "moved to your trash"),
}


@takes_forms
def act(request: Request) -> HttpResponse:
    """Do it, and lead back to the list with what was done, what was not, and the way to undo it."""
    wanted = ACTS.get(request.POST.get("act", ""))
    if wanted is None:
        raise Http404
    form = wanted.form(request.POST) if wanted.form else None
    try:
        marks = chosen_marks(request)
        if form and not form.is_valid():
            raise Chosen(first_error(form))
        done = wanted.do(request.user, marks, form.cleaned_data if form else {})
    except CannotAnnotate as refusal:
        messages.error(request, str(refusal))
        return redirect(_list_of(request))
    said = sentence(done, wanted.done)
    if done.changed:
        messages.success(request, said, extra_tags=undo_tags())
    else:
        messages.error(request, said)
    return redirect(_list_of(request))


def sentence(done: Outcome, what: str) -> str:
    """Return `37 annotations tagged; 3 are not yours to change.`."""
    count = "1 annotation" if done.changed == 1 else f"{done.changed or 'No':{',' if done.changed else ''}} annotations"
    left = [f"{count} {what}"]
    left += [f"{done.foreign:,} {_are(done.foreign)} not yours to change"] if done.foreign else []
    left += [f"{done.already:,} {_are(done.already)} so already"] if done.already else []
    left += [f"{done.full:,} can bear no more tags"] if done.full else []
    return f"{'; '.join(left)}."


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _list_of(request: Request) -> str:
    """Return the list that the form stood in, read anew so that nothing but a list can be meant."""
    query = QueryDict(request.POST.get("query", "")[:20_000].removeprefix("?"))
    written = read_notebook_asked(query).address()
    return reverse("notebook") + (written if written != "?" else "")
