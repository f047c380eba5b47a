"""Rows of a contents that stand over the columns: a title, white or dots, and a page number at the right edge.

The white between title and number goes on as the gutter of the columns below, so that a number would be read with the
right one of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.ingest.pdf.words import Row

NUMBER = re.compile(r"^(?:p\.? ?)?\d{1,4}$")
GAP = 2.0  # of the size: white at least before the number
LEFT, RIGHT = 0.3, 0.6  # of the page's width: the title begins before the one, the number ends behind the other
ALIKE, ONE_PLACE = 2, 2.0  # rows whose numbers end at one place; points between their ends


def leader_rows(rows: Sequence[Row], x0: float, x1: float) -> set[int]:
    """Return the ids of the rows that are entries of a contents over the width of `x0` to `x1`, in points."""
    found = [row for row in rows if _is_entry(row, x0, x1 - x0)]
    entries = [row for row in found if sum(abs(row.x1 - other.x1) <= ONE_PLACE for other in found) >= ALIKE]
    if not entries:
        return set()
    ids = {id(row) for row in entries}
    edge, first, last = min(row.words[-1].x0 for row in entries), entries[0].base, entries[-1].base
    # Where more than numbers stands at the right edge it is a column.
    if any(first <= row.base <= last and row.x1 > edge and id(row) not in ids for row in rows):
        return set()
    return ids


def _is_entry(row: Row, x0: float, width: float) -> bool:
    """Tell whether a row is words, one wide gap and a number."""
    *words, last = row.words
    if (
        not words
        or last.marker
        or not NUMBER.match(last.text)
        or row.x0 > x0 + LEFT * width
        or last.x1 < x0 + RIGHT * width
    ):
        return False
    gaps = [b.x0 - a.x1 for a, b in zip(words, row.words[1:], strict=True)]
    return gaps[-1] >= GAP * last.size and all(gap < GAP * last.size for gap in gaps[:-1])
