from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.annotations.utf16 import Utf16Ruler, first_half_surrogate

WAVE = "\U0001f30a"
texts = st.text(
    st.sampled_from(["a", "é", WAVE, "\u0301", "\n", "\U00020000", "\uffff"]) | st.characters(exclude_categories=["Cs"])
)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(texts)
def test_ruler_counts_as_utf_16_does_and_back(text: str) -> None:
    ruler = Utf16Ruler(text)
    assert ruler.units == units(text)
    for at in range(len(text) + 1):
        assert ruler.units_of(at) == units(text[:at])
        assert ruler.code_points_of(ruler.units_of(at)) == at
        assert ruler.code_points_of(ruler.units_of(at), end=True) == at


@given(texts, st.integers(0, 40), st.integers(0, 40))
def test_range_of_holds_whole_characters(text: str, start: int, end: int) -> None:
    ruler = Utf16Ruler(text)
    start, end = sorted((min(start, ruler.units), min(end, ruler.units)))
    first, last = ruler.range_of(start, end)
    assert units(text[:first]) <= start
    assert units(text[:last]) >= end
    assert units(text[:first]) >= start - 1
    assert units(text[:last]) <= end + 1


@pytest.mark.parametrize(
    ("at", "start", "end"), [(0, 0, 0), (1, 1, 1), (2, 1, 2), (3, 2, 2), (4, 3, 3), (9, 8, 8), (-1, -1, -1)]
)
def test_code_points_of_an_offset_within_a_character_and_beyond_the_text(at: int, start: int, end: int) -> None:
    ruler = Utf16Ruler(f"a{WAVE}b")
    assert (ruler.code_points_of(at), ruler.code_points_of(at, end=True)) == (start, end)


@pytest.mark.parametrize(("text", "at"), [("", None), (f"a{WAVE}", None), ("\ud800", 0), ("ab\udc00", 2)])
def test_first_half_surrogate(text: str, at: int | None) -> None:
    assert first_half_surrogate(text) == at
