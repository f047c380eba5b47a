from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from monitor.web.drawing.months import Told, coverage_grid, months_between, months_up_to, year_grid

days = st.dates(date(1, 1, 1), date(9999, 12, 31))


def test_silence_is_told_from_a_month_without_an_issue() -> None:
    january, february, march = months_between(date(2022, 1, 28), date(2022, 3, 2))
    grid = coverage_grid([Told("BLA", "/actors/bla/", {january: 3})], [january, february, march], [january, february])
    (line,) = grid.lines
    assert [(cell.articles, cell.step, cell.words) for cell in line.cells] == [
        (3, 5, "3"),
        (0, 0, "silent"),
        (None, 0, "nothing published"),
    ]
    assert (line.articles, grid.silent) == (3, 1)


def test_articles_without_a_published_issue_still_count() -> None:
    """A curator sees withdrawn issues; then the month has articles all the same."""
    (month,) = months_between(date(2022, 1, 1), date(2022, 1, 1))
    grid = coverage_grid([Told("BLA", "", {month: 2})], [month], [])
    assert grid.lines[0].cells[0].articles == 2


def test_years_stand_newest_first_with_twelve_months() -> None:
    grid = year_grid({date(2021, 3, 1): 1, date(2022, 3, 1): 4}, [date(2020, 5, 1), date(2022, 4, 1)])
    assert [(line.name, line.articles, len(line.cells)) for line in grid.lines] == [
        ("2022", 4, 12),
        ("2021", 1, 12),
        ("2020", 0, 12),
    ]
    assert [cell.articles for cell in grid.lines[0].cells][:4] == [None, None, 4, 0]
    assert len(grid.columns) == 12


@given(days, st.integers(1, 60))
def test_months_up_to_a_day_are_consecutive(last: date, count: int) -> None:
    months = months_up_to(last, count)
    assert months[-1] == last.replace(day=1)
    assert len(months) <= count
    assert months == months_between(months[0], months[-1])
    assert all(month.day == 1 for month in months)


@given(days, days)
def test_no_month_lies_between_an_end_and_a_later_beginning(a: date, b: date) -> None:
    first, last = sorted((a, b))
    backwards = months_between(last, first)
    assert backwards == () or (last.year, last.month) == (first.year, first.month)


def test_shades_are_of_the_months_that_are_shown() -> None:
    shown, hidden = date(2022, 1, 1), date(2019, 1, 1)
    grid = coverage_grid([Told("A", "", {shown: 1, hidden: 500})], [shown], [shown])
    assert [step.most for step in grid.steps] == [1]
