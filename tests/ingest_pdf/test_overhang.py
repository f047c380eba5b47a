"""Lines that stick out of their column, typed at given places: the gutter lies from 90 to 110 points."""

from __future__ import annotations

import pytest

from monitor.ingest.layout.columns import columns_of
from monitor.ingest.layout.overhang import parted_at
from monitor.ingest.pdf.words import Row, Word

GUTTER = (90.0, 110.0)
LEVELS = [12.0 * number for number in range(-2, 12)]


def word(text: str, x0: float, x1: float, base: float, *, glued: bool = False) -> Word:
    return Word(text, x0, x1, base - 8, base + 2, base, 10.0, "F", glued=glued)


def side(name: str, x0: float, base: float) -> list[Word]:
    """Return a line of two words, 80 points long."""
    return [word(f"{name}{base:.0f}", x0, x0 + 50, base), word("and", x0 + 55, x0 + 80, base)]


def around(*middle: Row) -> list[Row]:
    """Return fourteen lines in two columns, the eighth of which is another."""
    rows = [Row([*side("l", 10, base), *side("r", 110, base)]) for base in LEVELS]
    return [*rows[:7], *middle, *rows[8:]]


def texts(rows: list[Row]) -> list[str]:
    columns = columns_of(rows, 10.0)
    assert len(columns) == 2
    return [column.rows[7].text for column in columns]


@pytest.mark.parametrize("end", [100.0, 108.0, 109.9, 114.0])
def test_a_line_that_ends_in_the_gutter_or_over_it_is_parted_at_the_edge_of_the_right_column(end: float) -> None:
    words = [word("typewriter", 10, end, 60), word("right", 110, 150, 60), word("words", 155, 190, 60)]
    assert texts(around(Row(sorted(words, key=lambda one: one.x0)))) == ["typewriter", "right words"]


def test_what_is_drawn_over_a_word_of_the_right_column_goes_on_the_line_left_of_it() -> None:
    words = [
        word("\u201c", 10, 15, 60),
        word("timeline", 15, 112, 60, glued=True),
        word("by", 110, 121, 60),
        word("\u201d", 112, 117, 60, glued=True),
        word("Fig.", 125, 190, 60),
    ]
    assert texts(around(Row(words))) == ["\u201ctimeline\u201d", "by Fig."]


def test_halves_of_one_word_begin_the_right_column_unglued() -> None:
    words = [word("multibi", 10, 111, 60), word("a", 110, 115, 60, glued=True), word("b", 111, 116, 60, glued=True)]
    words.append(word("nd", 115, 125, 60, glued=True))
    assert texts(around(Row(words))) == ["multibib", "and"]


def test_a_line_that_sticks_out_beside_nothing_stays_in_its_column() -> None:
    left = Row([word("overfull", 10, 108, 60)])
    right = Row(side("r", 110, 63))
    assert texts(around(left, right)) == ["overfull", "r63 and"]


def test_a_line_over_both_columns_is_not_parted() -> None:
    wide = Row(
        [word("a", 10, 60, 60), word("title", 64, 107, 60), word("over", 110, 150, 60), word("all", 154, 190, 60)]
    )
    apart = [Row([*side("l", 10, base), *side("r", 110, base)]) for base in LEVELS]
    rows = [*apart[:6], wide, *(Row([w._replace(base=w.base + 30) for w in row.words]) for row in apart[7:])]
    assert parted_at(rows, GUTTER) == (rows, [])


def test_a_line_far_over_the_gutter_is_not_parted() -> None:
    long = Row([word("far", 10, 60, 60), word("over", 64, 140, 60)])
    rows = around(long)
    assert parted_at(rows, GUTTER) == (rows, [])


def test_every_word_is_kept_once_and_in_the_order_of_the_lines() -> None:
    words = [word("typewriter", 10, 114, 60), word("right", 110, 150, 60)]
    rows = around(Row(words))
    found, sticking = parted_at(rows, GUTTER)
    assert [w.text for row in found for w in row.words] == [w.text for row in rows for w in row.words]
    assert [row.text for row in sticking] == ["typewriter"]
    assert [row.base for row in found] == sorted(row.base for row in rows for _ in range(1 + (row is rows[7])))
