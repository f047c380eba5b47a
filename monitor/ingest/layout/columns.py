"""Columns and reading order: greedy runs of rows that share white strips, cut at the widest, then each side again.

A run ends where no strip is white any more. One strip is taken at a time (three columns are a cut within a cut), and
only where rows stand on both sides of it: two justified lines whose wide gaps line up are no gutter.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from monitor.ingest.layout.centred import is_centred_over
from monitor.ingest.layout.overhang import parted_at
from monitor.ingest.pdf.words import Row, is_bold
from monitor.ingest.structure.leaders import leader_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

GUTTER = 7.0  # points of white that may part columns
GUTTER_RATIO = 1.6  # of the gaps between the words of the same rows
MIDDLE = 0.12  # of the region's width, on both sides, where no gutter is looked for
MAX_DEPTH = 3
ROWS_OUTSIDE, ROWS_INSIDE = 2, 3  # rows needed on both sides of a strip: on the page, within a column
CELL, NUMBERS = 12, 4  # letters on a side of the strip: a table within a column; page numbers beside titles
CELLS = 18  # letters on both sides of it: a table wherever it stands, unless the rows are as long as each other
FILLED = 0.8  # of the longest row
STANDS_OUT = 1.6  # of the other gaps of a row of large words: a known gutter between titles side by side
LINE_WHITE, AT_EDGE = 1.8, 3.0  # of the size, below a line with parts left and right; points from a column's edge
LONG_RUN = 6  # rows on both sides that make a gutter known
TITLE = 1.3  # of the body's size: such a row may end a run
SMALL_TITLE, ENDED = 1.08, 4.0  # of the body's size: a bold title, and how far above it the columns have ended
TITLE_LEADING = 1.5  # of the size: lines of one title
TITLE_GAP = 0.85  # of the words' size
BAND = 0.42  # of the body's size: white across all columns above a title
MOST_ABOVE = 8  # rows over the columns, of one title with names and posts
NEAR = 3  # rows above and below a title among which something may stand beside it
MAX_ROWS = 3_000  # on one page; beyond it the rows are taken as they come (the search would take too long)

Strip = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Column:
    """Rows read one after the other, within x0 to x1 of the page."""

    rows: tuple[Row, ...]
    x0: float
    x1: float


@dataclass(slots=True)
class _Page:
    """What one page's cuts share: the body's size, and the gutters that long runs have shown."""

    body: float
    gutters: list[Strip] = field(default_factory=list)
    whole: set[int] = field(default_factory=set)  # ids of rows that no strip parts
    passed: Sequence[float] = ()  # baselines of titles that end nothing
    middle: float | None = None  # of the page, in points from the left
    region: Strip = (0.0, 0.0)  # where all of the page's rows stand
    ended: set[float] = field(default_factory=set)  # baselines of titles that ended the columns above them
    sticking: dict[int, tuple[Row, Strip]] = field(default_factory=dict)  # by id: rows that stick out over a gutter

    def middle_of(self, region: Strip) -> float | None:
        """Return the page's middle for the whole text: a column's lines may be centred on the page too."""
        return self.middle if region == self.region else None

    def over_gutter(self, x: float) -> bool:
        """Tell whether a place lies right of a gutter."""
        return any(x >= high - AT_EDGE for _, high in self.gutters)

    def knows(self, strip: Strip) -> bool:
        """Tell whether a strip lies in a gutter seen elsewhere on the page: then one row beside it is enough."""
        return any(
            low <= (strip[0] + strip[1]) / 2 <= high or strip[0] <= (low + high) / 2 <= strip[1]
            for low, high in self.gutters
        )

    def over(self, row: Row) -> Strip | None:
        """Return the gutter that a row of the column left of it sticks out over, None where it keeps to its column."""
        known = self.sticking.get(id(row))
        return known[1] if known else None


@dataclass(frozen=True, slots=True)
class Cut:
    """A page's columns in reading order, and the baselines of the titles at which columns were ended."""

    columns: list[Column]
    ended: list[float]


def columns_of(rows: Sequence[Row], body: float) -> list[Column]:
    """Return the columns of one page in reading order; `body` is the issue's commonest size in points."""
    return cut_at(rows, body).columns


def cut_at(
    rows: Sequence[Row],
    body: float,
    breaks: Sequence[float] = (),
    passed: Sequence[float] = (),
    middle: float | None = None,
) -> Cut:
    """Cut a page into columns, all of which end at the heights `breaks`; titles with baselines `passed` end none.

    All in points, from the top; `middle`, of the page, from the left.
    """
    if not rows:
        return Cut([], [])
    ordered = sorted(rows, key=lambda row: row.base)
    x0, x1 = min(row.x0 for row in ordered), max(row.x1 for row in ordered)
    if len(ordered) > MAX_ROWS:
        return Cut([Column(tuple(ordered), x0, x1)], [])
    page = _Page(body, whole=leader_rows(ordered, x0, x1), passed=passed, middle=middle, region=(x0, x1))
    zones = _zones(ordered, breaks)
    columns = [column for zone in zones for column in _cut(zone, x0, x1, page, 0)]
    if page.gutters:
        # Now that the gutters are known, bands of a line or two between titles are cut at them too.
        zones = [_without_overhang(zone, page) for zone in zones]
        columns = [column for zone in zones for column in _cut(zone, x0, x1, page, 0)]
    return Cut(columns, sorted(page.ended))


def _without_overhang(rows: list[Row], page: _Page) -> list[Row]:
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


def _cut(rows: list[Row], x0: float, x1: float, page: _Page, depth: int) -> list[Column]:
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
        if strip and not page.knows(strip) and _are_cells(rows[at:end], strip, page):
            plain += rows[at:end]
            at = end
            continue
        if strip is None or (_is_table(rows[at:end], strip, depth, page) and not page.knows(strip)):
            plain.append(rows[at])
            at += 1
            continue
        if _is_one_line(rows[at:end], strip, page):
            plain.append(rows[at])
            at += 1
            continue
        if plain:
            found.append(Column(tuple(plain), x0, x1))
            plain = []
        left, right = _parted(rows[at:end], strip, page)
        if min(len(left), len(right)) >= LONG_RUN * (1 + bool(depth)):
            page.gutters.append(strip)
        found += _cut(left, x0, strip[0], page, depth + 1)
        found += _cut(right, strip[1], x1, page, depth + 1)
        at = end
    if plain:
        found.append(Column(tuple(plain), x0, x1))
    return found


def _is_one_line(rows: list[Row], strip: Strip, page: _Page) -> bool:
    """Tell whether the first of some rows is a line with white in its midst: a date far right of the issue's number.

    Its right part begins at no column's edge, and white parts it from the columns below.
    """
    first = rows[0]
    after = [word.x0 for word in first.words if word.x0 >= strip[1] - 1]
    before = [word.x1 for word in first.words if word.x0 < strip[1] - 1]
    if not after or not before or (len(rows) > 1 and rows[1].base - first.base < LINE_WHITE * first.size):
        return False
    edges = [high for _, high in page.gutters]
    if len(rows) > ROWS_INSIDE:
        edges += [min(word.x0 for row in rows[1:] for word in row.words if word.x0 >= strip[0])]
    wide = after[0] - max(before) > STANDS_OUT * min(high - low for low, high in [strip, *page.gutters])
    return bool(edges) and wide and all(abs(after[0] - edge) > AT_EDGE for edge in edges)


def _known_from(rows: list[Row], run: tuple[int, int], region: Strip, page: _Page) -> int:
    """Return where the columns of a known gutter begin within the first rows of a run, its start where they do not.

    The white beside a short title and the white within a table below it may make one strip.
    """
    start, end = run
    if page.gutters:
        for at in range(start + 1, min(end, start + MOST_ABOVE)):
            strip = _run(rows, at, region, page, ROWS_OUTSIDE)[1]
            if strip and page.knows(strip):
                return at
    return start


def _run(rows: list[Row], start: int, region: Strip, page: _Page, needed: int) -> tuple[int, Strip | None]:
    """Return where the run that begins at `start` ends, and the strip to cut it at, if any."""
    width = region[1] - region[0]
    strips = [(region[0] + MIDDLE * width, region[1] - MIDDLE * width)]
    bottom = rows[start].top
    end = start
    if id(rows[start]) in page.whole:
        return start + 1, None
    while end < len(rows) and id(rows[end]) not in page.whole:
        row = rows[end]
        large = row.size > TITLE * page.body or _is_head_of_band(rows, end, bottom, page)
        if end > start and large and _ends_run(rows, start, end, bottom, strips, page):
            break
        if start < end < start + NEAR and is_centred_over(rows, end, region, page.middle_of(region)):
            break
        narrowed = _white(strips, row, page)
        if not narrowed:
            break
        strips, bottom = narrowed, max(bottom, row.bottom)
        end += 1
    return end, _best(rows[start:end], strips, width, needed, page)


def _white(strips: list[Strip], row: Row, page: _Page) -> list[Strip]:
    """Return what a row's ink leaves of the strips."""
    left: list[Strip] = []
    over = page.over(row)
    for low, high in strips:
        if over and low < over[1] and high > over[0]:
            left.append((low, high))
            continue
        at = low
        for word in row.words:
            if word.x1 <= at:
                continue
            if word.x0 >= high:
                break
            # The words of a large title stand wide apart; a gutter beside it is wider still, or known.
            gap = word.x0 - at
            known = page.knows((at, word.x0)) and _stands_out(gap, row)
            if gap >= GUTTER and (at == low or gap >= TITLE_GAP * word.size or known):
                left.append((at, word.x0))
            at = word.x1
        if high - at >= GUTTER:
            left.append((at, high))
    return left


def _stands_out(gap: float, row: Row) -> bool:
    """Tell whether a gap is wider than the others of its row: the words of a nameplate stand as far apart as columns."""
    gaps = [b.x0 - a.x1 for a, b in pairwise(row.words) if not b.glued]
    others = [other for other in gaps if other != gap]
    return not others or gap >= STANDS_OUT * median(others)


def _best(rows: list[Row], strips: list[Strip], width: float, needed: int, page: _Page) -> Strip | None:
    """Return the widest strip with enough rows on both sides of it."""
    for low, high in sorted(strips, key=lambda strip: strip[0] - strip[1]):
        if high - low >= width / 2:
            continue
        left = sum(row.x0 < low for row in rows)
        right = sum(row.x1 > high for row in rows)
        enough = 1 if page.knows((low, high)) else needed
        if left >= enough and right >= enough and _is_gutter(rows, (low, high)):
            return low, high
    return None


def _is_gutter(rows: list[Row], strip: Strip) -> bool:
    """Tell whether a strip is wider than the gaps between words: in a loosely justified line all gaps are wide.

    Rows that stand on one side of it alone, on either side, show it too: no lines of one column do.
    """
    if min(sum(row.x1 <= strip[0] for row in rows), sum(row.x0 >= strip[1] for row in rows)) >= ROWS_INSIDE:
        return True
    ratios: list[float] = []
    for row in rows:
        gaps = [(a.x1, b.x0) for a, b in pairwise(row.words) if not b.glued]
        across = [end - start for start, end in gaps if start <= strip[0] and end >= strip[1]]
        others = [end - start for start, end in gaps if not (start <= strip[0] and end >= strip[1])]
        if across and others:
            ratios.append(across[0] / max(median(others), 0.1))
    return not ratios or median(ratios) >= GUTTER_RATIO


def _is_table(rows: list[Row], strip: Strip, depth: int, page: _Page) -> bool:
    """Tell whether what stands beside a strip is cells, to be read row by row, and no lines of a column."""
    return min(_letters(side) for side in _parted(rows, strip, page)) <= (CELL if depth else NUMBERS)


def _are_cells(rows: list[Row], strip: Strip, page: _Page) -> bool:
    """Tell whether short words stand left of a strip and figures right of it, in rows of any length: a table."""
    if len(rows) < ROWS_INSIDE or any(row.size > TITLE * page.body for row in rows):
        return False
    sides = _parted(rows, strip, page)
    figures = sum(any(c.isdecimal() for c in row.text) for row in sides[1])
    return max(map(_letters, sides)) <= CELLS and 2 * figures > len(sides[1]) and not all(map(_is_filled, sides))


def _letters(rows: list[Row]) -> float:
    return median(sum(len(word.text) for word in row.words) for row in rows)


def _is_filled(rows: list[Row]) -> bool:
    """Tell whether most rows are about as long as the longest, as in prose."""
    widths = [row.x1 - row.x0 for row in rows]
    return median(widths) >= FILLED * max(widths)


def _ends_run(rows: list[Row], start: int, at: int, bottom: float, strips: list[Strip], page: _Page) -> bool:
    """Tell whether the large row `at` begins something new below the columns above it."""
    title = rows[at]
    if title.base in page.passed or _goes_on_above(rows, start, at, page.body):
        return False
    least = min(TITLE * page.body, title.size - 0.1)
    first = next(word for word in title.words if word.size > least)
    centred = is_centred_over(rows, at, page.region, page.middle)
    if not centred and any(high <= first.x0 + 1 for _, high in page.gutters):
        return False  # what begins a band begins in its leftmost column
    if title.top - bottom >= BAND * page.body:
        page.ended.add(title.base)
        return True
    if any(title.x0 < low and title.x1 > high for low, high in _white(strips, title, page)):
        return False  # two titles side by side
    large = [word for word in title.words if word.size > least]
    x0, x1 = large[0].x0, large[-1].x1
    top, low = min(word.top for word in large), max(word.bottom for word in large)
    level = [word for row in rows[max(start, at - NEAR) : at + NEAR + 1] for word in row.words]
    if any(
        word.top < low and word.bottom > top and (word.x1 <= x0 or word.x0 >= x1) for word in level if word not in large
    ):
        return False
    page.ended.add(title.base)
    return True


def _is_head_of_band(rows: list[Row], at: int, bottom: float, page: _Page) -> bool:
    """Tell whether a bold row hardly larger than the text may be the title over the next band.

    It stands alone at its height, with white above it, close below where two columns at least have ended.
    """
    title = rows[at]
    if title.size < SMALL_TITLE * page.body or title.top - bottom < 2 * BAND * page.body:
        return False
    begins = title.x0 <= page.region[0] + AT_EDGE or is_centred_over(rows, at, page.region, page.middle)
    if not begins or not all(is_bold(word.font) for word in title.words):
        return False
    above = [word for row in rows[max(0, at - LONG_RUN) : at] for word in row.words]
    below = [word for row in rows[at + 1 : at + LONG_RUN] for word in row.words]
    reach = ENDED * page.body
    ended = any(page.over_gutter(word.x0) and title.top - word.bottom <= reach for word in above)
    return ended and any(page.over_gutter(word.x0) for word in below)


def _goes_on_above(rows: list[Row], start: int, at: int, body: float) -> bool:
    """Tell whether a large row is a later line of something large, which no band may cut apart."""
    title = rows[at]
    return any(
        row.size > TITLE * body and 0 < title.base - row.base <= TITLE_LEADING * title.size and row.x0 < title.x1
        for row in rows[max(start, at - NEAR) : at]
        if row.x1 > title.x0
    )


def _parted(rows: list[Row], strip: Strip, page: _Page) -> tuple[list[Row], list[Row]]:
    """Part every row at the strip, by the words' centres; what sticks out over it stays left."""
    middle = (strip[0] + strip[1]) / 2
    left: list[Row] = []
    right: list[Row] = []
    for row in rows:
        over = page.over(row)
        if over and strip[0] < over[1] and strip[1] > over[0]:
            left.append(row)
            continue
        before = [word for word in row.words if (word.x0 + word.x1) / 2 < middle]
        after = row.words[len(before) :]
        left += [Row(before)] if before else []
        right += [Row(after)] if after else []
    return left, right
