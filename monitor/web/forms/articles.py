"""What an address asks of a list of articles: known words are taken, the others are answered by a sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from monitor.library.article_filters import ARTICLE_FILTERS, READING, READING_WORDS
from monitor.library.article_lists import ORDERS, Wanted
from monitor.web.forms.shelf import MOST_CHOICES, asked_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.http import QueryDict

    from monitor.library.article_lists import Person

ORDER_WORDS: Mapping[str, str] = {
    "newest": "Newest first",
    "oldest": "Oldest first",
    "title": "By title",
    "periodical": "By periodical",
}
DAY_FIELDS: Mapping[str, str] = {"from": "From", "to": "To"}


@dataclass(frozen=True, slots=True)
class AskedArticles:
    """What is asked for; `refused` has a sentence for each word of the address that means nothing."""

    wanted: Wanted = field(default_factory=Wanted)
    order: str = "newest"
    typed: Mapping[str, str] = field(default_factory=dict)  # the days as they were typed
    refused: Mapping[str, str] = field(default_factory=dict)
    kept: tuple[tuple[str, str], ...] = ()  # other parts of the address that belong to the page

    def address(self, wanted: Wanted | None = None, *, order: str = "") -> str:
        """Return the query of the address of this list, or of one that wants something else or is in another order."""
        wanted, order = wanted or self.wanted, order or self.order
        pairs = [(name, value) for name, values in wanted.chosen.items() for value in values]
        days = [("from", wanted.since), ("to", wanted.until)]
        pairs += [(name, day.isoformat()) for name, day in days if day]
        pairs += [("sort", order)] if order != "newest" else []
        return f"?{urlencode([*self.kept, *pairs])}"


def read_articles_asked(
    query: QueryDict, person: Person, *, leaving_out: Sequence[str] = (), kept: Iterable[str] = ()
) -> AskedArticles:
    """Read the address of a list; filters in `leaving_out` are settled by its page."""
    refused: dict[str, str] = {}
    chosen = {
        known.name: values
        for known in ARTICLE_FILTERS
        if known.name not in leaving_out and (values := _values(query, known.name))
    }
    _refuse_states(chosen, refused, person)
    for known in ARTICLE_FILTERS:
        if known.name in chosen and not known.offered(person):
            refused[known.name] = f"Sign in to filter by {known.label.lower()}; this is every article."
            del chosen[known.name]
    since, until = (_day(query, name, refused) for name in DAY_FIELDS)
    if since and until and since > until:
        refused["to"] = "The last day lies before the first: the last one is left out."
        until = None
    order = query.get("sort") or "newest"
    if order not in ORDERS:
        refused["sort"] = "Articles can be put in order by newest, oldest, title and periodical; this is newest first."
        order = "newest"
    return AskedArticles(
        Wanted(chosen, since, until),
        order,
        {name: asked_words(query.get(name, "")) for name in DAY_FIELDS},
        refused,
        tuple((name, asked_words(query.get(name, ""))) for name in kept if name in query),
    )


def _values(query: QueryDict, name: str) -> tuple[str, ...]:
    given = query.getlist(name)[:MOST_CHOICES]
    return tuple(sorted({clean for value in given if (clean := asked_words(value))}))


def _refuse_states(chosen: dict[str, tuple[str, ...]], refused: dict[str, str], person: Person) -> None:
    states = chosen.get(READING.name, ())
    if states and not READING.offered(person):
        refused[READING.name] = "Sign in to see what you have read; this is every article."
        del chosen[READING.name]
    elif any(state not in READING_WORDS for state in states):
        refused[READING.name] = "Articles are unread, begun or read; other words are left out."
        known = tuple(state for state in states if state in READING_WORDS)
        chosen.pop(READING.name)
        chosen |= {READING.name: known} if known else {}


def _day(query: QueryDict, name: str, refused: dict[str, str]) -> date | None:
    words = asked_words(query.get(name, ""))
    if not words:
        return None
    try:
        return date.fromisoformat(words)
    except ValueError:
        refused[name] = f"“{words[:40]}” is no day; give it as year-month-day, like 2022-02-11."
        return None
