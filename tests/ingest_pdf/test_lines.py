"""Where the columns that lines stand in begin and end."""

from __future__ import annotations

import pytest

from monitor.ingest.layout.columns import Column
from monitor.ingest.layout.lines import lines_of
from monitor.ingest.pdf.words import Row, Word


def rows(x0: float, x1: float, count: int) -> tuple[Row, ...]:
    """Return full lines of one width."""
    tops = [100.0 + 12 * number for number in range(count)]
    return tuple(Row([Word("truce", x0, x1, top, top + 10, top + 8, 10.0, "F")]) for top in tops)


def test_a_few_lines_have_the_edges_of_a_full_column_that_is_no_wider_than_theirs() -> None:
    wide, few = Column(rows(62, 527, 9), 60, 545), Column(rows(60, 294, 6), 60, 300)
    beside, short = Column(rows(310, 544, 9), 305, 545), Column(rows(310, 400, 3), 305, 545)

    found = lines_of([wide, few, beside, short], 1, 0)

    assert [(line.edges.left, line.edges.right) for line in (found[9], found[-1])] == [(60, 294), (310, 544)]


@pytest.mark.parametrize(("after", "text"), [("Author", "[1] Author"), (",", "[1],")])
def test_a_raised_number_that_begins_a_line_stands_apart_from_its_word(after: str, text: str) -> None:
    marker = Word("1", 60, 63, 96, 102, 104, 6.0, "F", marker=True)
    row = Row([marker, Word(after, 63, 99, 98, 108, 106, 8.0, "F", glued=True)])

    assert lines_of([Column((row,), 60, 300)], 1, 0)[0].text == text
