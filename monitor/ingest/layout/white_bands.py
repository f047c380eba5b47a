"""White across a whole page, at which bands of columns may end and begin, whatever stands below it is set in."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.ingest.layout.columns import Column
    from monitor.ingest.pdf.printed_page import Box
    from monitor.ingest.pdf.words import Row

MOST_SEAMS = 6  # on one page
WHITE = 0.8  # of the body's size: white across the page that may part bands
EMPTY = 2.5  # of the body's size: white in a column that no paragraphs leave between them
LEVEL = 2.0  # points: lines that stand at one height
SAME_EDGE = 3.0  # points
OTHER_SIZE, SMALLER = 0.8, 0.3  # points
FEW = 3  # rows
MOST_OPENING = 9  # rows: a title with names and posts, and the first line of the text


def usual_white(columns: Sequence[Column], body: float) -> float:
    """Return the white in points that most lines of a page have above them."""
    steps = Counter(round(b.base - a.base) for column in columns for a, b in pairwise(column.rows) if b.base > a.base)
    return max(0.0, steps.most_common(1)[0][0] - body) if steps else 0.0


def seams(rows: Sequence[Row], places: Sequence[Box], body: float, usual: float = 0.0) -> list[float]:
    """Return the heights in the midst of the widest white that crosses the whole page, from the top.

    `places` are those of what was taken out of the rows, `usual` is the white between lines; all in points.
    """
    spans = sorted([*((row.top, row.bottom) for row in rows), *((place.top, place.bottom) for place in places)])
    found: list[tuple[float, float]] = []
    reached = spans[0][1] if spans else 0.0
    for top, bottom in spans:
        if top - reached >= usual + WHITE * body:
            found.append((reached - top, (reached + top) / 2))
        reached = max(reached, bottom)
    return sorted(height for _, height in sorted(found)[:MOST_SEAMS])


def begins_small(rows: Sequence[Row], seam: float, body: float) -> bool:
    """Tell whether something in small type stands first below a seam: footnotes, each in its column."""
    below = [row for row in rows if row.base > seam]
    first = _first_below(rows, seam)
    return first is not None and first.size < body - SMALLER and all(row.size < body - SMALLER for row in below[:FEW])


def _first_below(rows: Sequence[Row], seam: float) -> Row | None:
    """Return the leftmost of the rows whose tops stand highest below a seam."""
    below = [row for row in rows if row.base > seam]
    highest = min((row.top for row in below), default=0.0)
    return min((row for row in below if row.top <= highest + SAME_EDGE), key=lambda row: row.x0, default=None)


def begins_with_head(rows: Sequence[Row], seam: float, body: float) -> bool:
    """Tell whether the first line below a seam is no line of running text: larger, or set in letters of its own."""
    first = _first_below(rows, seam)
    if first is None:
        return False
    fonts = Counter(word.font for row in rows for word in row.words if abs(word.size - body) <= OTHER_SIZE)
    usual = fonts.most_common(1)[0][0] if fonts else ""
    word = first.words[0]
    return abs(word.size - body) > OTHER_SIZE or word.font != usual


def begin_together(
    columns: Sequence[Column], seam: float, places: Sequence[Box], breaks: Sequence[float], body: float, least: float
) -> bool:
    """Tell whether all columns right of the first begin at one height below a seam, with `least` of white above them.

    The first one has a title there, and a line level with theirs. Nothing was taken out of the white, and none of the
    `breaks` parts it already.
    """
    left = min((column.x0 for column in columns), default=0.0)
    lower = [column for column in columns if column.rows[0].base > seam]
    beside: dict[int, Row] = {}  # by the place of their edge: the first line below the seam
    for column in sorted(lower, key=lambda column: column.rows[0].base, reverse=True):
        if column.x0 > left + SAME_EDGE:
            beside[round(column.x0)] = column.rows[0]
    if not beside or any(row.size < body - SMALLER for row in beside.values()):
        return False  # nothing but footnotes
    first = [row for column in lower for row in column.rows if column.x0 <= left + SAME_EDGE and row.x0 < min(beside)]
    first = sorted(first, key=lambda row: row.base)[:MOST_OPENING]
    tops = [row.top for row in beside.values()]
    other = min(beside.values(), key=lambda row: row.top)
    level = max(tops) - min(tops) <= LEVEL and any(
        abs(row.base - other.base) <= LEVEL or abs(row.top - other.top) <= LEVEL for row in first
    )
    whites = [_white_above(row, columns, seam) for row in beside.values()]
    crossed = (low < place.top < high for low, high in whites for place in places)
    parted = (low < height < high for low, high in whites for height in breaks)
    return level and all(high - low >= least for low, high in whites) and not any(crossed) and not any(parted)


def _white_above(row: Row, columns: Sequence[Column], seam: float) -> tuple[float, float]:
    """Return the white above the first line below a seam, up to the last line above the seam in the same column."""
    above = (
        other.bottom
        for column in columns
        for other in column.rows
        if other.base < seam and other.x0 < row.x1 and other.x1 > row.x0
    )
    return max(above, default=row.top), row.top
