"""Lines of a column: what one row of it reads, and how it is set."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from monitor.ingest.pdf.bidi import directions, reading_order
from monitor.ingest.pdf.words import SOFT, Row, family, is_bold, is_italic, joined
from monitor.ingest.pieces import Style

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from monitor.ingest.layout.columns import Column
    from monitor.ingest.pdf.words import Word

CLOSERS = "\"'\u2019\u201d\u00bb)]}"
TRAILING_MARKERS = re.compile(r"(?: ?\[\d{1,3}\]){1,6}$")
STOPS = (".", "!", "?", ":", "\u2026", "\u061f", "\u06d4")
FULL_COLUMN = 8  # lines that make a column's edges trustworthy
EDGE_SHARE = 0.25  # of the commonest left edge's count: so many lines make an edge of their own
JUSTIFIED = 0.5  # of a column's lines end at one place: it is set justified
SAME_EDGE = 4.0  # points: a hyphen may be hung beyond a column's edge
RIGHT_SHARE = 0.95  # of a column's lines end left of its right edge, or on it


@dataclass(frozen=True, slots=True)
class Edges:
    """Where a column's text begins and ends, in points."""

    left: float
    right: float
    justified: bool = False  # most lines end at the right edge
    region: float = 0.0  # the width of the page that the column has for itself, in points


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line within a column."""

    words: tuple[Word, ...]
    page: int
    column: int  # a running number over the issue
    edges: Edges
    text: str
    style: Style
    x0: float
    x1: float
    top: float
    bottom: float
    base: float

    @property
    def ends_sentence(self) -> bool:
        """Tell whether the line could be the last of its paragraph."""
        return ends_sentence(self.text)

    @property
    def indent(self) -> float:
        """Return how far the line begins to the right of its column's edge, in its own size."""
        return (self.x0 - self.edges.left) / max(self.style.size, 1.0)


def ends_sentence(text: str) -> bool:
    """Tell whether a text ends in a stop, behind which quotes, brackets and note markers may stand."""
    text = TRAILING_MARKERS.sub("", text.rstrip())
    return text.rstrip(CLOSERS).endswith(STOPS)


def half_points(size: float) -> float:
    """Return a size rounded to half a point."""
    return round(size * 2) / 2


def body_size(pages: Iterable[Iterable[Row]]) -> float:
    """Return the commonest glyph size of the issue, rounded to half a point; 10 where there is no text."""
    counts: Counter[float] = Counter()
    for rows in pages:
        for row in rows:
            for word in row.words:
                counts[half_points(word.size)] += len(word.text)
    return max(counts, key=lambda size: (counts[size], size), default=10.0)


def lines_of(columns: Sequence[Column], page: int, first: int) -> list[Line]:
    """Return the lines of one page's columns, in reading order; columns are numbered from `first`."""
    lines: list[Line] = []
    trusted = [_edges(column.rows) for column in columns if len(column.rows) >= FULL_COLUMN]
    for number, column in enumerate(columns, start=first):
        edges = _edges(column.rows)
        if len(column.rows) < FULL_COLUMN:
            edges = _like(edges, [whole for whole in trusted if whole.right <= column.x1 + SAME_EDGE])
        edges = replace(edges, region=column.x1 - column.x0)
        orders = directions([row.words for row in column.rows])
        lines += [
            _line(row, reading_order(row.words, order), (page, number), edges)
            for row, order in zip(column.rows, orders, strict=True)
        ]
    return lines


def _edges(rows: Sequence[Row]) -> Edges:
    """Return the edges most lines keep: indents to the left and short lines to the right do not count."""
    lefts = Counter(round(row.x0) for row in rows)
    most = max(lefts.values())
    left = min(x for x, count in lefts.items() if count >= max(min(2, most), EDGE_SHARE * most))
    precise = [row.x0 for row in rows if round(row.x0) == left]
    ends = sorted(row.x1 for row in rows)
    # A hyphen or a stop may be hung beyond the edge, so that the commonest end tells more than the farthest.
    common, count = Counter(round(x) for x in ends).most_common(1)[0]
    if len(rows) >= FULL_COLUMN and count >= JUSTIFIED * len(rows):
        return Edges(min(precise), max(x for x in ends if round(x) == common), justified=True)
    return Edges(min(precise), ends[min(len(ends) - 1, int(RIGHT_SHARE * len(ends)))])


def _like(edges: Edges, trusted: Sequence[Edges]) -> Edges:
    """Return the full column that a few lines stand in, if one fits; else their own edges."""
    for whole in trusted:
        if whole.left - 2 <= edges.left <= whole.left + 40 and edges.right <= whole.right + SAME_EDGE:
            return whole
    return edges


def _line(row: Row, words: Sequence[Word], place: tuple[int, int], edges: Edges) -> Line:
    """Return a row as a line, its words as they are read; `place` is its page and its column."""
    words = _with_label_apart(words)
    return Line(
        words=words,
        page=place[0],
        column=place[1],
        edges=edges,
        text=joined(words).replace(SOFT, "-"),
        style=style_of(row.words),
        x0=row.x0,
        x1=row.x1,
        top=row.top,
        bottom=row.bottom,
        base=row.base,
    )


def _with_label_apart(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return a line's words with a blank behind a raised number that begins it: the label of a note, however close."""
    labelled = len(words) > 1 and words[0].marker and words[1].glued and words[1].text[0].isalpha()
    return (words[0], words[1]._replace(glued=False), *words[2:]) if labelled else tuple(words)


def style_of(words: Iterable[Word]) -> Style:
    """Return how most of the letters are set."""
    kept = [word for word in words if not word.marker] or list(words)
    sizes: Counter[float] = Counter()
    fonts: Counter[str] = Counter()
    bold = italic = total = 0
    for word in kept:
        count = len(word.text)
        total += count
        sizes[word.size] += count
        fonts[family(word.font)] += count
        bold += count * is_bold(word.font)
        italic += count * is_italic(word.font)
    size: float = max(sizes, key=lambda s: (sizes[s], s), default=10.0)
    return Style(
        size=round(size, 2),
        bold=bold * 2 > total,
        italic=italic * 2 > total,
        family=max(fonts, key=lambda f: (fonts[f], f), default=""),
    )
