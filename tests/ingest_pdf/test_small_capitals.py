"""Small capitals made of capitals in two sizes."""

from __future__ import annotations

import pytest

from monitor.ingest.pdf.small_capitals import in_own_case
from monitor.ingest.pdf.words import Word, joined


def word(text: str, size: float, *, glued: bool = False, font: str = "Roman-Regular", base: float = 100) -> Word:
    return Word(text, 0, 10, base - 8, base + 2, base, size, font, glued=glued)


def small_capitals(*parts: tuple[str, str]) -> list[Word]:
    """Return words of a large capital and small ones, as TeX's Times has them."""
    return [one for large, small in parts for one in (word(large, 14.4), word(small, 11.5, glued=True))]


def test_capitals_printed_small_are_small_letters_of_full_size() -> None:
    found = in_own_case(
        [*small_capitals(("W", "HO"), ("K", "EEPS")), word("THE", 11.5), *small_capitals(("L", "OCKS"))]
    )
    assert joined(found) == "Who Keeps the Locks"
    assert {(one.size, one.font) for one in found} == {(14.4, "RomanCaps-Regular")}


def test_what_stands_beside_small_capitals_stays_as_it_is() -> None:
    found = in_own_case([*small_capitals(("T", "HE")), word("truce", 14.4), word("(CLK)", 14.4), word("12", 11.5)])
    assert [one.text for one in found] == ["T", "he", "truce", "(CLK)", "12"]
    assert found[2].font == found[3].font == "Roman-Regular"


@pytest.mark.parametrize(
    "words",
    [
        [word("T", 30), word("HE", 11.5, glued=True)],  # a drop cap
        [word("A", 12), word("NATO", 10)],  # an acronym set smaller, a word of its own
        [word("H", 12), word("2", 8, glued=True)],
        [word("X", 12), word("II", 9, glued=True, base=96)],  # raised
        [word("T", 12), word("HE", 10, glued=True, font="Other")],
        [word("THE", 12), word("TRUCE", 12)],
        [],
    ],
)
def test_other_capitals_are_none(words: list[Word]) -> None:
    assert in_own_case(words) == words
