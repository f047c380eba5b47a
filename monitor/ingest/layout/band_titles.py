"""Titles below columns: which of them end the columns above and begin a band of their own."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from monitor.ingest.layout.centred import is_centred_over
from monitor.ingest.layout.strips import AT_EDGE, white_left
from monitor.ingest.pdf.words import is_bold

if TYPE_CHECKING:
    from monitor.ingest.layout.strips import PageCuts, Strip
    from monitor.ingest.pdf.words import Row, Word

LONG_RUN = 6  # rows on both sides that make a gutter known
TITLE = 1.3  # of the body's size: such a row may end a run
SMALL_TITLE, ENDED = 1.08, 4.0  # of the body's size: a bold title, and how far above it the columns have ended
TITLE_LEADING = 1.5  # of the size: lines of one title
SAME_WHITE, USUAL = 1.0, 2  # points; so many paragraphs are parted by as much
SAME_SIZE, USUAL_PITCH = 0.6, 1.5  # points; of the body's size: lines of a paragraph stand no farther
PLAIN_BAND = 1.4  # of the body's size: white above a title that is not bold
BAND = 0.42  # of the body's size: white across all columns above a title
LINES_BESIDE = 10  # of other columns, between two lines of a title
NEAR = 3  # rows above and below a title among which something may stand beside it


def ends_run(rows: list[Row], start: int, at: int, bottom: float, strips: list[Strip], page: PageCuts) -> bool:
    """Tell whether the large row `at` begins something new below the columns above it."""
    title = rows[at]
    if title.base in page.passed or _goes_on_above(rows, start, at, page.body):
        return False
    if all(page.over_gutter(row.x0) for row in rows[start:at]):
        return False  # the columns right of it only begin higher
    least = min(TITLE * page.body, title.size - 0.1)
    first = next(word for word in title.words if word.size > least)
    centred = is_centred_over(rows, at, page.region, page.middle)
    if not centred and any(high <= first.x0 + 1 for _, high in page.gutters):
        return False  # what begins a band begins in its leftmost column
    if title.top - bottom >= BAND * page.body:
        page.ended.add(title.base)
        if _has_other_beside(rows, at, page) or _is_usual_white(rows, (start, at), page):
            page.doubtful.add(title.base)
        return True
    if any(title.x0 < low and title.x1 > high for low, high in white_left(strips, title, page)):
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


def _has_other_beside(rows: list[Row], at: int, page: PageCuts) -> bool:
    """Tell whether another title begins beside a title, and not at its height: columns broken by titles in turn.

    Bands begin all their columns at one height.
    """
    title = rows[at]
    for row in rows[at + 1 : at + 1 + LONG_RUN]:
        large = [word for word in row.words if word.size > TITLE * page.body and page.over_gutter(word.x0)]
        if large and min(word.top for word in row.words) > title.bottom + title.size:
            return False
        if large and not page.over_gutter(title.x0):
            first = large[0]
            return abs(first.top - title.top) > AT_EDGE and abs(first.base - title.base) > AT_EDGE
    return False


def _is_usual_white(rows: list[Row], run: tuple[int, int], page: PageCuts) -> bool:
    """Tell whether the white beside a title is that between the paragraphs of its page: over a band there is more."""
    start, at = run
    right = [word for row in rows for word in row.words if page.over_gutter(word.x0)]
    above = max((word.bottom for word in right if word.bottom <= rows[at].top), default=None)
    below = min((word.top for word in right if word.top >= rows[at].top), default=None)
    if above is None or below is None or page.over_gutter(rows[at].x0):
        return False
    sides = [
        [word for row in rows[start:] for word in row.words if page.over_gutter(word.x0) == far]
        for far in (True, False)
    ]
    # The white beside the title is one of those counted.
    usual = [white for side in sides for white in _whites(side, page.body)]
    return sum(abs(white - (below - above)) <= SAME_WHITE for white in usual) > USUAL


def _whites(words: list[Word], body: float) -> list[float]:
    """Return the white between lines of the body's size that follow each other in a column, where there is some."""
    lines = sorted({(round(word.base), word.top, word.bottom) for word in words if abs(word.size - body) <= SAME_SIZE})
    return [b[1] - a[2] for a, b in pairwise(lines) if b[0] - a[0] > USUAL_PITCH * body]


def is_head_of_band(rows: list[Row], at: int, bottom: float, page: PageCuts) -> bool:
    """Tell whether a row hardly larger than the text may be the title over the next band.

    It stands alone at its height, with white above it, close below where two columns at least have ended. One that is
    not bold has more white above it, and another row alone below it: names.
    """
    title = rows[at]
    if title.size < SMALL_TITLE * page.body or title.top - bottom < 2 * BAND * page.body:
        return False
    begins = title.x0 <= page.region[0] + AT_EDGE or is_centred_over(rows, at, page.region, page.middle)
    if not begins:
        return False
    if not all(is_bold(word.font) for word in title.words):
        alone = at + 1 < len(rows) and not any(page.over_gutter(word.x0) for word in rows[at + 1].words)
        if not alone or title.top - bottom < PLAIN_BAND * page.body:
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
        for row in rows[max(start, at - LINES_BESIDE) : at]
        if row.x1 > title.x0
    )
