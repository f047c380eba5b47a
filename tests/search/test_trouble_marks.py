"""A query's text in pieces under which its troubles are shown."""

from __future__ import annotations

from hypothesis import given, settings

from monitor.search.query_language import parse
from monitor.search.query_tree import Trouble
from monitor.search.trouble_marks import MarkedPiece, marked_pieces, shown_pieces, with_instead
from tests.search.trees import queries


def test_marked_pieces_show_where_troubles_are() -> None:
    parsed = parse("auhtor:Khan & (b")
    assert marked_pieces(parsed.text, parsed.troubles) == (
        MarkedPiece("auhtor:Khan", (0,)),
        MarkedPiece(" "),
        MarkedPiece("&", (1,)),
        MarkedPiece(" "),
        MarkedPiece("(", (2,)),
        MarkedPiece("b"),
    )


def test_troubles_that_overlap_share_a_piece() -> None:
    troubles = [Trouble("A.", "B.", start=0, end=4), Trouble("C.", "D.", start=2, end=4)]
    assert marked_pieces("abcdef", troubles) == (
        MarkedPiece("ab", (0,)),
        MarkedPiece("cd", (0, 1)),
        MarkedPiece("ef"),
    )


def test_a_text_without_troubles_is_one_piece_and_an_empty_one_none() -> None:
    assert marked_pieces("prison", ()) == (MarkedPiece("prison"),)
    assert marked_pieces("", ()) == ()


def test_what_cannot_be_shown_is_replaced() -> None:
    assert marked_pieces("a\x00\ud800\n", ()) == (MarkedPiece("a\ufffd\ufffd\ufffd"),)


def test_a_long_query_is_shown_around_its_troubles() -> None:
    text = "x" * 200 + "&" + "y" * 200
    pieces = shown_pieces(text, [Trouble("No word.", "Left out.", start=200, end=201)])
    assert [piece.text for piece in pieces] == ["x" * 40, "\u2026", "x" * 40, "&", "y" * 40, "\u2026", "y" * 40]
    assert [piece.is_gap for piece in pieces] == [False, True, False, False, False, True, False]
    assert [piece.troubles for piece in pieces if piece.text == "&"] == [(0,)]


def test_with_instead_puts_what_may_be_meant_in_its_place() -> None:
    parsed = parse('a country:"Saudi Arabia" b')
    assert with_instead(parsed, parsed.troubles[0]) == 'a region:"Saudi Arabia" b'
    parsed = parse("a auhtor:Khan b")
    assert with_instead(parsed, parsed.troubles[0]) == "a author:Khan b"


@settings(deadline=None)  # the machine may be busy
@given(queries)
def test_marked_pieces_are_the_text_and_show_every_trouble(query: str) -> None:
    parsed = parse(query)
    pieces = marked_pieces(query, parsed.troubles)
    joined = "".join(piece.text for piece in pieces)
    assert len(joined) == len(query)
    assert not query or joined.encode()
    assert {at for piece in pieces for at in piece.troubles} == set(range(len(parsed.troubles)))
