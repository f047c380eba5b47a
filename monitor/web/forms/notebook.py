"""What an address asks of the notebook, and what its forms send: known words are taken."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django import forms

from monitor.annotations.models import Colour, Visibility
from monitor.annotations.notebook_filters import FILTERS, STATE_WORDS, WHOSE_WORDS
from monitor.annotations.notebook_queries import ORDERS, Wanted
from monitor.web.forms.shelf import MOST_CHOICES, asked_words
from monitor.web.notebook_names import NAMED_ACTOR, NAMED_REGION

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import QueryDict

ORDER_WORDS: Mapping[str, str] = {"article": "By article", "tag": "By tag", "day": "By day"}
DAYS: Mapping[str, str] = {"from": "From", "to": "To"}
USUAL_ORDER = "article"
BY_NAMES = (NAMED_ACTOR, NAMED_REGION)  # filters that join those of annotations when this is imported


@dataclass(frozen=True, slots=True)
class AskedNotebook:
    """What is asked for; `refused` has a sentence for each word of the address that means nothing."""

    wanted: Wanted = field(default_factory=Wanted)
    order: str = USUAL_ORDER
    typed: Mapping[str, str] = field(default_factory=dict)  # the days as they were typed
    refused: Mapping[str, str] = field(default_factory=dict)

    def address(self, wanted: Wanted | None = None) -> str:
        """Return the query of the address of this list, or of one in this order that wants something else."""
        wanted = wanted or self.wanted
        words = [("q", wanted.words), ("whose", wanted.whose), ("by", "" if self.order == USUAL_ORDER else self.order)]
        pairs = [(name, value) for name, value in words if value]
        pairs += [(name, value) for name, values in wanted.chosen.items() for value in values]
        pairs += [("exact", "1")] if wanted.exact else []
        pairs += [("state", state) for state in wanted.states]
        days = (("from", wanted.since), ("to", wanted.until))
        pairs += [(name, day.isoformat()) for name, day in days if day]
        return f"?{urlencode(pairs)}"


def read_notebook_asked(query: QueryDict) -> AskedNotebook:
    """Read the address of the notebook."""
    refused: dict[str, str] = {}
    chosen = {known.name: values for known in FILTERS if (values := _values(query, known.name))}
    since, until = (_day(query, name, refused) for name in DAYS)
    if since and until and since > until:
        refused["to"] = "The last day lies before the first: the last one is left out."
        until = None
    wanted = Wanted(
        words=asked_words(query.get("q", "")),
        whose=_one_of(query, "whose", WHOSE_WORDS, "", refused),
        chosen=chosen,
        exact="exact" in query and "tag" in chosen,
        states=_states(query, refused),
        since=since,
        until=until,
    )
    order = _one_of(query, "by", ORDERS, USUAL_ORDER, refused)
    return AskedNotebook(wanted, order, {name: asked_words(query.get(name, "")) for name in DAYS}, refused)


def _values(query: QueryDict, name: str) -> tuple[str, ...]:
    given = query.getlist(name)[:MOST_CHOICES]
    return tuple(sorted({clean for value in given if (clean := asked_words(value))}))


def _states(query: QueryDict, refused: dict[str, str]) -> tuple[str, ...]:
    asked = _values(query, "state")
    if any(state not in STATE_WORDS for state in asked):
        refused["state"] = f"A state is one of {', '.join(STATE_WORDS)}; other words are left out."
    return tuple(state for state in STATE_WORDS if state in asked)


def _one_of(query: QueryDict, name: str, known: Mapping[str, object], usual: str, refused: dict[str, str]) -> str:
    asked = query.get(name) or usual
    if asked in known:
        return asked
    refused[name] = f"“{asked_words(asked)[:40]}” is none of {', '.join(filter(None, known))}; it is left out."
    return usual


def _day(query: QueryDict, name: str, refused: dict[str, str]) -> date | None:
    words = asked_words(query.get(name, ""))
    if not words:
        return None
    try:
        return date.fromisoformat(words)
    except ValueError:
        refused[name] = f"“{words[:40]}” is no day; give it as year-month-day, like 2022-02-11."
        return None


class ChosenForm(forms.Form):
    """Which annotations an act is for: those ticked, or all that match the list (`query`), said to be so many."""

    every = forms.BooleanField(required=False)
    expected = forms.IntegerField(required=False, min_value=0)
    query = forms.CharField(required=False, max_length=20_000, strip=False)


class TagsForm(forms.Form):
    """Tags to give or to take off."""

    tags = forms.CharField(
        max_length=2000, label="Tags", error_messages={"required": "Name one or more tags, with commas between them."}
    )


class ColourForm(forms.Form):
    colour = forms.ChoiceField(
        choices=Colour,
        label="Colour",
        error_messages={"required": "Choose a colour.", "invalid_choice": "Choose a colour."},
    )


class ReadersForm(forms.Form):
    """For whom: `private`, `everyone`, or `team:` and a team's uid."""

    readers = forms.CharField(max_length=60, error_messages={"required": "Choose who may read them."})

    def clean_readers(self) -> tuple[str, str]:
        visibility, _, team = str(self.cleaned_data["readers"]).partition(":")
        if visibility not in Visibility.values or (visibility == Visibility.TEAM) != bool(team):
            raise forms.ValidationError("Choose who may read them.")
        return visibility, team
