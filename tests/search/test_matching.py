"""What a query's words find in texts, by the plain measure, and that the quick way finds the same."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.search.compiled import EVERY_FIELD, Close, Field, Lexeme, Text, Words
from monitor.search.hit_places import Tokens
from monitor.search.matching import matches, places_of, words_in
from monitor.search.query_language import parse
from monitor.search.query_tree import Near, Node, Or, Phrase, Prefix, Word
from monitor.search.writings import expanded


def asked(query: str) -> Words | Close:
    tree = parse(query).tree
    assert isinstance(tree, Word | Prefix | Phrase | Near | Or)
    return expanded(tree)


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("attack", "The attacks were attacked.", ["attacks", "attacked"]),
        ('"prison break"', "A prison break; many breaks. Prison-breaks.", ["prison break", "Prison-breaks"]),
        ('"prison break"', "The prison did break.", []),
        (
            "al-Kadhimi",
            "Prime Minister al-Kadhimi, or Kadhimi\u2019s aide",
            ["al-Kadhimi", "Kadhimi", "Kadhimi\u2019s"],
        ),
        ("Kadhimi", "el-Kadhimi", ["Kadhimi"]),
        ("counterterrorism", "new counter-terrorism laws", ["counter-terrorism"]),
        ('"counterterrorism law"', "new counter-terrorism laws", ["counter-terrorism laws"]),
        ("counter-terrorism", "counter terrorism and counterterrorism", ["counter terrorism", "counterterrorism"]),
        ("militan*", "A militant, militants, the military", ["militant", "militants"]),
        ("bomb NEAR/2 mosque", "a bomb near a mosque, a bomb at mosques", ["mosque", "bomb", "mosques"]),
        ("mosque NEAR/2 bomb", "a bomb at the mosque", []),
        ("mosque NEAR/3 bomb", "a bomb at the mosque", ["bomb", "mosque"]),
        ('"the green zone" NEAR/1 bomb', "bomb the green zone", ["bomb", "the green zone"]),
        ("bomb NEAR/5 bomb", "one bomb", []),
        ("bomb NEAR/5 bomb", "one bomb after another bomb", ["bomb", "bomb"]),
        ("ISIS", "The ISI is not it.", []),
        ("9/11", "since 9/11 and 9-11", ["9/11", "9-11"]),
        ("\u5317\u4eac", "\u5728\u5317\u4eac\u5927\u5b66", ["\u5317\u4eac"]),
        ("Istanbul", "\u0130stanbul", ["\u0130stanbul"]),
    ],
)
def test_places_of_are_the_words_that_were_asked_for(query: str, text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in places_of(asked(query), text)] == expected


def test_nothing_that_is_no_word_is_found() -> None:
    assert places_of(Words(()), "anything") == []
    assert not words_in(Close(Words(()), Words(((Lexeme("a"),),)), 5), "a a a")


PARTS = [(Field.TITLE, "A prison"), (Field.BODY, "break the law"), (Field.NOTES, "prison break"), (Field.HEADS, "Law")]


@pytest.mark.parametrize(
    ("query", "fields", "expected"),
    [
        ("prison", EVERY_FIELD, True),
        ("prison", {Field.BODY}, False),
        ("prison", {Field.BODY, Field.TITLE}, True),
        ('"prison break"', EVERY_FIELD, True),
        ('"prison break"', {Field.TITLE, Field.BODY}, False),
        ("prison NEAR/5 break", {Field.TITLE, Field.BODY}, False),
        ("law", {Field.HEADS}, True),
        ("law", set(), False),
    ],
)
def test_matches_looks_in_the_asked_fields_and_never_over_two_parts(
    query: str, fields: set[Field], expected: bool
) -> None:
    assert matches(Text(asked(query), frozenset(fields)), PARTS) is expected


SOME_WORDS = [
    "prison",
    "prisons",
    "break",
    "al-Qaeda",
    "Qaeda",
    "al",
    "counter-terrorism",
    "counter",
    "terrorism",
    "law",
]
some_words = st.sampled_from(SOME_WORDS)
some_texts = st.lists(some_words, max_size=25).map(" ".join)
some_sides: st.SearchStrategy[Node] = st.one_of(
    some_words.map(Word),
    st.sampled_from(["pri", "terr", "al"]).map(Prefix),
    st.lists(some_words, min_size=2, max_size=3).map(lambda words: Phrase(tuple(words))),
)
some_nodes = st.one_of(some_sides, st.builds(Near, some_sides, some_sides, st.integers(1, 5)))


@settings(deadline=None)  # the machine may be busy
@given(some_nodes, some_texts)
def test_what_pages_mark_is_there_exactly_when_it_matches(node: Node, text: str) -> None:
    words = expanded(node)
    marked, found = Tokens(text).spans(words), places_of(words, text)
    assert bool(marked) is bool(found) is words_in(words, text)
    assert {start for start, _ in marked} >= {start for start, _ in found} or all(
        any(start <= begin and stop <= end for start, end in found) for begin, stop in marked
    )


@settings(deadline=None)
@given(some_nodes, some_texts, some_texts)
def test_more_text_never_unmakes_a_match(node: Node, text: str, more: str) -> None:
    words = expanded(node)
    assert not words_in(words, text) or words_in(words, f"{text} {more}")


@settings(deadline=None)
@given(some_sides, some_sides, st.integers(1, 6), some_texts)
def test_near_is_the_same_in_either_order_and_wider_finds_more(left: Node, right: Node, far: int, text: str) -> None:
    assert places_of(expanded(Near(left, right, far)), text) == places_of(expanded(Near(right, left, far)), text)
    assert set(places_of(expanded(Near(left, right, far)), text)) <= set(
        places_of(expanded(Near(left, right, far + 1)), text)
    )
