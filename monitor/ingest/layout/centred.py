"""Lines centred over all columns that are short enough to stand over one: bylines, posts, a title's last words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.ingest.pdf.words import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

CENTRED = 2.5  # points from the middle
NARROW = 0.8  # of the width of what it stands over
EDGE = 2.0  # points: lines that begin at one edge
OTHER_SIZE = 0.6  # points
CLOSE = 1.5  # of the size: the next line of one text stands no farther
NEAR = 6  # rows above and below
BELOW, GUTTER = 7, 5.0  # rows below a pair of titles, and points of white down them
OVER_COLUMN = 5.0  # points from the middle of a column, whose ragged edge is not known well
LEVEL = 1.1  # of the size: lines whose baselines are no farther apart may stand beside each other


def is_centred_over(rows: Sequence[Row], at: int, region: tuple[float, float], page: float | None) -> bool:
    """Tell whether row `at`, with nothing beside it, is centred between two edges and no line of a text below it.

    `rows` come in the order of their baselines; `page` is another middle that counts, in points.
    """
    row = rows[at]
    middles = [sum(region) / 2] if page is None else [sum(region) / 2, page]
    if row.x1 - row.x0 > NARROW * (region[1] - region[0]):
        return False
    if not any(abs((row.x0 + row.x1) / 2 - middle) <= CENTRED for middle in middles):
        return False
    if _are_two(rows, at, region):
        return False
    near = rows[max(0, at - NEAR) : at + NEAR + 1]
    if rows[-1] is row or any(_is_beside(other, row) for other in near):
        return False
    over = [_part(other, row) for other in rows[max(0, at - NEAR) : at] if other.x0 < row.x1 and other.x1 > row.x0]
    under = [_part(other, row) for other in rows[at + 1 : at + NEAR + 1] if other.x0 < row.x1 and other.x1 > row.x0]
    return not ((over and _goes_on(over[-1], row)) or (under and _goes_on(row, under[0])))


def _are_two(rows: Sequence[Row], at: int, region: tuple[float, float]) -> bool:
    """Tell whether a row is two lines, each centred over one of two columns whose gutter the rows below leave white."""
    row = rows[at]
    middle = sum(region) / 2
    left, right = [word for word in row.words if word.x1 < middle], [word for word in row.words if word.x0 > middle]
    below = rows[at + 1 : at + 1 + BELOW]
    if not left or not right or len(left) + len(right) < len(row.words) or len(below) < BELOW:
        return False
    low = max((word.x1 for one in below for word in one.words if word.x0 < middle), default=middle)
    high = min((word.x0 for one in below for word in one.words if word.x1 > middle), default=middle)
    if high - low < GUTTER or right[0].x0 - left[-1].x1 < high - low:
        return False
    sides = ((left, region[0], low), (right, high, region[1]))
    return all(abs((side[0].x0 + side[-1].x1) - (x0 + x1)) <= 2 * OVER_COLUMN for side, x0, x1 in sides)


def _is_beside(other: Row, row: Row) -> bool:
    level = abs(other.base - row.base) < LEVEL * max(other.size, row.size)
    if not level or other is row or any(word.x0 < row.x1 and word.x1 > row.x0 for word in other.words):
        return False  # what stands above it or below it, as wide as it may be, stands not beside it
    return any(word.x1 <= row.x0 or word.x0 >= row.x1 for word in other.words)


def _part(other: Row, row: Row) -> Row:
    """Return what stands above or below a row in its own size, where a title in the next column has made one row of both."""
    own = [word for word in other.words if abs(word.size - row.size) <= OTHER_SIZE]
    between = [word for word in own if word.x0 < row.x1 and word.x1 > row.x0]
    return Row(between) if between and len(own) < len(other.words) else other


def _goes_on(row: Row, below: Row) -> bool:
    """Tell whether a line may be the next one of the same text: set alike, close, and from or to the same edge.

    Beside a drop cap lines begin elsewhere than the others.
    """
    fonts = {word.font for word in row.words} & {word.font for word in below.words}
    alike = abs(below.size - row.size) <= OTHER_SIZE and bool(fonts)
    edged = abs(below.x0 - row.x0) <= EDGE or abs(below.x1 - row.x1) <= EDGE
    return alike and edged and below.base - row.base <= CLOSE * row.size
