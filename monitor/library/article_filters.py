"""What lists of articles can be filtered by: one row of ARTICLE_FILTERS for each, and nothing else to change.

A filter by what hangs on articles (authors, sources; tags, from their own room; later actors, regions) names the rows between the two; one
by a column of the article or of its issue names the column. Pages, addresses and counts follow from that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, cast

from django.db.models import Count, F, Q, TextField
from django.db.models.functions import Cast

from monitor.library.models import Authorship
from monitor.library.queries import standing_articles
from monitor.library.reading_places import State, in_state, with_places
from monitor.library.source_models import Citation

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from monitor.accounts.models import User
    from monitor.library.models import Article

    Person = User | AnonymousUser


class Filter(Protocol):
    """One thing that articles can be filtered by, under `name` in the address."""

    @property
    def name(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def hangs_on(self) -> bool:
        """Whether an article may have several values, or none: then counting them takes longer."""
        ...

    def condition(self, person: Person, values: Sequence[str]) -> Q:
        """Return the condition of the articles that have one of these values."""
        ...

    def tally(self, person: Person, articles: QuerySet[Article]) -> QuerySet[Any]:
        """Return rows with `choice`, `said` and `n`: how many of these articles have the value."""
        ...

    def names(self, person: Person, values: Sequence[str]) -> dict[str, str]:
        """Return what these values are called, as far as this person may see something that has them."""
        ...

    def offered(self, person: Person) -> bool:
        """Return whether this person can be shown it."""
        ...


@dataclass(frozen=True, slots=True)
class Column:
    """A filter by a column of the article or its issue: each article has one value."""

    name: str
    label: str
    value: str
    words: str
    spoken: Callable[[str], str] = str
    hangs_on: bool = False

    def condition(self, person: Person, values: Sequence[str]) -> Q:
        return Q(**{f"{self.value}__in": values})

    def tally(self, person: Person, articles: QuerySet[Article]) -> QuerySet[Any]:
        return _counted(articles.order_by(), self.value, self.words, "pk")

    def names(self, person: Person, values: Sequence[str]) -> dict[str, str]:
        named = standing_articles(person).filter(self.condition(person, values)).order_by()
        return dict(named.values_list(self.value, self.words).distinct())

    def offered(self, person: Person) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Hanging:
    """A filter by what hangs on articles by the rows of `between`, as far as a person may see them; each has an `article`."""

    name: str
    label: str
    value: str
    words: str
    between: Callable[[Person], QuerySet[Any]]
    hangs_on: bool = True

    def condition(self, person: Person, values: Sequence[str]) -> Q:
        return Q(pk__in=self.between(person).filter(**{f"{self.value}__in": values}).values("article"))

    def tally(self, person: Person, articles: QuerySet[Article]) -> QuerySet[Any]:
        rows = self.between(person).filter(article__in=articles.values("pk"))
        return _counted(rows.order_by(), self.value, self.words, "article")

    def names(self, person: Person, values: Sequence[str]) -> dict[str, str]:
        seen = self.between(person).filter(article__in=standing_articles(person)).order_by()
        return dict(seen.filter(**{f"{self.value}__in": values}).values_list(self.value, self.words).distinct())

    def offered(self, person: Person) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Reading:
    """A filter by how far oneself has read; what is begun counts as unread, too."""

    name: str = "read"
    label: str = "Reading"
    hangs_on: bool = False

    def condition(self, person: Person, values: Sequence[str]) -> Q:
        states = [in_state(person, cast("State", value)) for value in values if value in READING_WORDS]
        either = Q(pk__in=[])
        for state in states:
            either |= state
        return either

    def tally(self, person: Person, articles: QuerySet[Article]) -> QuerySet[Any]:
        return _counted(with_places(articles, person).order_by(), "my_state", "my_state", "pk")

    def names(self, person: Person, values: Sequence[str]) -> dict[str, str]:
        return {value: READING_WORDS[value] for value in values}

    def offered(self, person: Person) -> bool:
        return person.is_authenticated


READING_WORDS: Mapping[str, str] = {"unread": "Unread", "begun": "Begun", "read": "Read"}


def _counted(rows: Any, value: str, words: str, counted: str) -> QuerySet[Any]:
    texts = {"choice": Cast(F(value), TextField()), "said": Cast(F(words), TextField())}
    tallied: QuerySet[Any] = rows.values(**texts).annotate(n=Count(counted, distinct=counted != "pk"))
    return tallied


PERIODICAL = Column("periodical", "Periodical", "issue__periodical__slug", "issue__periodical__name")
KIND = Column("kind", "Kind", "kind", "kind", spoken=str.capitalize)
AUTHOR = Hanging("author", "Author", "author__slug", "author__name", lambda person: Authorship.objects.all())
SOURCE = Hanging(
    "source", "Source", "spelling__source__slug", "spelling__source__name", lambda person: Citation.objects.all()
)
READING = Reading()

# In the order of the page. The periodical stands first: its counts make up the list's total.
ARTICLE_FILTERS: list[Filter] = [READING, PERIODICAL, KIND, AUTHOR, SOURCE]


def add_filter(known: Filter) -> None:
    """Let lists be filtered by what a room above hangs on articles (tags): that room adds it when the site starts."""
    if known not in ARTICLE_FILTERS:
        ARTICLE_FILTERS.append(known)
