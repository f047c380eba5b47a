"""Columns and reading order: greedy runs of rows that share white strips, cut at the widest, then each side again.

A run ends where no strip is white any more. One strip is taken at a time (three columns are a cut within a cut), and
only where rows stand on both sides of it: two justified lines whose wide gaps line up are no gutter.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.ingest.layout.band_titles import LONG_RUN, NEAR, TITLE, ends_run, is_head_of_band
from monitor.ingest.layout.cells import are_cells, is_one_line, is_table
from monitor.ingest.layout.centred import is_centred_over
from monitor.ingest.layout.grid_contents import grid_rows
from monitor.ingest.layout.kickers import level_with, opening_row
from monitor.ingest.layout.nameplates import nameplate_rows
from monitor.ingest.layout.overhang import parted_at
from monitor.ingest.layout.strips import ROWS_INSIDE, ROWS_OUTSIDE, PageCuts, best_strip, rows_parted, white_left
from monitor.ingest.structure.leaders import leader_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.ingest.layout.strips import Strip
    from monitor.ingest.pdf.words import Row

MIDDLE = 0.12  # of the region's width, on both sides, where no gutter is looked for
MAX_DEPTH = 5  # cuts within cuts: a large sheet has five columns or six
MOST_ABOVE = 8  # rows over the columns, of one title with names and posts
MAX_ROWS = 3_000  # on one page; beyond it the rows are taken as they come (the search would take too long)


@dataclass(frozen=True, slots=True)
class Column:
    """Rows read one after the other, within x0 to x1 of the page."""

    rows: tuple[Row, ...]
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class Cut:
    """A page's columns in reading order, and the baselines of the titles at which columns were ended.

    `doubtful` are those of them that may as well stand in a column; `gutters` are those that long columns show.
    """

    columns: list[Column]
    ended: list[float]
    doubtful: frozenset[float] = frozenset()
    gutters: tuple[Strip, ...] = ()


def columns_of(rows: Sequence[Row], body: float) -> list[Column]:
    """Return the columns of one page in reading order; `body` is the issue's commonest size in points."""
    return cut_at(rows, body).columns


def cut_at(
    rows: Sequence[Row],
    body: float,
    breaks: Sequence[float] = (),
    passed: Sequence[float] = (),
    middle: float | None = None,
    known: Sequence[Strip] = (),
) -> Cut:
    """Cut a page into columns, all of which end at the heights `breaks`; titles with baselines `passed` end none.

    All in points, from the top; `middle`, of the page, and `known`, gutters of other pages, from the left.
    """
    if not rows:
        return Cut([], [])
    ordered = sorted(rows, key=lambda row: row.base)
    x0, x1 = min(row.x0 for row in ordered), max(row.x1 for row in ordered)
    if len(ordered) > MAX_ROWS:
        return Cut([Column(tuple(ordered), x0, x1)], [])
    whole = leader_rows(ordered, x0, x1) | grid_rows(ordered, x0) | nameplate_rows(ordered)
    page = PageCuts(body, whole=whole, passed=passed, middle=middle, region=(x0, x1))
    page.gutters += known
    zones = _zones(ordered, breaks)
    columns = [column for zone in zones for column in _cut(zone, x0, x1, page, 0)]
    if page.gutters:
        # Now that the gutters are known, bands of a line or two between titles are cut at them too.
        zones = [_without_overhang(zone, page) for zone in zones]
        columns = [column for zone in zones for column in _cut(zone, x0, x1, page, 0)]
    return Cut(columns, sorted(page.ended), frozenset(page.doubtful), tuple(page.gutters))


def _without_overhang(rows: list[Row], page: PageCuts) -> list[Row]:
    """Part the rows that stick out of their column over a known gutter."""
    for gutter in set(page.gutters):
        rows, sticking = parted_at(rows, gutter)
        page.sticking |= {id(row): (row, gutter) for row in sticking}
    return rows


def _zones(rows: list[Row], breaks: Sequence[float]) -> list[list[Row]]:
    """Part rows at some heights."""
    zones: list[list[Row]] = [[] for _ in range(len(breaks) + 1)]
    ordered = sorted(breaks)
    for row in rows:
        zones[bisect_right(ordered, row.base)].append(row)
    return zones


def _cut(rows: list[Row], x0: float, x1: float, page: PageCuts, depth: int) -> list[Column]:
    """Cut rows of one region into columns."""
    if depth == MAX_DEPTH or len(rows) < ROWS_OUTSIDE:
        return [Column(tuple(rows), x0, x1)] if rows else []
    needed = ROWS_INSIDE if depth else ROWS_OUTSIDE
    found: list[Column] = []
    plain: list[Row] = []
    at = 0
    while at < len(rows):
        if is_centred_over(rows, at, (x0, x1), page.middle_of((x0, x1))):
            plain.append(rows[at])
            at += 1
            continue
        end, strip = _run(rows, at, (x0, x1), page, needed)
        known = _known_from(rows, (at, end), (x0, x1), page) if strip and depth == 0 and not page.knows(strip) else at
        if known > at:
            plain += rows[at:known]
            at = known
            continue
        if strip and not page.knows(strip) and are_cells(rows[at:end], strip, page):
            plain += rows[at:end]
            at = end
            continue
        if strip is None or (is_table(rows[at:end], strip, depth, page) and not page.knows(strip)):
            plain.append(rows[at])
            at += 1
            continue
        if is_one_line(rows[at:end], strip, page):
            plain.append(rows[at])
            at += 1
            continue
        if plain:
            found.append(Column(tuple(plain), x0, x1))
            plain = []
        left, right = rows_parted(rows[at:end], strip, page)
        if min(len(left), len(right)) >= LONG_RUN * (1 + bool(depth)):
            page.gutters.append(strip)
        found += _cut(left, x0, strip[0], page, depth + 1)
        found += _cut(right, strip[1], x1, page, depth + 1)
        at = end
    if plain:
        found.append(Column(tuple(plain), x0, x1))
    return found


def _known_from(rows: list[Row], run: tuple[int, int], region: Strip, page: PageCuts) -> int:
    """Return where the columns of a known gutter begin within the first rows of a run, its start where they do not.

    The white beside a short title and the white within a table below it may make one strip.
    """
    start, end = run
    if page.gutters:
        for at in range(start + 1, min(end, start + MOST_ABOVE)):
            strip = _run(rows, at, region, page, ROWS_OUTSIDE)[1]
            if strip and page.knows(strip) and page.begins_column(strip[1]):
                return at
    return start


def _run(rows: list[Row], start: int, region: Strip, page: PageCuts, needed: int) -> tuple[int, Strip | None]:
    """Return where the run that begins at `start` ends, and the strip to cut it at, if any."""
    width = region[1] - region[0]
    strips = [(region[0] + MIDDLE * width, region[1] - MIDDLE * width)]
    bottom = above = rows[start].top
    end = start
    if id(rows[start]) in page.whole:
        return start + 1, None
    while end < len(rows) and id(rows[end]) not in page.whole:
        row = rows[end]
        large = row.size > TITLE * page.body or is_head_of_band(rows, end, bottom, page)
        if end > start and large:
            opening = opening_row(rows, start, end, page.body)
            level = level_with(rows, start, end) if opening == end else end
            if level < end:
                above = max(other.bottom for other in rows[start:level])
                opening = level
            if ends_run(rows, start, end, bottom if opening == end else above, strips, page):
                end = opening
                break
        if start < end < start + NEAR and is_centred_over(rows, end, region, page.middle_of(region)):
            break
        narrowed = white_left(strips, row, page)
        if not narrowed:
            break
        strips, above, bottom = narrowed, bottom, max(bottom, row.bottom)
        end += 1
    return end, best_strip(rows[start:end], strips, width, needed, page)
