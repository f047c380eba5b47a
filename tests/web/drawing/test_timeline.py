"""Bars of hits over time: none is lost, each leads to its own days, and they fit."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from monitor.web.drawing.timeline import HEIGHT, MOST_BARS, WIDTH, timeline

MONTHS = st.dictionaries(
    st.builds("{:04d}-{:02d}".format, st.integers(1, 9999), st.integers(1, 12)), st.integers(1, 10**6), min_size=1
)


def test_months_of_one_year_are_bars_with_their_days() -> None:
    drawn = timeline({"2022-02": 3, "2022-04": 1}, since=date(2022, 4, 1))
    assert drawn is not None
    assert [(bar.label, bar.count, bar.first, bar.last, bar.is_on) for bar in drawn.bars] == [
        ("February 2022", 3, date(2022, 2, 1), date(2022, 2, 28), False),
        ("March 2022", 0, date(2022, 3, 1), date(2022, 3, 31), False),
        ("April 2022", 1, date(2022, 4, 1), date(2022, 4, 30), True),
    ]
    assert drawn.summary == "Articles by month, February 2022 to April 2022; most (3) in February 2022"
    assert [tick.words for tick in drawn.ticks] == ["2022"]
    assert timeline({}) is None
    assert timeline({"2022-01": 0}) is None


def test_longer_spans_take_longer_units() -> None:
    for last, unit in (("2013-01", "quarter"), ("2040-12", "year")):
        drawn = timeline({"2010-01": 1, last: 2})
        assert drawn is not None
        assert drawn.unit == unit
        assert len(drawn.bars) <= MOST_BARS
    one = timeline({"2022-02": 3})
    assert one is not None
    assert one.summary == "Articles by month, February 2022; most (3) in February 2022"
    assert one.bars[0].width < WIDTH / 4


@given(MONTHS, st.none() | st.dates(), st.none() | st.dates())
def test_every_hit_is_in_one_bar_and_every_bar_in_the_picture(
    months: dict[str, int], since: date | None, until: date | None
) -> None:
    drawn = timeline(months, since=since, until=until)
    assert drawn is not None
    assert sum(bar.count for bar in drawn.bars) == sum(months.values())
    for before, after in zip(drawn.bars, drawn.bars[1:], strict=False):
        assert after.first == before.last + timedelta(days=1)
        assert after.x >= before.x + before.width
    for bar in drawn.bars:
        assert bar.first <= bar.last
        assert bar.x >= 0
        assert bar.x + bar.width <= WIDTH + 0.5
        assert 0 <= bar.y <= bar.y + bar.height <= HEIGHT
        assert bar.is_on == bool(
            (since or until) and bar.last >= (since or bar.last) and bar.first <= (until or bar.first)
        )
        assert (bar.height > 0) == (bar.count > 0)
    assert [tick.words for tick in drawn.ticks] == sorted({tick.words for tick in drawn.ticks}, key=int)
