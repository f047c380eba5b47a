"""Rows with white in their midst that are no columns: cells of a table, and lines with a part far right."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from monitor.ingest.layout.lines import ends_sentence
from monitor.ingest.layout.strips import AT_EDGE, ROWS_INSIDE, STANDS_OUT, rows_parted
from monitor.ingest.pdf.words import Row, joined
from monitor.ingest.structure.leaders import NUMBER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.ingest.layout.strips import PageCuts, Strip

CELL, NUMBERS = 12, 4  # letters on a side of the strip: a table within a column; page numbers beside titles
CELLS = 18  # letters on both sides of it: a table wherever it stands, unless the rows are as long as each other
FILLED = 0.8  # of the longest row
LEVEL, BESIDE = 0.6, 0.7  # of the smaller size: of their height cells side by side share so much; white between them
TITLE = 1.3  # of the body's size: such a row may end a run
LINE_WHITE = 1.8  # of the size, below a line with parts left and right


def is_one_line(rows: list[Row], strip: Strip, page: PageCuts) -> bool:
    """Tell whether the first of some rows is a line with white in its midst: a date far right of the issue's number.

    Its right part begins at no column's edge, and white parts it from the columns below.
    """
    first = rows[0]
    right_words = [word for word in first.words if word.x0 >= strip[1] - 1]
    after = [word.x0 for word in right_words]
    before = [word.x1 for word in first.words if word.x0 < strip[1] - 1]
    # The end of a sentence is one of a column's lines, however far it is indented: the last of a note.
    if not after or not before or (len(after) > 1 and ends_sentence(joined(right_words))):
        return False
    if len(rows) > 1 and rows[1].base - first.base < LINE_WHITE * first.size:
        return False
    edges = [high for _, high in page.gutters]
    if len(rows) > ROWS_INSIDE:
        right = [word.x0 for row in rows[1:] for word in row.words if word.x0 >= strip[0]]
        edges += [min(right)] if right else []
    wide = after[0] - max(before) > STANDS_OUT * min(high - low for low, high in [strip, *page.gutters])
    return bool(edges) and wide and all(abs(after[0] - edge) > AT_EDGE for edge in edges)


def with_level_cells(rows: Sequence[Row]) -> list[Row]:
    """Return a page's rows, sorted by their baselines, with what stands beside numbered titles in these rows.

    The cells of one entry of a contents may stand a little higher or lower than each other.
    """
    found: list[Row] = []
    for row in rows:
        before = found[-1] if found else None
        left, right = (before, row) if before and before.x0 < row.x0 else (row, before)
        if left and right and NUMBER.match(left.words[0].text) and _are_level(left, right):
            found[-1] = Row([*left.words, *right.words])
        else:
            found.append(row)
    return found


def _are_level(left: Row, right: Row) -> bool:
    """Tell whether two rows stand beside each other, with white between them, over most of their height."""
    low = min(left.size, right.size)
    shared = min(left.bottom, right.bottom) - max(left.top, right.top)
    return right.x0 - left.x1 >= BESIDE * low and shared >= LEVEL * low


def is_table(rows: list[Row], strip: Strip, depth: int, page: PageCuts) -> bool:
    """Tell whether what stands beside a strip is cells, to be read row by row, and no lines of a column."""
    return min(_letters(side) for side in rows_parted(rows, strip, page)) <= (CELL if depth else NUMBERS)


def are_cells(rows: list[Row], strip: Strip, page: PageCuts) -> bool:
    """Tell whether short words stand left of a strip and figures right of it, in rows of any length: a table."""
    if len(rows) < ROWS_INSIDE or any(row.size > TITLE * page.body for row in rows):
        return False
    sides = rows_parted(rows, strip, page)
    figures = sum(any(c.isdecimal() for c in row.text) for row in sides[1])
    return max(map(_letters, sides)) <= CELLS and 2 * figures > len(sides[1]) and not all(map(_is_filled, sides))


def _letters(rows: list[Row]) -> float:
    return median(sum(len(word.text) for word in row.words) for row in rows)


def _is_filled(rows: list[Row]) -> bool:
    """Tell whether most rows are about as long as the longest, as in prose."""
    widths = [row.x1 - row.x0 for row in rows]
    return median(widths) >= FILLED * max(widths)
