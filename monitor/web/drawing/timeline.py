"""Hits over time as bars that lead somewhere: each is a span of days to narrow a search to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Unit = Literal["month", "quarter", "year"]
MONTHS: Mapping[Unit, int] = {"month": 1, "quarter": 3, "year": 12}
MONTHS_A_YEAR = 12
MOST_BARS = 36  # beyond, the next longer unit
FEWEST = 12  # a chart of two bars is not two slabs
WIDTH, HEIGHT, FOOT = 240, 84, 16  # of the drawing; the foot holds the words under the axis
LEAST_HEIGHT = 3.0  # one among thousands is still seen
WORD_WIDTH = 40  # of a year, with air


@dataclass(frozen=True, slots=True)
class Bar:
    """A span of days with its hits; `is_on` where it lies in the days that are chosen, all of it or a part."""

    label: str
    count: int
    first: date
    last: date  # both included
    x: float
    y: float
    width: float
    height: float
    is_on: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """A word under the axis and where it begins."""

    x: float
    words: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars of one unit from the first hit to the last."""

    unit: Unit
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    width: int = WIDTH
    height: int = HEIGHT
    base: int = HEIGHT - FOOT

    @property
    def summary(self) -> str:
        """Return the chart in a sentence."""
        busiest = max(self.bars, key=lambda bar: bar.count)
        span = self.bars[0].label if len(self.bars) == 1 else f"{self.bars[0].label} to {self.bars[-1].label}"
        return f"Articles by {self.unit}, {span}; most ({busiest.count:,}) in {busiest.label}"


def timeline(months: Mapping[str, int], *, since: date | None = None, until: date | None = None) -> Timeline | None:
    """Return the bars for counts by month ("2022-03"); None where there are none. `since` and `until` are included."""
    counts = {_ordinal(month): count for month, count in months.items() if count > 0}
    if not counts:
        return None
    first, last = min(counts), max(counts)
    unit: Unit = next((u for u in MONTHS if last // MONTHS[u] - first // MONTHS[u] < MOST_BARS), "year")
    size = MONTHS[unit]
    begin = first // size
    sums = [0] * (last // size - begin + 1)
    for ordinal, count in counts.items():
        sums[ordinal // size - begin] += count
    step = WIDTH / max(len(sums), FEWEST)
    highest = max(sums)
    bars = tuple(_bar(begin + i, unit, i * step, step, n, highest, (since, until)) for i, n in enumerate(sums))
    return Timeline(unit, bars, _ticks(bars, step))


def _ordinal(month: str) -> int:
    year, number = month.split("-")
    return int(year) * MONTHS_A_YEAR + int(number) - 1


def _bar(
    slot: int, unit: Unit, x: float, step: float, count: int, highest: int, chosen: tuple[date | None, date | None]
) -> Bar:
    first, last = _day(slot * MONTHS[unit]), _last_day((slot + 1) * MONTHS[unit])
    since, until = chosen
    inside = (since is None or last >= since) and (until is None or first <= until)
    base = HEIGHT - FOOT
    height = max(LEAST_HEIGHT, (base - 4) * count / highest) if count else 0.0
    gap = 1.0 if step > 4 else 0.25
    return Bar(
        _label(slot, unit),
        count,
        first,
        last,
        x=round(x + gap, 2),
        y=round(base - height, 1),
        width=round(step - 2 * gap, 2),
        height=round(height, 1),
        is_on=inside and bool(since or until),
    )


def _day(ordinal: int) -> date:
    return date(ordinal // MONTHS_A_YEAR, ordinal % MONTHS_A_YEAR + 1, 1)


def _last_day(after: int) -> date:
    if after // MONTHS_A_YEAR > date.max.year:
        return date.max
    return _day(after) - timedelta(days=1)


def _label(slot: int, unit: Unit) -> str:
    if unit == "year":
        return str(slot)
    if unit == "quarter":
        return f"quarter {slot % 4 + 1} of {slot // 4}"
    return f"{_day(slot):%B %Y}"


def _ticks(bars: Sequence[Bar], step: float) -> tuple[Tick, ...]:
    """Return the years, each where its first bar stands, as far as there is room; the first always has one."""
    ticks: list[Tick] = []
    year = None
    for number, bar in enumerate(bars):
        x = round(number * step, 1)
        if bar.first.year == year or (ticks and (x < ticks[-1].x + WORD_WIDTH or x + WORD_WIDTH * 0.8 > WIDTH)):
            continue
        year = bar.first.year
        ticks.append(Tick(x, str(year)))
    return tuple(ticks)
