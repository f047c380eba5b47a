"""Gaps between the letters of one row: which part words, and which letters are one letter printed twice."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.ingest.pdf.printed_page import Glyph

SPACE = 0.18  # of the size: a wider gap parts two words
LOOSE = 0.10  # of the size: a wider median gap between letters means letter-spacing
TIGHT = -0.05  # of the size: a median gap below it means widths that are told wrong
NARROW = 0.11  # of the size: so narrow may the blanks of a line be that is set tight
CLEAR = 0.05  # of the size: letters of such a line stand no farther apart
SWALLOWED = 0.3  # of a blank's width: less of it left before the next letter
ALIKE = 1.3  # of a line's narrowest blank: its next one
SAME_BLANK, ALIKE_BLANKS = 0.05, 2  # of a blank's width: others of its row are as wide; so many of them
WIDEST = 1.5  # of the size: a wider gap is no letter-spacing, but a tab, or the next column
OVERLAP, FEW_OVER = 0.15, 2  # of the size: letters so far over each other, more than so many in a row
FEW = 4  # gaps that make a median
EVEN = 0.2  # by which the gaps of a short spaced word may differ
TWIN_SHARE, TWIN_STEP = 0.3, 0.13  # of the letter's width, of its size: how far the second print of a letter lies


def without_twins(row: Sequence[Glyph]) -> list[Glyph]:
    """Drop letters printed twice at one place: how some files make bold, outlines and shadows."""
    kept: list[Glyph] = []
    for glyph in row:
        if kept and glyph.text != " ":
            last = kept[-1]
            if glyph.text == last.text and glyph.x0 - last.x0 < min(
                TWIN_SHARE * (last.x1 - last.x0), TWIN_STEP * last.size
            ):
                continue
        kept.append(glyph)
    return kept


def is_interleaved(row: Sequence[Glyph]) -> bool:
    """Tell whether letters of two lines stand over each other: an overlong line that reaches into the next column."""
    over = 0
    for before, glyph in pairwise(row):
        if before.text != " " != glyph.text and _gap(before, glyph) < -OVERLAP:
            over += 1
            if over > FEW_OVER:
                return True
    return False


def apart_again(drawn: Sequence[Glyph]) -> list[Glyph]:
    """Return a row's letters, given in the order of drawing, run by run from left to right, whatever they overlap."""
    runs: list[list[Glyph]] = []
    for glyph in drawn:
        last = runs[-1][-1] if runs else None
        if last is None or glyph.x0 < last.x0 or _gap(last, glyph) > WIDEST:
            runs.append([])
        runs[-1].append(glyph)
    return [glyph for run in sorted(runs, key=lambda run: run[0].x0) for glyph in run]


def is_swallowed(blank: Glyph, before: Glyph, after: Glyph) -> bool:
    """Tell whether nobody sees a blank: the next letter was moved back over it, as some distillers do in mid-word."""
    taken_back = after.x0 - blank.x0 < SWALLOWED * (blank.x1 - blank.x0)
    return taken_back and _gap(before, after) < CLEAR


def gap_limits(row: Sequence[Glyph]) -> list[float]:
    """Return for each letter the gap before it that parts words, in sizes.

    Rows run over the whole page, and what is letter-spaced is so on its own: a run in one font, up to a wide gap.
    """
    limits: list[float] = []
    start = 0
    for at in range(1, len(row) + 1):
        if at == len(row) or row[at].font != row[at - 1].font or _gap(row[at - 1], row[at]) > WIDEST:
            limit = _limit(row[start:at], row)
            limits += [limit] * (at - start)
            # Between two fonts a blank is as wide as those within them.
            if start and NARROW <= (gap := _gap(row[start - 1], row[start])) <= limit and _is_common(gap, row):
                limits[start] = NARROW
            start = at
    return limits


def _gap(before: Glyph, glyph: Glyph) -> float:
    return (glyph.x0 - before.x1) / max(glyph.size, before.size)


def _limit(run: Sequence[Glyph], row: Sequence[Glyph]) -> float:
    """Return the gap that parts words of one run of a row: wider where it is letter-spaced, narrower where it is tight."""
    # Leaders stand apart from each other, whatever the words before them do.
    gaps = sorted(_gap(a, b) for a, b in pairwise(run) if a.text != " " != b.text and not a.text == b.text == ".")
    if not gaps:
        return SPACE
    median = gaps[len(gaps) // 2]
    if len(gaps) < FEW:
        even = gaps[-1] - gaps[0] <= EVEN * gaps[-1] and len(gaps) > 1 and gaps[0] > LOOSE
        return SPACE + median if even and all(glyph.text.isupper() for glyph in run if glyph.text != " ") else SPACE
    # In a letter-spaced run no two letters touch but a kerned pair; a list of single letters has words of more too.
    if (median > LOOSE and gaps[len(gaps) // 4] > CLEAR) or median < TIGHT:
        return SPACE + median
    return _blank_limit(gaps, row)


def _blank_limit(gaps: Sequence[float], row: Sequence[Glyph]) -> float:
    """Return the limit between letters that touch and the blanks of a line, which are all of about one width.

    A line set very tight has blanks below the usual limit, or just at it; they stand clear of the gaps between letters.
    Behind a colon a blank may be wider; then words of the row in other fonts tell how wide its blanks are.
    """
    at = bisect_right(gaps, CLEAR)
    blanks = [gap for gap in gaps[at:] if gap < WIDEST]
    if not blanks or not at or blanks[0] > SPACE:
        return SPACE
    # Rows run over columns, and each line of them has a blank of its own; a kern stands alone.
    alike = blanks[1] <= ALIKE * blanks[0] if len(blanks) > 1 else blanks[0] > SPACE - CLEAR
    if blanks[0] < NARROW or not (alike or _is_common(blanks[0], row)):
        return SPACE
    return (gaps[at - 1] + blanks[0]) / 2


def _is_common(blank: float, row: Sequence[Glyph]) -> bool:
    """Tell whether others of a row's gaps are as wide as one of them."""
    near = sum(abs(_gap(a, b) - blank) <= SAME_BLANK * blank for a, b in pairwise(row) if a.text != " " != b.text)
    return near > ALIKE_BLANKS
