"""Kickers over titles that begin a band: they belong to the band, not to the column above them."""

from __future__ import annotations

import pytest

from monitor.ingest.layout.kickers import level_with, opening_row
from monitor.ingest.pdf.words import rows_of
from tests.ingest_pdf.typed_pages import column, page, prose, read, typed


def above_title(kicker: str, *, font: str, size: float = 8, x: float = 60, base: float = 262) -> list[str]:
    """Return the first words of the pieces of a page on which two bands of columns stand above each other."""
    upper = [f"Left{n} and then the truce of old" for n in range(12)]
    left, right = column(60, 100, *upper), column(320, 100, *["Right and then the truce of old"] * 11, "ended.")
    title = typed("One Title of It", 60, base + 20, size=18, font="Serif-Bold")
    lower = [*column(60, 310, *prose("low", 12)), *column(320, 310, *prose("far", 12))]
    found = read(page(1, left, right, typed(kicker, x, base, size=size, font=font), title, lower))
    return [piece.text.split()[0] for piece in found.pieces]


@pytest.mark.parametrize("look", [("REPORT", "Sans"), ("Report", "Sans-Bold"), ("Report", "Serif-Italic")])
def test_a_kicker_opens_the_band_with_its_title(look: tuple[str, str]) -> None:
    assert above_title(look[0], font=look[1]) == ["Left0", look[0], "One", "low0", "far0"]


@pytest.mark.parametrize(
    ("words", "font", "size", "x"),
    [
        ("boats that nobody ever counted at night", "Serif-Bold", 8, 60),
        ("ended so.", "Serif-Bold", 8, 60),
        ("Report", "Serif", 10, 60),  # set like the text
        ("Report", "Serif-Bold", 8, 200),  # neither at the title's edge nor in its middle
        ("Report on", "Serif-Bold", 18, 60),  # the title's own first line
    ],
)
def test_what_is_no_kicker_opens_nothing(words: str, font: str, size: float, x: float) -> None:
    lines = [typed("the truce of old", 60, 200), typed(words, x, 262, size=size, font=font)]
    rows = rows_of([*lines[0], *lines[1], *typed("One Title of It", 60, 282, size=18, font="Serif-Bold")])
    assert opening_row(rows, 0, 2, 10.0) == 2


def test_a_kicker_that_begins_its_run_stays_where_it_is() -> None:
    rows = rows_of([*typed("REPORT", 60, 262, size=8), *typed("One Title", 60, 282, size=18, font="Serif-Bold")])
    assert opening_row(rows, 0, 1, 10.0) == 1


@pytest.mark.parametrize(("above", "first"), [(200, 1), (250, 2), (244, 2)])
def test_lines_beside_a_title_begin_its_band_unless_they_go_on_what_stands_above_them(above: float, first: int) -> None:
    rows = rows_of(
        [
            *typed("the truce of old", 320, above),
            *typed("In addition the truce", 320, 262),
            *typed("One Title of It", 60, 268, size=18, font="Serif-Bold"),
        ]
    )
    assert level_with(rows, 0, 2) == first
