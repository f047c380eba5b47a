"""White strips down a page: which of them part columns, and what is left and right of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from monitor.ingest.pdf.words import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.ingest.pdf.words import Word

GUTTER = 7.0  # points of white that may part columns
GUTTER_RATIO = 1.6  # of the gaps between the words of the same rows
ROWS_OUTSIDE, ROWS_INSIDE = 2, 3  # rows needed on both sides of a strip: on the page, within a column
STANDS_OUT = 1.6  # of the other gaps of a row of large words: a known gutter between titles side by side
TITLE_GAP, TEXT_GAP = 0.85, 0.65  # of the words' size, of large ones and of others
LARGER = 1.1  # of the body's size
LEAST_LINES, AT_ONE_PLACE = 5, 0.75  # lines of a column, and how many of them begin at its edge
AT_EDGE = 3.0  # points from a column's edge
INDENT = 2.0  # of the body's size: how far behind it a column's lines may begin

Strip = tuple[float, float]


@dataclass(slots=True)
class PageCuts:
    """What one page's cuts share: the body's size, and the gutters that long runs have shown."""

    body: float
    gutters: list[Strip] = field(default_factory=list)
    whole: set[int] = field(default_factory=set)  # ids of rows that no strip parts
    passed: Sequence[float] = ()  # baselines of titles that end nothing
    middle: float | None = None  # of the page, in points from the left
    region: Strip = (0.0, 0.0)  # where all of the page's rows stand
    ended: set[float] = field(default_factory=set)  # baselines of titles that ended the columns above them
    doubtful: set[float] = field(default_factory=set)  # those of them with a title beside them, at another height
    sticking: dict[int, tuple[Row, Strip]] = field(default_factory=dict)  # by id: rows that stick out over a gutter

    def middle_of(self, region: Strip) -> float | None:
        """Return the page's middle for the whole text: a column's lines may be centred on the page too."""
        return self.middle if region == self.region else None

    def over_gutter(self, x: float) -> bool:
        """Tell whether a place lies right of a gutter."""
        return any(x >= high - AT_EDGE for _, high in self.gutters)

    def begins_column(self, x: float) -> bool:
        """Tell whether a place lies at the right edge of a gutter, or as far behind it as a line is indented."""
        return any(-AT_EDGE <= x - high <= INDENT * self.body for _, high in self.gutters)

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


def white_left(strips: list[Strip], row: Row, page: PageCuts) -> list[Strip]:
    """Return what a row's ink leaves of the strips."""
    left: list[Strip] = []
    over = page.over(row)
    for low, high in strips:
        if over and low < over[1] and high > over[0]:
            left.append((low, high))
            continue
        at = low
        before: Word | None = None
        for word in row.words:
            if word.x1 <= at:
                before = word
                continue
            if word.x0 >= high:
                break
            # The words of a large title stand wide apart; a gutter beside it is wider still, or known.
            gap = word.x0 - at
            known = page.knows((at, word.x0)) and _stands_out(gap, row)
            large = LARGER * page.body
            # A title beside a line of text is no title with wide gaps.
            both = word.size > large and (before is None or before.size > large)
            least = TITLE_GAP * word.size if both else TEXT_GAP * min(word.size, large)
            if gap >= GUTTER and (at == low or gap >= least or known):
                left.append((at, word.x0))
            at, before = word.x1, word
        if high - at >= GUTTER:
            left.append((at, high))
    return left


def _stands_out(gap: float, row: Row) -> bool:
    """Tell whether a gap is wider than the others of its row: the words of a nameplate stand as far apart as columns."""
    gaps = [b.x0 - a.x1 for a, b in pairwise(row.words) if not b.glued]
    others = [other for other in gaps if other != gap]
    return not others or gap >= STANDS_OUT * median(others)


def best_strip(rows: list[Row], strips: list[Strip], width: float, needed: int, page: PageCuts) -> Strip | None:
    """Return the widest strip with enough rows on both sides of it, one in a known gutter before any other."""
    for low, high in sorted(strips, key=lambda strip: (not page.knows(strip), strip[0] - strip[1])):
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
    if _is_edge(rows, strip):
        return True
    ratios: list[float] = []
    for row in rows:
        gaps = [(a.x1, b.x0) for a, b in pairwise(row.words) if not b.glued]
        across = [end - start for start, end in gaps if start <= strip[0] and end >= strip[1]]
        others = [end - start for start, end in gaps if not (start <= strip[0] and end >= strip[1])]
        if across and others:
            ratios.append(across[0] / max(median(others), 0.1))
    return not ratios or median(ratios) >= GUTTER_RATIO


def _is_edge(rows: list[Row], strip: Strip) -> bool:
    """Tell whether so many lines begin right of a strip, most of them at one place, as only a column's lines do.

    The words of narrow justified columns stand as far apart as the columns themselves.
    """
    starts = [word for row in rows if (word := next((w for w in row.words if w.x0 >= strip[1] - AT_EDGE), None))]
    if len(starts) < LEAST_LINES or sum(row.x0 < strip[0] for row in rows) < LEAST_LINES:
        return False
    most = Counter(round(word.x0) for word in starts).most_common(1)[0][1]
    return most >= AT_ONE_PLACE * len(starts)


def rows_parted(rows: list[Row], strip: Strip, page: PageCuts) -> tuple[list[Row], list[Row]]:
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
