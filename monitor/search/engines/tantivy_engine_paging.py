"""Pages, counts and facets of the tantivy engine: all of them exact."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any

import tantivy
from tantivy import Occur
from tantivy import Query as Found

from monitor.search.compiled import And, Facet, Ids, Not, Or, Sort, chosen, without_choice
from monitor.search.engines.cursors import Cursor, Place
from monitor.search.engines.merged import heads_of
from monitor.search.engines.protocol import Counted, Hits, TooSlow
from monitor.search.engines.tantivy_engine_documents import KEY, KEY_BITS, KIND, MONTH, ORDER, between, place_in_order
from monitor.search.engines.trees import subjects, wanted_words
from monitor.search.index_models import SearchRow

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from monitor.search.engines.protocol import FacetKey
    from monitor.search.engines.tantivy_engine_queries import Asked

CHUNK = 20_000  # hits that a stream fetches at a time
MOST_VALUES = 500  # of a facet
MOST_BUCKETS = 65_000
MOST_LOOKED_AT = 20_000  # hits with merged actors, whose rows are read
FIRST_RANKED = 256  # hits that are fetched by relevance; four times as many until a page is full
DIGITS = 5  # of a weight: the last ones depend on how many are fetched
TOO_WIDE = "Too many words begin like that; give more letters before the star."
COLUMNS = {
    Facet.PERIODICAL: "periodical_id",
    Facet.KIND: KIND,
    Facet.YEAR: MONTH,
    Facet.MONTH: MONTH,
    Facet.AUTHOR: "author_ids",
    Facet.SOURCE: "source_ids",
    Facet.ACTOR: "actor_ids",
    Facet.REGION: "region_ids",
}


def count_of(searcher: tantivy.Searcher, query: Found) -> int:
    """Return how many articles a query matches."""
    return int(_asking(lambda: searcher.search(query, limit=1)).count)


def keys_of(
    searcher: tantivy.Searcher, query: Found, schema: tantivy.Schema, after: tuple[date, int] | None
) -> Iterator[int]:
    """Yield the keys of all matches, the newest first, as the index stands now."""
    last = None if after is None else place_in_order(*after)
    while True:
        places = in_order(searcher, query, schema, CHUNK, last)
        yield from (place & ((1 << KEY_BITS) - 1) for place in places)
        if len(places) < CHUNK:
            return
        last = places[-1]


def in_order(
    searcher: tantivy.Searcher,
    query: Found,
    schema: tantivy.Schema,
    most: int,
    last: int | None,
    *,
    oldest_first: bool = False,
) -> list[int]:
    """Return places of matches behind a place, by day."""
    if last is not None:
        behind = between(schema, last + 1, None) if oldest_first else between(schema, None, last - 1)
        query = Found.boolean_query([(Occur.Must, query), (Occur.Must, behind)])
    order = tantivy.Order.Asc if oldest_first else tantivy.Order.Desc
    found = _asking(lambda: searcher.search(query, limit=most, count=False, order_by_field=ORDER, order=order))
    return [int(place) for place, _ in found.hits]


def _asking(ask: Callable[[], Any]) -> Any:
    """Ask the index; the only thing that it refuses is a beginning that too many words have."""
    try:
        return ask()
    except ValueError as error:
        raise TooSlow(TOO_WIDE) from error


class Page:
    """One page of a query."""

    def __init__(
        self,
        searcher: tantivy.Searcher,
        schema: tantivy.Schema,
        asked: Asked,
        sort: Sort,
        cursor: Cursor | None,
        limit: int,
    ) -> None:
        self.searcher, self.schema, self.asked, self.cursor, self.limit = searcher, schema, asked, cursor, limit
        self.tree = asked.compiled.tree
        self.query = asked.query(schema)
        self.subjects = subjects(self.tree)
        pointless = {Sort.RELEVANCE: wanted_words(self.tree) is None, Sort.ABOUT: not self.subjects}
        self.sort = Sort.NEWEST if pointless.get(sort) else sort

    def hits(self, facets: Collection[Facet]) -> Hits:
        total = count_of(self.searcher, self.query)
        match self.sort:
            case Sort.RELEVANCE:
                ids, following = self._ranked(total)
            case Sort.ABOUT:
                ids, following = self._about()
            case _:
                ids, following = self._by_day()
        return Hits(tuple(ids), total, "=", self._facets(facets), following.written() if following else None)

    # -- Orders --------------------------------------------------------------------------------------------------------
    def _by_day(self) -> tuple[list[int], Cursor | None]:
        last = None if self.cursor is None else _number(self.cursor.place)
        places = self._places(self.query, self.limit + 1, last, oldest_first=self.sort is Sort.OLDEST)
        return self._cut([(0, place) for place in places])

    def _about(self) -> tuple[list[int], Cursor | None]:
        """Return a page of what is about a subject of the query, then of all else."""
        about = Or(tuple(Ids(s.kind, s.ids, s.exact, about=True) for s in self.subjects))
        begin = self.cursor.tier if self.cursor else 0
        found: list[tuple[int, int]] = []
        for tier, also in ((0, about), (1, Not(about))):
            if tier >= begin and len(found) <= self.limit:
                after = self.cursor.place if self.cursor and tier == begin else None
                query = self.asked.query(self.schema, And((self.tree, also)))
                last = None if after is None else _number(after)
                found += [(tier, place) for place in self._places(query, self.limit + 1 - len(found), last)]
        return self._cut(found)

    def _places(self, query: Found, most: int, last: int | None, *, oldest_first: bool = False) -> list[int]:
        return in_order(self.searcher, query, self.schema, most, last, oldest_first=oldest_first)

    def _cut(self, found: list[tuple[int, int]]) -> tuple[list[int], Cursor | None]:
        page = found[: self.limit]
        following = Cursor(_place(page[-1][1]), page[-1][0]) if len(found) > self.limit else None
        return [_place(place).article for _, place in page], following

    def _ranked(self, total: int) -> tuple[list[int], Cursor | None]:
        """Return a page by relevance among all; of two that weigh the same the one with the higher key comes first."""
        most = FIRST_RANKED
        while True:
            rows = self._heaviest(most)
            is_all = len(rows) >= total or len(rows) < most
            if not is_all:  # of those that weigh what the last one weighs there may be more
                rows = [row for row in rows if row[0] > rows[-1][0]]
            rows = sorted(row for row in ((-weight, -key) for weight, key in rows) if self._is_behind(row))
            if is_all or len(rows) > self.limit:
                break
            most *= 4
        page = [(-weight, -key) for weight, key in rows[: self.limit]]
        if len(rows) <= self.limit:
            return [key for _, key in page], None
        weight, key = page[-1]
        return [key for _, key in page], Cursor(Place(date.min, 0), 0, weight, key)

    def _is_behind(self, row: tuple[float, int]) -> bool:
        return self.cursor is None or self.cursor.rank is None or row > (-self.cursor.rank, -self.cursor.article)

    def _heaviest(self, most: int) -> list[tuple[float, int]]:
        found = _asking(lambda: self.searcher.search(self.query, limit=most, count=False)).hits
        keys = self.searcher.fast_field_values(KEY, [address for _, address in found])
        return [(float(f"{weight:.{DIGITS}g}"), int(key or 0)) for (weight, _), key in zip(found, keys, strict=True)]

    # -- Facets --------------------------------------------------------------------------------------------------------
    def _facets(self, facets: Collection[Facet]) -> dict[Facet, Counted]:
        apart = frozenset(facets) & chosen(self.tree)
        counted = self._counted(self.query, [facet for facet in facets if facet not in apart])
        for facet in apart:
            counted |= self._counted(self.asked.query(self.schema, without_choice(self.tree, facet)), [facet])
        return counted

    def _counted(self, query: Found, facets: Collection[Facet]) -> dict[Facet, Counted]:
        if not facets:
            return {}
        columns = {COLUMNS[facet] for facet in facets}
        wanted = {column: {"terms": {"field": column, "size": MOST_BUCKETS}} for column in columns}
        found = _asking(lambda: self.searcher.aggregate(query, wanted))
        counts = {
            column: Counter[Any]({row["key"]: row["doc_count"] for row in found[column]["buckets"]})
            for column in columns
        }
        of = count_of(self.searcher, query)
        return {facet: Counted(self._values(facet, counts[COLUMNS[facet]], query), of, exact=True) for facet in facets}

    def _values(self, facet: Facet, counts: Counter[Any], query: Found) -> tuple[tuple[FacetKey, int], ...]:
        match facet:
            case Facet.MONTH:
                named = {f"{int(month) // 100:04}-{int(month) % 100:02}": n for month, n in counts.items()}
                return tuple(sorted(named.items(), reverse=True)[:MOST_VALUES])
            case Facet.YEAR:
                years: Counter[FacetKey] = Counter()
                for month, n in counts.items():
                    years[int(month) // 100] += n
                return tuple(sorted(years.items(), reverse=True))
            case Facet.ACTOR:
                counts = self._by_head(counts, query)
        keyed = {key if facet is Facet.KIND else int(key): n for key, n in counts.items()}
        return tuple(sorted(keyed.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_VALUES])

    def _by_head(self, counts: Counter[Any], query: Found) -> Counter[Any]:
        """Return actors counted with those that were merged into them; an article with two of a group counts once."""
        actors = {int(key): n for key, n in counts.items()}
        heads, groups = heads_of(actors), defaultdict[int, list[int]](list)
        for actor in actors:
            groups[heads.get(actor, actor)].append(actor)
        found = Counter({head: sum(actors[one] for one in members) for head, members in groups.items()})
        several = {head: members for head, members in groups.items() if len(members) > 1}
        if several:
            found.update(Counter({head: -found[head] for head in several}))
            found.update(self._of_groups(several, heads, query))
        return +found

    def _of_groups(self, groups: Mapping[int, list[int]], heads: Mapping[int, int], query: Found) -> Counter[int]:
        """Return in how many hits any of each group is named; the query is asked once, unless too many would be looked at."""
        named = sorted(one for members in groups.values() for one in members)
        places = in_order(self.searcher, self._also_naming(named, query), self.schema, MOST_LOOKED_AT + 1, None)
        if len(places) > MOST_LOOKED_AT:
            return Counter(
                {head: count_of(self.searcher, self._also_naming(some, query)) for head, some in groups.items()}
            )
        rows = SearchRow.objects.filter(pk__in=[_place(place).article for place in places])
        counted: Counter[int] = Counter()
        for actors in rows.values_list("actor_ids", flat=True):
            counted.update({heads.get(one, one) for one in actors} & groups.keys())
        return counted

    def _also_naming(self, actors: list[int], query: Found) -> Found:
        among = Found.term_set_query(self.schema, "actor_ids", actors)
        return Found.boolean_query([(Occur.Must, query), (Occur.Must, among)])


def _place(number: int) -> Place:
    return Place(date.fromordinal(number >> KEY_BITS), number & ((1 << KEY_BITS) - 1))


def _number(place: Place) -> int:
    return place_in_order(place.day, place.article)
