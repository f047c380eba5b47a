"""A contents set as a grid over the columns: page numbers at the left edge, titles, and names far right of them.

The white between titles and names goes on as the gutter of the columns below, so that the names would be read with the
right one of them.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from monitor.ingest.pdf.words import Row
from monitor.ingest.structure.leaders import NUMBER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LEAST = 2  # entries whose numbers, titles and names stand below each other
INSET = 4.0  # points: the cells of a table begin a little farther in than the text
EDGE = 1.5  # points between the starts of what stands below each other
GAP = 1.2  # of the size: white at least before the names
LARGER = 1.15  # of the title's size
GUTTER, LOOKED_AT = 7.0, 8  # points of white before a column; rows above the contents, and below
REACH, LEADING = 5.0, 1.6  # of the size: from one entry to the next, and from line to line of one


class _Grid(NamedTuple):
    """Rows `entries[0]` up to `end` are a grid; `names` is where its last cells begin, in points from the left."""

    entries: list[int]
    end: int
    names: float


def grid_rows(rows: Sequence[Row], x0: float) -> set[int]:
    """Return the ids of the rows, sorted by their baselines, that are a contents from the edge `x0` (points) on."""
    return {id(row) for grid in _grids(rows, x0) for row in rows[grid.entries[0] : grid.end]}


def in_cells(rows: Sequence[Row], x0: float) -> list[Row]:
    """Return rows with those of a grid's longer entries cell by cell: a title's lines, then the names beside them."""
    found: list[Row] = []
    at = 0
    for grid in _grids(rows, x0):
        for first, after in pairwise([*grid.entries, grid.end]):
            found += rows[at:first]
            at = after
            found += _cells(rows[first:after], grid.names - EDGE) if after - first > 1 else rows[first:after]
    return [*found, *rows[at:]]


def _cells(rows: Sequence[Row], names: float) -> list[Row]:
    left = (Row([word for word in row.words if word.x0 < names]) for row in rows)
    right = (Row([word for word in row.words if word.x0 >= names]) for row in rows)
    return [part for part in (*left, *right) if part.words]


def _grids(rows: Sequence[Row], x0: float) -> Iterator[_Grid]:
    """Yield the grids among rows from the edge `x0` on."""
    entries = [at for at, row in enumerate(rows) if _begins_entry(row, x0)]
    for run in _runs(rows, entries):
        starts = Counter(round(start / EDGE) for at in run for start in _starts(rows[at]))
        names = [start for start, times in starts.items() if times >= LEAST]
        if len(run) < LEAST or not names:
            continue
        end = _end(rows, run[-1], min(names) * EDGE)
        around = [*rows[max(0, run[0] - LOOKED_AT) : run[0]], *rows[end : end + LOOKED_AT]]
        if sum(any(abs(x - max(names) * EDGE) <= EDGE for x in _part_starts(row)) for row in around) >= LEAST:
            continue  # a column begins where the names do
        yield _Grid(run, end, min(names) * EDGE)


def _begins_entry(row: Row, x0: float) -> bool:
    """Tell whether a row is a page number at the left edge, a title, and names behind some white."""
    first = row.words[0]
    numbered = not first.marker and NUMBER.match(first.text) is not None
    if not numbered or row.x0 - x0 > INSET or len(row.words) == 1:
        return False
    # Names are no larger than titles: beside small notes stands the text of another column.
    return row.words[-1].size <= LARGER * row.words[1].size and bool(_starts(row))


def _starts(row: Row) -> list[float]:
    """Return where parts of a row begin behind white, but for the one right behind its first word."""
    return [b.x0 for a, b in pairwise(row.words[1:]) if b.x0 - a.x1 >= GAP * row.size]


def _part_starts(row: Row) -> list[float]:
    """Return where a row begins, and where it goes on behind a gutter's white."""
    return [row.x0, *(b.x0 for a, b in pairwise(row.words) if b.x0 - a.x1 >= GUTTER)]


def _runs(rows: Sequence[Row], entries: Sequence[int]) -> list[list[int]]:
    """Return entries that follow each other closely, with rising numbers and their titles below each other."""
    runs: list[list[int]] = []
    for at in entries:
        last = runs[-1][-1] if runs else None
        if last is not None and _follows(rows[last], rows[at]):
            runs[-1].append(at)
        else:
            runs.append([at])
    return runs


def _follows(entry: Row, other: Row) -> bool:
    near = other.base - entry.base <= REACH * entry.size
    below = abs(other.words[1].x0 - entry.words[1].x0) <= EDGE
    return near and below and _page(entry) <= _page(other)


def _page(row: Row) -> int:
    return int("".join(c for c in row.words[0].text if c.isdecimal()))


def _end(rows: Sequence[Row], last: int, names: float) -> int:
    """Return where the last entry's further lines end: they begin at its title or at the names."""
    title = rows[last].words[1].x0
    end = last + 1
    while end < len(rows) and rows[end].base - rows[end - 1].base <= LEADING * rows[last].size:
        if min(abs(rows[end].x0 - start) for start in (title, names)) > 2 * EDGE:
            break
        end += 1
    return end
