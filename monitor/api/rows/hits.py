"""What a search found, as the API tells it: articles with the passages that matched, and counts by facet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from monitor.api.rows.articles import ARTICLES
from monitor.library.queries import standing_articles
from monitor.search.beside_hits import Wanted, beside_hits
from monitor.search.compiled import Facet, Field
from monitor.search.hit_places import hits_in, wanted_texts
from monitor.search.hydrating import hydrate
from monitor.search.snippets import snippet_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from monitor.api.links import Links
    from monitor.api.rows.kinds import Person, Said
    from monitor.search.compiled import Text
    from monitor.search.engines.protocol import Hits
    from monitor.search.hydrating import Found, Part
    from monitor.search.resolving import Resolved
    from monitor.search.snippets import Piece

    Span = tuple[int, int]
    Names = Mapping[Facet, Mapping[int, tuple[str, str]]]

SNIPPETS = 3  # of one article
LONGEST_QUERY_TOLD = 1_500  # characters of a query that goes along in addresses
MOST_VALUES = 100


# -- Articles ----------------------------------------------------------------------------------------------------------
def hits_of(keys: Sequence[int], resolved: Resolved, person: Person, links: Links) -> list[Said]:
    """Return these articles in their order; two statements, however many."""
    if not keys:
        return []
    rows = {row["pk"]: row for row in ARTICLES.rows(standing_articles(person).filter(pk__in=keys), person)}
    wanted = wanted_texts(resolved.compiled.tree)
    query = urlencode({"q": resolved.asked.query[:LONGEST_QUERY_TOLD]}) if wanted else ""
    found = [(one, rows[one.article.pk]) for one in hydrate(keys, person) if one.article.pk in rows]
    return [{**ARTICLES.told(row, links), **_passages(one, wanted, query, links)} for one, row in found]


def _passages(found: Found, wanted: Sequence[Text], query: str, links: Links) -> Said:
    matched = [(part, spans) for part in found.parts if (spans := _spans(part, wanted))]
    page = links.page(found.article.get_absolute_url())
    shown = sorted(matched, key=lambda one: (one[0].field is Field.NOTES, -len(one[1])))[:SNIPPETS]
    return {"snippets": [_snippet(*one, page, query) for one in shown], "passage_count": len(matched)}


def _spans(part: Part, wanted: Sequence[Text]) -> list[Span]:
    words = [leaf.words for leaf in wanted if part.field in leaf.fields]
    return list(hits_in(part.text, words)) if words else []


def _snippet(part: Part, spans: Sequence[Span], page: str, query: str) -> Said:
    text, hits = _flat(snippet_of(part.text, spans))
    return {"part": part.label, "html_url": f"{page}?{query}#{part.fragment}", "text": text, "hits": hits}


def _flat(pieces: Iterable[Piece]) -> tuple[str, list[list[int]]]:
    """Return pieces as one text, and where in it the hits are."""
    text, hits = "", []
    for piece in pieces:
        if piece.is_hit:
            hits.append([len(text), len(text) + len(piece.text)])
        text += piece.text
    return text, hits


# -- Facets ------------------------------------------------------------------------------------------------------------
def names_of_facets(hits: Hits, person: Person) -> Names:
    """Return what the values of facets are called; one statement at most."""
    keys = {
        facet: [key for key, _ in counted.values[:MOST_VALUES] if isinstance(key, int)]
        for facet, counted in hits.facets.items()
        if facet not in PLAIN
    }
    return beside_hits(Wanted(facets=keys), person).names


PLAIN = {Facet.KIND, Facet.YEAR, Facet.MONTH}


def facets_of(hits: Hits, names: Names) -> Said:
    told = {}
    for facet, counted in hits.facets.items():
        values = [_value(facet, key, count, names) for key, count in counted.values[:MOST_VALUES]]
        told[facet.value] = {"counted": counted.of, "exact": counted.exact, "values": [one for one in values if one]}
    return told


def _value(facet: Facet, key: Any, count: int, names: Names) -> Said | None:
    if facet in PLAIN:
        return {"value": str(key), "name": str(key), "count": count}
    named = names.get(facet, {}).get(key)
    return {"value": named[1], "name": named[0], "count": count} if named else None
