"""What a person decides about a name in a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.core.exceptions import ValidationError

from monitor.entities.actor_lists import actors_meant, kept_actors
from monitor.entities.judgement_models import Scope
from monitor.entities.models import LONGEST_NAME, Actor, ActorKind
from monitor.entities.region_lists import regions_meant
from monitor.entities.region_models import Region, RegionKind

if TYPE_CHECKING:
    from collections.abc import Sequence

VERDICTS = (("confirm", "Accept"), ("reject", "Reject"), ("relink", "Another"), ("new", "New"))
UNKNOWN = "There is no such actor or region any more."


class SeveralMeant(ValidationError):
    """A typed name that several actors or regions have."""

    def __init__(self, name: str, meant: Sequence[Actor | Region]) -> None:
        super().__init__(f"“{name}” is the name of {len(meant)}: choose one of them.")
        self.meant = list(meant)


def meant_by(form: forms.Form | None) -> list[Actor | Region]:
    """Return the actors or regions among which a refused form asks to choose."""
    errors = form.errors.get("name") if form and form.is_bound else None
    return [
        row for error in (errors.as_data() if errors else []) if isinstance(error, SeveralMeant) for row in error.meant
    ]


class EntityField(forms.CharField):
    """An actor or region by `actor:slug`, `region:slug`, or one of its names."""

    def clean(self, value: object) -> Actor | Region | None:
        typed = str(super().clean(value) or "")
        return entity_by_word(typed) if typed else None


def entity_by_word(word: str) -> Actor | Region:
    """Return the actor or region that a word of a form means; raise ValidationError where none or several do."""
    kind, _, slug = word.partition(":")
    if kind == "actor" and slug:
        found: Actor | Region | None = kept_actors().filter(slug=slug).first()
    elif kind == "region" and slug:
        found = Region.objects.filter(slug=slug, retired=False).first()
    else:
        return _by_name(word)
    if found is None:
        raise ValidationError(UNKNOWN)
    return found


def _by_name(name: str) -> Actor | Region:
    actors: list[Actor | Region] = [row.actor for row in actors_meant(name)]
    meant = actors or [row.region for row in regions_meant(name)]
    if not meant:
        raise ValidationError(f"Nobody and no place is called “{name}”.")
    if len(meant) > 1:
        raise SeveralMeant(name, meant)
    return meant[0]


def new_kinds() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what something new can be, for a list of choices in two groups."""
    actors = [(f"actor:{value}", str(label)) for value, label in ActorKind.choices]
    regions = [(f"region:{value}", str(label)) for value, label in RegionKind.choices]
    return [("An actor", actors), ("A region", regions)]


class JudgeForm(forms.Form):
    """A decision on a suggestion: how far it reaches, and who it is instead."""

    verdict = forms.ChoiceField(choices=VERDICTS)
    scope = forms.ChoiceField(choices=Scope.choices, required=False)
    instead = EntityField(required=False, max_length=LONGEST_NAME)
    name = EntityField(required=False, max_length=LONGEST_NAME)
    as_alias = forms.BooleanField(required=False)
    new_name = forms.CharField(required=False, max_length=LONGEST_NAME)
    new_kind = forms.ChoiceField(required=False, choices=new_kinds)
    parent = EntityField(required=False, max_length=LONGEST_NAME)

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        if given.get("verdict") == "new" and not self.errors:
            if not given.get("new_name"):
                self.add_error("new_name", "Say what it is called.")
            if str(given.get("new_kind")).startswith("region:") and not isinstance(given.get("parent"), Region):
                self.add_error("parent", "Say in which region it lies.")
        if given.get("verdict") == "relink" and not self.errors and not (given.get("instead") or given.get("name")):
            self.add_error("name", "Say who or what it is.")
        return given


class NameForm(forms.Form):
    """A passage that names somebody: the words, where they stand, and who they are."""

    article = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    note = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    quote = forms.CharField(label="Words of the text", max_length=LONGEST_NAME)
    name = EntityField(label="Actor or region, by any of its names", required=False, max_length=LONGEST_NAME)
    instead = EntityField(required=False, max_length=LONGEST_NAME, widget=forms.HiddenInput)
    new_name = forms.CharField(label="Or a new actor, called", required=False, max_length=LONGEST_NAME)
    new_kind = forms.ChoiceField(label="Its kind", choices=ActorKind.choices, required=False)
    as_alias = forms.BooleanField(label="Look for these words as one of its names, in all articles", required=False)

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        if not self.errors and not any(given.get(field) for field in ("name", "instead", "new_name")):
            self.add_error("name", "Say who or what it is.")
        return given
