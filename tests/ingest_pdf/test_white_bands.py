"""White across a page: which of it parts bands of columns, and which is between paragraphs or above footnotes."""

from __future__ import annotations

import pytest

from monitor.ingest.layout.columns import columns_of, cut_at
from monitor.ingest.layout.white_bands import begin_together, begins_small, begins_with_head, seams, usual_white
from monitor.ingest.pdf.printed_page import Box
from monitor.ingest.pdf.words import Row, rows_of
from tests.ingest_pdf.typed_pages import column, page, prose, read, typed

BODY, LEFT, RIGHT = 10.0, 60, 320


def going(name: str, lines: int) -> list[str]:
    """Return lines of one sentence that has not ended with the last of them."""
    return [f"{name}{n} and then the truce of old" for n in range(lines)]


def rows_at(*spans: tuple[float, float]) -> list[Row]:
    """Return rows of one word each between some heights, in a type as large as they are high."""
    return [row for top, bottom in spans for row in rows_of(typed("word", 60, bottom - 2, size=bottom - top))]


def bands(title: str, *, size: float = 10, font: str = "Serif-Bold", ends: str = "ended so.") -> list[str]:
    """Return the first words of the pieces of a page on which the left column's last line goes on at the right's head.

    Below both a title set in the text's size begins the next band.
    """
    upper = [*column(LEFT, 100, *going("up", 11)), *column(RIGHT, 100, *going("and up", 8), ends)]
    head = typed(title, LEFT, 250, size=size, font=font)
    lower = [*column(LEFT, 270, *prose("low", 14)), *column(RIGHT, 270, *prose("far", 14))]
    return [piece.text.split()[0] for piece in read(page(1, upper, head, lower)).pieces]


def test_a_head_of_the_texts_size_below_white_begins_a_band() -> None:
    assert bands("One Title of It") == ["up0", "One", "low0", "far0"]


def test_a_sentence_that_goes_on_above_the_white_reads_across_the_columns_first() -> None:
    found = read(page(1, column(LEFT, 100, *going("up", 20)), column(RIGHT, 100, *going("and on", 20))))
    assert len(found.pieces) == 1


def test_columns_that_begin_at_one_height_below_much_white_are_a_band() -> None:
    upper = [*column(LEFT, 100, *prose("up", 12)), *column(RIGHT, 100, *prose("over", 9))]
    head = typed("One Title of It", LEFT, 262, font="Serif-Bold")
    lower = [*column(LEFT, 282, *prose("low", 14)), *column(RIGHT, 282, *prose("far", 14))]
    found = read(page(1, upper, head, lower))
    assert [piece.text.split()[0] for piece in found.pieces] == ["up0", "over0", "One", "low0", "far0"]


def test_white_between_paragraphs_of_both_columns_parts_nothing() -> None:
    left = [*column(LEFT, 100, *prose("one", 8)), *column(LEFT, 212, *prose("two", 8))]
    right = [*column(RIGHT, 100, *prose("three", 8)), *column(RIGHT, 212, *prose("four", 8))]
    assert [piece.text.split()[0] for piece in read(page(1, left, right)).pieces] == ["one0", "two0", "three0", "four0"]


@pytest.mark.parametrize(
    ("spans", "heights"),
    [
        ([(100, 110), (112, 122)], []),
        ([(100, 110), (130, 140)], [120.0]),
        ([(100, 110), (130, 140), (141, 151), (190, 200)], [120.0, 170.5]),
        ([], []),
    ],
)
def test_seams_stand_in_the_midst_of_white(spans: list[tuple[float, float]], heights: list[float]) -> None:
    assert seams(rows_at(*spans), [], BODY) == heights


def test_no_seam_goes_through_what_was_taken_out() -> None:
    assert seams(rows_at((100, 110), (150, 160)), [Box(50, 108, 500, 152)], BODY) == []


def test_no_seam_is_as_narrow_as_the_white_between_lines() -> None:
    rows = rows_at((100, 110), (120, 130), (140, 150), (175, 185))
    assert seams(rows, [], BODY) == [115.0, 135.0, 162.5]
    assert seams(rows, [], BODY, 9.0) == [162.5]


def test_of_many_seams_the_widest_are_kept_from_the_top() -> None:
    spans = [(100.0 + 30 * n + n * n, 110.0 + 30 * n + n * n) for n in range(10)]
    found = seams(rows_at(*spans), [], BODY)
    assert len(found) == 6
    assert found == sorted(found)
    assert found[0] > 150


def test_usual_white_is_that_of_most_lines() -> None:
    columns = columns_of(rows_of([*column(LEFT, 100, *prose("one", 9)), *column(LEFT, 240, *prose("two", 3))]), BODY)
    assert usual_white(columns, BODY) == 2.0
    assert usual_white([], BODY) == 0.0


@pytest.mark.parametrize(("size", "small"), [(8.0, True), (10.0, False), (14.0, False)])
def test_footnotes_are_small_below_a_seam(size: float, *, small: bool) -> None:
    rows = rows_of([*typed("over it", 60, 100), *column(60, 140, "1. Some note", "of it", size=size)])
    assert begins_small(rows, 120, BODY) is small


def test_nothing_below_a_seam_is_neither_small_nor_a_head() -> None:
    rows = rows_of(typed("over it", 60, 100))
    assert not begins_small(rows, 120, BODY)
    assert not begins_with_head(rows, 120, BODY)


@pytest.mark.parametrize(
    ("size", "font", "head"), [(10, "Serif", False), (10, "Serif-Bold", True), (14, "Serif", True), (7, "Serif", True)]
)
def test_a_head_is_set_otherwise_than_the_text(size: float, font: str, *, head: bool) -> None:
    rows = rows_of([*column(60, 60, *prose("up", 4)), *typed("One Title", 60, 140, size=size, font=font)])
    assert begins_with_head(rows, 120, BODY) is head


def test_the_leftmost_of_what_begins_at_one_height_is_the_head() -> None:
    text = column(60, 60, *prose("up", 4))
    rows = rows_of([*text, *typed("One Title", 60, 148, size=20), *typed("and the text", 320, 140)])
    assert begins_with_head(rows, 120, BODY)
    assert not begins_with_head(
        rows_of([*text, *typed("the text", 60, 140), *typed("Title", 320, 148, size=20)]), 120, BODY
    )


def begun(right: float, *, size: float = 10, breaks: tuple[float, ...] = (), places: tuple[Box, ...] = ()) -> bool:
    """Tell whether a band begins at 235 points, its right column's first line at the baseline `right`."""
    upper = [*column(LEFT, 100, *prose("up", 11)), *column(RIGHT, 100, *prose("over", 9))]
    head = typed("One Title of It", LEFT, 250, font="Serif-Bold")
    lower = [*column(LEFT, 270, *prose("low", 14)), *column(RIGHT, right, *prose("far", 12), size=size)]
    rows = rows_of([*upper, *head, *lower])
    return begin_together(cut_at(rows, BODY, [235]).columns, 235, places, breaks, BODY, 25)


def test_columns_begin_together_at_a_line_of_the_first() -> None:
    assert begun(270)
    assert begun(282)


def test_columns_at_another_height_do_not_begin_together() -> None:
    assert not begun(275)


def test_footnotes_do_not_begin_a_band() -> None:
    assert not begun(270, size=8)


def test_a_band_is_begun_once() -> None:
    assert not begun(270, breaks=(240,))


def test_a_picture_fills_the_white() -> None:
    assert not begun(270, places=(Box(RIGHT, 215, 540, 255),))


def test_one_column_begins_nothing_together() -> None:
    rows = rows_of([*column(LEFT, 100, *prose("up", 11)), *column(LEFT, 270, *prose("low", 14))])
    assert not begin_together(cut_at(rows, BODY, [250]).columns, 250, (), (), BODY, 25)
