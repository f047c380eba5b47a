from __future__ import annotations

import pytest

from monitor.ingest.apparatus.raised_numbers import parted, settled
from monitor.ingest.pieces import Piece, Superscript


def raised(text: str) -> Piece:
    """Return a piece in which every "[n]" and every superscript digit is printed raised."""
    found = []
    for at, sign in enumerate(text):
        if sign == "[":
            end = text.index("]", at) + 1
            found.append(Superscript(at, end, text[at + 1 : end - 1]))
        elif sign in "²³⁶":
            found.append(Superscript(at, at + 1, str("⁰¹²³⁴⁵⁶⁷⁸⁹".index(sign))))
    return Piece(text, (text,), superscripts=tuple(found))


def texts(pieces: list[str], numbers: set[int]) -> list[str]:
    return [piece.text for piece in settled([raised(text) for text in pieces], numbers).pieces]


def test_a_number_that_a_note_bears_is_a_marker() -> None:
    assert texts(["The river rose.[1] It fell.[2]"], {1, 2}) == ["The river rose.[1] It fell.[2]"]


def test_a_number_that_no_note_bears_is_printed_raised_again() -> None:
    result = settled([raised("A lake of 40 km[2] lies there."), raised("It was 10[6] tons.[1]")], {1})

    assert [piece.text for piece in result.pieces] == ["A lake of 40 km² lies there.", "It was 10⁶ tons.[1]"]
    assert result.unmatched == ((0, 15, 16), (1, 9, 10))


def test_a_number_that_goes_on_the_run_is_a_marker_whose_note_is_lost() -> None:
    result = settled([raised("One.[1] Two.[2] Three.[3]")], {1, 3})

    assert result.pieces[0].text == "One.[1] Two.[2] Three.[3]"
    assert result.unmatched == ()


def test_without_any_notes_a_run_from_one_on_still_marks() -> None:
    assert texts(["One.[1] Two.[2]", "Forty km[7] more.[3]"], set()) == ["One.[1] Two.[2]", "Forty km⁷ more.[3]"]


def test_two_numbers_that_touch_are_parted() -> None:
    assert texts(["One.[1] Two.[2] Both.[34] Then.[5]"], {1, 2, 3, 4, 5}) == ["One.[1] Two.[2] Both.[3][4] Then.[5]"]


@pytest.mark.parametrize(
    ("digits", "last", "numbers", "expected"),
    [
        ("34", 2, {3, 4}, [3, 4]),
        ("910", 8, {9, 10}, [9, 10]),
        ("1011", 9, {10, 11}, [10, 11]),
        ("34", 3, {3, 4}, []),
        ("43", 2, {3, 4}, []),
        ("304", 2, {3, 4}, []),
        ("5", 4, {5}, []),
    ],
)
def test_parted_numbers_count_up(digits: str, last: int, numbers: set[int], expected: list[int]) -> None:
    assert parted(digits, last, numbers) == expected


def test_pieces_without_raised_numbers_stay_as_they_are() -> None:
    plain = Piece("A text with [7] on the line.", ("A text with [7] on the line.",))

    assert settled([plain], {1}).pieces == (plain,)


def test_places_of_unmatched_numbers_are_those_in_the_new_text() -> None:
    result = settled([raised("a km[2] and m[3] there")], set())
    (piece,) = result.pieces

    assert [piece.text[start:end] for _, start, end in result.unmatched] == ["²", "³"]


def test_numbers_already_taken_for_powers_stay() -> None:
    assert texts(["10² is a hundred"], {2}) == ["10² is a hundred"]
