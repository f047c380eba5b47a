"""What a font's codes read as, and how wide they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from monitor.ingest.letters.word_list import english_words, first_half, is_word, second_half
from monitor.ingest.pdf.fonts import UNKNOWN, cleaned, own_widths, width_of
from monitor.ingest.pdf.tex_fonts import (
    glyph_names,
    is_typewriter,
    modern_letter,
    numbered_codes,
    odd_letters,
    tex_letters,
)
from monitor.ingest.pdf.words import rows_of
from tests.ingest_guard.raw_pdf import stream
from tests.ingest_pdf.test_pdf_door import page_with


@dataclass
class Name:
    """What pdfminer gives for a name."""

    name: str


@dataclass
class Font:
    """As much of a font as its widths need."""

    widths: dict[Any, Any]
    hscale: float = 0.001
    told: dict[int, float] = field(default_factory=dict)

    def char_width(self, cid: int) -> float:
        return self.told.get(cid, 0.0)


@pytest.mark.parametrize(
    ("glyph", "text"),
    [
        ("a", "a"),
        ("\ufb01", "fi"),
        ("\ufb03", "ffi"),
        ("(cid:12)", UNKNOWN),
        ("\u00a0", " "),
        ("\u2009", " "),
        ("\x07", ""),
        ("\u200e", ""),
        ("\u00ad", "\u00ad"),
        ("\ufefb", "\u0644\u0627"),
        ("\ufe8d", "\u0627"),
        ("\ufedf", "\u0644"),
        ("\ufe76", "\u064e"),
        ("\ufb2a", "\u05e9\u05c1"),
        ("\uf761", "a"),
        ("\uf731", "1"),
        ("\u00b2", "\u00b2"),
    ],
)
def test_a_glyph_reads_as_its_letter(glyph: str, text: str) -> None:
    assert cleaned(glyph) == text


@pytest.mark.parametrize(
    ("spec", "widths"),
    [
        ({"FirstChar": 65, "Widths": [500, 250.5]}, {65: 500.0, 66: 250.5}),
        ({"FirstChar": 65}, {}),
        ({"FirstChar": -1, "Widths": [500]}, {}),
        ({"FirstChar": 2_000_000_000, "Widths": [500]}, {}),
        ({"FirstChar": "x", "Widths": [500]}, {}),
        ({"Widths": [None, 7]}, {1: 7.0}),
        (None, {}),
    ],
)
def test_a_font_has_the_widths_of_its_own_dictionary(spec: Any, widths: dict[int, float]) -> None:
    assert own_widths(spec) == widths


def test_a_ligature_without_a_width_is_as_wide_as_its_letters() -> None:
    font = Font({"f": 333, "i": 278}, told={65: 0.7})
    assert width_of(font, 12, "fi") == pytest.approx(0.611)
    assert width_of(font, 65, "A") == 0.7
    assert width_of(font, 12, "A") == 0
    assert width_of(Font({}, told={1: float("nan")}), 1, "A") == 0


def test_letters_behind_a_ligature_stay_where_they_stand() -> None:
    """Pdfminer measures Times by its own table, which knows no "fi"; the file's own widths do."""
    widths = b" ".join(b"600" for _ in range(256))
    font = (
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /FirstChar 0 /LastChar 255 /Widths [" + widths + b"] "
        b"/Encoding << /Differences [2 /fi] >> >>"
    )
    contents = stream(b"BT /F1 10 Tf 100 500 Td (\\002nal) Tj 60 0 Td (of\\002ce) Tj ET")
    (row,) = rows_of(page_with(b"/MediaBox [0 0 612 792]", contents, o5=font).glyphs)
    assert row.text == "final office"
    assert row.words[0].x1 == pytest.approx(124)


def spec(*entries: Any) -> dict[str, Any]:
    return {"Encoding": {"Differences": [Name(entry) if isinstance(entry, str) else entry for entry in entries]}}


def test_names_stand_at_their_codes() -> None:
    assert glyph_names(spec(2, "a2", "a3", 40, "bu")) == {2: "a2", 3: "a3", 40: "bu"}
    assert glyph_names({"Encoding": Name("WinAnsiEncoding")}) == {}
    assert glyph_names(None) == {}


def test_only_names_of_their_own_number_are_numbered() -> None:
    assert numbered_codes({65: "a65", 66: "b67", 67: "C067", 68: "D", 69: "abcd69"}) == {65, 67}


@pytest.mark.parametrize(
    ("codes", "code", "letter"),
    [
        ({12, 97}, 12, "fi"),
        ({28, 97}, 28, "fi"),
        ({92, 97}, 92, "\u201c"),
        ({16, 97}, 16, "\u201c"),
        ({233, 97}, 233, "\u00e9"),
        ({25, 97}, 25, "\u00df"),
        ({25, 28, 97}, 25, "\u0131"),
        ({136}, 136, "\u2022"),
        (set(), 65, None),
    ],
)
def test_texs_encodings_are_told_by_their_ligatures(codes: set[int], code: int, letter: str | None) -> None:
    assert tex_letters(frozenset(codes)).get(code) == letter


def test_typewriter_faces_and_fonts_of_which_nothing_tells_keep_their_signs() -> None:
    codes = frozenset({34, 60, 92, 95, 97, 123})
    assert "".join(tex_letters(codes, typewriter=True)[code] for code in sorted(codes)) == '"<\\_a{'
    assert "".join(tex_letters(codes)[code] for code in sorted(codes)) == "\u201d<\u201c_a\u2013"
    assert is_typewriter({34: 525, 97: 525, 98: 525, 99: 525, 100: 525, 7: 0}, frozenset({34, 97, 98, 99, 100}))
    assert not is_typewriter({97: 500, 98: 550, 99: 500, 100: 525, 101: 1}, frozenset({97, 98, 99, 100, 101}))
    assert not is_typewriter({97: 500}, frozenset({97}))


@pytest.mark.parametrize(
    ("font", "code", "letter"),
    [
        ("ABCDEF+CMR10", 32, "\u0337"),
        ("CMBX12", 11, "ff"),
        ("CMSY10", 15, "\u2022"),
        ("Times-Roman", 11, None),
        ("CMEX10", 3, None),
    ],
)
def test_unnamed_codes_of_computer_modern_are_known(font: str, code: int, letter: str | None) -> None:
    assert modern_letter(font, code) == letter


def test_odd_names_are_read_where_they_can_be() -> None:
    assert odd_letters({1: "bu", 2: "ru", 3: "Aacute"}, "F") == {1: "\u2022", 2: ""}
    assert odd_letters({1: "MT51", 2: "MT32"}, "F") == {1: "3", 2: " "}
    assert odd_letters({1: "C0", 2: "C2"}, "X+AdvMacMthSyN") == {1: "\u2212", 2: "\u00d7"}
    assert odd_letters({1: "C0", 2: "C2"}, "Times") == {}


def test_the_word_list_knows_words_and_halves() -> None:
    assert len(english_words()) > 80_000
    assert is_word("Government")
    assert not is_word("ethnoseparatist")
    assert [first_half(word) for word in ("well", "be", "ment", "co", "st")] == [True, False, False, True, False]
    assert [second_half(word) for word in ("known", "ing", "men", "to", "la")] == [True, False, False, True, False]
