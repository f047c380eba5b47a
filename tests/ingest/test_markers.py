from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.ingest.apparatus.markers import is_marked, markers_of, with_bracketed_markers
from monitor.ingest.document import Block, Marker, Origin
from monitor.ingest.pieces import Piece


def bracketed(*texts: str, numbers: frozenset[int] = frozenset({1, 2, 3})) -> list[str]:
    pieces = [Piece(text, (text,), origin=(Origin(0, 0, len(text)),)) for text in texts]
    return [piece.text for piece in with_bracketed_markers(pieces, set(numbers))]


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("The tolls rose.\u00b9 Nobody paid.", "The tolls rose.[1] Nobody paid."),
        ("The tolls rose \u00b9.", "The tolls rose [1]."),
        ("The tolls\u00b2 rose.", "The tolls[2] rose."),
        ("The tolls rose.\u2074", "The tolls rose.\u2074"),
        ("A hall of 31 m\u00b2 and 4 km\u00b2.", "A hall of 31 m\u00b2 and 4 km\u00b2."),
        ("The tolls rose.1 Nobody paid.", "The tolls rose.[1] Nobody paid."),
        ('"They rose,"1 he said.', '"They rose,"[1] he said.'),
        ("\u201cThey rose.\u201d1) He paid.", "\u201cThey rose.\u201d[1] He paid."),
        ("They rose (again).1", "They rose (again).[1]"),
        ("They rose. (1) Nobody paid.", "They rose. [1] Nobody paid."),
        ("They rose in 2018.1 Nobody paid.", "They rose in 2018.[1] Nobody paid."),
    ],
)
def test_markers_of_every_make_stand_in_brackets(printed: str, shown: str) -> None:
    assert bracketed(printed) == [shown]


@pytest.mark.parametrize(
    "text",
    [
        "The price rose by 3.1 in May.",
        "At 5:1 the gates open.",
        "Lock No.1 is shut.",
        "See vol.1 of the papers.",
        "One (1) boat and two (2) carts.",
        "It fell to 12,1 crowns.",
        "The band has 1 boat.",
        "A claim.9 Nobody heard it.",
    ],
)
def test_numbers_that_lead_to_no_note_stay_as_printed(text: str) -> None:
    assert bracketed(text) == [text]


def test_digits_on_the_line_count_up_from_the_first_note() -> None:
    assert bracketed("A rose.1 B fell.3 C held.2", "D won.3") == ["A rose.[1] B fell.[3] C held.2", "D won.3"]
    assert bracketed("A rose.2 B fell.3") == ["A rose.[2] B fell.[3]"]
    assert bracketed("A rose.3 B fell.1") == ["A rose.3 B fell.[1]"]
    assert bracketed("A rose.7 B fell.8", numbers=frozenset({7, 8})) == ["A rose.[7] B fell.[8]"]


def test_digits_on_the_line_are_no_markers_where_others_are_printed() -> None:
    assert bracketed("A rose.[1] It rose by verse.2 again.") == ["A rose.[1] It rose by verse.2 again."]
    assert bracketed("A rose.\u00b9 It fell.2") == ["A rose.[1] It fell.2"]


def test_without_notes_nothing_is_a_marker() -> None:
    assert bracketed("A rose.1 B fell.\u00b2", numbers=frozenset()) == ["A rose.1 B fell.\u00b2"]


def test_a_bracketed_marker_knows_the_digit_it_was() -> None:
    (piece,) = with_bracketed_markers([Piece("A rose.1 B.", (), origin=(Origin(0, 50, 11),))], {1})

    assert piece.text == "A rose.[1] B."
    assert piece.origin == (Origin(0, 50, 8), Origin(8, 57, 1), Origin(9, 57, 4))


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("A rose [1].", True),
        ("A rose.\u00b9", True),
        ("A rose.1 B.", True),
        ("A rose. (1)", True),
        ("A rose [2].", False),
        ("A rose by 3.1 feet.", False),
    ],
)
def test_is_marked_asks_for_the_first_note(text: str, marked: bool) -> None:
    assert is_marked(text) == marked


def test_markers_of_tables_are_no_markers() -> None:
    blocks = [Block("para", "A [1] b [2]"), Block("table", "1 [3]"), Block("quote", "[4]")]

    assert list(markers_of(blocks)) == [Marker(1, 0, 2), Marker(2, 0, 8), Marker(4, 2, 0)]


@given(st.lists(st.text(alphabet='ab .,"()[]1239\u00b9\u00b2', max_size=40), max_size=4))
def test_bracketing_changes_nothing_but_the_signs_around_digits(texts: list[str]) -> None:
    digits = str.maketrans("\u00b9\u00b2", "12", "[]()")

    shown = bracketed(*texts)

    assert [text.translate(digits) for text in shown] == [text.translate(digits) for text in texts]
    assert bracketed(*shown) == shown
