from __future__ import annotations

import pytest

from monitor.ingest.pieces import Piece, Style
from monitor.ingest.structure.posts import is_post, posts_apart

TALE = "The tale of the salt war begins here, on the quay of Lorr, with a fire in the grain hall of the town."


def parted(*texts: str) -> list[tuple[str, str | None]]:
    pieces = [Piece(text.replace("\n", " "), tuple(text.split("\n"))) for text in texts]
    return [(piece.text, piece.aside) for piece in posts_apart(pieces)]


@pytest.mark.parametrize(
    ("row", "post"),
    [
        ("Department of History, University of Sarn", True),
        ("University of Sarn", True),
        ("Fellow at the Quay House", True),
        ("senior fellow", True),
        ("Institute for Salt", True),
        ("The Naval Academy", False),
        ("The Price of a Lock", False),
        ("She is a fellow of the Quay House.", False),
        ("Fellow, " + "and so on " * 20, False),
        ("", False),
    ],
)
def test_is_post_says_where_somebody_works(row: str, post: bool) -> None:
    assert is_post(row) == post


def test_posts_apart_takes_the_lines_below_the_names_out_of_their_piece() -> None:
    assert parted("Salt Roads", "Wilma Oster\nDepartment of History,\nUniversity of Sarn", TALE) == [
        ("Salt Roads", None),
        ("Wilma Oster", None),
        ("Department of History, University of Sarn", "furniture"),
        (TALE, None),
    ]


def test_posts_apart_takes_a_line_of_its_own_below_the_names() -> None:
    assert parted("Wilma Oster", "University of Sarn", TALE)[1] == ("University of Sarn", "furniture")
    assert parted("Salt and so on", "University of Sarn", TALE)[1] == ("University of Sarn", None)


def test_posts_apart_leaves_lines_that_are_over_no_text() -> None:
    masthead = ("Border Studies Quarterly\nInstitute of Salt", "Volume IX | Issue 2", TALE)

    assert parted(*masthead)[0] == ("Border Studies Quarterly Institute of Salt", None)
    assert parted("Wilma Oster\nUniversity of Sarn")[0] == ("Wilma Oster University of Sarn", None)


def test_posts_apart_leaves_what_a_layout_has_told_apart() -> None:
    pieces = [
        Piece("Wilma Oster", (), style=Style(9.0)),
        Piece("University of Sarn", (), style=Style(9.0)),
        Piece(TALE, ()),
    ]

    assert list(posts_apart(pieces)) == pieces
