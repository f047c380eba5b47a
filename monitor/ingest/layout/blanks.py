"""Blanks of justified lines: those of a paragraph's last line are as the font has them, those of the others are spread."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from monitor.ingest.layout.lines import half_points

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from monitor.ingest.layout.lines import Line

CLEARLY_SHORT = 0.1  # of the column's width: nothing has spread a line that leaves so much of it
AT_EDGE = 0.3  # points from a justified column's edge
LEAST_BLANKS, LEAST_LINES = 3, 3  # of a line, and of its font: fewer tell nothing
SPREAD = 1.04  # of the usual blank: a line with wider ones is spread

Font = tuple[str, float]


def usual_blanks(lines: Sequence[Line]) -> dict[Font, float]:
    """Return the blank of each font and size in points, as lines have it that nothing spreads."""
    found: defaultdict[Font, list[float]] = defaultdict(list)
    for line in lines:
        room = line.edges.right - line.x1
        if line.edges.justified and room > CLEARLY_SHORT * (line.edges.right - line.edges.left):
            blank = _blank(line)
            if blank:
                found[_font(line)].append(blank)
    return {font: median(blanks) for font, blanks in found.items() if len(blanks) >= LEAST_LINES}


def is_spread(line: Line, usual: Mapping[Font, float]) -> bool:
    """Tell whether a line ends at a justified column's very edge with wider blanks than usual: its paragraph goes on."""
    if not line.edges.justified or abs(line.edges.right - line.x1) > AT_EDGE:
        return False
    blank, own = _blank(line), usual.get(_font(line))
    return blank is not None and own is not None and blank > SPREAD * own


def _font(line: Line) -> Font:
    return line.style.family, half_points(line.style.size)


def _blank(line: Line) -> float | None:
    """Return the middle blank of a line in points, None where it has too few."""
    blanks = [after.x0 - word.x1 for word, after in pairwise(line.words) if not after.glued]
    return median(blanks) if len(blanks) >= LEAST_BLANKS else None
