"""Text with spans over it, as flat HTML that gives the text back character for character.

Nesting is block > link > bdi > mark. The text is cut at every edge of a span (and at no other place), so that no two
marks nest and the HTML of a paragraph is one pass over its pieces; runs that read against their line are isolated.
`textContent` of what is returned equals the text. All positions are half-open ranges of Unicode code points.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape
from itertools import groupby, pairwise
from threading import Lock
from typing import TYPE_CHECKING, Literal

from cachetools import LRUCache

from monitor.annotations.directions import foreign_runs, reads_left

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

Attributes = tuple[tuple[str, str], ...]
GATHERED = {"class", "data-ids"}  # of marks one over another a piece has them all
AT_FIRST = {"id", "aria-details"}  # of a mark in several pieces the first has them
DEEPEST = 3  # shades of a highlight: classes d1 to d3
HTML_BLANKS = frozenset(" \t\n\f\r")
MOST_KEPT = 4 * 1024 * 1024  # characters of blocks drawn lately, in each process
LARGEST_KEPT = MOST_KEPT // 8  # one block must not drive out all others


class Html(str):
    """HTML made in this module; templates take it as it is, for all text in it is escaped."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


@dataclass(frozen=True, slots=True)
class Span:
    """A link round `text[start:end]`, or a mark over it.

    Of links that overlap, the one of the highest priority stays (of equals the first, then the shortest) and the
    others are left out: a link is whole or not there. Marks may overlap; a piece lists its marks by priority. A run
    reads in a direction of its own; runs do not overlap.
    """

    kind: Literal["link", "mark", "run"]
    start: int
    end: int
    attributes: Attributes = ()
    priority: int = 0
    bracketed: bool = False  # a link whose first and last character are hidden from the eye by CSS


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text without an edge of a span inside it."""

    start: int
    end: int
    link: Span | None = None
    marks: tuple[Span, ...] = ()
    run: Span | None = None


@dataclass(frozen=True, slots=True)
class BlockFrame:
    """A block of the text and the element it becomes; `id` is its fragment in the page's address."""

    type: str
    start: int
    end: int
    id: str
    level: int | None = None
    rows: tuple[tuple[str, ...], ...] = ()


def cut(start: int, end: int, spans: Iterable[Span]) -> list[Piece]:
    """Return the pieces of `text[start:end]`, in order, none empty; the order of `spans` does not matter.

    Spans that reach beyond the range are clipped to it.
    """
    inside = [clipped for span in spans if (clipped := _clip(span, start, end))]
    links = _kept_links(span for span in inside if span.kind == "link")
    covers = links + sorted((s for s in inside if s.kind != "link"), key=_rank)
    edges = sorted({start, end, *(edge for span in covers for edge in _edges(span))})
    opening: dict[int, list[Span]] = {}
    for span in covers:
        opening.setdefault(span.start, []).append(span)
    pieces, marks, others = [], list[Span](), list[Span]()
    for left, right in pairwise(edges):
        marks = [span for span in marks if span.end > left]
        others = [span for span in others if span.end > left]
        for span in opening.get(left, ()):
            if span.kind == "mark":
                insort(marks, span, key=_rank)
            else:
                others.append(span)
        link = next((span for span in others if span.kind == "link"), None)
        run = next((span for span in others if span.kind == "run"), None)
        pieces.append(Piece(left, right, link, tuple(marks), run))
    return pieces


def _clip(span: Span, start: int, end: int) -> Span | None:
    if span.start >= start and span.end <= end:
        return span if span.start < span.end else None
    left, right = max(span.start, start), min(span.end, end)
    if left >= right:
        return None
    # The rest of a link has its beginning elsewhere, and with it its id; hidden brackets belong to whole links.
    kept = span.attributes if left == span.start else tuple(pair for pair in span.attributes if pair[0] != "id")
    return replace(span, start=left, end=right, attributes=kept, bracketed=False)


def _rank(span: Span) -> tuple[int, int, int, Attributes, bool]:
    return (-span.priority, span.start, span.end, span.attributes, span.bracketed)


def _kept_links(links: Iterable[Span]) -> list[Span]:
    kept: list[Span] = []
    starts: list[int] = []
    for link in sorted(links, key=_rank):
        at = bisect_right(starts, link.start)
        free_before = at == 0 or kept[at - 1].end <= link.start
        if free_before and (at == len(kept) or kept[at].start >= link.end):
            kept.insert(at, link)
            starts.insert(at, link.start)
    return kept


def _edges(span: Span) -> tuple[int, ...]:
    return (span.start, span.start + 1, span.end - 1, span.end) if span.bracketed else (span.start, span.end)


def render_line(text: str, spans: Iterable[Span], start: int = 0, end: int | None = None) -> Html:
    """Return `text[start:end]` as HTML without a block around it."""
    stop = len(text) if end is None else end
    covering = [*spans, *(Span("run", *place) for place in foreign_runs(text, start, stop))]
    if all(span.kind == "link" for span in covering):
        return Html(_with_links(text, covering, start, stop))
    pieces = cut(start, stop, covering)
    return Html("".join(_linked(text, link, group) for link, group in groupby(pieces, key=lambda piece: piece.link)))


def _with_links(text: str, links: Iterable[Span], start: int, end: int) -> str:
    """Return what `cut` would make of links alone: nearly all lines of a text, in a small part of the time."""
    parts, at = [], start
    for link in _kept_links(clipped for span in links if (clipped := _clip(span, start, end))):
        inner = _bracketed(text, link) if link.bracketed else escape_text(text[link.start : link.end])
        parts.append(f"{escape_text(text[at : link.start])}<a{_attributes(link.attributes)}>{inner}</a>")
        at = link.end
    parts.append(escape_text(text[at:end]))
    return "".join(parts)


def _bracketed(text: str, link: Span) -> str:
    first, middle, last = link.start, text[link.start + 1 : link.end - 1], link.end - 1
    if first == last:
        return f"<span>{escape_text(text[first])}</span>"
    return f"<span>{escape_text(text[first])}</span>{escape_text(middle)}<span>{escape_text(text[last])}</span>"


def _linked(text: str, link: Span | None, pieces: Iterable[Piece]) -> str:
    inner = "".join(_isolated(text, run, group) for run, group in groupby(pieces, key=lambda piece: piece.run))
    return f"<a{_attributes(link.attributes)}>{inner}</a>" if link else inner


def _isolated(text: str, run: Span | None, pieces: Iterable[Piece]) -> str:
    inner = "".join(_piece(text, piece) for piece in pieces)
    return f"<bdi>{inner}</bdi>" if run else inner


def _piece(text: str, piece: Piece) -> str:
    inner = escape_text(text[piece.start : piece.end])
    if piece.link and piece.link.bracketed and (piece.start == piece.link.start or piece.end == piece.link.end):
        inner = f"<span>{inner}</span>"
    return f"<mark{_attributes(_mark_attributes(piece))}>{inner}</mark>" if piece.marks else inner


def _mark_attributes(piece: Piece) -> Attributes:
    """Return those of the mark on top, and which others lie below it."""
    merged: dict[str, str] = {}
    gathered: dict[str, dict[str, None]] = {}
    for mark in piece.marks:
        for name, value in mark.attributes:
            if name in GATHERED:
                merged.setdefault(name, value)
                gathered.setdefault(name, {}).update(_words(value))
            elif name not in merged and (name not in AT_FIRST or piece.start == mark.start):
                merged[name] = value
    merged |= {name: " ".join(words) for name, words in gathered.items()}
    depth = min(len(gathered.get("data-ids", ())), DEEPEST)
    if depth:
        merged["class"] = f"{merged.get('class', '')} d{depth}".strip()
    return tuple(merged.items())


@lru_cache(maxsize=10_000)
def _words(value: str) -> dict[str, None]:
    return dict.fromkeys(value.split())


def escape_text(text: str) -> str:
    """Escape for HTML; a carriage return is written as a reference, or parsers would make it a line feed."""
    return escape(text).replace("\r", "&#13;")


def _attributes(pairs: Attributes) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in pairs)


_ELEMENTS = {
    "para": ("<p{}>", "</p>"),
    "caption": ('<p{} class="caption">', "</p>"),
    "pullquote": ('<p{} class="pullquote">', "</p>"),
    "sidebar": ('<p{} class="sidebar">', "</p>"),
    "quote": ("<blockquote{}>", "</blockquote>"),
    "list": ("<li{}>", "</li>"),
}
_HEADINGS = {1: "h2", 2: "h2", 3: "h3", None: "h2"}


def render_blocks(text: str, blocks: Sequence[BlockFrame], spans: Iterable[Span]) -> Html:
    """Return the whole text as HTML: blocks in their elements, what lies between them verbatim.

    `blocks` are in order and disjoint. Links and marks are cut at the edges of blocks.
    """
    placed = _by_block(blocks, spans)
    parts, at = [], 0
    for is_list, run in groupby(range(len(blocks)), key=lambda i: blocks[i].type == "list"):
        items = list(run)
        parts.append(escape_text(text[at : blocks[items[0]].start]))
        inner = "".join(_with_gap(text, blocks, placed, i, is_last=i == items[-1]) for i in items)
        parts.append(f"<ul>{inner}</ul>" if is_list else inner)
        at = blocks[items[-1]].end
    parts.append(escape_text(text[at:]))
    return Html("".join(parts))


def render_each(text: str, blocks: Sequence[BlockFrame], spans: Iterable[Span]) -> dict[str, Html]:
    """Return each block by its id, as it stands in `render_blocks`: for pages that draw one of them anew."""
    placed = _by_block(blocks, spans)
    return {block.id: Html(_block(text, block, inside)) for block, inside in zip(blocks, placed, strict=True)}


def _with_gap(text: str, blocks: Sequence[BlockFrame], spans: list[list[Span]], i: int, *, is_last: bool) -> str:
    gap = "" if is_last else escape_text(text[blocks[i].end : blocks[i + 1].start])
    return _block(text, blocks[i], spans[i]) + gap


def _by_block(blocks: Sequence[BlockFrame], spans: Iterable[Span]) -> list[list[Span]]:
    placed: list[list[Span]] = [[] for _ in blocks]
    starts = [block.start for block in blocks]
    for span in spans:
        at = max(bisect_right(starts, span.start) - 1, 0)
        while at < len(blocks) and blocks[at].start < span.end:
            placed[at].append(span)
            at += 1
    return placed


_kept: LRUCache[Hashable, str] = LRUCache(MOST_KEPT, getsizeof=len)
_keeping = Lock()


def _block(text: str, block: BlockFrame, spans: list[Span]) -> str:
    """Draw a block, or give it as it was drawn from the same words and spans: a new mark changes one of hundreds."""
    key = (text[block.start : block.end], block, *spans)
    with _keeping:
        drawn = _kept.get(key)
    if drawn is None:
        drawn = _drawn_block(text, block, spans)
        if len(drawn) <= LARGEST_KEPT:
            with _keeping:
                _kept[key] = drawn
    return drawn


def _drawn_block(text: str, block: BlockFrame, spans: list[Span]) -> str:
    identity = _identity(text, block)
    if block.type == "table" and (cells := _cells(text, block)):
        return _table(text, block, cells, spans)
    inner = render_line(text, spans, block.start, block.end)
    if block.type == "heading":
        name = _HEADINGS.get(block.level, "h3")
        return f"<{name}{identity}>{inner}</{name}>"
    opening, closing = _ELEMENTS.get(block.type, _ELEMENTS["para"])
    return f"{opening.format(identity)}{inner}{closing}"


def _identity(text: str, block: BlockFrame) -> str:
    # Rules, insets and the order of a table's columns follow the direction of a block; its words do so by CSS alone.
    direction = (("dir", "rtl"),) if reads_left(text, block.start, block.end) else ()
    return _attributes((("id", block.id), *direction))


def _cells(text: str, block: BlockFrame) -> list[list[tuple[int, int]]]:
    """Return where each cell stands in the text; nothing if the cells do not make up the block.

    Between cells there may be blanks alone: a parser moves any other character out of the table.
    """
    at, rows = block.start, []
    for row in block.rows:
        places = []
        for cell in row:
            start = text.find(cell, at, block.end)
            if start < 0 or not HTML_BLANKS.issuperset(text[at:start]):
                return []
            at = start + len(cell)
            places.append((start, at))
        rows.append(places)
    return rows if HTML_BLANKS.issuperset(text[at : block.end]) else []


def _table(text: str, block: BlockFrame, rows: list[list[tuple[int, int]]], spans: list[Span]) -> str:
    at, parts = block.start, []
    for row in rows:
        parts.append("<tr>")
        for start, end in row:
            parts.append(f"{escape_text(text[at:start])}<td>{render_line(text, spans, start, end)}</td>")
            at = end
        parts.append("</tr>")
    identity = _identity(text, block)
    inner = "".join(parts) + escape_text(text[at : block.end])
    return f'<div class="wide"><table{identity}><tbody>{inner}</tbody></table></div>'
