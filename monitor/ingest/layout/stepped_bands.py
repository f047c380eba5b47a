"""Bands that begin below a title over some of the columns: the others end and begin at a height of their own.

The last column of the band above may reach lower than the title's first line: there the band ends where the white is.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from monitor.ingest.pdf.words import Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monitor.ingest.layout.columns import Column

TITLE = 1.3  # of the body's size
MOST_TITLES = 4  # on one page
TWO = 2  # columns under one title
SAME_EDGE = 3.0  # points
NEAR = 5.0  # of the body's size, above and below a title: so far the seam beside it is looked for
LEAST_WHITE = 0.6  # of the body's size: between the lines of one text there is less


def stepped(rows: Sequence[Row], columns: Sequence[Column], body: float) -> Iterator[tuple[list[Row], list[Row]]]:
    """Yield the rows of a page parted at each title that stands over two columns or more, but not over the last one.

    `columns` are those found so far, `body` is the text's size in points.
    """
    edges = sorted({round(column.x0) for column in columns})
    found = 0
    for row in rows:
        large = [word for word in row.words if word.size > TITLE * body]
        x0, x1 = (large[0].x0, large[-1].x1) if large else (0.0, 0.0)
        beside = [edge for edge in edges if edge > x1]
        if not large or not beside or sum(x0 <= edge + SAME_EDGE < x1 for edge in edges) < TWO:
            continue
        found += 1
        if found > MOST_TITLES:
            return
        right = [word for row in rows for word in row.words if word.x0 >= beside[0] - 1]
        seam = _seam([(word.top, word.bottom) for word in right], large[0].top, row.bottom, body)
        if seam is not None:
            yield _parted(rows, beside[0] - 1, large[0].top, seam)


def _seam(spans: Sequence[tuple[float, float]], top: float, bottom: float, body: float) -> float | None:
    """Return the height in the midst of the widest white near a title's lines, None where text runs on beside it."""
    lines: list[tuple[float, float]] = []
    for low, high in sorted(spans):
        if lines and low < lines[-1][1]:
            lines[-1] = (lines[-1][0], max(high, lines[-1][1]))
        else:
            lines.append((low, high))
    reach = NEAR * body
    whites = [
        (b[0] - a[1], (a[1] + b[0]) / 2) for a, b in pairwise(lines) if top - reach <= b[0] and a[1] <= bottom + reach
    ]
    white, middle = max(whites, default=(0.0, 0.0))
    return middle if white >= LEAST_WHITE * body else None


def _parted(rows: Sequence[Row], edge: float, top: float, seam: float) -> tuple[list[Row], list[Row]]:
    """Part rows at `top` left of the edge, and at `seam` right of it."""
    upper: list[Row] = []
    lower: list[Row] = []
    for row in rows:
        sides = (([w for w in row.words if w.x0 < edge], top), ([w for w in row.words if w.x0 >= edge], seam))
        above = [word for words, height in sides for word in words if row.base <= height]
        below = [word for words, height in sides for word in words if row.base > height]
        upper += [Row(above)] if above else []
        lower += [Row(below)] if below else []
    return upper, lower
