"""How far apart lines stand: from one to the next of a paragraph, and from one paragraph to the next."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from monitor.ingest.layout.lines import half_points

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from monitor.ingest.layout.lines import Line

PITCH_LEAST, PITCH_MOST = 0.8, 2.2  # of the size: distances that can be one line to the next
SURE_PITCH = 4  # distances that make their median a pitch: fewer may all be gaps between paragraphs
USUAL_PITCH = 1.25  # of the size, where a size stands on single lines only
SURE_WHITE = 4  # forced breaks that show the white between paragraphs
MOSTLY = 0.6  # of them
SAME = 0.5  # points
SELDOM = 0.1  # of the distances within sentences, titles among them
LEAST_WHITE = 0.07  # of the pitch


@dataclass(frozen=True, slots=True)
class Pitch:
    """A distance from one baseline to the next in points, and how many lines keep about it."""

    distance: float
    lines: int
    paragraphs: float | None = None  # the distance over white between paragraphs, where the issue keeps to one

    def parts(self, gap: float) -> bool:
        """Tell whether a distance is the one between paragraphs."""
        return self.paragraphs is not None and gap >= self.paragraphs - SAME


def pitches_of(lines: Sequence[Line], forced: Callable[[Line, Line], bool]) -> dict[float, Pitch]:
    """Return the usual distance from one baseline to the next, for each size in half points.

    `forced` tells of two lines whether the first ends a paragraph, by its words and its length.
    """
    distances: defaultdict[float, list[float]] = defaultdict(list)
    breaks: defaultdict[float, list[float]] = defaultdict(list)
    within: defaultdict[float, list[float]] = defaultdict(list)
    for before, line in _neighbours(lines):
        size = half_points(line.style.size)
        distances[size].append(line.base - before.base)
        if forced(before, line):
            breaks[size].append(line.base - before.base)
        elif not before.ends_sentence:
            within[size].append(line.base - before.base)
    found: dict[float, Pitch] = {}
    for size, here in distances.items():
        usual = median(here) if len(here) >= SURE_PITCH else min(median(here), USUAL_PITCH * size)
        found[size] = Pitch(usual, len(here), _white(breaks[size], within[size], usual))
    return found


def _neighbours(lines: Sequence[Line]) -> Iterator[tuple[Line, Line]]:
    """Yield the lines that stand below each other in one size."""
    for before, line in pairwise(lines):
        size = half_points(line.style.size)
        same = before.column == line.column and half_points(before.style.size) == size
        if same and PITCH_LEAST * size < line.base - before.base < PITCH_MOST * size:
            yield before, line


def _white(breaks: Sequence[float], within: Sequence[float], pitch: float) -> float | None:
    """Return the distance that most forced breaks keep, if it is wider than the pitch and than distances within sentences.

    Browsers set baselines on whole pixels, so that lines of one paragraph stand now closer, now farther apart.
    """
    if len(breaks) < SURE_WHITE:
        return None
    usual = median(breaks)
    same = sum(abs(gap - usual) <= SAME for gap in breaks)
    if usual <= (1 + LEAST_WHITE) * pitch or same < MOSTLY * len(breaks):
        return None
    return None if sum(gap >= usual - SAME for gap in within) > SELDOM * len(within) else usual
