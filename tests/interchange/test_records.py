from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.interchange.names import split_name
from monitor.interchange.one_line import one_line
from monitor.interchange.records import citable_date, volume_in_digits
from tests.interchange.examples import LAMPS, PASSAGE, UNKNOWN, lamps, texts

DAY = date(2022, 2, 11)


@pytest.mark.parametrize(
    ("printed", "digits"),
    [
        ("XX", "20"),
        ("xii", "12"),
        ("IX", "9"),
        ("MCMXCIV", "1994"),
        (" IV ", "4"),
        ("20", "20"),
        ("", ""),
        ("IIX", "IIX"),
        ("Vol. 3", "Vol. 3"),
    ],
)
def test_volume_in_digits_reads_roman_numerals(printed: str, digits: str) -> None:
    assert volume_in_digits(printed) == digits


@given(st.integers(1, 3999))
def test_volume_in_digits_reads_every_roman_numeral(number: int) -> None:
    ones = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]
    places = [[one.translate(str.maketrans("IVX", signs)) for one in ones] for signs in ("M??", "CDM", "XLC", "IVX")]
    roman = "".join(place[int(digit)] for place, digit in zip(places, f"{number:04}", strict=True))
    assert volume_in_digits(roman) == str(number)


def test_citable_date_is_a_printed_day() -> None:
    assert citable_date(printed=DAY, inferred=None, earliest=None, latest=None) == "2022-02-11"


@pytest.mark.parametrize(
    ("earliest", "latest", "known"),
    [
        (date(2022, 2, 3), date(2022, 2, 28), "2022-02"),
        (date(2022, 2, 11), date(2022, 2, 11), "2022-02"),
        (date(2022, 2, 3), date(2022, 3, 1), "2022"),
        (date(2021, 12, 3), date(2022, 1, 1), ""),
        (None, None, ""),
        (date(2022, 2, 3), None, ""),
    ],
)
def test_citable_date_is_what_both_ends_of_a_range_share(
    earliest: date | None, latest: date | None, known: str
) -> None:
    assert citable_date(printed=None, inferred=None, earliest=earliest, latest=latest) == known


def test_citable_date_of_an_inferred_day_is_its_month() -> None:
    assert citable_date(printed=None, inferred=DAY, earliest=None, latest=None) == "2022-02"


@pytest.mark.parametrize(
    ("first", "last", "shown"), [(5, 8, "5--8"), (5, 5, "5"), (5, None, "5"), (None, 8, "8"), (None, None, "")]
)
def test_pages_show_a_range_only_where_there_is_one(first: int | None, last: int | None, shown: str) -> None:
    assert lamps(page_first=first, page_last=last).pages("--") == shown


def test_byline_is_the_first_author() -> None:
    assert LAMPS.byline == "Varrow"
    assert lamps(authors=(split_name("The Editors"),)).byline == "The Editors"
    assert UNKNOWN.byline == ""


def test_passage_links_to_its_paragraph_or_else_to_its_note() -> None:
    assert PASSAGE.permalink == f"{LAMPS.permalink}#p3"
    assert replace(PASSAGE, note=4).permalink == f"{LAMPS.permalink}#p3"
    assert replace(PASSAGE, paragraph=None, note=4).permalink == f"{LAMPS.permalink}#n4"
    assert replace(PASSAGE, article=UNKNOWN).permalink == ""


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a\r\n b", "a b"),
        ("\ta\x00\x85\u2028b  c ", "a b c"),
        ("half \ud83d", "half"),
        ("kept: \u00a0🏮\u200f", "kept: \u00a0🏮\u200f"),
        (" \n", ""),
    ],
)
def test_one_line_turns_line_ends_and_controls_into_one_blank(text: str, line: str) -> None:
    assert one_line(text) == line


@given(texts)
def test_one_line_is_one_line_that_utf_8_can_hold(text: str) -> None:
    line = one_line(text)
    assert line.splitlines() in ([], [line])
    assert one_line(line) == line
    assert line.encode().decode() == line
