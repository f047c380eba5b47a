from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from monitor.ingest.structure.announced import announced
from monitor.ingest.structure.contents import RawEntry, Row
from monitor.ingest.structure.front import Front
from monitor.ingest.structure.names_apart import name_letters, spelt, with_names_apart
from tests.ingest.typeset_pieces import piece, prose

if TYPE_CHECKING:
    from monitor.ingest.pieces import Piece

FERRY = "The Ferrymen of Sarn"


def texts(*below: Piece, names: str = "Jane Roe and Karl Ott") -> list[str]:
    entry = RawEntry(1, (Row(FERRY, 0), Row(names, 1)))
    pieces = [piece(FERRY, 16, "B"), *below, prose(1), prose(2)]
    read, _ = with_names_apart(pieces, announced(pieces, [entry]), Front((), (entry,)))
    return [one.text for one in read[1:-2]]


def test_names_glued_to_the_text_are_cut_free() -> None:
    rows = ("Jane Roe & Karl Ott", "The river rose over", "the fields.")

    assert texts(piece(" ".join(rows), rows=rows)) == ["Jane Roe & Karl Ott", "The river rose over the fields."]


def test_names_over_two_lines_are_cut_free_as_one() -> None:
    rows = ("JANE ROE AND", "KARL OTT", "The river rose.")

    assert texts(piece(" ".join(rows), rows=rows)) == ["JANE ROE AND KARL OTT", "The river rose."]


def test_names_in_two_pieces_are_one() -> None:
    assert texts(piece("Jane Roe", look="B"), piece("and Karl Ott", look="B")) == ["Jane Roe and Karl Ott"]


def test_names_of_which_a_biography_tells_are_known_too() -> None:
    bio = piece("Mira van der Sand writes on rivers.")
    rows = ("Mira van der", "Sand", "The river rose.")

    assert texts(piece(" ".join(rows), rows=rows), bio) == ["Mira van der Sand", "The river rose.", bio.text]


def test_a_biography_below_a_heading_is_not_cut() -> None:
    rows = ("Jane Roe and Karl Ott", "are analysts in Sarn.")
    bio = piece(" ".join(rows), rows=rows)

    assert texts(prose(3), piece("About the authors", look="B"), bio)[-1] == bio.text


def test_a_line_that_says_by_is_cut_free_whoever_it_names() -> None:
    rows = ("By Anna Vole", "The river rose.")

    assert texts(piece(" ".join(rows), rows=rows)) == ["By Anna Vole", "The river rose."]


@pytest.mark.parametrize(
    ("printed", "line"),
    [
        ("jane roE and karl oTT", "Jane Roe, Karl Ott"),
        ("JANE ROE AND KARL OTT", "JANE ROE AND KARL OTT"),
        ("Jane Roe & Karl Ott", "Jane Roe & Karl Ott"),
    ],
)
def test_small_capitals_of_mixed_cases_take_the_other_spelling(printed: str, line: str) -> None:
    assert spelt(printed, ("Jane Roe", "Karl Ott")) == line


def test_letters_of_names_leave_out_what_stands_between_them() -> None:
    assert name_letters("By Jane Roe, Karl Ott & Mira Sand*") == name_letters("JANE ROE AND KARL OTT AND MIRA SAND")
