from __future__ import annotations

import pytest

from monitor.ingest.pieces import Piece, Style
from monitor.ingest.structure.styles import Body, is_body_like, is_head_like, is_set_apart, is_title_like

BODY = Body(10.0)


def piece(size: float, *, bold: bool = False, italic: bool = False, text: str = "Salt Roads") -> Piece:
    return Piece(text, (), style=Style(size, bold, italic))


def test_body_of_is_the_size_of_most_characters() -> None:
    assert Body.of([piece(16, text="Salt"), piece(9.9, text="x" * 90), piece(8, text="y" * 50)]) == Body(10.0)
    assert Body.of([Piece("Salt", ())]) == Body(None)
    assert Body.of([]) == Body(None)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (piece(12, bold=True), True),
        (piece(12), False),
        (piece(16), True),
        (piece(16, italic=True), False),
        (piece(10, bold=True), False),
        (piece(16, text="x" * 400), False),
        (Piece("Salt", ()), False),
    ],
)
def test_is_title_like_asks_for_size_and_weight(given: Piece, expected: bool) -> None:
    assert is_title_like(given, BODY) is expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (piece(10, bold=True), True),
        (piece(12, bold=True), True),
        (piece(8, bold=True), False),
        (piece(10), False),
        (piece(10, bold=True, text="It fell."), False),
        (piece(10, bold=True, text="Why Now?"), True),
        (piece(10, bold=True, text="x" * 130), False),
        (Piece("Salt", ()), False),
    ],
)
def test_is_head_like_asks_for_weight_and_one_line(given: Piece, expected: bool) -> None:
    assert is_head_like(given, BODY) is expected


def test_is_body_like_is_running_text() -> None:
    assert is_body_like(piece(10.4), BODY)
    assert not is_body_like(piece(12), BODY)
    assert not is_body_like(piece(10, bold=True), BODY)
    assert not is_body_like(piece(10), Body(None))


def test_small_heads_in_capitals_are_set_apart() -> None:
    assert is_set_apart(piece(9, text="WHAT COMES NEXT?"), BODY)
    assert not is_set_apart(piece(9, text="What Comes Next?"), BODY)
    assert not is_set_apart(piece(7, text="WHAT COMES NEXT?"), BODY)
