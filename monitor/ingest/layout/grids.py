"""Tables that rules or painted cells show: found before columns are cut, which would tear them.

Three kinds: a grid of level and upright rules, level rules alone (above and below the head, and at the foot), and
cells or rows painted in turn. What stands between the rules must read as cells: a page of prose between the rules of
its head and foot does not.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from monitor.ingest.layout.cutouts import Cutout, segments, taken
from monitor.ingest.layout.side_contents import CONTENTS_HEADING
from monitor.ingest.layout.strokes import MOST_RULES, TOUCH, Ruled, Stroke, grids_of, ruled, strokes_of
from monitor.ingest.layout.tables import (
    FULL,
    are_loose,
    bands_between,
    cells_of_row,
    cells_of_rows,
    column_cuts,
    is_listing,
    reads_as_cells,
)
from monitor.ingest.pdf.printed_page import Box
from monitor.ingest.pdf.words import Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from monitor.ingest.layout.cutouts import Painted
    from monitor.ingest.pdf.typefaces import Type

PROSE_LINES = 3  # full lines in turn are prose
HEAD_ABOVE, LEAST_CELLS = 1.3, 2  # of the size: the head over a table's first rule; cells that it has at least
LEADER_RISE = 4.0  # points by which a leader may stand below the line that it leads on
PAGE = re.compile(r"^\d{1,3}$")
MOST_LINES = 5  # of one entry of a contents
BANDS = 3  # rows between rules: so many, and each of them is one row of the table


def tables_by_rules(rows: Sequence[Row], painted: Painted, body: Type) -> tuple[list[Row], list[Cutout]]:
    """Part a page's rows into those of its text, whose type is `body`, and the tables that its rules show."""
    level, upright = strokes_of(painted)
    rows = sorted(rows, key=lambda row: row.base)
    if not level or len(level) + len(upright) > MOST_RULES:
        return list(rows), []
    level = [stroke for stroke in level if not _is_leader(stroke, rows)]
    left = list(rows)
    found: list[Cutout] = []
    for place, ys, xs in [*grids_of(level, upright), *_stacks(level, left)]:
        outside, inside = taken(left, place)
        head = _head_above(outside, inside, place)
        where = (place, ys, xs)
        if head:
            where = (Box(place.x0, head.top, place.x1, place.bottom), [head.top, *ys], xs)
            outside, inside = taken(left, where[0])
        table = _table(inside, where, body)
        if table:
            found.append(table)
            left = outside
    return left, found


def drawn_tables(painted: Painted) -> tuple[Box, ...]:
    """Return the places of grids of level and upright rules; one of fewer rows may frame a running head."""
    level, upright = strokes_of(painted)
    if not level or len(level) + len(upright) > MOST_RULES:
        return ()
    return tuple(place for place, ys, _ in grids_of(level, upright) if len(ys) > BANDS)


def _is_leader(stroke: Stroke, rows: Sequence[Row]) -> bool:
    """Tell whether a level stroke leads from words to other words of the same line, as dots do in a contents."""
    start = bisect_left(rows, stroke.at - LEADER_RISE, key=lambda row: row.base)
    for row in rows[start:]:
        if row.top > stroke.at:
            return False
        ends = [word.x1 for word in row.words if word.x1 <= stroke.start + TOUCH]
        begins = [word.x0 for word in row.words if word.x0 >= stroke.end - TOUCH]
        beside = ends and begins and stroke.start - max(ends) <= row.size and min(begins) - stroke.end <= row.size
        if beside and row.top < stroke.at <= row.base + LEADER_RISE:
            return True
    return False


def _are_entries(rows: Sequence[Row]) -> bool:
    """Tell whether rows are a contents: its heading, or lines that end in rising pages, and names between them.

    In two columns under their heading, the pages of a row's entries need not rise.
    """
    if rows and CONTENTS_HEADING.match(rows[0].text) and len(segments(rows[0])) == 1:
        return True
    ends = [row.words[-1].text if len(row.words) > 1 else "" for row in rows]
    pages = [int(end) for end in ends if PAGE.match(end)]
    names = sum(not any(c.isdecimal() for c in row.text) for row in rows)
    return len(pages) > 1 and pages == sorted(pages) and len(pages) - 1 <= names <= MOST_LINES * len(pages)


def _head_above(rows: Sequence[Row], inside: Sequence[Row], place: Box) -> Row | None:
    """Return the row over a table's first rule, if its words stand in the table's columns: its head."""
    near = [
        part
        for row in rows
        if 0 <= place.top - row.base <= HEAD_ABOVE * row.size
        for part in segments(row)
        if part.x0 >= place.x0 - TOUCH and part.x1 <= place.x1 + TOUCH
    ]
    cuts = column_cuts(inside)
    if len(near) < LEAST_CELLS or not cuts:
        return None
    head = Row([word for part in near for word in part.words])
    # Heads may be longer than all that stands below them.
    shared = column_cuts([head, *inside])
    cuts = shared if len(shared) == len(cuts) else cuts
    torn = any(word.x0 < cut < word.x1 for word in head.words for cut in cuts)
    alone = {bisect_right(cuts, part.x0) for part in near}
    return head if not torn and len(alone) == len(near) else None


def _table(rows: list[Row], where: Ruled, body: Type) -> Cutout | None:
    """Return the table between some rules, if what stands there reads as one."""
    place, ys, xs = where
    cuts = list(xs[1:-1]) or column_cuts(rows)
    if not cuts or _are_entries(rows) or (not xs[1:-1] and (is_listing(rows, body) or are_loose(rows, cuts))):
        return None
    upright = bool(xs[1:-1])
    bands = bands_between(rows, ys)
    gridded = upright and len(bands) >= BANDS
    if gridded:
        cells = tuple(cells_of_row(band, cuts) for band in bands)
    else:
        cells = tuple(row for band in bands for row in cells_of_rows(band, cuts))
    if not reads_as_cells(cells, [place.x0, *cuts, place.x1], ruled=gridded):
        return None
    return Cutout("table", place, tuple(rows), cells, unsure=not all(cell for row in cells for cell in row))


def _stacks(level: Sequence[Stroke], rows: Sequence[Row]) -> Iterable[Ruled]:
    """Yield the places between level rules of one length below each other, as far as no prose stands between them."""
    group: list[Stroke] = []
    for stroke in sorted(level, key=lambda s: (round(s.start), round(s.end), s.at)):
        alike = group and abs(stroke.start - group[-1].start) <= TOUCH and abs(stroke.end - group[-1].end) <= TOUCH
        if group and not (alike and _holds_cells(group[-1], stroke, rows)):
            yield from _stack(group)
            group = []
        group.append(stroke)
    yield from _stack(group)


def _stack(group: list[Stroke]) -> Iterable[Ruled]:
    if len(group) > 1:
        yield ruled(group, [])


def _holds_cells(above: Stroke, below: Stroke, rows: Sequence[Row]) -> bool:
    """Tell whether what stands between two rules may be cells: hardly a line of it fills the width in one piece."""
    start = bisect_left(rows, above.at, key=lambda row: row.base)
    filled = count = running = 0
    for row in rows[start:]:
        if row.base > below.at + TOUCH:
            break
        inside = [part for part in segments(row) if part.x1 > above.start and part.x0 < above.end]
        if inside:
            count += 1
            running = running + 1 if any(p.x1 - p.x0 > FULL * (above.end - above.start) for p in inside) else 0
            filled += running > 0
            if running == PROSE_LINES:
                return False
    return count > 0 and 3 * filled <= count
