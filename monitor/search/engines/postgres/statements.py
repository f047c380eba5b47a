"""The statements of a search: a pass over all hits, a bounded walk from the newest on, and a count that stops.

Each gives one row: how many, the asked stretch of hits in their order, facets. Planner hints in words: `offset 0` fences a
subquery, and a `(select n from few)` is known before the arm it stands in is begun.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from monitor.search.compiled import Facet
from monitor.search.engines.postgres.conditions import Sql, candidates, words_condition
from monitor.search.engines.postgres.sizes import size_of_index
from monitor.search.engines.postgres.tsqueries import tsquery

if TYPE_CHECKING:
    from collections.abc import Collection

    from monitor.search.compiled import Node
    from monitor.search.engines.cursors import Place
    from monitor.search.engines.postgres.conditions import Filter

# Rows that facts leave: so few are looked into by their words, instead of the other way round; by usual words also one in
# so many of the archive, since to unpack one takes as long as to pass over forty.
FEW, ONE_IN = 1_000, 40
FACETED = 1_000  # hits, the newest, in which actors, regions, authors and sources are counted
WALKED = 4_000  # rows at most that a walk looks into
CANDIDATES = 4_000  # rows with the words of a phrase that are looked into to see whether they have the phrase
DEAR = 15_000  # so many of them are not looked into while a second, longer walk may find enough hits
FURTHER = 8  # times as far goes that second walk
PROBED, USUAL = 40, 38  # of the newest rows so many with the words: nearly all have them
SOUGHT, SELDOM = 200, 2  # of the newest rows no more that the facts are true of: perhaps it is few altogether
SAMPLED, COMMON = 100, 40  # of the newest rows so many with the words: these are common, and are not counted at all
MOST_VALUES = 500  # of a facet
# A vector is dear to unpack, which the planner does not know: left alone it reads a whole table in the order of some other
# index, and looks at each row's vector.
BY_BITMAP = "set local enable_indexscan = off; "
IN_ORDER = "set local enable_indexscan = on; "
COLUMNS = "article_id, day, periodical_id, kind"
SEVERAL = {
    Facet.AUTHOR: "author_ids",
    Facet.SOURCE: "source_ids",
    Facet.ACTOR: "actor_ids",
    Facet.REGION: "region_ids",
}
# Each with what it is read from: hits are gone through once for all of these, and months named for the days there are.
SINGLE = {
    Facet.PERIODICAL: ("periodical_id", "grouped"),
    Facet.KIND: ("kind", "grouped"),
    Facet.MONTH: ("month", "months"),
    Facet.YEAR: ("left(month, 4)", "months"),
}
GROUPED = ", grouped as materialized (select periodical_id, kind, day, count(*) as n from {} group by 1, 2, 3)"
MONTHS = (
    ", months as materialized (select to_char(day, 'YYYY-MM') as month, sum(n) as n"
    " from (select day, sum(n) as n from grouped group by 1) days group by 1)"
)
# Read once: looked up actor by actor they take longer than all else of that facet.
MERGED = ", merged as materialized (select id, canonical_id from monitor_actor where canonical_id <> id)"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Which hits are wanted: `most` of them, after a place or until one, the newest first or the oldest."""

    most: int
    after: Place | None = None
    until: Place | None = None  # no further than this, itself included
    oldest_first: bool = False
    rank: Node | None = None  # words by which each is weighed
    further: bool = False  # looks into FURTHER times as many rows, where so few of them are enough


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one statement is to tell of a filter's hits."""

    filter: Filter
    stretch: Stretch
    facets: Collection[Facet] = field(default=())
    counted: bool = True


def joined(*parts: Sql | str) -> Sql:
    """Return pieces one after the other."""
    pieces = [part if isinstance(part, Sql) else Sql(part) for part in parts]
    return Sql("".join(p.text for p in pieces), tuple(value for p in pieces for value in p.parameters))


def pass_over(wanted: Wanted) -> Sql:
    """Return the statement that looks at all hits: exact in count and in facets of one value each."""
    few, rows = _rows(wanted.filter)
    stretch = wanted.stretch
    return joined(
        BY_BITMAP, "with ", few, "s as materialized (", rows, "), ", _told(wanted, "s"),
        " select ", _count(wanted, "s"), ", ", _shown(stretch), " as shown", _facets(wanted.facets),
    )  # fmt: skip


def pass_within(wanted: Wanted, most: int) -> Sql:
    """Return the same for a filter that may have very many hits: then it stops early, and tells of nothing but that.

    `total` is beyond `most` where it stopped, and `common` says that it did not begin: SAMPLED hits are so many already.
    """
    few, rows = _rows(wanted.filter)
    sample = joined(
        "sample as materialized (select count(*) >= ", str(COMMON), " as common from (select * from monitor_searchrow",
        _order(wanted.stretch), f" limit {SAMPLED}) looked where ", wanted.filter.facts, _walking(wanted.filter), "), ",
    )  # fmt: skip
    is_all = f"case when (select count(*) from s) <= {int(most)} then "
    return joined(
        BY_BITMAP, "with ", sample, few, f"s as materialized (select {COLUMNS} from (", rows,
        f") r where not (select common from sample) limit {int(most) + 1}), ", _told(wanted, "s"),
        " select (select common from sample) as common, (select count(*) from s) as total, ",
        is_all, _shown(wanted.stretch), " end as shown", _facets(wanted.facets, is_all, " end"),
    )  # fmt: skip


def _told(wanted: Wanted, hits: str) -> Sql:
    """Return what is taken of the hits before it is told: those that are shown, and those that facets are counted in."""
    stretch = wanted.stretch
    return joined(
        f"shown as materialized (select article_id, day from {hits}", _beyond(stretch), _order(stretch),
        f" limit {int(stretch.most)})", _gathered(hits, wanted.facets),
    )  # fmt: skip


def walk(wanted: Wanted) -> Sql:
    """Return the statement that looks at WALKED rows at most; its facets are of the hits among them, FACETED at most.

    It counts one beyond FACETED, whatever is asked for beside the count: all who ask are told the same.
    """
    stretch = wanted.stretch
    most = max(FACETED, stretch.most) if wanted.counted else stretch.most
    return joined(
        IN_ORDER, "with looked as materialized (select * from monitor_searchrow", _beyond(stretch), _order(stretch),
        f" limit {walked_at_most(stretch)}), found as materialized (select {COLUMNS}, {', '.join(SEVERAL.values())}"
        " from looked where ", wanted.filter.facts, _walking(wanted.filter), _order(stretch), f" limit {int(most) + 1}), ",
        "s as materialized (select * from found", _order(stretch), f" limit {int(most)}), ",
        "shown as materialized (select article_id, day from s",
        _order(stretch), f" limit {int(stretch.most)})", _gathered("s", wanted.facets, has_arrays=True),
        " select (select count(*) from looked) as walked, (select count(*) > ", str(int(most)), " from found) as beyond, ",
        _count(wanted, "s"), ", ", _shown(stretch), " as shown", _facets(wanted.facets),
    )  # fmt: skip


def _walking(filter_: Filter) -> Sql:
    """Return what the words ask of rows of `looked`, that come one by one."""
    return joined(" and ", words_condition(filter_.words, walking=True)) if filter_.words is not None else Sql("")


def candidates_of(filter_: Filter, words: Node) -> Sql:
    """Return the statement that counts the rows which would have to be looked into, no further than DEAR + 1."""
    arms = [
        joined("select from (select * from monitor_searchrow where ", some, " offset 0) r where ", filter_.facts)
        for some in candidates(words)
    ]
    either = joined(*[piece for arm in arms for piece in (" union all ", arm)][1:])
    return joined(BY_BITMAP, "select count(*) from (", either, f" limit {DEAR + 1}) z")


def walked_at_most(stretch: Stretch) -> int:
    """Return how many rows a walk looks into; to a place known from before, articles that came in since are on the way."""
    return WALKED * (1 if stretch.until is None else 2) * (FURTHER if stretch.further else 1)


def counted_to(filter_: Filter, most: int) -> Sql:
    """Return the statement that counts hits, no further than one beyond `most`."""
    few, rows = _rows(filter_)
    start: tuple[Sql | str, ...] = ("with ", Sql(few.text.rstrip(", "), few.parameters), " ") if few.text else ()
    return joined(BY_BITMAP, *start, "select count(*) from (select from (", rows, f") s limit {int(most) + 1}) z")


def _rows(filter_: Filter) -> tuple[Sql, Sql]:
    """Return the hits, and what must be known before them.

    Words and facts are asked of their indexes together, unless the facts leave few rows. But an index of words that nearly
    all rows have narrows nothing, so the planner would not ask it and unpack all that the facts leave: then what is fewer is
    asked by itself.
    """
    words, facts = filter_.words, filter_.facts
    if words is None:
        return Sql(""), joined(f"select {COLUMNS} from monitor_searchrow where ", facts)
    asked = words_condition(words)
    if not filter_.narrows:
        return Sql(""), joined(f"select {COLUMNS} from monitor_searchrow where ", asked, " and ", facts)
    way, before = _way(words, facts)
    together = joined(f"select {COLUMNS} from monitor_searchrow where ", way, "= 'both' and ", asked, " and ", facts)
    facts_first = joined(
        f"select {COLUMNS} from (select * from monitor_searchrow where ", way, "= 'facts' and ", facts,
        " offset 0) looked where ", words_condition(words, walking=True),
    )  # fmt: skip
    words_first = joined(
        f"select {COLUMNS} from (select * from monitor_searchrow where ", way, "= 'words' and ", asked,
        " offset 0) r where ", facts,
    )  # fmt: skip
    return before, joined(together, " union all ", facts_first, " union all ", words_first)


def _way(words: Node, facts: Sql) -> tuple[str, Sql]:
    """Return what says whether both are asked of their indexes, or words or facts alone; and what is known before it."""
    most = max(FEW, size_of_index() // ONE_IN)
    newest = joined("(select * from monitor_searchrow", _order(Stretch(0)))
    known = joined(
        "probed as materialized (select (select count(*) from ", newest, f" limit {PROBED}) looked where ",
        words_condition(words, walking=True), f") >= {USUAL} as usual, (select count(*) from ", newest,
        f" limit {SOUGHT}) looked where ", facts, f") <= {SELDOM} as seldom), ",
        "few as materialized (select count(*) as n from (select from monitor_searchrow where (select usual or seldom from"
        " probed) and ", facts, f" limit {most + 1}) z), way as materialized (select case when usual then"
        f" case when n <= {most} then 'facts' else 'words' end when seldom and n <= {FEW} then 'facts' else 'both' end"
        " as first from probed, few), ",
    )  # fmt: skip
    return "(select first from way) ", known


def _beyond(stretch: Stretch) -> Sql:
    if stretch.until is not None:
        return Sql(" where (day, article_id) >= (%s, %s)", (stretch.until.day, stretch.until.article))
    if stretch.after is None:
        return Sql("")
    sign = ">" if stretch.oldest_first else "<"
    return Sql(f" where (day, article_id) {sign} (%s, %s)", (stretch.after.day, stretch.after.article))


def _order(stretch: Stretch) -> str:
    return " order by day, article_id" if stretch.oldest_first else " order by day desc, article_id desc"


def _count(wanted: Wanted, hits: str) -> str:
    if not wanted.counted:
        return "null as total"
    grouped = any(facet in SINGLE for facet in wanted.facets)
    return f"(select {'coalesce(sum(n), 0)::bigint from grouped' if grouped else f'count(*) from {hits}'}) as total"


def _shown(stretch: Stretch) -> Sql:
    """Return the column of the asked hits: arrays of key, day and rank, in their order."""
    order = _order(stretch)
    if stretch.rank is None:
        return Sql(f"(select jsonb_agg(jsonb_build_array(article_id, day){order}) from shown)")
    query = tsquery(stretch.rank)
    return Sql(
        f"""(select jsonb_agg(jsonb_build_array(article_id, day, rank){order}) from (
            select w.article_id, w.day, case when r.in_pieces then (
                select max(ts_rank_cd(p.lexemes, %s::tsquery, 1)) from monitor_searchpiece p
                where p.article_id = r.article_id
            ) else ts_rank_cd(r.lexemes, %s::tsquery, 1) end as rank
            from shown w join monitor_searchrow r on r.article_id = w.article_id) ranked)""",
        (query, query),
    )


def _gathered(hits: str, facets: Collection[Facet], *, has_arrays: bool = False) -> str:
    """Return what facets are counted in: the hits by their single values, and the newest of them with their arrays."""
    columns = [SEVERAL[facet] for facet in Facet if facet in facets and facet in SEVERAL]
    read = {SINGLE[facet][1] for facet in facets if facet in SINGLE}
    start = GROUPED.format(hits) if read else ""
    start += MONTHS if "months" in read else ""
    start += MERGED if Facet.ACTOR in facets else ""
    if not columns:
        return start
    newest = f" from {hits} order by day desc, article_id desc limit {FACETED}"
    if has_arrays:
        return start + f", newest as materialized (select article_id, {', '.join(columns)}{newest})"
    arrays = ", ".join(f"r.{column}" for column in columns)
    return start + (
        f", newest as materialized (select r.article_id, {arrays} from (select article_id{newest}) n"
        " join monitor_searchrow r on r.article_id = n.article_id)"
    )


def _facets(facets: Collection[Facet], before: str = "", behind: str = "") -> str:
    return "".join(f", {before}{_facet(facet)}{behind} as {facet.value}" for facet in Facet if facet in facets)


def _facet(facet: Facet) -> str:
    if facet in SINGLE:
        value, rows = SINGLE[facet]
        values = f"select {value} as k, sum(n)::bigint as n from {rows} group by 1"
    elif facet is Facet.ACTOR:
        values = (
            "select k, count(*) as n from (select distinct n.article_id, coalesce(m.canonical_id, x.k) as k from newest n"
            " cross join unnest(n.actor_ids) as x (k)"
            " left join merged m on m.id = x.k) d group by 1"
        )
    else:
        values = f"select k, count(*) as n from newest, unnest({SEVERAL[facet]}) as x (k) group by 1"
    return f"(select jsonb_agg(jsonb_build_array(k, n)) from ({values} order by n desc, k limit {MOST_VALUES}) v)"
