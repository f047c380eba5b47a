"""Five steps of shading for counts, by powers rather than by equal parts: archives have few giants and many dwarfs."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

STEPS = 5


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the legend: its number from 1, and the counts it stands for."""

    number: int
    least: int
    most: int

    @property
    def words(self) -> str:
        return f"{self.least}" if self.least == self.most else f"{self.least} to {self.most}"


def steps_for(counts: Iterable[int]) -> tuple[Step, ...]:
    """Return the steps for these counts, lightest first: at most five, without gaps, the last ends at the highest."""
    highest = max(counts, default=0)
    if highest < 1:
        return ()
    ends = sorted({max(k, round(highest ** (k / STEPS))) for k in range(1, STEPS)} | {highest})
    ends = [end for end in ends if end <= highest]
    starts = [1, *(end + 1 for end in ends[:-1])]
    # Where there are fewer steps than shades, the spread keeps the highest count the darkest.
    shades = [round((i + 1) * STEPS / len(ends)) for i in range(len(ends))]
    return tuple(Step(shade, least, most) for shade, least, most in zip(shades, starts, ends, strict=True))


def step_of(count: int, steps: tuple[Step, ...]) -> int:
    """Return the number of the step that `count` is in; 0 for nothing."""
    if count < 1 or not steps:
        return 0
    return steps[min(bisect_left([step.most for step in steps], count), len(steps) - 1)].number
