"""Which gaps part words, in lines set wide, tight or with widths that are told wrong."""

from __future__ import annotations

import pytest

from monitor.ingest.pdf.printed_page import Glyph
from monitor.ingest.pdf.spacing import SPACE, gap_limits, without_twins
from monitor.ingest.pdf.words import rows_of


def line(
    text: str, *, gap: float, blank: float, width: float = 5, told: float | None = None, font: str = "F"
) -> list[Glyph]:
    """Return letters `gap` apart and words `blank` apart; fonts may tell another width than that of their letters."""
    glyphs, x = [], 50.0
    for letter in text:
        if letter == " ":
            x += blank - gap
            continue
        glyphs.append(Glyph(letter, x, x + (width if told is None else told), 92, 102, 100, 10, font))
        x += width + gap
    return glyphs


@pytest.mark.parametrize(
    ("text", "gap", "blank"),
    [
        ("the truce held in the north", 0, 2.5),
        ("the truce held in the north", 0, 1.3),
        ("the truce held in the north", -0.3, 2.0),
        ("the truce held in the north", 0.2, 9),
        ("RIVER LEAGUE OF THE NORTH", 2.5, 6),
        ("RIVER LEAGUE OF THE NORTH", 4, 9),
        ("END", 2.5, 6),
        ("U. S. A. and others", 0, 2.5),
    ],
)
def test_words_are_parted_where_a_reader_sees_them(text: str, gap: float, blank: float) -> None:
    (row,) = rows_of(line(text, gap=gap, blank=blank))
    assert row.text == text


@pytest.mark.parametrize("told", [0, 2, 8])
def test_widths_told_wrong_do_not_part_or_join_words(told: float) -> None:
    text = "the truce held in the north"
    (row,) = rows_of(line(text, gap=0, blank=4, told=told))
    assert row.text == text


def test_each_run_is_measured_by_itself() -> None:
    wide = line("RIVER LEAGUE", gap=3, blank=8, font="Caps")
    plain = [glyph._replace(x0=glyph.x0 + 300, x1=glyph.x1 + 300) for glyph in line("it held on", gap=0, blank=2.5)]
    (row,) = rows_of([*wide, *plain])
    assert row.text == "RIVER LEAGUE it held on"


def test_no_letters_have_no_limits() -> None:
    assert gap_limits([]) == []
    assert gap_limits(line("a", gap=0, blank=3)) == [SPACE]


@pytest.mark.parametrize("offset", [0, 0.2, 0.6, 1.2])
def test_a_letter_printed_twice_counts_once(offset: float) -> None:
    once = line("bold letters", gap=0, blank=3)
    twice = sorted([*once, *(g._replace(x0=g.x0 + offset, x1=g.x1 + offset) for g in once)], key=lambda g: g.x0)
    assert [glyph.text for glyph in without_twins(twice)] == list("boldletters")


def test_equal_letters_side_by_side_are_two_whatever_their_widths() -> None:
    narrow = line("illicit", gap=0, blank=3, width=2.2, told=10)
    assert [glyph.text for glyph in without_twins(narrow)] == list("illicit")


def test_a_blank_that_the_next_letter_covers_is_none() -> None:
    before, after = (
        line("or", gap=0, blank=3),
        [g._replace(x0=g.x0 + 10.1, x1=g.x1 + 10.1) for g in line("ganised", gap=0, blank=3)],
    )
    blank = Glyph(" ", 60, 62.5, 92, 102, 100, 10, "F")
    assert [row.text for row in rows_of([*before, blank, *after])] == ["organised"]
    further = [g._replace(x0=g.x0 + 1.5, x1=g.x1 + 1.5) for g in after]
    assert [row.text for row in rows_of([*before, blank, *further])] == ["or ganised"]


@pytest.mark.parametrize("blank", [1.78, 1.8, 1.82, 1.2])
def test_blanks_of_one_line_are_all_blanks(blank: float) -> None:
    glyphs = line("the chairs of the working group", gap=0, blank=blank)
    jittered = [g._replace(x0=g.x0 + 0.02 * (at % 3), x1=g.x1 + 0.02 * (at % 3)) for at, g in enumerate(glyphs)]
    assert [row.text for row in rows_of(jittered)] == ["the chairs of the working group"]


def test_one_wide_kern_is_no_blank() -> None:
    glyphs = line("the truce held in LA now", gap=0, blank=2.8)
    moved = [g._replace(x0=g.x0 + 1.2, x1=g.x1 + 1.2) if g.x0 > 150 else g for g in glyphs]
    assert [row.text for row in rows_of(moved)] == ["the truce held in LA now"]


def test_each_column_of_a_row_has_blanks_of_its_own() -> None:
    wide = line("ceasefire in force since", gap=0, blank=3.4)
    x = wide[-1].x1 + 8
    tight = [
        g._replace(x0=g.x0 - 50 + x, x1=g.x1 - 50 + x) for g in line("fighters who lived for years", gap=0, blank=1.77)
    ]
    assert [row.text for row in rows_of([*wide, *tight])] == ["ceasefire in force since fighters who lived for years"]


def test_an_overlong_line_does_not_mix_its_letters_with_the_next_column() -> None:
    long = line("https://example.org/annex_one.html", gap=0, blank=3)
    beside = [g._replace(x0=g.x0 + 102, x1=g.x1 + 102) for g in line("Notes on the truce", gap=0, blank=3)]
    assert [row.text for row in rows_of([*long, *beside])] == ["https://example.org/annex_one.html Notes on the truce"]


def test_leaders_do_not_hide_the_blanks_before_them() -> None:
    words = line("Ruslan Ibragimov: Briefs", gap=0, blank=2.5)
    dots = [Glyph(".", x, x + 2.5, 92, 102, 100, 10, "F") for x in range(round(words[-1].x1) + 3, 420, 5)]
    assert rows_of([*words, *dots])[0].text.startswith("Ruslan Ibragimov: Briefs")


@pytest.mark.parametrize("colon", [2.9, 1.75])
def test_a_tight_row_has_blanks_as_wide_in_and_between_its_fonts(colon: float) -> None:
    """Behind a colon a blank may be wider, and tell nothing of the others of its font; the row's other fonts do."""
    glyphs: list[Glyph] = []
    runs = [("Fernand Baque wrote of", "Plain", 1.72), ("Sluice and State", "Slanted", 1.72), ("(Ott:", "Plain", colon)]
    x = 50.0
    for text, font, after in [*runs, ("Lag, 2009)", "Plain", 1.9)]:
        run = line(text, gap=0, blank=1.72, font=font)
        glyphs += [g._replace(x0=g.x0 + x - 50, x1=g.x1 + x - 50) for g in run]
        x = glyphs[-1].x1 + after
    (row,) = rows_of(glyphs)
    assert row.text == "Fernand Baque wrote of Sluice and State (Ott: Lag, 2009)"
