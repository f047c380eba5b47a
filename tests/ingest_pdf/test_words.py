"""Words and rows out of single letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.ingest.pdf.printed_page import Glyph, PageLink
from monitor.ingest.pdf.words import NO_LINK, Row, Word, is_bold, is_italic, joined, rows_of


def letters(
    text: str, x: float, base: float, *, size: float = 10, font: str = "Serif", width: float = 5, gap: float = 0
) -> list[Glyph]:
    """Return glyphs of one width, side by side; a blank takes room and is not drawn."""
    glyphs: list[Glyph] = []
    for letter in text:
        if letter != " ":
            glyphs.append(Glyph(letter, x, x + width, base - 0.8 * size, base + 0.2 * size, base, size, font))
        x += width + gap
    return glyphs


def texts(rows: list[Row]) -> list[str]:
    return [row.text for row in rows]


def test_gaps_part_words() -> None:
    assert texts(rows_of(letters("the truce held", 50, 100))) == ["the truce held"]


def test_printed_blanks_part_words_set_tight() -> None:
    tight = letters("the", 50, 100)
    tight += [Glyph(" ", 65, 66, 92, 102, 100, 10, "Serif"), *letters("truce", 66, 100)]
    assert texts(rows_of(tight)) == ["the truce"]


def test_rows_come_from_top_to_bottom_and_letters_from_left_to_right() -> None:
    glyphs = [*letters("below", 50, 120), *letters("above", 50, 100)]
    assert texts(rows_of(glyphs[::-1])) == ["above", "below"]


def test_a_letter_of_another_font_with_deeper_descent_stays_in_its_row() -> None:
    glyphs = letters("asan", 55, 100)
    glyphs.append(Glyph("Ḥ", 50, 55, 91, 105, 100.3, 10, "Fallback"))
    assert texts(rows_of(glyphs)) == ["Ḥasan"]


def test_letters_printed_twice_for_boldness_count_once() -> None:
    twice = [*letters("bold", 50, 100), *letters("bold", 50.3, 100)]
    assert texts(rows_of(twice)) == ["bold"]


def test_double_letters_are_no_twins() -> None:
    assert texts(rows_of(letters("ill-fitting balloons", 50, 100, width=2.5))) == ["ill-fitting balloons"]


def test_letter_spaced_titles_keep_their_words() -> None:
    glyphs = letters("RIVER", 50, 100, gap=3)
    glyphs += letters("LEAGUE", 50 + 5 * 8 + 8, 100, gap=3)
    assert texts(rows_of(glyphs)) == ["RIVER LEAGUE"]


@pytest.mark.parametrize(
    ("before", "digits", "expected"),
    [
        ("held.", "12", "held.[12]"),
        ("held", "3", "held[3]"),
        ("held.", "3,4", "held.[3][4]"),
        ("km", "2", "km²"),
        ("10", "6", "10⁶"),
        ("2021", "5", "2021[5]"),
        ("held", "3-5", "held[3][4][5]"),
        ("x", "2", "x²"),
    ],
)
def test_raised_digits_in_a_row_of_their_own(before: str, digits: str, expected: str) -> None:
    glyphs = letters(f"it {before}", 50, 100)
    raised = letters(digits, 50 + 5 * len(f"it {before}"), 96, size=6, width=3)
    follow = letters("More", 200, 100)
    assert texts(rows_of([*glyphs, *raised, *follow])) == [f"it {expected} More"]


def test_raised_digits_within_the_tolerance_of_the_row() -> None:
    glyphs = letters("held.", 50, 100)
    raised = letters("7", 75, 98, size=6, width=3)
    assert texts(rows_of([*glyphs, *raised])) == ["held.[7]"]


def test_lowered_digits_belong_to_their_word() -> None:
    glyphs = [*letters("H", 50, 100), *letters("2", 55, 103, size=6, width=3), *letters("O", 58, 100)]
    assert texts(rows_of(glyphs)) == ["H2O"]


def test_a_raised_number_before_a_small_line_is_its_label() -> None:
    glyphs = [*letters("4", 50, 96.5, size=5, width=3), *letters("See above.", 54, 100, size=8, width=4)]
    assert texts(rows_of(glyphs)) == ["[4] See above."] or texts(rows_of(glyphs)) == ["[4]See above."]


def test_small_print_with_numbers_is_left_alone() -> None:
    small = [*letters("Sold 12 of 20 in 1999", 50, 100, size=6, width=3), *letters("Body text here", 50, 111)]
    assert texts(rows_of(small)) == ["Sold 12 of 20 in 1999", "Body text here"]


def test_superscript_letters_of_the_font_are_markers_at_a_words_end_only() -> None:
    assert texts(rows_of(letters("held.¹² km² ²", 50, 100))) == ["held.[12] km² ²"]


def test_soft_hyphens_inside_a_line_are_hyphens() -> None:
    assert texts(rows_of(letters("twenty\u00adfive men\u00ad", 50, 100))) == ["twenty-five men\u00ad"]


def test_links_part_words_without_a_space() -> None:
    (row,) = rows_of(letters("(Dawn, May)", 50, 100), [PageLink(54, 90, 76, 104, "https://example.org")])
    assert row.text == "(Dawn, May)"
    assert [word.text for word in row.words if word.link != NO_LINK] == ["Dawn"]


@pytest.mark.parametrize(("start", "linked"), [(51, "Dawn"), (53, "Dawn"), (60.5, ""), (40, "Dawn")])
def test_a_link_cuts_no_word(start: float, linked: str) -> None:
    (row,) = rows_of(letters("Dawn News", 50, 100), [PageLink(start, 90, 70.5, 104, "https://example.org")])
    assert [word.text for word in row.words if word.link != NO_LINK] == ([linked] if linked else [])


def test_the_link_under_the_letter_is_found_among_many() -> None:
    links = [PageLink(50, 20.0 * n, 99, 20.0 * n + 12, f"https://example.org/{n}") for n in range(40)]
    (row,) = rows_of(letters("Dawn", 50, 30 * 20 + 9), links)
    assert [word.link for word in row.words] == [30]


def test_composed_letters_are_one() -> None:
    glyphs = letters("Ze\u0301", 50, 100, width=3)
    assert texts(rows_of(glyphs)) == ["Zé"]


@pytest.mark.parametrize(
    ("font", "bold", "italic"),
    [
        ("Times-Roman", False, False),
        ("Times-BoldItalic", True, True),
        ("HelveticaNeue-Black", True, False),
        ("Minion-SemiboldIt", True, False),
        ("LiberationSans-Oblique", False, True),
        ("Demilight", True, False),
    ],
)
def test_styles_are_read_from_names(font: str, *, bold: bool, italic: bool) -> None:
    assert (is_bold(font), is_italic(font)) == (bold, italic)


def test_glued_words_join_without_a_space() -> None:
    word = Word("ban", 0, 1, 0, 1, 1, 10, "F")
    assert (
        joined([word, word._replace(text="dit", glued=True), word._replace(text="3", marker=True, glued=True)])
        == "bandit[3]"
    )


GLYPHS = st.lists(
    st.builds(
        Glyph,
        st.sampled_from(["a", "1", "²", " ", "\u00ad", "é", "."]),
        st.floats(0, 300),
        st.floats(0, 300),
        st.floats(0, 300),
        st.floats(0, 300),
        st.floats(0, 300),
        st.floats(0.5, 40),
        st.sampled_from(["F", "F-Bold"]),
    ),
    max_size=40,
)


@given(GLYPHS)
def test_no_letter_is_lost_or_made_up(glyphs: list[Glyph]) -> None:
    rows = rows_of(glyphs)
    assert all(row.words for row in rows)
    kept = sum(len(word.text.replace("-", "")) for row in rows for word in row.words)
    assert kept <= sum(glyph.text != " " for glyph in glyphs)
    for row in rows:
        assert [word.x0 for word in row.words] == sorted(word.x0 for word in row.words)
