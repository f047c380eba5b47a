from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from monitor.library.source_lists import CitedMonth
from monitor.web.charts import HEIGHT, WIDTH, citation_chart


def month(year: int, number: int, count: int, *, inferred: bool = False) -> CitedMonth:
    return CitedMonth(date(year, number, 1), inferred, count)


def bars(*months: CitedMonth) -> list[tuple[str, int, int]]:
    chart = citation_chart(months)
    assert chart
    return [(bar.label, bar.printed, bar.inferred) for bar in chart.bars]


def test_months_without_a_citation_stand_empty() -> None:
    assert bars(month(2021, 12, 2), month(2022, 2, 1, inferred=True), month(2022, 2, 3)) == [
        ("Dec 2021", 2, 0),
        ("Jan 2022", 0, 0),
        ("Feb 2022", 3, 1),
    ]


def test_three_years_are_months_and_more_are_quarters() -> None:
    within = citation_chart([month(2019, 1, 1), month(2021, 12, 1)])
    beyond = citation_chart([month(2019, 1, 1), month(2022, 1, 1)])
    assert within
    assert beyond
    assert (within.unit, len(within.bars), beyond.unit, len(beyond.bars)) == ("month", 36, "quarter", 13)
    assert [beyond.bars[0].label, beyond.bars[-1].label] == ["Q1 2019", "Q1 2022"]


def test_long_spans_are_years() -> None:
    assert bars(month(1998, 5, 1), month(2022, 1, 2))[::24] == [("1998", 1, 0), ("2022", 2, 0)]


def test_what_has_no_month_is_counted_beside() -> None:
    chart = citation_chart([month(2021, 5, 1), CitedMonth(None, inferred=False, count=4)])
    assert chart
    assert (chart.undated, sum(bar.printed for bar in chart.bars)) == (4, 1)
    assert citation_chart([CitedMonth(None, inferred=False, count=4)]) is None
    assert citation_chart([]) is None


def test_chart_is_told_in_a_sentence() -> None:
    chart = citation_chart([month(2021, 5, 2), month(2021, 7, 6, inferred=True)])
    assert chart
    assert chart.summary == (
        "Citations by month, May 2021 to Jul 2021: 8, most of them (6) in Jul 2021; the year was worked out in 6"
    )
    alone = citation_chart([month(2021, 5, 2)])
    assert alone
    assert alone.summary == "Citations by month, May 2021: 2, most of them (2) in May 2021"


rows = st.builds(
    CitedMonth,
    st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(lambda day: day.replace(day=1)),
    st.booleans(),
    st.integers(1, 10_000),
)


@given(st.lists(rows, min_size=1, max_size=60))
def test_every_citation_is_drawn_once_inside_the_drawing(months: list[CitedMonth]) -> None:
    chart = citation_chart(months)
    assert chart
    assert sum(bar.printed + bar.inferred for bar in chart.bars) == sum(row.count for row in months)
    for bar in chart.bars:
        assert bar.x >= 0
        assert bar.x + bar.width <= WIDTH + 0.2
        assert bar.width > 0
        assert bar.inferred_y >= -3
        assert abs(bar.printed_y + bar.printed_height - chart.base) < 0.2
        assert (bar.printed_height > 0, bar.inferred_height > 0) == (bar.printed > 0, bar.inferred > 0)
    assert all(0 <= tick.x <= WIDTH for tick in chart.ticks)
    assert [tick.x for tick in chart.ticks] == sorted({tick.x for tick in chart.ticks})
    assert chart.ticks[0].words == chart.bars[0].label
    assert chart.base < HEIGHT
