"""Results as the page shows them: an article with the passages that matched, their words marked, and why it matched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from monitor.entities.folding import folded
from monitor.search.compiled import Field
from monitor.search.hit_places import finder, wanted_texts
from monitor.search.named_hits import asks_names
from monitor.search.snippets import Piece, snippet_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from monitor.library.models import Article
    from monitor.search.beside_hits import Beside, Reason
    from monitor.search.compiled import Close, Text, Words
    from monitor.search.hydrating import Found, Part
    from monitor.search.resolving import Resolved

    Span = tuple[int, int]

SNIPPETS = 3  # of one article in the list of articles
EVERY_PASSAGE = 200  # of one article in the list of passages
REASONS = 3  # of each kind
LONGEST_QUERY_SHOWN = 1_500  # characters of a query that goes along in links


@dataclass(frozen=True, slots=True)
class Snippet:
    """A stretch of a part with what matched, and the address that opens the article there."""

    label: str
    pieces: tuple[Piece, ...]
    address: str


@dataclass(frozen=True, slots=True)
class Why:
    """A reason in words: `label`, what stands in the article, and what that is."""

    label: str
    said: str
    of: str = ""
    is_automatic: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """An article of the list."""

    article: Article
    authors: tuple[tuple[str, str], ...]
    title: tuple[Piece, ...]
    address: str
    snippets: tuple[Snippet, ...]
    more: int  # passages that are not shown
    why: tuple[Why, ...]
    is_automatic: bool  # a name counts that nobody confirmed yet
    marks: int


@dataclass(frozen=True, slots=True)
class PartHits:
    """A part of an article, where hits stand in it, and the number of its first one on the reading page (0: of none)."""

    part: Part
    hits: tuple[Span, ...]
    number: int = 0


def results_of(
    found: Iterable[Found], resolved: Resolved, beside: Beside, *, every: bool = False
) -> tuple[Result, ...]:
    """Return the articles as results; with `every` all their passages."""
    leaves = wanted_texts(resolved.compiled.tree)
    named = {one.key: one.name for meanings in resolved.meanings.values() for m in meanings for one in m.meant}
    is_sought = leaves or asks_names(resolved.parsed.tree)  # the article can be walked through by it
    query = urlencode({"q": resolved.asked.query[:LONGEST_QUERY_SHOWN]}) if is_sought else ""
    return tuple(_result(one, leaves, query, beside, named, EVERY_PASSAGE if every else SNIPPETS) for one in found)


def part_hits(parts: Iterable[Part], leaves: Sequence[Text]) -> list[PartHits]:
    """Return the parts in order with their hits, numbered as the reading page numbers them: text first, then notes."""
    counted, number = [], 0
    finders = {field: finder(words) for field in Field if (words := _words_in(field, leaves))}
    for part in parts:
        hits = tuple(finders[part.field].hits(part.text)) if part.field in finders else ()
        on_page = hits if part.fragment != "main" else ()
        counted.append(PartHits(part, hits, number + 1 if on_page else 0))
        number += len(on_page)
    return counted


def _words_in(field: Field, leaves: Sequence[Text]) -> tuple[Words | Close, ...]:
    return tuple(leaf.words for leaf in leaves if field in leaf.fields)


def _result(
    found: Found,
    leaves: Sequence[Text],
    query: str,
    beside: Beside,
    named: Mapping[int, str],
    most: int,
) -> Result:
    article = found.article
    parts = part_hits(found.parts, leaves)
    title = next((one for one in parts if one.part.field is Field.TITLE), None)
    matched = [one for one in parts if one.hits and one.part.field is not Field.TITLE]
    address = article.get_absolute_url()
    shown = tuple(_snippet(one, address, query) for one in _best(matched, most))
    reasons = [*beside.actors.get(article.pk, ()), *beside.regions.get(article.pk, ())]
    if not shown:
        shown = tuple(_at_names(parts, reasons, f"{address}?{query}" if query else address))[:1]
    why = list(_why(article.pk, parts, beside, named))
    return Result(
        article,
        found.authors,
        _title(title),
        # At its first hit, also where that is a name; where the text has none, the article opens at its head.
        f"{address}?{query}&hit=1#h1" if query else address,
        shown,
        max(0, len(matched) - len(shown)),
        tuple(why),
        any(one.is_automatic for one in why),
        beside.marks.get(article.pk, 0),
    )


def _best(matched: Sequence[PartHits], most: int) -> Sequence[PartHits]:
    """Return the parts with most hits, in the order of the text."""
    if len(matched) <= most:
        return matched
    ranked = sorted(
        range(len(matched)), key=lambda at: (matched[at].part.field is Field.NOTES, -len(matched[at].hits), at)
    )
    return [matched[at] for at in sorted(ranked[:most])]


def _title(found: PartHits | None) -> tuple[Piece, ...]:
    return snippet_of(found.part.text, found.hits, longest=len(found.part.text)) if found else ()


def _snippet(found: PartHits, address: str, query: str) -> Snippet:
    way = f"{address}?{query}&hit={found.number}#h{found.number}" if found.number else f"{address}?{query}"
    return Snippet(found.part.label, snippet_of(found.part.text, found.hits), way)


def _at_names(parts: Iterable[PartHits], reasons: Iterable[Reason], address: str) -> Iterable[Snippet]:
    """Give the passage in which a name first stands, where no word was asked for."""
    for reason in reasons:
        for one in parts:
            part = one.part
            if reason.at is None or part.fragment[0] != "p":
                continue
            at = reason.at - part.start
            if 0 <= at < len(part.text):
                length = len(reason.said) if part.text.startswith(reason.said, at) else 0
                spans = [(at, at + length)] if length else [(at, at)]
                yield Snippet(part.label, snippet_of(part.text, spans), f"{address}#{part.fragment}")


def _why(key: int, parts: Iterable[PartHits], beside: Beside, named: Mapping[int, str]) -> Iterable[Why]:
    places = {one.part.field: one.part.label for one in parts if one.hits}
    if Field.TITLE in places:
        yield Why("words", "in the title")
    elif Field.NOTES in places and Field.BODY not in places and Field.HEADS not in places:
        yield Why("words", "in a note" if places[Field.NOTES] != "bio" else "in what is said of the author")
    for kind, joint in (("actor", "the same as "), ("region", "in ")):
        rows = beside.actors if kind == "actor" else beside.regions
        yield from _names(kind, joint, rows.get(key, ()), named)
    for reason in beside.tags.get(key, ())[:REASONS]:
        passages = "1 passage" if reason.times == 1 else f"{reason.times} passages"
        yield Why("tag", reason.said, f"on {passages}")


def _names(kind: str, joint: str, reasons: Iterable[Reason], named: Mapping[int, str]) -> Iterable[Why]:
    """Give the names that matched, each once; of what is the thing itself, only that."""
    told: dict[tuple[str, int], Why] = {}
    for reason in reasons:
        asked = named.get(reason.key, "")
        is_itself = folded(asked) == folded(reason.said)
        why = Why(kind, reason.said, "" if is_itself or not asked else f"{joint}{asked}", not reason.is_confirmed)
        told.setdefault((folded(reason.said), reason.key), why)
    return list(told.values())[:REASONS]
