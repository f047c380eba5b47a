from __future__ import annotations

from unicodedata import combining

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.annotations.anchoring.word_edges import cuts_word
from monitor.annotations.spans import CONTEXT, Passage, take_passage

TEXT = "The lamps were lit.[1] Nobody held the gate.\n\nThe weir\n\nCafe\u0301 \U0001f30a Ardel, 12,000 boats."


def taken(start: int, end: int) -> str | None:
    passage = take_passage(TEXT, start, end)
    return passage.quote if passage else None


def at(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


@pytest.mark.parametrize(
    ("selected", "quote"),
    [
        ("lamps were", "lamps were"),
        ("amps wer", "lamps were"),
        (" lamps ", "lamps"),
        ("gate.\n\n", "gate."),
        ("\n\nThe weir", "The weir"),
        ("gate.\n\nThe", "gate.\n\nThe"),
        ("lit.[", "lit.[1]"),
        ("1] Nobody", "[1] Nobody"),
        ("12,0", "12,000"),
        ("Caf", "Cafe\u0301"),
        ("Cafe", "Cafe\u0301"),
        ("\U0001f30a", "\U0001f30a"),
    ],
)
def test_take_passage_takes_whole_words_and_no_blanks(selected: str, quote: str) -> None:
    assert taken(*at(selected)) == quote


@pytest.mark.parametrize("nothing", [(0, 0), (5, 3), (3, 4), at("\n\n"), (10_000, 10_001), (-9, -1)])
def test_take_passage_finds_no_words_in_blanks_or_outside(nothing: tuple[int, int]) -> None:
    assert taken(*nothing) is None


def test_a_triple_click_takes_nothing_of_the_next_paragraph() -> None:
    start = TEXT.index("Nobody")
    next_paragraph = TEXT.index("The weir")
    assert taken(start, next_paragraph) == "Nobody held the gate."


def test_a_passage_knows_the_words_around_it() -> None:
    start, end = at("gate.")
    passage = take_passage(TEXT, start, end)
    assert passage == Passage(start, end, "gate.", TEXT[:start], TEXT[end : end + CONTEXT])


def test_an_endless_word_is_cut_where_it_was_cut() -> None:
    assert take_passage("a" * 1000, 300, 310) == Passage(300, 310, "a" * 10, "a" * CONTEXT, "a" * CONTEXT)


texts = st.text(st.sampled_from("ab éé\u0301\n[]123,.\u2013\u200f\U0001f30aكت日"), max_size=60)


@given(texts, st.integers(-3, 63), st.integers(-3, 63))
def test_a_passage_is_a_slice_that_cuts_no_word(text: str, start: int, end: int) -> None:
    passage = take_passage(text, start, end)
    if passage is None:
        return
    assert passage.quote == text[passage.start : passage.end]
    assert passage.quote == passage.quote.strip() != ""
    assert text[: passage.start].endswith(passage.prefix)
    assert text[passage.end :].startswith(passage.suffix)
    assert not cuts_word(text, passage.start)
    assert not cuts_word(text, passage.end)
    assert not combining(text[passage.end : passage.end + 1] or " ")


@given(texts, st.integers(0, 60), st.integers(0, 60))
def test_taking_a_passage_again_gives_the_same(text: str, start: int, end: int) -> None:
    passage = take_passage(text, start, end)
    assert passage is None or take_passage(text, passage.start, passage.end) == passage
