"""The search page: one resolved query, and from it the list, its counts, its facets, its timeline and its ways on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from monitor.search.beside_hits import Wanted, beside_hits
from monitor.search.compiled import Compiled, Facet, Sort, Text, leaves
from monitor.search.engines.chosen import engine
from monitor.search.engines.protocol import EngineDown, Hits, TooSlow, UnknownCursor
from monitor.search.hit_places import wanted_texts
from monitor.search.hydrating import hydrate
from monitor.search.query_language import parse
from monitor.search.query_told import told
from monitor.search.query_writing import unparse
from monitor.search.relaxing import relaxed
from monitor.search.resolving import resolve
from monitor.search.spelling import respellings, spots_of
from monitor.search.trouble_marks import shown_pieces, with_instead
from monitor.web.atlas import map_of
from monitor.web.drawing.timeline import timeline
from monitor.web.forms.search import SORT_WORDS, VIEW_WORDS
from monitor.web.search_chips import chips_of, questions_of
from monitor.web.search_facets import ASKED, facets_of, keys_to_name
from monitor.web.search_marks import marks_of
from monitor.web.search_results import results_of
from monitor.web.taking_home import OF_ARTICLES, Choice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.http import QueryDict

    from monitor.search.names import Person
    from monitor.search.query_tree import Named, Trouble
    from monitor.search.resolving import Resolved
    from monitor.search.trouble_marks import MarkedPiece
    from monitor.web.drawing.timeline import Bar, Timeline
    from monitor.web.forms.search import AskedSearch
    from monitor.web.search_chips import Chip, Question
    from monitor.web.search_facets import ShownFacet
    from monitor.web.search_results import Result

RESULTS_PER_PAGE = 20
BEYOND = {"map", "annotations"}  # views of something else than the page of articles
MOST_TROUBLES = 5
MOST_ON_MAP = 5_000
MOST_RELAXED = 6  # pieces that are left out in turn where nothing is found
MOST_MEANT = 2_000  # keys whose reasons are looked up
LOST = "That is no place in this list, so here is its beginning."
SLOW = "This took too long to answer; narrow the search, or try again in a moment."


@dataclass(frozen=True, slots=True)
class Way:
    """A link to a search that finds something: what it leaves out, and how much it finds."""

    words: str
    address: str
    count: int


@dataclass(frozen=True, slots=True)
class Tab:
    """A way to show what was found."""

    label: str
    address: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class ShownTrouble:
    """What is odd about the query, and the address of what may have been meant, "" where nobody knows."""

    sentence: str
    understood: str
    instead: str
    address: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Everything the page shows. `sentence` is what is wrong, if anything is."""

    asked: AskedSearch
    resolved: Resolved
    sort: Sort
    hits: Hits
    results: tuple[Result, ...]
    facets: tuple[ShownFacet, ...]
    chips: tuple[Chip, ...]
    questions: tuple[Question, ...]
    timeline: Timeline | None
    readback: str
    sentence: str = ""
    relaxations: tuple[Way, ...] = ()
    suggestions: tuple[Way, ...] = ()
    beyond: Mapping[str, Any] = field(default_factory=dict)  # what the view shows beside the results

    @property
    def is_exact(self) -> bool:
        return self.hits.relation == "="

    @property
    def total(self) -> str:
        """Return how many there are, as every count of them says it: "38", "more than 2,000"."""
        return said_total(self.hits)

    @property
    def next(self) -> str:
        return self.asked.at(self.hits.next_cursor) if self.hits.next_cursor else ""

    @property
    def is_empty(self) -> bool:
        return not self.hits.total and self.is_exact

    @property
    def may_be_spelled_otherwise(self) -> bool:
        """Return whether it is worth asking for other writings of its words: only where something was found at first."""
        return bool(self.results) and not self.asked.cursor and any(spots_of(self.resolved.parsed.tree))

    @property
    def tabs(self) -> list[Tab]:
        has_account = self.resolved.compiled.person.is_authenticated
        offered = [view for view in VIEW_WORDS if view != "annotations" or has_account]
        return [Tab(VIEW_WORDS[view], self.asked.viewed(view).address, view == self.asked.view) for view in offered]

    @property
    def body(self) -> str:
        return f"search/_{self.asked.view or 'articles'}.html"

    @property
    def orders(self) -> list[tuple[str, str, bool]]:
        """Return the orders: what a form sends, the words, whether it is this one. The usual one is sent as nothing."""
        usual = usual_sort(self.resolved)
        return [("" if value == usual else value, words, value == self.sort) for value, words in SORT_WORDS.items()]

    @property
    def files(self) -> tuple[Choice, ...]:
        return OF_ARTICLES

    @property
    def carried(self) -> list[tuple[str, str]]:
        """Return what is set but has no field on the page: values of facets that are not shown."""
        shown = {(facet.name, one.value) for facet in self.facets for one in (*facet.first, *facet.folded)}
        chosen = self.asked.asked.chosen
        return [(name, value) for name, values in chosen.items() for value in values if (name, value) not in shown]

    @property
    def days(self) -> dict[str, str]:
        since, until = self.asked.asked.since, self.asked.asked.until
        known = {"from": since, "to": until}
        return {name: day.isoformat() if day else self.asked.typed.get(name, "") for name, day in known.items()}

    @property
    def bars(self) -> list[tuple[Bar, str]]:
        """Return the bars with the address of the search in the days of each, or in all days where it is in these."""
        if self.timeline is None:
            return []
        chosen = (self.asked.asked.since, self.asked.asked.until)
        address, anew = self.asked.in_each_days(), self.asked.in_days(None, None).address
        return [
            (bar, anew if chosen == (bar.first, bar.last) else address(bar.first, bar.last))
            for bar in self.timeline.bars
        ]

    @property
    def months_of(self) -> int:
        """Return in how many of the newest hits the timeline was counted, 0 where these are all."""
        counted = self.hits.facets.get(Facet.MONTH)
        return counted.of if counted and not counted.exact else 0

    @property
    def troubles(self) -> list[ShownTrouble]:
        return [self._shown(trouble) for trouble in self.resolved.troubles[:MOST_TROUBLES]]

    def _shown(self, trouble: Trouble) -> ShownTrouble:
        parsed = self.resolved.parsed
        address = self.asked.with_query(with_instead(parsed, trouble)).address if trouble.instead else ""
        return ShownTrouble(trouble.sentence, trouble.understood, trouble.instead, address)

    @property
    def marked(self) -> tuple[MarkedPiece, ...]:
        """Return the query with the places at which it is odd."""
        return shown_pieces(self.resolved.parsed.text, self.resolved.troubles[:MOST_TROUBLES])


def said_total(hits: Hits) -> str:
    return f"{hits.total:,}" if hits.relation == "=" else f"more than {hits.total:,}"


def search_page(asked: AskedSearch, person: Person, query: QueryDict) -> SearchPage:
    """Return the page that an address asks for."""
    resolved = resolve(asked.asked, person)
    sort = sort_of(asked, resolved)
    hits, sentence = _hits(asked, resolved.compiled, sort)
    wanted = _wanted(resolved, hits)
    is_quoted = asked.view not in BEYOND and bool(
        wanted.actors or wanted.regions or wanted_texts(resolved.compiled.tree)
    )
    found = hydrate(hits.ids, person, has_text=is_quoted)
    beside = beside_hits(wanted, person)
    days = (asked.asked.since, asked.asked.until)
    months = dict(hits.facets[Facet.MONTH].values) if Facet.MONTH in hits.facets else {}
    page = SearchPage(
        asked=asked,
        resolved=resolved,
        sort=sort,
        hits=hits,
        results=results_of(found, resolved, beside, every=asked.view == "passages"),
        facets=facets_of(asked, resolved, hits, beside),
        chips=chips_of(asked, resolved),
        questions=questions_of(asked, resolved),
        timeline=timeline({str(month): count for month, count in months.items()}, since=days[0], until=days[1]),
        readback=f"{told(resolved.tree, found_names(resolved))}.",
        sentence=sentence,
    )
    if asked.view in BEYOND and not sentence:
        page = _with_beyond(page, query)
    return _ways_on(page) if page.is_empty and not sentence else page


def _with_beyond(page: SearchPage, query: QueryDict) -> SearchPage:
    try:
        beyond = _on_map(page) if page.asked.view == "map" else marks_of(page.resolved, query)
    except (TooSlow, EngineDown) as trouble:
        return replace(page, sentence=str(trouble) or SLOW)
    return replace(page, beyond=beyond)


def _on_map(page: SearchPage) -> dict[str, Any]:
    """Return the map of what was found, of the newest where that is very much."""
    keys = list(islice(engine().every(page.resolved.compiled), MOST_ON_MAP + 1))
    return {"map": map_of(keys[:MOST_ON_MAP]), "of": MOST_ON_MAP if len(keys) > MOST_ON_MAP else 0}


def sort_of(asked: AskedSearch, resolved: Resolved) -> Sort:
    """Return the order that is asked for, or the one that fits: by relevance where there are words."""
    return Sort(asked.sort) if asked.sort else usual_sort(resolved)


def usual_sort(resolved: Resolved) -> Sort:
    has_words = any(isinstance(leaf, Text) for leaf in leaves(resolved.compiled.tree))
    return Sort.RELEVANCE if has_words else Sort.NEWEST


def _hits(asked: AskedSearch, compiled: Compiled, sort: Sort) -> tuple[Hits, str]:
    searching, cursor = engine(), None if asked.view in BEYOND else asked.cursor
    try:
        try:
            found = searching.search(compiled, sort=sort, cursor=cursor, limit=RESULTS_PER_PAGE, facets=ASKED)
        except UnknownCursor:
            return searching.search(compiled, sort=sort, limit=RESULTS_PER_PAGE, facets=ASKED), LOST
    except TooSlow:
        return Hits((), 0, ">="), SLOW
    except EngineDown as trouble:
        return Hits((), 0, ">="), str(trouble)
    return found, ""


def _wanted(resolved: Resolved, hits: Hits) -> Wanted:
    keys: dict[str, list[int]] = {"actor": [], "region": [], "tag": []}
    for meanings in resolved.meanings.values():
        for meaning in meanings:
            if meaning.kind in keys:
                keys[meaning.kind] += [*meaning.keys, *meaning.below]
    of_kind = {kind: found[:MOST_MEANT] for kind, found in keys.items()}
    return Wanted(keys_to_name(hits), hits.ids, actors=of_kind["actor"], regions=of_kind["region"], tags=of_kind["tag"])


def _ways_on(page: SearchPage) -> SearchPage:
    """Add what finds something where nothing was found: other spellings, looser searches, one choice less."""
    asked, parsed = page.asked, page.resolved.parsed
    spelled = [(f"{one.instead}", asked.with_query(unparse(one.tree))) for one in respellings(parsed.tree)]
    looser = [(one.change, asked.with_query(unparse(one.tree))) for one in relaxed(parsed.tree)]
    looser += [(f"without {chip.label} {chip.words}", chip.less) for chip in page.chips if chip.is_chosen]
    person = page.resolved.compiled.person
    return replace(
        page,
        suggestions=tuple(_counted(spelled, person)),
        relaxations=tuple(_counted(looser[:MOST_RELAXED], person)),
    )


def spellings_of(asked: AskedSearch, person: Person) -> tuple[Way, ...]:
    """Return other writings of a search's words that the archive has beside them, as far as they find something."""
    others = (one for one in respellings(parse(asked.asked.query).tree) if one.is_known)
    return tuple(_counted([(one.instead, asked.with_query(unparse(one.tree))) for one in others], person))


def _counted(ways: Iterable[tuple[str, AskedSearch]], person: Person) -> Iterable[Way]:
    """Give those that find something, and how much, as far as that is quick to say."""
    for words, asked in ways:
        if not asked.is_set:
            continue
        try:
            count = engine().count(resolve(asked.asked, person, is_shown=False).compiled)
        except (TooSlow, EngineDown):
            continue
        if count:
            yield Way(words, asked.address, count)


def found_names(resolved: Resolved) -> dict[Named, str]:
    """Return what the names in a search were found to mean, where that is one thing."""
    meant = {node: resolved.meant(node) for node in resolved.meanings}
    return {node: found[0].name for node, found in meant.items() if len(found) == 1}
