"""What a search engine does. Keys and cursors go in and out, never SQL or an engine's own words.

An engine finds articles; rows, titles and snippets are fetched by whoever shows them. It answers for the person who asks:
drafts and withdrawn articles only for those who may see them, annotations through their own `visible_to`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date

    from monitor.search.compiled import Compiled, Facet, Sort

Relation = Literal["=", ">="]
FacetKey = int | str  # a key; a kind; a year as 2022; a month as "2022-03"


class TooSlow(Exception):
    """The engine gave up within its time; the message may be shown."""


class UnknownCursor(ValueError):
    """What should say where the last page ended does not."""


class EngineDown(Exception):
    """The engine cannot answer at all at the moment; the message may be shown."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many hits each value of a facet has, the most frequent first (months and years: the latest first).

    `of` says how many hits were looked at, `exact` whether these are all of them; if not they are the newest.
    """

    values: tuple[tuple[FacetKey, int], ...]
    of: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Hits:
    """One page of keys of articles. `relation` ">=" means more than `total`; `next_cursor` is None on the last page.

    `ranked_of` says among how many of the newest hits relevance was compared; None: among all, or not at all.
    """

    ids: tuple[int, ...]
    total: int
    relation: Relation
    facets: Mapping[Facet, Counted] = field(default_factory=dict)
    next_cursor: str | None = None
    ranked_of: int | None = None


@dataclass(frozen=True, slots=True)
class Health:
    """Whether an engine answers, what it holds, and in a sentence what is wrong."""

    ok: bool
    articles: int
    waiting: int  # changed articles that it has not taken up yet
    sentence: str = ""


class Engine(Protocol):
    """What the house asks of every engine; `tests/search/` asks the same of each of them."""

    name: str

    def index(self, articles: Collection[int]) -> None:
        """Take these articles up as they stand in the database, or drop those that are no more; again changes nothing."""

    def delete(self, articles: Collection[int]) -> None:
        """Drop these articles."""

    def rebuild(self) -> Iterator[tuple[int, int]]:
        """Take everything up anew while searches go on; yields (done, of)."""

    def catch_up(self) -> int:
        """Take up rows that have changed; a worker calls it every ten seconds, behind `indexing.take_up_changes`.

        Returns how many notes of changes that were. Raises EngineDown; what was not taken up then waits for the next time.
        """

    def health(self) -> Health:
        """Tell how it is; never raises."""

    def search(
        self,
        compiled: Compiled,
        *,
        sort: Sort,
        cursor: str | None = None,
        limit: int = 20,
        facets: Collection[Facet] = (),
    ) -> Hits:
        """Return one page. Raises TooSlow, UnknownCursor, EngineDown."""

    def every(self, compiled: Compiled, *, after: tuple[date, int] | None = None) -> Iterator[int]:
        """Yield the key of every hit once, the newest first, however many there are: for files, feeds and alerts."""

    def count(self, compiled: Compiled) -> int:
        """Return the exact number of hits. Raises TooSlow."""
