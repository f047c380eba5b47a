"""Small letters above and below the line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from monitor.ingest.pdf.raised import is_note_number, numbers_of
from monitor.ingest.pdf.words import Row, Word, rows_of
from tests.ingest_pdf.test_words import letters
from tests.ingest_pdf.typed_pages import typed

if TYPE_CHECKING:
    from monitor.ingest.pdf.printed_page import Glyph


def texts(rows: list[Row]) -> list[str]:
    return [row.text for row in rows]


def raised(text: str, x: float, base: float, *, size: float = 6) -> list[Glyph]:
    return letters(text, x, base, size=size, width=3)


@pytest.mark.parametrize(
    ("printed", "numbers"),
    [
        ("1", ["1"]),
        ("1,2", ["1", "2"]),
        ("3-5", ["3", "4", "5"]),
        ("3\u20135", ["3", "4", "5"]),
        ("1,4-6", ["1", "4", "5", "6"]),
        ("9-2", ["9", "2"]),
        ("1-99", ["1", "99"]),
        ("7,", ["7"]),
    ],
)
def test_a_marker_names_its_notes(printed: str, numbers: list[str]) -> None:
    assert numbers_of(printed) == numbers


@pytest.mark.parametrize(
    ("host", "digits", "marker"),
    [
        ("held.", "3", True),
        ("held", "12", True),
        ("2021", "5", True),
        ("1,200", "3", True),
        ("10", "6", False),
        ("Article 14"[-2:], "2", False),
        ("km", "2", False),
        ("km", "7", True),
        ("(km", "2", False),
        ("x", "2", False),
        ("I", "2", True),
        ('winter."', "4", True),
        ("held", "st", False),
    ],
)
def test_a_number_is_a_notes_by_what_it_stands_on(host: str, digits: str, *, marker: bool) -> None:
    one, other = Word(digits, 0, 1, 0, 1, 1, 6, "F"), Word(host, 0, 1, 0, 1, 1, 10, "F")
    assert is_note_number(one, other) is marker


@pytest.mark.parametrize("base", [98.0, 96.0])
def test_an_exponent_is_kept_as_one(base: float) -> None:
    assert texts(rows_of([*letters("10", 50, 100), *raised("6", 60, base), *letters("coins", 70, 100)])) == [
        "10⁶ coins"
    ]


@pytest.mark.parametrize("base", [98.0, 96.0])
def test_ordinals_and_indices_stay_with_their_words(base: float) -> None:
    assert texts(rows_of([*letters("the 1", 50, 100), *raised("st", 75, base), *letters("Army", 90, 100)])) == [
        "the 1st Army"
    ]


def test_signs_of_notes_stay_with_their_words() -> None:
    assert texts(rows_of([*letters("Okoro", 50, 100), *raised("*", 75, 96), *letters("wrote", 90, 100)])) == [
        "Okoro* wrote"
    ]


def test_markers_before_a_stop_leave_it_at_its_word() -> None:
    glyphs = [*letters("held", 50, 100), *raised("7", 70, 96), *letters(", and", 73, 100)]
    assert texts(rows_of(glyphs)) == ["held[7], and"]


def test_two_markers_with_a_blank_between_are_two() -> None:
    glyphs = [*letters("held.", 50, 100), *raised("7,", 75, 96), *raised("8", 83, 96), *letters("More", 95, 100)]
    assert texts(rows_of(glyphs)) == ["held.[7][8] More"]


def test_a_marker_set_off_by_a_blank_is_one_all_the_same() -> None:
    glyphs = [*letters("held.", 50, 100), *raised("7", 78, 97.6), *letters("More", 95, 100)]
    assert texts(rows_of(glyphs)) == ["held.[7] More"]


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("held.¹²", "held.[12]"),
        ("held¹.", "held[1]."),
        ("held¹, and", "held[1], and"),
        ("held.¹,²", "held.[1][2]"),
        ("held.³\u2013⁵", "held.[3][4][5]"),
        ("40 km² of", "40 km² of"),
        ("10⁶", "10⁶"),
        ("2021⁵", "2021[5]"),
        ("¹See", "[1] See"),
        ("²", "²"),
    ],
)
def test_superscript_letters_of_the_font_are_read_alike(printed: str, read: str) -> None:
    assert texts(rows_of(letters(printed, 50, 100))) == [read]


def test_small_print_beside_large_type_is_no_index() -> None:
    small = letters("no", 100, 96, size=6, width=3)
    beside = letters("ly a caption", 107, 96, size=6, width=3)
    assert texts(rows_of([*letters("TITLE", 50, 100), *small, *beside])) != ["TITLEnoly a caption"]


def test_a_sunk_digit_is_no_marker() -> None:
    glyphs = [*letters("CO", 50, 100), *raised("2", 60, 102), *letters("rose", 68, 100)]
    assert texts(rows_of(glyphs)) == ["CO2 rose"]


def test_a_number_beside_a_drop_cap_is_none_of_its_markers() -> None:
    lines = [*typed("Article 14", 60, 100), *typed("T", 118, 124, size=34), *typed("he truce", 136, 112)]
    assert "Article 14" in " ".join(texts(rows_of(lines)))
