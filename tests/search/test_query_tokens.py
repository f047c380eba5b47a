"""The pieces of a query: signs and words with their places, and nothing that is refused."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings

from monitor.search.query_tokens import FIELDS, QUOTES, Piece, Sort, pieces_of, strange_field, words_in
from tests.search.trees import queries


def cut(text: str) -> list[tuple[str, str]]:
    return [(piece.sort.name, piece.text) for piece in pieces_of(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \t\n\u00a0\x00\ud800", []),
        ("prison break", [("WORD", "prison"), ("WORD", "break")]),
        ("prison\x00break", [("WORD", "prison"), ("WORD", "break")]),
        ("prison\u00a0break", [("WORD", "prison"), ("WORD", "break")]),
        ("(a)", [("OPEN", "("), ("WORD", "a"), ("CLOSE", ")")]),
        ("\uff08a\uff09", [("OPEN", "\uff08"), ("WORD", "a"), ("CLOSE", "\uff09")]),
        ('"a b"', [("QUOTED", "a b")]),
        ('"a" "b"', [("QUOTED", "a"), ("QUOTED", "b")]),
        ('"a""b"', [("QUOTED", "a"), ("QUOTED", "b")]),
        ('a"b c"d', [("WORD", "a"), ("QUOTED", "b c"), ("WORD", "d")]),
        ("\u201ca b\u201d", [("QUOTED", "a b")]),
        ("\u00aba b\u00bb", [("QUOTED", "a b")]),
        ('\u201ca b"', [("QUOTED", "a b")]),
        (r'"a \"b\" c"', [("QUOTED", 'a "b" c')]),
        (r'"a \\ b"', [("QUOTED", "a \\ b")]),
        (r'"a \n b"', [("QUOTED", r"a \n b")]),
        ("-a", [("MINUS", "-"), ("WORD", "a")]),
        ("--a", [("MINUS", "-"), ("MINUS", "-"), ("WORD", "a")]),
        ("- a", [("STRAY", "-"), ("WORD", "a")]),
        ("a -", [("WORD", "a"), ("STRAY", "-")]),
        ("-(a)", [("MINUS", "-"), ("OPEN", "("), ("WORD", "a"), ("CLOSE", ")")]),
        ('-"a"', [("MINUS", "-"), ("QUOTED", "a")]),
        ("(-)", [("OPEN", "("), ("STRAY", "-"), ("CLOSE", ")")]),
        ("a-b", [("WORD", "a-b")]),
        ("OR AND NOT", [("OR", "OR"), ("AND", "AND"), ("NOT", "NOT")]),
        ("or and not", [("WORD", "or"), ("WORD", "and"), ("WORD", "not")]),
        ("ORacle", [("WORD", "ORacle")]),
        ("NEAR near NEAR/3 near/3", [("NEAR", "NEAR"), ("WORD", "near"), ("NEAR", "NEAR/3"), ("NEAR", "near/3")]),
        ("NEAR/ NEAR/x NEARBY", [("WORD", "NEAR/"), ("WORD", "NEAR/x"), ("WORD", "NEARBY")]),
        ("actor:TTP", [("FIELD", "actor"), ("VALUE", "TTP")]),
        ("ACTOR:TTP", [("FIELD", "actor"), ("VALUE", "TTP")]),
        ("actor\uff1aTTP", [("FIELD", "actor"), ("VALUE", "TTP")]),
        ("actor: TTP", [("FIELD", "actor"), ("WORD", "TTP")]),
        ('actor:"a b"', [("FIELD", "actor"), ("QUOTED", "a b")]),
        ("actor:(a b)", [("FIELD", "actor"), ("OPEN", "("), ("WORD", "a"), ("WORD", "b"), ("CLOSE", ")")]),
        ("kind:OR", [("FIELD", "kind"), ("VALUE", "OR")]),
        ("source:-x", [("FIELD", "source"), ("VALUE", "-x")]),
        ("title:tag:x", [("FIELD", "title"), ("VALUE", "tag:x")]),
        ("region:=Iraq", [("FIELD", "region"), ("VALUE", "Iraq")]),
        ("foo:bar", [("WORD", "foo:bar")]),
        ("http://a.b/c?d=e", [("WORD", "http://a.b/c?d=e")]),
        ("a, b; c", [("WORD", "a"), ("WORD", "b"), ("WORD", "c")]),
        ("a,b", [("WORD", "a"), ("WORD", "b")]),
        ("1,500", [("WORD", "1,500")]),
        ("1,500,", [("WORD", "1,500")]),
        ("x1,5y", [("WORD", "x1,5y")]),
        (",5", [("WORD", "5")]),
        ("region:Iraq,region:Syria", [("FIELD", "region"), ("VALUE", "Iraq"), ("FIELD", "region"), ("VALUE", "Syria")]),
        ("terror*", [("WORD", "terror*")]),
    ],
)
def test_pieces_of_cuts_signs_and_words(text: str, expected: list[tuple[str, str]]) -> None:
    assert cut(text) == expected


def test_pieces_say_where_they_stand() -> None:
    assert pieces_of('a region:="b c" NEAR/7 "d') == [
        Piece(Sort.WORD, "a", 0, 1),
        Piece(Sort.FIELD, "region", 2, 10, exact=True),
        Piece(Sort.QUOTED, "b c", 10, 15),
        Piece(Sort.NEAR, "NEAR/7", 16, 22, number=7),
        Piece(Sort.QUOTED, "d", 23, 25, closed=False),
    ]


@pytest.mark.parametrize("opening", QUOTES)
@pytest.mark.parametrize("closing", QUOTES)
def test_any_quotation_mark_closes_what_any_other_opened(opening: str, closing: str) -> None:
    assert pieces_of(f"{opening}a b{closing} c") == [
        Piece(Sort.QUOTED, "a b", 0, 5),
        Piece(Sort.WORD, "c", 6, 7),
    ]


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_is_known_in_capitals_too(field: str) -> None:
    assert cut(f"{field}:x {field.upper()}:x") == [("FIELD", field), ("VALUE", "x")] * 2


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        ("foo:bar", "foo"),
        ("Foo:bar", "foo"),
        ("foo:=bar", "foo"),
        ("actor:x", None),
        ("foo:", None),
        ("foo:/x", None),
        ("http://x", None),
        ("C:\\x", None),
        ("a:b", None),
        ("9:30", None),
        ("foo", None),
        ("f-o:x", None),
        ("x" * 21 + ":y", None),
    ],
)
def test_strange_field_is_a_name_that_looks_like_a_field(run: str, expected: str | None) -> None:
    assert strange_field(run) == expected


def test_words_in_parts_at_blanks_and_control_characters() -> None:
    assert words_in(" a\x00b\u3000c\ud800\n d ") == ["a", "b", "c", "d"]


@settings(deadline=None)  # the machine may be busy
@given(queries)
def test_pieces_stand_in_order_apart_and_hide_no_word(text: str) -> None:
    pieces = pieces_of(text)
    assert all(0 <= piece.start < piece.end <= len(text) for piece in pieces)
    assert all(one.end <= other.start for one, other in pairwise(pieces))
    covered = {at for piece in pieces for at in range(piece.start, piece.end)}
    assert not [letter for at, letter in enumerate(text) if at not in covered and letter.isalnum()]
