"""One page of hits: how it is asked is decided by what was counted first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from monitor.search.compiled import And, Facet, Ids, Not, Or, Sort, chosen, without_choice
from monitor.search.engines.cursors import Cursor, Place
from monitor.search.engines.postgres.sizes import size_of_index
from monitor.search.engines.postgres.statements import (
    CANDIDATES,
    DEAR,
    FACETED,
    SEVERAL,
    WALKED,
    Stretch,
    Wanted,
    candidates_of,
    pass_over,
    pass_within,
    walk,
    walked_at_most,
)
from monitor.search.engines.protocol import Counted, Hits
from monitor.search.engines.trees import subjects, wanted_words

if TYPE_CHECKING:
    from monitor.search.engines.postgres.asking import Row
    from monitor.search.engines.postgres.conditions import Filter
    from monitor.search.engines.postgres.queries import Query

EXACT_UP_TO = 50_000  # articles in the archive: so many are counted for every search
# To pass over so many hits takes less than to walk to those that are wanted.
FEWEST_COUNTED = 10_000
RANKED = 200  # hits, the newest, that are compared by relevance
MOST_COMPARED = 2 * RANKED  # on later pages, with those that came in since the first was shown


class Search:
    """One page of a query."""

    def __init__(self, query: Query, sort: Sort, cursor: Cursor | None, limit: int, facets: frozenset[Facet]) -> None:
        self.query, self.sort, self.cursor, self.limit = query, sort, cursor, limit
        self.facets = facets
        self.apart = facets & chosen(query.tree)
        self.words = wanted_words(query.tree)
        self.subjects = subjects(query.tree)
        if (sort is Sort.RELEVANCE and self.words is None) or (sort is Sort.ABOUT and not self.subjects):
            self.sort = Sort.NEWEST
        self.asked = query.asked
        self.size = size_of_index()
        self.fewest = 0  # hits there are more of, as far as they were counted
        self.bounded = False  # whether to look at all hits would take too long
        self.dear = False  # whether it would take a second and more

    def hits(self) -> Hits:
        main, bound = self.query.filter, max(FEWEST_COUNTED, self.size // 50)
        answers = self._ask(Wanted(main, self._first_stretch(), self.facets - self.apart), self._apart(), bound)
        row = answers[0]
        facets = {facet: _counted(row, facet) for facet in self.facets - self.apart}
        facets |= {facet: _counted(answer, facet) for facet, answer in zip(self._apart(), answers[1:], strict=True)}
        exact = "walked" not in row
        # What was counted before a walk, or else what it has found: more than so many there are.
        total: int = row["total"] if exact else max(row["total"] - (not row["beyond"]), self.fewest, 0)
        ids, following, ranked_of = self._page(row["shown"] or [])
        return Hits(
            tuple(ids),
            total,
            "=" if exact else ">=",
            facets,
            following.written() if following else None,
            ranked_of,
        )

    def _is_dear(self, filter_: Filter) -> bool:
        """Return whether counting all hits may take long."""
        return filter_.recheck or self.size > EXACT_UP_TO

    def _apart(self) -> dict[Facet, Filter]:
        """Return the facets in which something is chosen, with the query as if it were not."""
        return {f: self.query.filter_of(without_choice(self.query.tree, f)) for f in Facet if f in self.apart}

    def _ask(self, wanted: Wanted, apart: dict[Facet, Filter], bound: int) -> list[Row]:
        """Return a row for what is wanted and one for each facet apart; one round trip unless there are very many hits."""
        others = [Wanted(f, Stretch(0), (facet,)) for facet, f in apart.items()]
        statements = [walk(o) if self._is_dear(o.filter) else pass_over(o) for o in others]
        main = wanted.filter
        if not self._is_dear(main):
            return self.asked.rows(pass_over(wanted), *statements)
        if main.recheck and main.words is not None:
            candidates = self.asked.rows(candidates_of(main, main.words))[0]["count"]
            self.bounded, self.dear = candidates > CANDIDATES, candidates > DEAR
            answers = [] if self.bounded else self.asked.rows(pass_over(wanted), *statements)
        else:
            answers = self.asked.rows(pass_within(wanted, bound), *statements)
            self.bounded = answers[0]["common"] or answers[0]["total"] > bound
            self.fewest = answers[0]["total"] - 1
        if not self.bounded:
            return answers
        # What is told of all hits is told from the newest on, whichever page it stands on.
        stretch = wanted.stretch
        is_first = stretch.after is None and stretch.until is None and not stretch.oldest_first
        top = wanted if is_first else replace(wanted, stretch=Stretch(self.limit + 1))
        rows = [*self.asked.rows(walk(top)), *answers[1:]] if answers else self.asked.rows(walk(top), *statements)
        if _falls_short(rows[0], top.stretch, self._fewest(top.stretch)):
            rows[0] = self._further(top, self._fewest(top.stretch))
        if not is_first:
            rows[0]["shown"] = self._stretch(wanted.filter, stretch)
        return rows

    def _further(self, wanted: Wanted, fewest: int) -> Row:
        """Return the row of what a walk did not find enough of: of a phrase by a second walk, then by a pass over all."""
        longer = replace(wanted.stretch, further=True)
        if self.dear and self.size > walked_at_most(longer):
            row: Row = self.asked.rows(walk(replace(wanted, stretch=longer)))[0]
            if not _falls_short(row, longer, fewest):
                return row
        return self.asked.rows(pass_over(wanted))[0]

    def _fewest(self, stretch: Stretch) -> int:
        """Return with how many hits a walk has found enough: relevance may be compared among fewer than it might be."""
        return min(stretch.most, self.limit + 1)

    def _first_stretch(self) -> Stretch:
        place = self.cursor.place if self.cursor else None
        match self.sort:
            case Sort.RELEVANCE if self.cursor is None:
                return Stretch(RANKED, rank=self.words)
            case Sort.RELEVANCE if self.cursor is not None and self.cursor.rank is not None:
                return Stretch(MOST_COMPARED, until=place, rank=self.words)
            case Sort.ABOUT:
                return Stretch(0)
            case _:
                return Stretch(self.limit + 1, place, oldest_first=self.sort is Sort.OLDEST)

    def _page(self, shown: list[Any]) -> tuple[list[int], Cursor | None, int | None]:
        """Return a page's keys, where it ended, and among how many relevance was compared."""
        if self.sort is Sort.ABOUT:
            return *self._about(), None
        if self.sort is Sort.RELEVANCE and (self.cursor is None or self.cursor.rank is not None):
            return self._ranked(shown)
        return *self._by_day(shown, 0), RANKED if self.sort is Sort.RELEVANCE else None

    def _by_day(self, shown: list[Any], tier: int) -> tuple[list[int], Cursor | None]:
        page = shown[: self.limit]
        following = Cursor(place_of(page[-1]), tier) if page and len(shown) > self.limit else None
        return [row[0] for row in page], following

    def _ranked(self, window: list[Any]) -> tuple[list[int], Cursor | None, int | None]:
        """Return a page of the newest hits by relevance, and after the last of these of the older ones by day."""
        by_rank = sorted(window, key=lambda row: (-row[2], -row[0]))
        if self.cursor and self.cursor.rank is not None:
            last = (-self.cursor.rank, -self.cursor.article)
            by_rank = [row for row in by_rank if (-row[2], -row[0]) > last]
        page = by_rank[: self.limit]
        oldest = self.cursor.place if self.cursor else place_of(window[-1]) if window else None
        if oldest is None:
            return [], None, None
        is_all = not self.bounded and len(window) < RANKED
        if len(by_rank) > self.limit:
            return (
                [row[0] for row in page],
                Cursor(oldest, 0, page[-1][2], page[-1][0]),
                None if is_all else len(window),
            )
        # One more is looked for, to know whether anything follows.
        rest = [] if is_all else self._stretch(self.query.filter, Stretch(self.limit + 1 - len(page), oldest))
        more = rest[: self.limit - len(page)]
        shown = [row[0] for row in (*page, *more)]
        following = Cursor(place_of(more[-1]) if more else oldest) if len(rest) > len(more) else None
        return shown, following, len(window) if rest else None

    def _about(self) -> tuple[list[int], Cursor | None]:
        """Return a page of what is about a subject of the query, then of all else."""
        about = Or(tuple(Ids(s.kind, s.ids, s.exact, about=True) for s in self.subjects))
        begin = self.cursor.tier if self.cursor else 0
        found: list[tuple[int, Any]] = []
        for tier, also in ((0, about), (1, Not(about))):
            if tier >= begin and len(found) <= self.limit:
                after = self.cursor.place if self.cursor and tier == begin else None
                filter_ = self.query.filter_of(And((self.query.tree, also)))
                found += [(tier, row) for row in self._stretch(filter_, Stretch(self.limit + 1 - len(found), after))]
        page = found[: self.limit]
        following = Cursor(place_of(page[-1][1]), page[-1][0]) if len(found) > self.limit and page else None
        return [row[0] for _, row in page], following

    def _stretch(self, filter_: Filter, stretch: Stretch) -> list[Any]:
        wanted = Wanted(filter_, stretch, counted=False)
        if self.bounded:
            row = self.asked.rows(walk(wanted))[0]
            if _falls_short(row, stretch, stretch.most):
                row = self._further(wanted, stretch.most)
            return row["shown"] or []
        return self.asked.rows(pass_over(wanted))[0]["shown"] or []


def _falls_short(row: Row, stretch: Stretch, fewest: int) -> bool:
    """Return whether a walk ended before it had found enough: hits are old, or few."""
    return row["walked"] >= walked_at_most(stretch) and len(row["shown"] or []) < fewest


def place_of(row: Any) -> Place:
    return Place(date.fromisoformat(row[1]), row[0])


def _counted(row: Row, facet: Facet) -> Counted:
    values = [(key, n) for key, n in row[facet.value] or []]
    if facet is Facet.YEAR:
        values = [(int(key), n) for key, n in values]
    if facet in (Facet.YEAR, Facet.MONTH):
        values.sort(reverse=True)
    whole = "walked" not in row or (row["walked"] < WALKED and row["total"] < FACETED)
    of = min(row["total"], FACETED) if facet in SEVERAL else row["total"]
    return Counted(tuple(values), of, exact=whole and of == row["total"])
