"""An issue's number and its date far apart in one row, over columns whose white goes on between them."""

from __future__ import annotations

import pytest

from monitor.ingest.layout.cells import with_level_cells
from monitor.ingest.layout.nameplates import nameplate_rows
from monitor.ingest.pdf.words import rows_of
from tests.ingest_pdf.typed_pages import column, page, prose, read, typed


def row(left: str, right: str, x: float = 450) -> int:
    rows = rows_of([*typed(left, 60, 100), *typed(right, x, 100)])
    return len(nameplate_rows(rows))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("VOLUME IV | ISSUE 2", "March 3, 2022"),
        ("March 3, 2022", "Vol. 4, No. 2"),
        ("No. 15", "21 August 2020"),
    ],
)
def test_number_and_date_are_one_row(left: str, right: str) -> None:
    assert row(left, right) == 1


@pytest.mark.parametrize(
    ("left", "right"), [("The harbour was shut", "March 3, 2022"), ("VOLUME IV", "of the truce"), ("ISSUE 2", "and")]
)
def test_other_words_far_apart_are_columns(left: str, right: str) -> None:
    assert row(left, right) == 0


def test_number_and_date_side_by_side_need_no_care() -> None:
    assert row("VOLUME IV | ISSUE 2", "March 3, 2022", x=164) == 0


def test_a_row_far_down_the_page_is_no_nameplates() -> None:
    above = column(60, 60, *prose("up", 12))
    rows = rows_of([*above, *typed("ISSUE 2", 60, 300), *typed("March 3, 2022", 450, 300)])
    assert nameplate_rows(rows) == set()


def test_a_date_far_right_stays_with_the_number_over_three_columns() -> None:
    name = typed("Quay Letter", 40, 60, size=24, font="Serif-Bold")
    number = [*typed("VOLUME IV | ISSUE 2", 40, 84), *typed("March 3, 2022", 480, 84)]
    columns = [glyph for x in (40, 232, 424) for glyph in column(x, 120, *[line[:28] for line in prose(f"C{x}", 30)])]
    found = read(page(1, name, number, columns))
    assert any(piece.text.startswith("VOLUME IV | ISSUE 2 March 3, 2022") for piece in found.pieces)


@pytest.mark.parametrize(
    ("shift", "x", "texts"),
    [
        (3, 300, ["14 Boats and Barges Elif Nguyen"]),
        (-3, 300, ["14 Boats and Barges Elif Nguyen"]),
        (6, 300, ["14 Boats and Barges", "Elif Nguyen"]),
        (3, 160, ["14 Boats and Barges", "Elif Nguyen"]),
    ],
)
def test_cells_of_one_entry_stand_a_little_apart(shift: float, x: float, texts: list[str]) -> None:
    rows = rows_of([*typed("14 Boats and Barges", 60, 100), *typed("Elif Nguyen", x, 100 + shift)])
    assert [one.text for one in with_level_cells(rows)] == texts


def test_lines_of_columns_at_other_heights_stay_apart() -> None:
    rows = rows_of([*typed("Boats and Barges", 60, 100), *typed("Elif Nguyen", 300, 103)])
    assert len(with_level_cells(rows)) == 2
