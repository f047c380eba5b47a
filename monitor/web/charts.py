"""Charts as geometry: bars over time in SVG units. Templates write the attributes; nothing is drawn in the browser."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from monitor.library.source_lists import CitedMonth

Unit = Literal["month", "quarter", "year"]
MONTHS: Mapping[Unit, int] = {"month": 1, "quarter": 3, "year": 12}
MOST_BARS = 36  # as many as can be told apart on a phone; beyond, the next longer unit
WIDTH, HEIGHT, FOOT = 640, 132, 20  # of the drawing; the foot holds the words under the axis
LEAST_HEIGHT = 3.0  # one citation among thousands is still seen
WORD_WIDTH = 64  # a year or a month and year, with air


@dataclass(frozen=True, slots=True)
class Bar:
    """One span of time: how many dates were printed in it and how many worked out, and the two rectangles."""

    label: str
    printed: int
    inferred: int
    x: float
    width: float
    printed_y: float
    printed_height: float
    inferred_y: float
    inferred_height: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A word under the axis and where it begins."""

    x: float
    words: str


@dataclass(frozen=True, slots=True)
class CitationChart:
    """Citations over time; `undated` have no month."""

    unit: Unit
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    undated: int
    highest: int
    width: int = WIDTH
    height: int = HEIGHT
    base: int = HEIGHT - FOOT

    @property
    def summary(self) -> str:
        """Return the chart in a sentence."""
        total = sum(bar.printed + bar.inferred for bar in self.bars)
        inferred = sum(bar.inferred for bar in self.bars)
        busiest = max(self.bars, key=lambda bar: bar.printed + bar.inferred)
        span = self.bars[0].label if len(self.bars) == 1 else f"{self.bars[0].label} to {self.bars[-1].label}"
        words = f"Citations by {self.unit}, {span}: {total}, most of them ({self.highest}) in {busiest.label}"
        return f"{words}; the year was worked out in {inferred}" if inferred else words


def citation_chart(months: Sequence[CitedMonth]) -> CitationChart | None:
    """Return the bars for these months; None where no month of any citation is known."""
    known = [(row.month, row.inferred, row.count) for row in months if row.month]
    if not known:
        return None
    first, last = (_ordinal(edge(month for month, _, _ in known)) for edge in (min, max))
    unit: Unit = next((u for u in MONTHS if _slot(last, u) - _slot(first, u) < MOST_BARS), "year")
    begin, end = _slot(first, unit), _slot(last, unit)
    counts = [[0, 0] for _ in range(end - begin + 1)]
    for month, inferred, count in known:
        counts[_slot(_ordinal(month), unit) - begin][inferred] += count
    highest = max(map(sum, counts))
    step = WIDTH / max(len(counts), 12)  # a chart of two bars is not two slabs
    bars = tuple(_bar(begin + i, unit, i * step, step, pair, highest) for i, pair in enumerate(counts))
    undated = sum(row.count for row in months if row.month is None)
    return CitationChart(unit, bars, _ticks(bars, step), undated, highest)


def _ordinal(month: date) -> int:
    return month.year * 12 + month.month - 1


def _slot(ordinal: int, unit: Unit) -> int:
    return ordinal // MONTHS[unit]


def _label(slot: int, unit: Unit) -> str:
    if unit == "year":
        return str(slot)
    if unit == "quarter":
        return f"Q{slot % 4 + 1} {slot // 4}"
    return f"{date(slot // 12, slot % 12 + 1, 1):%b %Y}"


def _bar(slot: int, unit: Unit, x: float, step: float, pair: Sequence[int], highest: int) -> Bar:
    printed, inferred = pair
    room = HEIGHT - FOOT - 16  # above the highest bar stands its number
    low, high = (max(LEAST_HEIGHT, room * n / highest) if n else 0.0 for n in (printed, inferred))
    base = HEIGHT - FOOT
    gap = 1.5 if step > 8 else 0.5
    return Bar(
        _label(slot, unit),
        printed,
        inferred,
        x=round(x + gap, 1),
        width=round(step - 2 * gap, 1),
        printed_y=round(base - low, 1),
        printed_height=round(low, 1),
        inferred_y=round(base - low - high, 1),
        inferred_height=round(high, 1),
    )


def _ticks(bars: Sequence[Bar], step: float) -> tuple[Tick, ...]:
    """Return words for as many bars as have room for them; the first always has one, and no word runs out of sight."""
    every = max(1, -(-WORD_WIDTH // max(int(step), 1)))
    places = [(i * step, bars[i].label) for i in range(0, len(bars), every)]
    return tuple(Tick(round(x + 1.5, 1), words) for x, words in places if x + WORD_WIDTH * 0.8 <= WIDTH or x == 0)
