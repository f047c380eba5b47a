"""Where asides stand in the text: which line of it follows them, and the columns that they interrupt."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from monitor.ingest.layout.lines import Line
    from monitor.ingest.pdf.printed_page import Box

SLACK = 3.0  # points by which a line may reach into an aside's place
STICKS_OUT = 12.0  # points by which an aside may stand out of its column
OWN_COLUMNS = 1_000_000  # numbers of columns from here on are parts of columns, below what interrupts them


def spot_of(place: Box, lines: Sequence[Line], first: int) -> int:
    """Return the number of the line that follows a place on a page.

    `lines` are the page's in reading order, `first` is the first one's number in the issue.
    """
    last: dict[int, int] = {}
    for at, line in enumerate(lines):
        if line.x0 < place.x1 and line.x1 > place.x0 and line.base <= place.top + SLACK:
            last[line.column] = at
    below = [at for at, line in enumerate(lines) if line.top >= place.bottom - SLACK]
    own = min((at for at in below if overlap_of(lines[at], place) > 0), key=lambda at: lines[at].top, default=None)
    if last:
        nearest = max(lines[at].base for at in last.values())
        # Over two columns the one read later is the one that is interrupted last.
        above = max(at for at in last.values() if nearest - lines[at].base <= 4 * lines[at].style.size)
        # Below a nameplate, as the first thing in its column, it belongs to the lines below.
        if own is not None and own > above and _fits(place, lines, own) and not _fits(place, lines, above):
            return first + own
        return first + _in_its_band(place, lines, above, own)
    if own is not None:
        return first + own
    return first + (below[0] if len(below) == len(lines) > 0 else len(lines))


def _in_its_band(place: Box, lines: Sequence[Line], above: int, own: int | None) -> int:
    """Return the number of the line before which a place is read that stands below line `above` and over line `own`.

    What is read after the one and stands higher than the place begins a band of columns between the two, as a title
    does: there the place belongs.
    """
    end = own if own is not None else len(lines)
    lower = [at for at in range(above + 1, end) if lines[above].base < lines[at].base <= place.top + SLACK]
    if not lower:
        return above + 1
    if own is not None:
        return own
    beside = [at for at in range(lower[0], end) if lines[at].x1 <= place.x0 + SLACK]
    return beside[-1] + 1 if beside else above + 1


def _fits(place: Box, lines: Sequence[Line], at: int) -> bool:
    """Tell whether a place is about as wide as the column of a line, or narrower."""
    column = [line for line in lines if line.column == lines[at].column]
    x0, x1 = min(line.x0 for line in column), max(line.x1 for line in column)
    wide = x1 - x0 > 1.5 * (place.x1 - place.x0) + STICKS_OUT
    return place.x0 >= x0 - STICKS_OUT and place.x1 <= x1 + STICKS_OUT and not wide


def overlap_of(line: Line, place: Box) -> float:
    """Return how far a line and a place stand above each other, in points."""
    return min(line.x1, place.x1) - max(line.x0, place.x0)


def interrupted(lines: Sequence[Line], places: dict[int, list[Box]], cuts: Iterable[int]) -> list[Line]:
    """Return lines whose columns are parted where something stands in them, so that their halves can be rejoined.

    `places` are those of each page; `cuts` are numbers of lines before which other lines have been taken out.
    """
    parted = set(cuts)
    found: list[Line] = []
    own = OWN_COLUMNS
    column = shifted = -1
    for at, line in enumerate(lines):
        before = lines[at - 1] if at else None
        if line.column != column:
            column, shifted = line.column, -1
        elif before and (at in parted or any(_between(place, before, line) for place in places.get(line.page, ()))):
            own, shifted = own + 1, own
        found.append(replace(line, column=shifted) if shifted >= 0 else line)
    return found


def _between(place: Box, above: Line, below: Line) -> bool:
    """Tell whether a place stands between two lines of a column."""
    across = place.x0 < below.x1 and place.x1 > below.x0
    return across and above.base <= place.top + SLACK and below.base >= place.bottom - SLACK
