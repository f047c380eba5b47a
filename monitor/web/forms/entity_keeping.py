"""What curators send about actors and regions: facts, names, relations, which are one, and which are two."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy

from monitor.entities.actor_lists import actors_meant, kept_actors
from monitor.entities.kept_rows import PARTIAL_DATE
from monitor.entities.kin import WORDS
from monitor.entities.models import LONGEST_NAME, Actor, ActorKind, CaseRule, NameSort
from monitor.entities.naming import SMALL
from monitor.entities.region_lists import country_names, regions_meant
from monitor.entities.region_models import Region, RegionKind
from monitor.web.forms.judging import SeveralMeant

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monitor.accounts.models import User

MOST_COUNTRIES = 40
LONGEST_NOTE = 2000
BACK = "<"  # behind a relation's type: the other actor is the first of the two
LONGEST_CODE = 2  # letters of a country's code
FIXED = (RegionKind.MACRO, RegionKind.COUNTRY)  # kinds that other rows go by


class PartialDateField(forms.CharField):
    """A day, a month or a year, as 2022-01-11, 2022-01 or 2022."""

    def __init__(self, **facts: Any) -> None:
        hint = "A year, a month or a day: 2022, 2022-01, 2022-01-11."
        super().__init__(**{"required": False, "max_length": 10, "help_text": hint, **facts})

    def clean(self, value: Any) -> str:
        typed = str(super().clean(value) or "")
        if not re.match(PARTIAL_DATE, typed):
            raise ValidationError("Give a year, a month or a day, like 2022, 2022-01 or 2022-01-11.")
        return typed


class Dated(forms.Form):
    """When something held; the second date is not before the first."""

    valid_from = PartialDateField(label="From")
    valid_to = PartialDateField(label="Until", help_text="Empty: it holds still.")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        since, until = given.get("valid_from", ""), given.get("valid_to", "")
        if since and until and not (until >= since or since.startswith(until)):
            self.add_error("valid_to", "This is before the first date.")
        return given


class CountriesField(forms.CharField):
    """Countries, one a line, by name or code; cleaned to their codes."""

    widget = forms.Textarea(attrs={"rows": 3})

    def clean(self, value: Any) -> list[str]:
        lines = [line.strip() for line in str(super().clean(value) or "").splitlines() if line.strip()]
        if len(lines) > MOST_COUNTRIES:
            raise ValidationError(f"At most {MOST_COUNTRIES} countries.")
        return list(dict.fromkeys(_country(line) for line in lines))


def _country(words: str) -> str:
    if len(words) == LONGEST_CODE:
        found = Region.objects.filter(code=words.upper(), kind=RegionKind.COUNTRY, retired=False).first()
        if found:
            return str(found.code)
    meant = [row.region for row in regions_meant(words) if row.region.kind in {RegionKind.COUNTRY, RegionKind.DISPUTED}]
    if not meant:
        raise ValidationError(f"There is no country called “{words}”.")
    return str(meant[0].code)


class FactsForm(Dated):
    """What is known of an actor itself."""

    name = forms.CharField(label="Name", max_length=LONGEST_NAME)
    kind = forms.ChoiceField(label="Kind", choices=ActorKind.choices)
    countries = CountriesField(label="Countries", required=False, help_text="One a line, by name or code.")
    notes = forms.CharField(
        label="Description", required=False, max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 3})
    )
    field_order = ("name", "kind", "countries", "notes", "valid_from", "valid_to")


def facts_form(actor: Actor) -> FactsForm:
    """Return the form with an actor's facts in it."""
    countries = "\n".join(country_names(actor.countries).get(code, code) for code in actor.countries)
    facts = {name: getattr(actor, name) for name in ("name", "kind", "notes", "valid_from", "valid_to")}
    return FactsForm(initial={**facts, "countries": countries}, auto_id="facts-%s")


class NewNameForm(Dated):
    """Another name of an actor or region."""

    text = forms.CharField(label="Name", max_length=LONGEST_NAME)
    sort = forms.ChoiceField(label="Kind of name", choices=NameSort.choices)
    case = forms.ChoiceField(label="Capitals are compared", choices=CaseRule.choices, initial=CaseRule.USUAL)
    lang = forms.RegexField(
        r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})?$", label="Language", required=False, max_length=12,
        help_text="As a code: ar, fa, fr.", error_messages={"invalid": "Give the code of a language, like ar or zh-Hant."},
    )  # fmt: skip
    script = forms.RegexField(
        r"^[A-Z][a-z]{3}$", label="Script", required=False, max_length=4,
        help_text="As a code: Arab, Cyrl, Latn.", error_messages={"invalid": "Give the code of a script, like Arab."},
    )  # fmt: skip
    needs = CountriesField(
        label="Only in articles that name", required=False, help_text="Countries, for a name that others have, too."
    )
    source = forms.CharField(label="Where this is from", required=False, max_length=500)
    field_order = ("text", "sort", "source", "lang", "script", "valid_from", "valid_to", "case", "needs")

    def facts(self) -> dict[str, Any]:
        """Return what `add_alias` takes besides the text."""
        return {name: value for name, value in self.cleaned_data.items() if name != "text"}


class ActorField(forms.CharField):
    """A kept actor by one of its names, or `actor:slug` where several have the name."""

    def __init__(self, **facts: Any) -> None:
        # htmx fills the field's own list of names while somebody types; without it the names are typed in full.
        attrs = {
            "autocomplete": "off",
            "list": "actors-known",
            "hx-get": reverse_lazy("known-actors"),
            "hx-trigger": "input changed delay:150ms",
            "hx-target": "#actors-known",
            "hx-swap": "innerHTML",
        }
        super().__init__(**{"max_length": LONGEST_NAME, "widget": forms.TextInput(attrs=attrs), **facts})

    def clean(self, value: Any) -> Actor | None:
        typed = str(super().clean(value) or "")
        return actor_by_word(typed) if typed else None


def actor_by_word(word: str) -> Actor:
    """Return the actor that a word of a form means; raise ValidationError where none or several do."""
    kind, _, slug = word.partition(":")
    if kind == "actor" and slug:
        named: Actor | None = kept_actors().filter(slug=slug).first()
        if named:
            return named
        raise ValidationError("There is no such actor any more.")
    meant = [row.actor for row in actors_meant(word)]
    if not meant:
        raise ValidationError(f"Nobody is called “{word}”.")
    if len(meant) > 1:
        raise SeveralMeant(word, meant)
    return meant[0]


def relation_choices() -> list[tuple[str, str]]:
    """Return the ways in which an actor can stand to another, in both directions."""
    both = [
        (f"{type_}{mark}", words) for type_, pair in WORDS.items() for mark, words in zip(("", BACK), pair, strict=True)
    ]
    return [row for number, row in enumerate(both) if row[1] not in {words for _, words in both[:number]}]


class RelationForm(Dated):
    """How the actor stands to another one."""

    relation = forms.ChoiceField(label="It is", choices=relation_choices)
    other = ActorField(label="The other actor, by any of its names")
    source = forms.CharField(label="Where this is from", required=False, max_length=500)
    field_order = ("relation", "other", "valid_from", "valid_to", "source")


class RelationDatesForm(Dated):
    """When a relation held, and where that is from."""

    relation = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    source = forms.CharField(label="Where this is from", required=False, max_length=500)
    field_order = ("relation", "valid_from", "valid_to", "source")


class KeyForm(forms.Form):
    """One row, by its key."""

    pk = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class SplitForm(forms.Form):
    """Which names and mentions are another's, and whose."""

    into = ActorField(label="They are of the actor called", required=False)
    new_name = forms.CharField(label="Or of a new actor, called", required=False, max_length=LONGEST_NAME)
    new_kind = forms.ChoiceField(label="Kind of the new actor", choices=ActorKind.choices, required=False)
    aliases = forms.TypedMultipleChoiceField(coerce=int, required=False, choices=())
    mentions = forms.TypedMultipleChoiceField(coerce=int, required=False, choices=())

    def __init__(
        self, data: Any = None, *, aliases: Iterable[int] = (), mentions: Iterable[int] = (), **facts: Any
    ) -> None:
        super().__init__(data, **facts)
        self.fields["aliases"].choices = [(key, key) for key in aliases]  # type: ignore[attr-defined]
        self.fields["mentions"].choices = [(key, key) for key in mentions]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.errors:
            return given
        if bool(given["into"]) == bool(given["new_name"]):
            self.add_error("into", "Name either an actor that is known or a new one.")
        if not given["aliases"] and not given["mentions"]:
            self.add_error(None, "Choose the names or mentions that are those of another.")
        return given


class RegionField(forms.CharField):
    """A region by one of its names or its code, or `region:slug` where several have the name."""

    def clean(self, value: Any) -> Region | None:
        typed = str(super().clean(value) or "")
        return region_by_word(typed) if typed else None


def region_by_word(word: str) -> Region:
    """Return the region that a word of a form means; raise ValidationError where none or several do."""
    kind, _, slug = word.partition(":")
    if kind == "region" and slug:
        named: Region | None = Region.objects.filter(slug=slug, retired=False).first()
        if named:
            return named
        raise ValidationError("There is no such region any more.")
    meant = [row.region for row in regions_meant(word)]
    broad = [region for region in meant if region.kind in {RegionKind.COUNTRY, RegionKind.MACRO}]
    if len(broad) == 1:
        return broad[0]
    if not meant:
        raise ValidationError(f"No region is called “{word}”.")
    if len(meant) > 1:
        raise SeveralMeant(word, meant)
    return meant[0]


class RegionFactsForm(forms.Form):
    """What is known of a region itself, perhaps a point."""

    name = forms.CharField(label="Name", max_length=LONGEST_NAME)
    kind = forms.ChoiceField(label="Kind", choices=RegionKind.choices)
    lat = forms.FloatField(
        label="Latitude", required=False, min_value=-90, max_value=90,
        help_text="In degrees, north is positive: 33.31.", widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )  # fmt: skip
    lon = forms.FloatField(
        label="Longitude", required=False, min_value=-180, max_value=180,
        help_text="East is positive: 44.36.", widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and (given["lat"] is None) != (given["lon"] is None):
            self.add_error("lat" if given["lat"] is None else "lon", "A point needs both numbers.")
        return given


def region_facts_form(region: Region, data: Any = None) -> RegionFactsForm:
    """Return the form with a region's facts in it. What contains others by its kind stays of that kind."""
    facts = {name: getattr(region, name) for name in RegionFactsForm.base_fields}
    form = RegionFactsForm(data, initial=facts, auto_id="facts-%s")
    fixed = region.kind in FIXED
    form.fields["kind"].choices = [  # type: ignore[attr-defined]
        (kind.value, kind.label) for kind in RegionKind if (kind == region.kind if fixed else kind not in FIXED)
    ]
    return form


class RegionForm(RegionFactsForm):
    """A region that no list has, and what it lies in."""

    parent = RegionField(label="Lies in", max_length=LONGEST_NAME)

    def __init__(self, data: Any = None, *, person: User, **facts: Any) -> None:
        super().__init__(data, **facts)
        if not person.is_curator:
            self.fields["kind"].choices = [(kind.value, kind.label) for kind in SMALL]  # type: ignore[attr-defined]
        self.fields["kind"].initial = RegionKind.PLACE


def several_in(form: forms.Form | None, name: str) -> list[Actor | Region]:
    """Return those among whom a refused form asks to choose, for the field that was typed."""
    errors = form.errors.get(name) if form is not None and form.is_bound else None
    found: list[Actor | Region] = []
    for error in errors.as_data() if errors else ():
        if isinstance(error, SeveralMeant):
            found += error.meant
    return found
