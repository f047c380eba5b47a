"""Articles over time: bars of those about somebody, and of those that only name them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.library.source_lists import CitedMonth
from monitor.web.charts import citation_chart

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monitor.entities.told import Month
    from monitor.web.charts import CitationChart


@dataclass(frozen=True, slots=True)
class Activity:
    """The bars (solid: about; hollow: named) and what they say in a sentence."""

    chart: CitationChart
    summary: str


def activity_of(months: Iterable[Month]) -> Activity | None:
    """Return the picture; None where no month is known, or all of it is in one."""
    bars = [
        (row, names_only, n) for row in months for names_only, n in ((False, row.about), (True, row.named_only)) if n
    ]
    chart = citation_chart([CitedMonth(row.month, names_only, n) for row, names_only, n in bars])
    if chart is None or len(chart.bars) == 1:
        return None
    total = sum(bar.printed + bar.inferred for bar in chart.bars)
    about = sum(bar.printed for bar in chart.bars)
    first, last = chart.bars[0].label, chart.bars[-1].label
    span = first if first == last else f"{first} to {last}"
    return Activity(
        chart, f"Articles by {chart.unit}, {span}: {total}, about it {about}; most in one {chart.unit}: {chart.highest}"
    )
