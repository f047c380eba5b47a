"""Lines of one column that stick out into the gutter or over it: typewriter words, addresses, whatever cannot be broken.

The gutter stands in the lines above and below. Such a line ends where the right column has a word at its left edge;
what is drawn over that word goes on the line left of it.
"""

from __future__ import annotations

from collections import Counter
from statistics import median
from typing import TYPE_CHECKING

from monitor.ingest.pdf.words import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.ingest.pdf.words import Word

EDGE = 0.6  # points: words that begin at one edge
STARTS = 3  # lines that begin at an edge of a column
TOUCHING = 0.8  # points: words of one line stand farther apart
LEVEL = 0.5  # points between baselines: lines of two columns, not of one
CHAIN = 0.3  # points between a word's end and what is glued to it
NEAR = 1.8  # of the size: the lines above and below stand no farther away
FURTHEST = 0.15  # of the width of the left column
WHITE = 7.0  # points that a line may leave of the gutter without breaking it
AROUND = 6  # rows looked at above and below

Strip = tuple[float, float]


def parted_at(rows: Sequence[Row], gutter: Strip) -> tuple[list[Row], list[Row]]:
    """Part the rows, in the order of their baselines, that stick out over a gutter (x0 and x1 in points).

    Returns all rows in the same order, and those among them that begin left of the gutter and stick out.
    """
    edges = _edges(rows, gutter)
    found: list[Row] = []
    sticking: list[Row] = []
    for at, row in enumerate(rows):
        if not _sticks_out(row, gutter):
            found.append(row)
            continue
        split = _split(row, edges) or (row.words, [])
        left, right = Row(split[0]), Row(split[1])
        if left.x1 > _furthest(left, gutter) or not _stands_among(rows, at, gutter, sure=_is_sure(left, right)):
            found.append(row)
            continue
        left = left if right.words else row
        sticking.append(left)
        found += [left, right] if right.words else [left]
    return found, sticking


def _edges(rows: Sequence[Row], gutter: Strip) -> list[float]:
    """Return where lines of the right column begin."""
    starts: Counter[float] = Counter()
    for row in rows:
        after = [word.x0 for word in row.words if word.x1 > gutter[1]]
        if after and after[0] >= gutter[1] - EDGE and not _sticks_out(row, gutter):
            starts[round(after[0], 1)] += 1
    return [x for x, count in starts.items() if count >= STARTS]


def _sticks_out(row: Row, gutter: Strip) -> bool:
    """Tell whether a row begins left of a gutter and leaves no white in it."""
    if row.x0 >= gutter[0]:
        return False
    after = [word.x0 for word in row.words if word.x0 >= gutter[1] - EDGE]
    before = [word.x1 for word in row.words if word.x0 < gutter[1] - EDGE]
    white = min([*after, gutter[1]]) - max(before)
    return white < min(WHITE, gutter[1] - gutter[0])


def _furthest(left: Row, gutter: Strip) -> float:
    return gutter[1] + FURTHEST * (gutter[0] - left.x0)


def _split(row: Row, edges: Sequence[float]) -> tuple[list[Word], list[Word]] | None:
    """Part a row before the first word at an edge of the right column; what is glued to either side stays with it."""
    at = next((n for n, word in enumerate(row.words) if n and any(abs(word.x0 - x) <= EDGE for x in edges)), None)
    if at is None:
        return None
    left, right = row.words[:at], [row.words[at]._replace(glued=False)]
    for word in row.words[at + 1 :]:
        ends = max(left[-1].x1, left[0].x1)
        goes_on = word.glued and abs(word.x0 - ends) <= CHAIN < abs(word.x0 - right[-1].x1)
        (left if goes_on else right).append(word)
    return left, right


def _is_sure(left: Row, right: Row) -> bool:
    """Tell whether two halves are no line: they touch or overlap, or stand on two baselines."""
    if not right.words:
        return False
    bases = [median(word.base for word in side.words) for side in (left, right)]
    return right.x0 - left.x1 < TOUCHING or abs(bases[0] - bases[1]) >= LEVEL


def _stands_among(rows: Sequence[Row], at: int, gutter: Strip, *, sure: bool) -> bool:
    """Tell whether the lines above and below keep to their columns; above or below is enough where a split is `sure`."""
    row = rows[at]
    near = [other for other in rows[max(0, at - AROUND) : at + AROUND + 1] if abs(other.base - row.base) > LEVEL]
    above = [other for other in near if 0 < row.base - other.base <= NEAR * row.size]
    below = [other for other in near if 0 < other.base - row.base <= NEAR * row.size]
    kept = (_keeps(above, gutter), _keeps(below, gutter))
    return any(kept) if sure else all(kept)


def _keeps(rows: Sequence[Row], gutter: Strip) -> bool:
    """Tell whether rows stand on both sides of a gutter and none in it."""
    if any(_sticks_out(row, gutter) for row in rows):
        return False
    return any(row.x0 < gutter[0] for row in rows) and any(row.x1 > gutter[1] for row in rows)
