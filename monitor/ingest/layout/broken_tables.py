"""Tables that the end of a column breaks: rows of theirs stand at its foot, or at the head of the next one.

Three rows and more are a table by themselves; fewer are told by their cells, which stand under those of the others.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from monitor.ingest.layout.column_breaks import Whole, is_next_column
from monitor.ingest.layout.cutouts import segments
from monitor.ingest.layout.page_parts import Aside, cell_lines
from monitor.ingest.pdf.words import Row, is_bold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from monitor.ingest.layout.lines import Line

CELL_GAP = 0.6  # of the size: cells in a row of a table that is known stand no closer
ALIGNED = 2.0  # points by which edges of cells below each other differ
LEAST_ALIGNED = 2  # columns of a table whose cells are set below each other
SAME_SIZE = 0.6  # points
LEAST_ROWS = 3  # of a table that is told by itself
MOST_ROWS = 3  # of a part that is no table by itself
SMALL_TABLE = 2  # rows: all of them tell how their cells are set, above that the head does not

Ends = tuple[float, float, float]  # where a cell begins, its middle, where it ends


def with_whole_tables(asides: Iterable[tuple[int, Aside]], flow: Sequence[Line]) -> Whole:
    """Put the parts of each table together; asides come in order, with the numbers of the lines of `flow` behind them.

    Nothing stands between the parts, so that they have one spot.
    """
    found: list[tuple[int, Aside]] = []
    torn = list(_torn(flow))
    gone = {id(line) for _, table in torn for line in table.lines}
    for spot, aside in sorted([*asides, *torn], key=lambda one: one[0]):
        before = found[-1] if found else None
        if before and before[0] == spot and (rest := _rest(before[1], aside)):
            one = before[1]
            found[-1] = (spot, replace(one, lines=one.lines + aside.lines, cells=one.cells + rest))
        else:
            found.append((spot, aside))
    for at, (spot, aside) in enumerate(found):
        if aside.kind == "table" and aside.cells:
            above = list(_above(aside, list(reversed(flow[max(0, spot - MOST_ROWS) : spot]))))[::-1]
            below = list(_below(aside, flow[spot : spot + MOST_ROWS]))
            gone |= {id(line) for line in (*above, *below)}
            found[at] = (spot, _with_rows(aside, above, below))
    return Whole(found, gone)


def _torn(flow: Sequence[Line]) -> Iterator[tuple[int, Aside]]:
    """Yield tables of which no part is one by itself: a few rows at a column's foot and a few at the next one's head."""
    for at in range(1, len(flow)):
        last, first = flow[at - 1], flow[at]
        if last.column == first.column or not is_next_column(last, first):
            continue
        above = _rows_like(last, list(reversed(flow[max(0, at - LEAST_ROWS) : at])))
        below = _rows_like(last, flow[at : at + LEAST_ROWS])
        rows = [*above[::-1], *below]
        if not (0 < len(above) < LEAST_ROWS and 0 < len(below) < LEAST_ROWS <= len(rows)):
            continue
        larger, other = (above[::-1], below) if len(above) > 1 else (below, above)
        table = Aside("table", tuple(larger), cells=tuple(map(_cells, larger)))
        figures = [any(c.isdecimal() for c in part[0].text) for line in rows[1:] for part in _cells(line)[1:]]
        if all(_fits(table, line) for line in other) and all(figures):
            yield at, Aside("table", tuple(rows), cells=tuple(map(_cells, rows)))


def _rows_like(like: Line, lines: Sequence[Line]) -> list[Line]:
    """Return the lines of one column, from the first on, that are in as many parts as another line."""
    return list(takewhile(lambda line: line.column == lines[0].column and _is_row(line, like), lines))


def _is_row(line: Line, like: Line) -> bool:
    """Tell whether a line is in as many parts, two at least, as another one."""
    parts = len(segments(Row(list(line.words)), CELL_GAP))
    return parts >= LEAST_ALIGNED and parts == len(segments(Row(list(like.words)), CELL_GAP))


def _rest(one: Aside, other: Aside) -> tuple[tuple[tuple[Line, ...], ...], ...]:
    """Return the rows of an aside that goes on a table, () if it does not.

    The rest of a table has as many columns and no head of its own; few rows may have been taken for a caption.
    """
    if one.kind != "table" or not one.cells or not is_next_column(one.lines[-1], other.lines[0]):
        return ()
    if other.kind != "table" or not other.cells:
        fits = all(_fits(one, line) for line in other.lines)
        return tuple(_cells(line) for line in other.lines) if fits and other.kind == "caption" else ()
    last, first = one.lines[-1], other.lines[0]
    alike = first.style.family == last.style.family and abs(first.style.size - last.style.size) < 1
    whole = len(one.cells[0]) == len(other.cells[0]) and not any(is_bold(word.font) for word in first.words)
    return other.cells if alike and whole else ()


def _above(table: Aside, lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines that are a table's first rows, at the foot of the column before; the nearest comes first."""
    for line in lines:
        if line.column != lines[0].column or not is_next_column(line, table.lines[0]) or not _fits(table, line):
            return
        yield line


def _below(table: Aside, lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines that are a table's last rows, at the head of the next column."""
    for line in lines:
        if line.column != lines[0].column or not is_next_column(table.lines[-1], line) or not _fits(table, line):
            return
        yield line


def _fits(table: Aside, line: Line) -> bool:
    """Tell whether the parts of a line could stand in a table's row: set like it, each under or over its cells.

    The line may stand farther left or right, as its column does.
    """
    alike = line.style.family == table.lines[-1].style.family
    parts = [_ends(part) for part in segments(Row(list(line.words)), CELL_GAP)]
    if not alike or abs(line.style.size - table.lines[-1].style.size) > SAME_SIZE:
        return False
    if len(parts) < LEAST_ALIGNED or any(len(row) != len(parts) for row in table.cells):
        return False
    rows = table.cells if len(table.cells) <= SMALL_TABLE else table.cells[1:]
    columns = [_aligned([row[k] for row in rows]) for k in range(len(parts))]
    ways = [
        (part[way] - at)
        for part, ends in zip(parts, columns, strict=True)
        for way, at in ends.items()
        if part is parts[-1]
    ]
    return any(_stand_at(parts, columns, shift) for shift in ways)


def _stand_at(parts: Sequence[Ends], columns: Sequence[dict[int, float]], shift: float) -> bool:
    """Tell whether all parts, moved back by a shift in points, are aligned with their columns."""
    tried = [(part, ends) for part, ends in zip(parts, columns, strict=True) if ends]
    return len(tried) >= LEAST_ALIGNED and all(
        any(abs(part[way] - shift - at) <= ALIGNED for way, at in ends.items()) for part, ends in tried
    )


def _aligned(cells: Sequence[Sequence[Line]]) -> dict[int, float]:
    """Return at which of their ends the cells of a column stand below each other, and where, in points."""
    ends = [_ends(cell[0]) for cell in cells if cell]
    found: dict[int, float] = {}
    for way in range(3):
        places = [one[way] for one in ends]
        if places and max(places) - min(places) <= ALIGNED:
            found[way] = sum(places) / len(places)
    return found


def _ends(part: Row | Line) -> Ends:
    return part.x0, (part.x0 + part.x1) / 2, part.x1


def _cells(line: Line) -> tuple[tuple[Line, ...], ...]:
    """Return a line as a row of cells."""
    return cell_lines([[(part,) for part in segments(Row(list(line.words)), CELL_GAP)]], line.page)[0]


def _with_rows(table: Aside, above: Sequence[Line], below: Sequence[Line]) -> Aside:
    """Return a table with the rows that stand in other columns."""
    cells = (*(_cells(line) for line in above), *table.cells, *(_cells(line) for line in below))
    return replace(table, lines=(*above, *table.lines, *below), cells=cells)
