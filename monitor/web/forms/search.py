"""What an address asks of the search page: every state of the page is in it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import quote_plus, urlencode

from django.utils.dateparse import parse_date

from monitor.search.compiled import Sort
from monitor.search.resolving import CHOOSABLE, WITHOUT, Asked
from monitor.web.forms.shelf import MOST_CHOICES, asked_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from django.http import QueryDict

    from monitor.search.names import Person
    from monitor.search.query_tree import NamedField

LONGEST_QUERY = 10_000  # code points; the language says so itself where it reads less
SORT_WORDS: Mapping[str, str] = {
    Sort.RELEVANCE: "Best match",
    Sort.NEWEST: "Newest first",
    Sort.OLDEST: "Oldest first",
    Sort.ABOUT: "Chiefly about it first",
}
VIEW_WORDS: Mapping[str, str] = {"": "Articles", "passages": "Passages", "annotations": "Annotations", "map": "Map"}
DAYS = ("from", "to")


@dataclass(frozen=True, slots=True)
class AskedSearch:
    """What is asked for; `refused` has a sentence for each word of the address that means nothing."""

    asked: Asked = field(default_factory=Asked)
    sort: str = ""  # "": as fits the query
    view: str = ""
    cursor: str | None = None
    typed: Mapping[str, str] = field(default_factory=dict)  # the days as they were typed
    refused: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_set(self) -> bool:
        return self.asked != Asked()

    def pairs(self) -> list[tuple[str, str]]:
        """Return the address's parts, but for the place in the list."""
        return [*self._typed(), *self._days(), *self._shown()]

    def _typed(self, fields: Sequence[str] = CHOOSABLE) -> list[tuple[str, str]]:
        """Return the query and what is chosen in these facets."""
        chosen = [(name, value) for name in fields for value in self.asked.chosen.get(name, ())]
        return [*([("q", self.asked.query)] if self.asked.query else []), *chosen]

    def _days(self) -> list[tuple[str, str]]:
        days = (("from", self.asked.since), ("to", self.asked.until))
        return [(name, day.isoformat()) for name, day in days if day]

    def _shown(self) -> list[tuple[str, str]]:
        return [(name, value) for name, value in (("sort", self.sort), ("view", self.view)) if value]

    @property
    def address(self) -> str:
        return f"?{urlencode(self.pairs())}"

    def at(self, cursor: str) -> str:
        return f"?{urlencode([*self.pairs(), ('after', cursor)])}"

    def with_asked(self, **changes: object) -> AskedSearch:
        """Return the first page of another search in the same order and view."""
        return replace(self, asked=replace(self.asked, **changes), cursor=None)  # type: ignore[arg-type]

    def with_query(self, query: str) -> AskedSearch:
        return self.with_asked(query=query)

    def with_values(self, name: str, values: tuple[str, ...]) -> AskedSearch:
        chosen = {**self.asked.chosen, name: values}
        return self.with_asked(chosen={key: given for key, given in chosen.items() if given})

    def without_value(self, name: str, value: str) -> AskedSearch:
        return self.with_values(name, tuple(one for one in self.asked.chosen.get(name, ()) if one != value))

    def excluding(self, name: str, value: str) -> AskedSearch:
        """Return the search for articles without this value, or with it where it was left out before."""
        bare = value.removeprefix(WITHOUT)
        left = self.without_value(name, bare).without_value(name, WITHOUT + bare)
        other = bare if value.startswith(WITHOUT) else WITHOUT + bare
        return left.with_values(name, (*left.asked.chosen.get(name, ()), other))

    def in_days(self, since: date | None, until: date | None) -> AskedSearch:
        return self.with_asked(since=since, until=until)

    def excluding_each(self, name: NamedField) -> Callable[[str], str]:
        """Return what gives the address of `excluding` for one value after the other, none of which is chosen."""
        place = CHOOSABLE.index(name) + 1
        later = [(other, value) for other in CHOOSABLE[place:] for value in self.asked.chosen.get(other, ())]
        before, after = _around(self._typed(CHOOSABLE[:place]), [*later, *self._days(), *self._shown()])
        return lambda value: f"{before}{name}={quote_plus(WITHOUT + value)}{after}"

    def in_each_days(self) -> Callable[[date, date], str]:
        """Return what gives the address of `in_days` for one span of days after the other."""
        before, after = _around(self._typed(), self._shown())
        return lambda since, until: f"{before}from={since.isoformat()}&to={until.isoformat()}{after}"

    def viewed(self, view: str) -> AskedSearch:
        return replace(self, view=view, cursor=None)

    def hidden(self, *names: str) -> list[tuple[str, str]]:
        """Return the parts of the address that a form without these fields must carry along."""
        return [(name, value) for name, value in self.pairs() if name not in names]


def _around(before: Sequence[tuple[str, str]], after: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """Return what stands in an address before and after something that is between these parts."""
    return f"?{urlencode(before)}{'&' if before else ''}", f"{'&' if after else ''}{urlencode(after)}"


def read_search_asked(query: QueryDict, person: Person) -> AskedSearch:
    """Read the address of the search page; what means nothing is left out, and said."""
    refused: dict[str, str] = {}
    since, until = (_day(query, name, refused) for name in DAYS)
    if since and until and since > until:
        refused["to"], until = "The last day lies before the first: the last one is left out.", None
    chosen: dict[str, tuple[str, ...]] = {name: values for name in CHOOSABLE if (values := _values(query, name))}
    sort, view = asked_words(query.get("sort", "")), asked_words(query.get("view", ""))
    if sort and sort not in SORT_WORDS:
        refused["sort"], sort = f"“{sort}” is none of {', '.join(SORT_WORDS)}; it is left out.", ""
    if view not in VIEW_WORDS:
        refused["view"], view = f"“{view}” is none of {', '.join(filter(None, VIEW_WORDS))}; these are articles.", ""
    if view == "annotations" and not person.is_authenticated:
        refused["view"], view = "Sign in to search annotations; these are articles.", ""
    asked = Asked(typed_query(query.get("q", "")), chosen, since, until)
    typed = {name: asked_words(query.get(name, "")) for name in DAYS}
    return AskedSearch(asked, sort, view, query.get("after") or None, typed, refused)


def typed_query(text: str) -> str:
    """Return a query as it was typed, without what no database and no page can hold."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode().strip()[:LONGEST_QUERY]


def _values(query: QueryDict, name: str) -> tuple[str, ...]:
    values = (asked_words(value) for value in query.getlist(name)[:MOST_CHOICES])
    return tuple(dict.fromkeys(value for value in values if value.strip(f"{WITHOUT}=")))


def _day(query: QueryDict, name: str, refused: dict[str, str]) -> date | None:
    typed = asked_words(query.get(name, ""))
    try:
        day = parse_date(typed) if typed else None
    except ValueError:
        day = None
    if typed and day is None:
        refused[name] = f"“{typed}” is no day; give it as year-month-day, like 2022-02-11."
    return day
