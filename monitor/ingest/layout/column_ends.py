"""Columns that end above the foot of their page though nothing stands below them: there a paragraph has ended.

A typesetter fills a column while the paragraph goes on; room is left where the next one would have begun with a line
by itself. (Or where the last line would have stood alone at the top of the next column: then two lines go over.)
Columns that end at one height above the foot are balanced: there the room tells nothing.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from monitor.ingest.layout.lines import half_points

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from monitor.ingest.layout.lines import Line
    from monitor.ingest.pdf.printed_page import Box

ROOM = 1.15  # of the size: so much room for the baseline of another line
LEVEL = 3.0  # of the size: the feet of balanced columns differ by less
OVER = 2  # lines that go over into the next column so that none stands alone


def ended_early(lines: Sequence[Line], beside: Mapping[int, Sequence[Box]]) -> set[int]:
    """Return the ids of the last lines of columns that leave room at the foot of their page.

    `beside` are the places on each page of what is no running text.
    """
    pages: defaultdict[int, list[Line]] = defaultdict(list)
    for line in lines:
        pages[line.page].append(line)
    feet = {page: max(line.base for line in found) for page, found in pages.items()}
    usual = _usual_foot(lines)
    found: set[int] = set()
    for at, (line, after) in enumerate(pairwise(lines)):
        if line.column == after.column:
            continue
        level = line.base == feet[line.page] and _are_balanced(line, after, pages[line.page])
        foot = feet[line.page] if level else max(feet[line.page], usual)
        room = foot - line.base >= ROOM * line.style.size
        if room and not _is_over_something(line, pages[line.page], beside.get(line.page, ())):
            goes_over = sum(other.column == after.column for other in lines[at + 1 : at + 2 + OVER])
            if goes_over > OVER and not lines[at + OVER].ends_sentence:
                found.add(id(line))
    return found


def _usual_foot(lines: Sequence[Line]) -> float:
    """Return the lowest baseline at which a column ends in mid sentence: as low as columns of the issue reach."""
    ends = [a.base for a, b in pairwise(lines) if a.column != b.column and not a.ends_sentence and b.base < a.base]
    return max(ends, default=0.0)


def _are_balanced(line: Line, after: Line, lines: Sequence[Line]) -> bool:
    """Tell whether the columns right of a column's last line end about as low as it does."""
    right = [other.base for other in lines if other.x0 > line.x1]
    return after.page == line.page and bool(right) and line.base - max(right) < LEVEL * line.style.size


def _is_over_something(line: Line, lines: Sequence[Line], places: Sequence[Box]) -> bool:
    """Tell whether text or anything else stands below a line."""
    if any(other.base > line.base + 1 and other.x0 < line.x1 and other.x1 > line.x0 for other in lines):
        return True
    if any(place.bottom > line.base and place.x0 < line.x1 and place.x1 > line.x0 for place in places):
        return True
    # The foot of the page is that of lines set alike.
    lower = [other for other in lines if other.base > line.base + 1]
    return any(half_points(other.style.size) != half_points(line.style.size) for other in lower)
