"""Keeping an actor: its facts, names and relations, each change with one button that takes it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from monitor.accounts.models import Role
from monitor.entities import naming
from monitor.entities.actor_lists import names_of
from monitor.entities.actor_log import (
    all_names,
    judgements_on,
    newest_version,
    relations_of,
    retaggings_of,
    version_of,
    versions_of,
)
from monitor.entities.kin import WORDS
from monitor.entities.models import Actor, ActorAlias, ActorRelation, ActorStatus
from monitor.entities.refusals import CannotJudge
from monitor.entities.told import told_by_actors
from monitor.web.access import role_needed
from monitor.web.entity_undoing import Undoing, say_done, undoing
from monitor.web.form_addresses import takes_forms
from monitor.web.forms.entity_keeping import (
    BACK,
    FactsForm,
    KeyForm,
    NewNameForm,
    RelationDatesForm,
    RelationForm,
    facts_form,
    several_in,
)
from monitor.web.name_previews import Looked, looked_at
from monitor.web.partial_dates import span_words
from monitor.web.views.actors import find_actor

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.http import HttpResponse

    from monitor.web.access import Request

    Given = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, in a sentence, and what takes it back."""

    said: str
    undo: Undoing | None = None


@dataclass(frozen=True, slots=True)
class Related:
    """A relation that can be changed: how the actor stands to whom, when, and a form with its dates."""

    row: ActorRelation
    words: str
    other: Actor
    span: str
    form: forms.Form


@require_safe
@role_needed(Role.CURATOR)
def edit(request: Request, slug: str) -> HttpResponse:
    shown = find_actor(request, slug)
    return _page(request, shown) if shown.slug == slug else redirect("edit-actor", shown.slug)


def _page(
    request: Request,
    shown: Actor,
    *,
    refused: Mapping[str, forms.Form] | None = None,
    looked: Looked | None = None,
    problem: str = "",
) -> HttpResponse:
    refused = refused or {}
    given = {verb: refused.get(verb) for verb in FORMS}
    context: dict[str, Any] = {
        "here": "actors",
        "actor": shown,
        "address": shown.get_absolute_url(),
        "facts": given["change"] or facts_form(shown),
        "new_name": given["add-name"] or NewNameForm(auto_id="name-%s"),
        "relation": given["relate"] or RelationForm(auto_id="relation-%s"),
        "several": several_in(refused.get("relate"), "other"),
        "names": names_of(shown, told_by_actors(request.user, Q(actor__canonical=shown.pk)).newest.rows),
        "former_names": ActorAlias.objects.filter(actor__canonical=shown.pk, retired=True).order_by("fold", "pk"),
        "relations": _related(shown, refused.get("change-relation")),
        "judgements": judgements_on(shown),
        "retaggings": retaggings_of(all_names(shown)),
        "versions": versions_of(shown),
        "progress_address": reverse("actor-progress", args=[shown.slug]),
        "looked": looked,
        "problem": problem,
    }
    failed = bool(problem or any(form.errors for form in refused.values()))
    return render(request, "actors/edit.html", context, status=422 if failed else 200)


def _related(shown: Actor, refused: forms.Form | None) -> list[Related]:
    found = []
    for row in relations_of(shown):
        is_first = row.from_actor.canonical_id == shown.pk
        other = (row.to_actor if is_first else row.from_actor).canonical
        dates = {name: getattr(row, name) for name in ("valid_from", "valid_to", "source")}
        form: forms.Form = RelationDatesForm(initial={**dates, "relation": row.pk}, auto_id=f"relation-{row.pk}-%s")
        if refused is not None and refused.data.get("relation") == str(row.pk):
            form = refused
        words = WORDS[row.type][0 if is_first else 1]
        found.append(Related(row, words, other, span_words(row.valid_from, row.valid_to), form))
    return found


@takes_forms
@role_needed(Role.CURATOR)
def act(request: Request, slug: str, verb: str) -> HttpResponse:
    """Change an actor, and say so with the button that takes it back."""
    shown = _taken_out(slug) if verb == "restore" else None
    shown = shown or find_actor(request, slug)
    if verb not in FORMS:
        raise Http404
    make, do = FORMS[verb]
    form = make(request.POST, auto_id=_IDS.get(verb, "%s"))
    if not form.is_valid():
        problem = "" if form.visible_fields() else "That form was not complete. Choose again."
        return _page(request, shown, refused={verb: form}, problem=problem)
    if verb == "add-name" and "look" in request.POST:
        looked = looked_at(form.cleaned_data["text"], request.user, apart_from=shown)
        return _page(request, shown, refused={verb: form}, looked=looked)
    try:
        done = do(request, shown, form.cleaned_data)
    except CannotJudge as refusal:
        if not form.visible_fields():
            return _page(request, shown, problem=str(refusal))
        form.add_error(None, str(refusal))
        return _page(request, shown, refused={verb: form})
    say_done(request, done.said, done.undo)
    return redirect(reverse("actors") if shown.status == ActorStatus.RETIRED else reverse("edit-actor", args=[slug]))


def _taken_out(slug: str) -> Actor | None:
    """Return an actor that has no page any more: it can still be put back."""
    return Actor.objects.filter(slug=slug, status=ActorStatus.RETIRED).first()


def _undo(shown: Actor, verb: str, **fields: object) -> Undoing:
    return undoing(reverse("act-on-actor", args=[shown.slug, verb]), **fields)


def _change(request: Request, shown: Actor, given: Given) -> Done:
    before = newest_version(shown)
    naming.change_actor(actor=shown, by=request.user, **given)
    return Done("Saved.", _undo(shown, "restore", pk=before))


def _confirm(request: Request, shown: Actor, _given: Given) -> Done:
    before = newest_version(shown)
    naming.confirm_actor(actor=shown, by=request.user)
    return Done(
        f"{shown.name} is confirmed; articles with its name are looked through.", _undo(shown, "restore", pk=before)
    )


def _retire(request: Request, shown: Actor, _given: Given) -> Done:
    before = newest_version(shown)
    naming.retire_actor(actor=shown, by=request.user)
    return Done(f"{shown.name} is taken out.", _undo(shown, "restore", pk=before))


def _restore(request: Request, shown: Actor, given: Given) -> Done:
    before, facts = newest_version(shown), version_of(shown, given["pk"])
    if facts is None:
        raise Http404
    naming.restore_actor(actor=shown, facts=facts, by=request.user)
    return Done("It is as it was.", _undo(shown, "restore", pk=before))


def _add_name(request: Request, shown: Actor, given: Given) -> Done:
    facts = {name: value for name, value in given.items() if name != "text"}
    alias = naming.add_alias(text=given["text"], actor=shown, by=request.user, **facts)
    said = f"“{alias.text}” is a name of {shown.name}; articles that have it are looked through."
    return Done(said, _undo(shown, "retire-name", pk=alias.pk))


def _alias(shown: Actor, given: Given) -> ActorAlias:
    alias: ActorAlias = get_object_or_404(ActorAlias, pk=given["pk"], actor__canonical=shown.pk)
    return alias


def _retire_name(request: Request, shown: Actor, given: Given) -> Done:
    alias = _alias(shown, given)
    naming.retire_alias(alias=alias, by=request.user)
    return Done(f"“{alias.text}” is no longer a name of {shown.name}.", _undo(shown, "restore-name", pk=alias.pk))


def _restore_name(request: Request, shown: Actor, given: Given) -> Done:
    alias = _alias(shown, given)
    naming.restore_alias(alias=alias, by=request.user)
    return Done(f"“{alias.text}” is a name of {shown.name} again.", _undo(shown, "retire-name", pk=alias.pk))


def _relate(request: Request, shown: Actor, given: Given) -> Done:
    facts = dict(given)
    relation, other = facts.pop("relation"), facts.pop("other")
    start, end = (other, shown) if relation.endswith(BACK) else (shown, other)
    row = naming.relate(start=start, end=end, type=relation.removesuffix(BACK), by=request.user, **facts)
    words = WORDS[row.type][relation.endswith(BACK)]
    return Done(f"{shown.name}: {words} {other.name}.", _undo(shown, "end-relation", pk=row.pk))


def _relation(shown: Actor, pk: int) -> ActorRelation:
    touching = Q(from_actor__canonical=shown.pk) | Q(to_actor__canonical=shown.pk)
    row: ActorRelation = get_object_or_404(ActorRelation, touching, pk=pk)
    return row


def _change_relation(request: Request, shown: Actor, given: Given) -> Done:
    row = _relation(shown, given["relation"])
    before = {name: getattr(row, name) for name in ("valid_from", "valid_to", "source")}
    facts = {name: value for name, value in given.items() if name != "relation"}
    naming.change_relation(relation=row, by=request.user, **facts)
    return Done("The relation is changed.", _undo(shown, "change-relation", relation=row.pk, **before))


def _end_relation(request: Request, shown: Actor, given: Given) -> Done:
    row = _relation(shown, given["pk"])
    naming.end_relation(relation=row, by=request.user)
    return Done("The relation is taken out.", _undo(shown, "restore-relation", pk=row.pk))


def _restore_relation(request: Request, shown: Actor, given: Given) -> Done:
    row = _relation(shown, given["pk"])
    naming.change_relation(relation=row, by=request.user, retired=False)
    return Done("The relation stands again.", _undo(shown, "end-relation", pk=row.pk))


FORMS: dict[str, tuple[type[forms.Form], Callable[[Request, Actor, Given], Done]]] = {
    "change": (FactsForm, _change),
    "confirm": (forms.Form, _confirm),
    "retire": (forms.Form, _retire),
    "restore": (KeyForm, _restore),
    "add-name": (NewNameForm, _add_name),
    "retire-name": (KeyForm, _retire_name),
    "restore-name": (KeyForm, _restore_name),
    "relate": (RelationForm, _relate),
    "change-relation": (RelationDatesForm, _change_relation),
    "end-relation": (KeyForm, _end_relation),
    "restore-relation": (KeyForm, _restore_relation),
}
_IDS = {"change": "facts-%s", "add-name": "name-%s", "relate": "relation-%s", "change-relation": "dates-%s"}
