"""Cells out of rows: where a table's columns part, which lines are one row, and whether it reads as a table at all."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from statistics import mean, median
from typing import TYPE_CHECKING

from monitor.ingest.layout.cutouts import CELL_GAP, segments
from monitor.ingest.pdf.typefaces import type_of
from monitor.ingest.pdf.words import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.ingest.layout.cutouts import Cells
    from monitor.ingest.pdf.typefaces import Type

STRIP = 4.0  # points of white between two columns of a table
SPREAD = 1.3  # of the size: lines of one cell stand no farther from each other
WIDER = 1.5  # times the widest gap within cells: the gap between them
ONE_WIDTH = 0.012  # of the size: letters of one width differ by no more
TYPED = 0.9  # of the words
FULL = 0.72  # of a column's width: prose fills its lines, cells do not
PROSE_LINES, PROSE_IN_LINE, EVEN = 5, 4, 0.9  # lines, words in each, and of the longest: as even as prose
PROSE_WORDS = 45  # in one cell; more of them in most rows is text between rules
LONG_CELL = 30  # letters
MOST_COLUMNS = 20


def column_cuts(rows: Sequence[Row], white: float = STRIP, cell_gap: float = CELL_GAP) -> list[float]:
    """Return where columns part, x in points: in the middle of the white that all rows of several cells share.

    `white` is how wide it must be in points, `cell_gap` how far cells of one row stand apart in sizes.
    """
    parted = [parts for row in rows if len(parts := segments(row, cell_gap)) > 1]
    if len(parted) < 2:
        return []
    strips = [(a.x1, b.x0) for a, b in pairwise(parted[0])]
    for parts in parted[1:]:
        gaps = [(float("-inf"), parts[0].x0), *((a.x1, b.x0) for a, b in pairwise(parts)), (parts[-1].x1, float("inf"))]
        strips = [
            (max(low, left), min(high, right))
            for low, high in strips
            for left, right in gaps
            if min(high, right) - max(low, left) >= white
        ][:MOST_COLUMNS]
    return sorted((low + high) / 2 for low, high in strips)


def are_loose(rows: Sequence[Row], cuts: Sequence[float]) -> bool:
    """Tell whether the gaps at some borders are no wider than those beside them, as in loosely justified lines."""
    ratios: list[float] = []
    for row in rows:
        gaps = [(a.x1, b.x0) for a, b in pairwise(row.words) if not b.glued]
        inner = [right - left for left, right in gaps if not any(left <= cut <= right for cut in cuts)]
        at_cuts = [right - left for left, right in gaps if any(left <= cut <= right for cut in cuts)]
        if inner and at_cuts:
            ratios.append(min(at_cuts) / max(0.1, *inner))
    return bool(ratios) and median(ratios) < WIDER


def is_listing(rows: Sequence[Row], body: Type) -> bool:
    """Tell whether rows are typewritten where the text is not: a listing of a program, whose gaps mean nothing."""
    return type_of([word for row in rows for word in row.words]).design != body.design and are_typewritten(rows)


def are_typewritten(rows: Sequence[Row]) -> bool:
    """Tell whether all letters are of one width."""
    widths = [
        (word.x1 - word.x0) / len(word.text) / word.size for row in rows for word in row.words if len(word.text) > 2
    ]
    usual = median(widths) if widths else 0.0
    return len(widths) > 3 and sum(abs(width - usual) <= ONE_WIDTH for width in widths) >= TYPED * len(widths)


def bands_between(rows: Sequence[Row], ys: Sequence[float]) -> list[list[Row]]:
    """Return the rows that stand between two level rules at `ys` each; bands without any are left out."""
    bands: list[list[Row]] = [[] for _ in range(len(ys) + 1)]
    for row in rows:
        middle = median((word.top + word.bottom) / 2 for word in row.words)
        bands[bisect_right(ys, middle)].append(row)
    return [band for band in bands if band]


def cells_of_rows(rows: Sequence[Row], cuts: Sequence[float]) -> Cells:
    """Return cells where each line is a row, but for lines that go on the one above.

    These stand near it and hold one cell only, or none in the first column.
    """
    lines: list[list[Row]] = []
    for row in sorted(rows, key=lambda row: row.base):
        filled = {bisect_right(cuts, (word.x0 + word.x1) / 2) for word in row.words}
        goes_on = bool(lines) and (0 not in filled or (len(filled) == 1 < len(cuts)))
        if goes_on and row.base - lines[-1][-1].base <= SPREAD * row.size:
            lines[-1].append(row)
        else:
            lines.append([row])
    return tuple(cells_of_row(line, cuts) for line in lines)


def cells_of_row(rows: Sequence[Row], cuts: Sequence[float]) -> tuple[tuple[Row, ...], ...]:
    """Part the lines of one row of a table at its columns, whose borders are `cuts` (x in points)."""
    found: list[list[Row]] = [[] for _ in range(len(cuts) + 1)]
    for row in sorted(rows, key=lambda row: row.base):
        parts: dict[int, list[Row]] = {}
        for segment in _whole_words(row):
            at = bisect_right(cuts, (segment.x0 + segment.x1) / 2)
            parts.setdefault(at, []).append(segment)
        for at, words in parts.items():
            found[at].append(Row([word for part in words for word in part.words]))
    return tuple(tuple(cell) for cell in found)


def _whole_words(row: Row) -> list[Row]:
    """Return the words of a row with what is glued to them: a marker stays with its number."""
    found: list[Row] = []
    for word in row.words:
        if found and word.glued:
            found[-1].words.append(word)
        else:
            found.append(Row([word]))
    return found


def reads_as_cells(cells: Cells, edges: Sequence[float], *, ruled: bool) -> bool:
    """Tell whether cells between `edges` (x, one more than columns) are a table's and not prose in columns.

    `ruled` says that upright rules part the columns: then longer cells are believed.
    """
    full = [row for row in cells if sum(bool(cell) for cell in row) > 1]
    if len(full) < 2 or 2 * len(full) < len(cells):
        return False
    used = [cell for row in cells for cell in row if cell]
    words = [sum(len(row.words) for row in cell) for cell in used]
    if len(words) < 4 or median(words) > PROSE_WORDS / 3 or (max(words) > PROSE_WORDS and not ruled):
        return False
    return ruled or _has_room(full, edges)


def _has_room(rows: Sequence[tuple[tuple[Row, ...], ...]], edges: Sequence[float]) -> bool:
    """Tell whether some column's cells are shorter than prose would be there."""
    letters = [sum(len(word.text) for row in cell for word in row.words) for cells in rows for cell in cells if cell]
    columns = [[row[at] for row in rows if row[at]] for at in range(len(edges) - 1)]
    if mean(letters) > LONG_CELL or (len(rows) >= PROSE_LINES and all(map(_is_prose, columns))):
        return False
    for at, (left, right) in enumerate(pairwise(edges)):
        widths = [max(row.x1 for row in cells[at]) - cells[at][0].x0 for cells in rows if cells[at]]
        if widths and median(widths) < FULL * (right - left):
            return True
    return False


def _is_prose(cells: Sequence[Sequence[Row]]) -> bool:
    """Tell whether the cells of a column are as long as each other, and longer than figures."""
    widths = [max(row.x1 for row in cell) - cell[0].x0 for cell in cells]
    words = [sum(len(row.words) for row in cell) for cell in cells]
    return bool(widths) and median(words) >= PROSE_IN_LINE and median(widths) >= EVEN * max(widths)
