"""Coverage by month as a grid that is a table: how many articles, silence, and months in which nothing was published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from monitor.web.drawing.steps import Step, step_of, steps_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Cell:
    """A month of a row: `articles` is None where no issue was published, 0 where one was and is silent."""

    month: date
    articles: int | None
    step: int

    @property
    def words(self) -> str:
        if self.articles is None:
            return "nothing published"
        return "silent" if self.articles == 0 else str(self.articles)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the grid: an actor or a year."""

    name: str
    address: str
    cells: tuple[Cell, ...]

    @property
    def articles(self) -> int:
        return sum(cell.articles or 0 for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Grid:
    """Lines under the same columns."""

    columns: tuple[date, ...]
    lines: tuple[Line, ...]
    steps: tuple[Step, ...]

    @property
    def highest(self) -> int:
        """Return how many articles the darkest cell stands for."""
        return self.steps[-1].most if self.steps else 0

    @property
    def silent(self) -> int:
        """Return in how many months something was published and a line says nothing."""
        return sum(cell.articles == 0 for line in self.lines for cell in line.cells)


@dataclass(frozen=True, slots=True)
class Told:
    """One actor or region: its articles by month (the first day of each)."""

    name: str
    address: str
    articles: Mapping[date, int]


def months_between(first: date, last: date) -> tuple[date, ...]:
    """Return the first days of all months from that of `first` to that of `last`; none if it ends before it begins."""
    start, end = _ordinal(first), _ordinal(last)
    return tuple(_month(ordinal) for ordinal in range(start, end + 1))


def months_up_to(last: date, count: int) -> tuple[date, ...]:
    """Return the `count` months that end with that of `last`; never one before the year 1."""
    end = _ordinal(last)
    return tuple(_month(ordinal) for ordinal in range(max(end - count + 1, MONTHS_A_YEAR), end + 1))


def coverage_grid(rows: Sequence[Told], months: Sequence[date], published: Iterable[date]) -> Grid:
    """Return a line for each row over these months; a month not in `published` is blank where nothing is told in it."""
    with_issue = set(published)
    steps = steps_for(n for row in rows for month, n in row.articles.items() if month in set(months))
    lines = tuple(Line(row.name, row.address, _cells(row.articles, months, with_issue, steps)) for row in rows)
    return Grid(tuple(months), lines, steps)


def year_grid(articles: Mapping[date, int], published: Iterable[date]) -> Grid:
    """Return a line for each year in which something was published, newest first, over its twelve months."""
    with_issue = set(published)
    years = sorted({month.year for month in (*with_issue, *articles)}, reverse=True)
    steps = steps_for(articles.values())
    lines = [
        Line(str(year), "", _cells(articles, [date(year, m, 1) for m in range(1, 13)], with_issue, steps))
        for year in years
    ]
    return Grid(tuple(date(2000, m, 1) for m in range(1, 13)), tuple(lines), steps)


def _cells(
    articles: Mapping[date, int], months: Sequence[date], with_issue: set[date], steps: tuple[Step, ...]
) -> tuple[Cell, ...]:
    cells = []
    for month in months:
        count = articles.get(month, 0)
        shown = count if count or month in with_issue else None
        cells.append(Cell(month, shown, step_of(count, steps)))
    return tuple(cells)


def _ordinal(day: date) -> int:
    return day.year * MONTHS_A_YEAR + day.month - 1


def _month(ordinal: int) -> date:
    return date(ordinal // MONTHS_A_YEAR, ordinal % MONTHS_A_YEAR + 1, 1)
