"""Lists of articles: what is wanted, in which order, and how many there would be of each kind."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Prefetch, TextField, Value

from monitor.library.article_filters import ARTICLE_FILTERS, PERIODICAL, READING, READING_WORDS, Column, Filter
from monitor.library.keyset import Key
from monitor.library.models import Authorship, Note
from monitor.library.queries import count_of, standing_articles
from monitor.library.reading_places import with_places
from monitor.library.source_models import Citation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from monitor.accounts.models import User
    from monitor.library.models import Article, Issue

    Person = User | AnonymousUser

MOST_CHOICES = 40  # of what hangs on articles, the most frequent
LOOKED_AT = " looked at"  # behind a filter's name: the row says how many articles its values were counted in
REACH = 2_000  # what hangs on articles is counted in the newest so many, and the page says so
_PRINTED = (Key("issue_id", "number", descending=True), Key("position", "number"))
ORDERS: Mapping[str, tuple[Key, ...]] = {
    "newest": (Key("issue__sort_date", "day", descending=True), *_PRINTED),
    "oldest": (Key("issue__sort_date", "day"), Key("issue_id", "number"), Key("position", "number")),
    "title": (Key("title_key", "text"), Key("pk", "number")),
    "periodical": (
        Key("issue__periodical__key", "text"),
        Key("issue__sort_date", "day", descending=True),
        *_PRINTED,
    ),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which articles a list is to show: values by a filter's name (OR within one, AND across), and days of issue."""

    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None

    @property
    def is_set(self) -> bool:
        return bool(self.chosen or self.since or self.until)

    def without(self, name: str) -> Wanted:
        """Return it without one filter, or without days for the name `days`."""
        if name == "days":
            return replace(self, since=None, until=None)
        return replace(self, chosen={key: values for key, values in self.chosen.items() if key != name})


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter, with the number of articles it would show."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter with its values."""

    filter: Filter
    choices: tuple[Choice, ...]
    is_partial: bool = False  # counted in the newest REACH articles alone


def matching(articles: QuerySet[Article], wanted: Wanted, person: Person) -> QuerySet[Article]:
    """Return those of the articles that are wanted."""
    for known in ARTICLE_FILTERS:
        if values := wanted.chosen.get(known.name):
            articles = articles.filter(known.condition(person, values))
    return _in_days(articles, wanted)


def _in_days(articles: QuerySet[Article], wanted: Wanted) -> QuerySet[Article]:
    if wanted.since or wanted.until:
        # An issue without any date sorts by the day it was handed in, which says nothing of when it came out.
        articles = articles.exclude(issue__date=None, issue__date_from=None)
    if wanted.since:
        articles = articles.filter(issue__sort_date__gte=wanted.since)
    return articles.filter(issue__sort_date__lte=wanted.until) if wanted.until else articles


def listed(articles: QuerySet[Article], person: Person) -> QuerySet[Article]:
    """Return the articles with all that a row of a list shows: issue, authors and how far one has read."""
    signed = Authorship.objects.select_related("author").order_by("position")
    shown = with_places(articles, person).select_related("issue__periodical")
    return shown.prefetch_related(Prefetch("authorships", queryset=signed))


def contents_of(issue: Issue, person: Person) -> list[Article]:
    """Return an issue's articles in printed order, as rows of a list, with `note_count` and `citation_count`."""
    articles = listed(standing_articles(person).filter(issue=issue), person).order_by("position")
    counts = {"note_count": Note.objects.all(), "citation_count": Citation.objects.all()}
    return list(articles.annotate(**{name: count_of(rows, "article") for name, rows in counts.items()}))


def facets_of(
    articles: QuerySet[Article], wanted: Wanted, person: Person, *, leaving_out: Sequence[str] = ()
) -> list[Facet]:
    """Return every filter that can be offered, with its values and their counts, in one query.

    A count is of the articles that the list would have with this value of its filter and with all other filters as
    they are.
    """
    offered = [known for known in ARTICLE_FILTERS if known.name not in leaving_out and known.offered(person)]
    if PERIODICAL not in offered:
        offered.append(PERIODICAL)  # for the total
    first, *others = [part for known in offered for part in _parts(articles, wanted, person, known)]
    rows: dict[str, dict[str, tuple[str, int]]] = {known.name: {} for known in offered}
    reach: dict[str, int] = {}
    for name, value, words, count in first.union(*others, all=True):
        if name.endswith(LOOKED_AT):
            reach[name.removesuffix(LOOKED_AT)] = count
        else:
            rows[name][value] = (words, count)
    for known in offered:
        missing = [value for value in wanted.chosen.get(known.name, ()) if value not in rows[known.name]]
        if missing and known != READING:
            called = known.names(person, missing)
            rows[known.name] |= {value: (called.get(value, value), 0) for value in missing}
    return [_facet(known, rows[known.name], wanted, is_partial=reach.get(known.name, 0) > REACH) for known in offered]


def _parts(articles: QuerySet[Article], wanted: Wanted, person: Person, known: Filter) -> list[Any]:
    """Return the rows of one filter: name, value, words, count."""
    own = wanted.chosen.get(known.name, ())
    found = matching(articles, wanted.without(known.name), person)
    if not known.hangs_on:
        return [_named(known.name, known.tally(person, found))]
    newest = found.order_by(*(key.forwards for key in ORDERS["newest"])).values("pk")[: REACH + 1]
    tally = known.tally(person, articles.model.objects.filter(pk__in=newest))
    parts = [_named(known.name, tally.order_by("-n", "said")[:MOST_CHOICES]), _size(known.name, articles, newest)]
    return parts + ([_named(known.name, tally.filter(choice__in=own))] if own else [])


def _named(name: str, tally: Any) -> Any:
    return tally.annotate(filter=Value(name, TextField())).values_list("filter", "choice", "said", "n")


def _size(name: str, articles: Any, newest: Any) -> Any:
    looked_at = articles.model.objects.filter(pk__in=newest).order_by()
    columns = {"choice": Value("", TextField()), "said": Value("", TextField())}
    counted = looked_at.annotate(**columns).values("choice", "said").annotate(n=Count("pk"))
    return _named(f"{name}{LOOKED_AT}", counted)


def _facet(known: Filter, rows: Mapping[str, tuple[str, int]], wanted: Wanted, *, is_partial: bool) -> Facet:
    own = wanted.chosen.get(known.name, ())
    if known == READING:
        counts = {state: rows.get(state, ("", 0))[1] for state in READING_WORDS}
        counts["unread"] += counts["begun"]
        rows = {state: (words, counts[state]) for state, words in READING_WORDS.items()}
        return Facet(known, tuple(Choice(v, w, n, v in own) for v, (w, n) in rows.items()))
    speak = known.spoken if isinstance(known, Column) else str
    choices = [Choice(value, speak(words), n, value in own) for value, (words, n) in rows.items()]
    return Facet(known, tuple(sorted(choices, key=_by_rank if known.hangs_on else _by_name)), is_partial)


def _by_rank(choice: Choice) -> tuple[int, str]:
    return -choice.count, choice.label.casefold()


def _by_name(choice: Choice) -> str:
    return choice.label.casefold()


def total_of(facets: Sequence[Facet]) -> int:
    """Return how many articles the list has: each is in one periodical, whose counts are exact."""
    choices = next(facet.choices for facet in facets if facet.filter == PERIODICAL)
    any_chosen = any(choice.is_chosen for choice in choices)
    return sum(choice.count for choice in choices if choice.is_chosen or not any_chosen)


def relaxed_counts(articles: QuerySet[Article], wanted: Wanted, person: Person) -> dict[str, int]:
    """Return how many articles there would be without each one of the filters that are set, by its name or `days`."""
    names = [*wanted.chosen, *(["days"] if wanted.since or wanted.until else [])]
    parts = []
    for name in names:
        found = matching(articles, wanted.without(name), person).order_by()
        parts.append(
            found.annotate(left=Value(name, TextField()))
            .values("left")
            .annotate(n=Count("pk"))
            .values_list("left", "n")
        )
    if not parts:
        return {}
    return dict(parts[0].union(*parts[1:], all=True))
