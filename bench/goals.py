"""What a measure is held to: one sentence that people read, that the end of a run counts and that the chart is drawn from.

A goal counts as missed where also the better end of the spread misses it: what lies within a spread may be chance.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SENTENCE = re.compile(
    r"Goal: (?P<what>.+): (?P<value>[\d.]+) \((?P<least>[\d.]+) to (?P<greatest>[\d.]+)\),"
    r" (?P<way>at most|at least) (?P<limit>[\d.]+)(?: (?P<unit>\S+))?: (?:met|close|missed)\."
)


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure with its spread, and the limit it should keep; `unit` is of all of them, nothing for a ratio."""

    what: str
    value: float
    least: float
    greatest: float
    limit: float
    at_most: bool = True
    unit: str = ""

    @property
    def share(self) -> float:
        """Return how much of the limit is used up: 1 is just met, 2 misses it by twice."""
        return self.value / self.limit if self.at_most else self.limit / max(self.value, 1e-9)

    @property
    def verdict(self) -> str:
        if self.share <= 1:
            return "met"
        better = self.least <= self.limit if self.at_most else self.greatest >= self.limit
        return "close" if better else "missed"

    def __str__(self) -> str:
        way = "at most" if self.at_most else "at least"
        spread = f"{_written(self.value)} ({_written(self.least)} to {_written(self.greatest)})"
        unit = f" {self.unit}" if self.unit else ""
        return f"Goal: {self.what}: {spread}, {way} {_written(self.limit)}{unit}: {self.verdict}."


def of_rounds(what: str, figures: Sequence[float], limit: float, *, at_most: bool = True, unit: str = "") -> Goal:
    """Return the goal of a figure that was taken several times."""
    return Goal(what, median(figures), min(figures), max(figures), limit, at_most, unit)


def goals_in(lines: Iterable[str]) -> list[Goal]:
    """Return the goals told of in a report."""
    return [_heard(found) for line in lines if (found := SENTENCE.fullmatch(line.strip()))]


def _heard(found: re.Match[str]) -> Goal:
    value, least, greatest, limit = (float(found[name]) for name in ("value", "least", "greatest", "limit"))
    return Goal(found["what"], value, least, greatest, limit, found["way"] == "at most", found["unit"] or "")


def _written(figure: float) -> str:
    """Write a figure in three digits, so that what is told is what is judged again from the sentence."""
    return f"{figure:.0f}" if figure >= 100 else f"{figure:.3g}"
