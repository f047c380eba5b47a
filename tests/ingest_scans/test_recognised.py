"""Recognised pages as they travel: there and back, and believed in nothing unchecked."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.ingest.scans.recognised import (
    LARGEST,
    LONGEST_WORD,
    RecognisedLine,
    RecognisedPage,
    RecognisedWord,
    confidence_of,
    page_from_json,
    page_to_json,
    pages_from_bytes,
    pages_to_bytes,
)

PIXELS = st.integers(0, LARGEST)
REALS = st.floats(-LARGEST, LARGEST)
LETTERS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
WORDS = st.builds(
    RecognisedWord,
    text=LETTERS,
    x0=PIXELS,
    top=PIXELS,
    x1=PIXELS,
    bottom=PIXELS,
    confidence=st.integers(0, 100),
    bold=st.booleans(),
    raised=st.booleans(),
)
LINES = st.builds(
    RecognisedLine,
    x0=PIXELS,
    base=REALS,
    slope=REALS,
    size=REALS,
    words=st.lists(WORDS, min_size=1, max_size=4).map(tuple),
)
PAGES = st.builds(
    RecognisedPage,
    number=st.integers(1, LARGEST),
    width=st.integers(1, LARGEST),
    height=st.integers(1, LARGEST),
    turned=st.sampled_from([0, 90, 180, 270]),
    straightened=REALS,
    lines=st.lists(LINES, max_size=4).map(tuple),
    languages=LETTERS,
    failure=st.one_of(st.just(""), LETTERS),
)


def word(text: str = "lamp", *, x0: int = 0, x1: int = 40, confidence: int = 90) -> RecognisedWord:
    return RecognisedWord(text, x0, 0, x1, 30, confidence)


def page(*lines: RecognisedLine) -> RecognisedPage:
    return RecognisedPage(1, 600, 800, lines=lines)


def line(*words: RecognisedWord, slope: float = 0) -> RecognisedLine:
    return RecognisedLine(0, 30, slope, 40, words)


@given(st.lists(PAGES, max_size=3, unique_by=lambda page: page.number))
def test_pages_come_back_as_they_went(pages: list[RecognisedPage]) -> None:
    assert pages_from_bytes(pages_to_bytes(pages)) == {one.number: one for one in pages}


def test_what_travels_is_ascii() -> None:
    assert pages_to_bytes([page(line(word("Ḥusayn")))]).isascii()


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_anything_else_is_a_value_error(data: Any) -> None:
    with pytest.raises(ValueError, match=r"."):
        page_from_json(data)
    with pytest.raises(ValueError, match=r"."):
        pages_from_bytes(b"[" + json.dumps(data).encode() + b"]")


@pytest.mark.parametrize(
    "wrong",
    [
        {"form": "monitor-recognised/0"},
        {"page": 0},
        {"page": "1"},
        {"size": [0, 10]},
        {"size": [10]},
        {"turned": 45},
        {"straightened": float("nan")},
        {"lines": [{"x0": 0, "base": 0.0, "slope": 0.0, "size": 9.0, "words": []}]},
        {"lines": [{"x0": 0, "base": float("inf"), "slope": 0.0, "size": 9.0, "words": [["a", 0, 0, 1, 1, 9, 0, 0]]}]},
        {"lines": [{"x0": 0, "base": 0.0, "slope": 0.0, "size": 9.0, "words": [["", 0, 0, 1, 1, 9, 0, 0]]}]},
        {"lines": [{"x0": 0, "base": 0.0, "slope": 0.0, "size": 9.0, "words": [["a", -1, 0, 1, 1, 9, 0, 0]]}]},
        {"lines": [{"x0": 0, "base": 0.0, "slope": 0.0, "size": 9.0, "words": [["a", 0, 0, 1, 1, 9]]}]},
        {"lines": [{"x0": 0, "base": 0.0, "slope": 0.0, "size": 9.0, "words": [["\ud800", 0, 0, 1, 1, 9, 0, 0]]}]},
        {"failure": "x" * (LONGEST_WORD + 1)},
        {"languages": None},
    ],
    ids=str,
)
def test_a_page_with_one_wrong_entry_is_none(wrong: dict[str, Any]) -> None:
    sound = page_to_json(page(line(word())))
    assert page_from_json(sound) == page(line(word()))
    with pytest.raises(ValueError, match=r"."):
        page_from_json(sound | wrong)


def test_longer_words_count_more_in_the_confidence() -> None:
    assert confidence_of([word("lamplighters", confidence=90), word("of", confidence=20)]) == 80
    assert page().confidence == confidence_of([]) == 0


def test_the_slope_of_a_page_is_that_of_its_long_lines() -> None:
    long = line(word(x1=200), word(x0=300, x1=500), slope=0.02)
    short = [line(word(x1=20), slope=slope) for slope in (-0.2, 0.3, 0.1)]
    assert page(*short, long).slope == 0.02
    assert page().slope == 0
