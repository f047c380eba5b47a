"""Accents drawn as glyphs of their own find their letters; signs that stand alone stay alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.ingest.pdf.accents import with_accents
from monitor.ingest.pdf.printed_page import Glyph
from monitor.ingest.pdf.words import rows_of


def glyph(text: str, x0: float, x1: float, base: float = 100, size: float = 10) -> Glyph:
    return Glyph(text, x0, x1, base - 0.8 * size, base + 0.2 * size, base, size, "F")


def texts(*glyphs: Glyph) -> list[str]:
    return [found.text for found in with_accents(glyphs)]


@pytest.mark.parametrize(
    ("mark", "letter", "composed"),
    [
        ("\u00b4", "e", "é"),
        ("`", "e", "è"),
        ("^", "o", "ô"),
        ("\u02c6", "o", "ô"),
        ("\u00a8", "u", "ü"),
        ("\u02dc", "n", "ñ"),
        ("~", "n", "ñ"),
        ("\u02da", "a", "å"),
        ("\u02c7", "s", "š"),
        ("\u02dd", "o", "ő"),
        ("\u02d8", "g", "ğ"),
        ("\u00af", "a", "ā"),
        ("\u02d9", "z", "ż"),
        ("\u00b8", "c", "ç"),
        ("\u02db", "a", "ą"),
        ("\u00a8", "\u0131", "ï"),
        ("\u00b4", "\u0131", "í"),
        ("\u0337", "l", "ł"),
        ("\u0338", "O", "Ø"),
        ("\u0301", "e", "é"),
    ],
)
def test_an_accent_over_its_letter_is_part_of_it(mark: str, letter: str, composed: str) -> None:
    assert texts(glyph(mark, 50, 55), glyph(letter, 50, 55)) == [composed]
    assert texts(glyph(letter, 50, 55), glyph(mark, 50.4, 54.6)) == [composed]


def test_an_accent_over_a_capital_is_raised() -> None:
    assert texts(glyph("\u00b4", 51, 56, base=97.7), glyph("E", 50, 57)) == ["É"]


@pytest.mark.parametrize(("mark", "letter", "composed"), [(".", "H", "Ḥ"), ("\u00af", "d", "ḏ"), (",", "s", "ș")])
def test_a_sign_below_its_letter_is_part_of_it(mark: str, letter: str, composed: str) -> None:
    assert texts(glyph(letter, 50, 57), glyph(mark, 52, 55, base=102.2)) == [composed]


def test_an_accent_finds_its_letter_wherever_it_was_drawn() -> None:
    word = [glyph(letter, 50 + 5 * at, 55 + 5 * at) for at, letter in enumerate("departement")]
    assert "".join(texts(*word, glyph("\u00b4", 55.3, 59.7))) == "département"


@pytest.mark.parametrize("sign", ["`", "^", "~", "\u00b4", "\u00a8", "'", "\u00b0"])
def test_a_sign_that_stands_alone_stays(sign: str) -> None:
    assert texts(glyph("a", 50, 55), glyph(sign, 55, 58), glyph("b", 58, 63)) == ["a", sign, "b"]


def test_full_stops_and_commas_stay_on_the_line() -> None:
    assert texts(glyph("a", 50, 55), glyph(".", 55, 57), glyph(",", 57, 59)) == ["a", ".", ","]


def test_an_accent_of_another_size_or_line_is_no_part() -> None:
    assert texts(glyph("\u00b4", 50, 55, size=20), glyph("e", 50, 55)) == ["\u00b4", "e"]
    assert texts(glyph("\u00b4", 50, 55, base=88), glyph("e", 50, 55)) == ["\u00b4", "e"]


def test_a_mark_without_width_belongs_to_the_letter_it_was_drawn_with() -> None:
    assert texts(glyph("a", 50, 55), glyph("\u0301", 55, 55), glyph("b", 55, 60)) == ["á", "b"]


def test_an_accent_makes_no_letter_that_nobody_knows() -> None:
    assert texts(glyph("\u02db", 50, 55), glyph("x", 50, 55)) == ["\u02db", "x"]


def test_words_are_whole_again() -> None:
    letters = [glyph("f", 40, 44), glyph("a", 44, 49), glyph("\u00b4", 49, 54), glyph("e", 49, 54), glyph("s", 54, 58)]
    assert [row.text for row in rows_of(letters)] == ["faés"]


GLYPHS = st.lists(
    st.builds(
        lambda text, x, base: glyph(text, x, x + 5, base=base),
        st.sampled_from(["a", "e", "\u00b4", "`", ".", "\u0301", " ", "L", "\u0337"]),
        st.integers(0, 40),
        st.sampled_from([100, 102, 97]),
    ),
    max_size=12,
)


@given(GLYPHS)
def test_nothing_is_lost_but_what_became_part_of_a_letter(glyphs: list[Glyph]) -> None:
    found = with_accents(glyphs)
    letters = sum(g.text.isalpha() for g in glyphs)
    assert sum(g.text[0].isalpha() for g in found) == letters
    assert len(found) <= len(glyphs)
