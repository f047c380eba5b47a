"""Bands of columns, lines over them, and what shows that a paragraph has ended: each class once, on typed pages."""

from __future__ import annotations

import pytest

from monitor.ingest.letters.hyphens import at_line_end, vocabulary
from monitor.ingest.pdf.printed_page import Box, Rule
from monitor.ingest.pdf.words import is_bold, is_italic
from tests.ingest_pdf.typed_pages import column, order, page, prose, read, typed


def spaced(x: float, base: float, *paragraphs: list[str], white: float = 3) -> list[object]:
    """Return paragraphs of lines 12 points apart, with more white between them than within."""
    found: list[object] = []
    for lines in paragraphs:
        found += column(x, base, *lines)
        base += 12 * len(lines) + white
    return found


def three_columns(base: float, *, lines: int = 12) -> list[list[object]]:
    return [list(column(x, base, *prose(name, lines))) for x, name in ((40, "Left"), (232, "Middle"), (424, "Right"))]


def test_white_that_the_issue_keeps_to_parts_paragraphs_whose_last_line_is_full() -> None:
    """The third paragraph's last line is as long as the others: only three points more of white show its end."""
    short = [[f"p{n} and then the truce of old", "went on from line to line he", "said so."] for n in range(6)]
    full = ["px and then the truce of old", "went on from here to there."]
    found = read(page(1, spaced(60, 100, *short[:3], full, *short[3:])))  # type: ignore[arg-type]
    assert [piece.text.split()[0] for piece in found.pieces] == ["p0", "p1", "p2", "px", "p3", "p4", "p5"]


def test_a_marker_alone_on_the_last_line_ends_its_paragraph() -> None:
    lines = column(60, 100, *prose("first", 9)[:-1], "first9 and then it had ended.", "[2]")
    after = typed("second1 and then the truce ok", 72, 220) + column(60, 232, *prose("third", 8))
    found = read(page(1, lines, after))
    assert [piece.text.split()[0] for piece in found.pieces] == ["first0", "second1"]


@pytest.mark.parametrize(
    ("lines", "white", "parted"),
    [(40, 5, True), (42, 5, False), (40, 0, False)],
    ids=["room at the foot", "no room", "a house that indents"],
)
def test_a_column_that_leaves_room_at_the_foot_ends_a_paragraph(lines: int, white: float, parted: bool) -> None:
    """The first column's last line is full and ends a sentence; the house parts paragraphs by white, or by indents."""
    full = "and then the truce of old is so."
    short = [[f"p{n} and then the truce of old is", "and then the truce of old has it", "said so."] for n in range(6)]
    assert len(full) == len(prose("left", 12)[10])
    first = column(60, 100, *prose("left", lines)[:-1], full)
    second = column(320, 100, *[f"Right{n} and then the truce of ol" for n in range(42)])
    house = spaced(60, 100, *short, white=white)
    found = read(page(1, first, second), page(2, column(60, 100, *prose("last", 12))), page(3, house))  # type: ignore[arg-type]
    starts = [piece.text.split()[0] for piece in found.pieces]
    assert ("Right0" in starts) == parted


@pytest.mark.parametrize(("lines", "parted"), [(30, False), (29, False), (20, True)])
def test_columns_that_are_balanced_above_the_foot_tell_nothing_by_their_room(lines: int, parted: bool) -> None:
    full = "and then the truce of old is so."
    short = [[f"p{n} and then the truce of old is", "and then the truce of old has it", "said so."] for n in range(6)]
    deep = column(60, 100, *prose("deep", 42)[:-1], "and then the truce of old is and")
    deep += column(320, 100, *[f"on{n} and then the truce of old is" for n in range(41)], "it ended so.")
    first = column(60, 100, *prose("left", 30)[:-1], full)
    second = column(320, 100, *[f"Right{n} and then the truce of ol" for n in range(lines - 1)], "it ended so.")
    house = spaced(60, 100, *short, white=5)
    found = read(page(1, deep), page(2, first, second), page(3, house))  # type: ignore[arg-type]
    assert ("Right0" in [piece.text.split()[0] for piece in found.pieces]) == parted


def test_an_open_bracket_goes_on_whatever_room_is_left() -> None:
    short = [[f"p{n} and then the truce of old is", "and then the truce of old has it", "said so."] for n in range(6)]
    first = column(60, 100, *prose("left", 40)[:-1], "and then the truce (Salt, in Jan.")
    second = column(
        320, 100, *["22) and then the truce of old he", *[f"Right{n} and then the truce of ol" for n in range(41)]]
    )
    house = spaced(60, 100, *short, white=5)
    found = read(page(1, first, second), page(2, column(60, 100, *prose("last", 12))), page(3, house))  # type: ignore[arg-type]
    assert not any(piece.text.startswith("22)") for piece in found.pieces)


def test_a_name_centred_over_three_columns_is_no_line_of_the_middle_one() -> None:
    title = typed("A Harbour Dispute Became a War of All", 60, 90, size=18, font="Serif-Bold")
    name = typed("Bo Other", 280, 112)
    found = read(page(1, title, name, *three_columns(140)))  # type: ignore[arg-type]
    assert order(found)[:3] == [(None, "A"), (None, "Bo"), (None, "Left0")]
    assert [first for _, first in order(found)[3:]] == ["Middle0", "Right0"]


def test_a_line_of_a_quotation_in_the_middle_column_stays_in_it() -> None:
    """It is centred on the page too, but text stands beside it."""
    left, _, right = three_columns(100, lines=20)
    quote = [
        g for n in range(4) for g in typed("There is no toll"[: 16 - 2 * (n % 2)], 252 + 5 * (n % 2), 103 + 16 * n)
    ]
    below = column(232, 190, *prose("middle", 13))
    found = read(page(1, left, quote, below, right))  # type: ignore[arg-type]
    text = " ".join(piece.text for piece in found.pieces)
    assert text.index("Left18") < text.index("There is") < text.index("middle0") < text.index("Right0")


def test_a_row_above_the_columns_keeps_its_far_right_part() -> None:
    row = typed("Fortnightly reports", 40, 76) + typed("Issue 208, Jan. 2", 470, 76)
    found = read(page(1, row, *three_columns(112)))  # type: ignore[arg-type]
    assert found.pieces[0].text.startswith("Fortnightly reports Issue 208, Jan. 2")


def test_columns_begin_below_a_short_title_beside_which_a_table_stands() -> None:
    """The white right of the title and the white within the table make one strip, wider than the gutter."""
    title = typed("A Short Title", 60, 76, size=18, font="Serif-Bold")
    table = [
        g
        for n in range(3)
        for g in typed("Harbour", 320, 100 + 14 * n, size=8) + typed("12", 500, 100 + 14 * n, size=8)
    ]
    found = read(page(1, title, column(60, 100, *prose("left", 30)), table, column(320, 160, *prose("right", 24))))
    assert [first for _, first in order(found) if first != "Harbour"] == ["A", "left0", "right0"]
    assert order(found)[1] == (None, "left0")


def test_rules_between_columns_show_where_bands_end() -> None:
    """The title between the bands is hardly larger than the text and stands in nobody's way."""
    rules = (Rule(308, 92, 308.4, 210), Rule(308, 262, 308.4, 380))
    bands = [
        column(x, base, *prose(name, 10))
        for x, base, name in ((60, 100, "a"), (320, 100, "b"), (60, 270, "c"), (320, 270, "d"))
    ]
    found = read(page(1, *bands, typed("The Next One", 60, 245, size=11), rules=rules))
    assert [first for _, first in order(found)] == ["a0", "b0", "The", "c0", "d0"]


def test_a_table_that_the_end_of_a_column_breaks_is_one() -> None:
    head, *rest = [
        ("Port", "2019", "2020"),
        ("Fjordby", "77", "81"),
        ("Karvan", "310", "455"),
        ("Merrow", "12", "13"),
        ("Offa", "7", "9"),
    ]

    def cells(x: float, base: float, rows: list[tuple[str, str, str]]) -> list[object]:
        return [
            g
            for n, row in enumerate(rows)
            for k, cell in enumerate(row)
            for g in typed(cell, x + 60 * k, base + 14 * n)
        ]

    rules = tuple(
        Rule(x, y + 14 * n, x + 180, y + 14 * n + 0.5)
        for x, y, count in ((60, 590, 4), (320, 90, 3))
        for n in range(count)
    )
    left = [*column(60, 100, *prose("left", 40)), *cells(60, 600, [head, *rest[:2]])]
    right = [*cells(320, 100, rest[2:]), *column(320, 150, *prose("right", 38))]
    found = read(page(1, left, right, rules=rules))  # type: ignore[arg-type]
    assert [piece.cells for piece in found.pieces if piece.aside == "table"] == [(head, *rest)]


def test_a_quotation_that_the_end_of_a_column_cuts_is_one() -> None:
    left = column(60, 100, *prose("left", 30)) + column(
        80, 480, "\u201cThere is no toll", "at this river and", size=14, font="Serif-Bold"
    )
    right = column(340, 110, "there never was", "one.\u201d", size=14, font="Serif-Bold") + column(
        320, 170, *prose("right", 28)
    )
    found = read(page(1, [], []), page(2, left, right))
    quotes = [piece.text for piece in found.pieces if piece.aside == "pullquote"]
    assert quotes == ["\u201cThere is no toll at this river and there never was one.\u201d"]


def test_a_captions_last_word_may_stand_beside_a_narrow_picture() -> None:
    words = column(60, 315, "The lock at the white house on the", "left.", size=8, font="Sans-Italic")
    text = column(60, 100, *prose("above", 9)) + column(60, 360, *prose("below", 20))
    found = read(page(1, text, words, pictures=(Box(120, 215, 230, 305),)))
    assert [piece.text for piece in found.pieces if piece.aside == "caption"] == [
        "The lock at the white house on the left."
    ]


def test_a_head_over_the_first_rule_belongs_to_its_table() -> None:
    rows = [("Port", "2019", "2020"), ("Fjordby", "77", "81"), ("Karvan", "310", "455"), ("Merrow", "12", "13")]
    cells = [
        g
        for n, row in enumerate(rows)
        for x, cell in zip((60, 160, 240), row, strict=True)
        for g in typed(cell, x, 250 + 14 * n)
    ]
    rules = tuple(Rule(60, 254 + 14 * n, 300, 254.5 + 14 * n) for n in range(4))
    found = read(page(1, column(60, 100, *prose("above", 9)), cells, column(60, 340, *prose("below", 20)), rules=rules))
    assert [piece.rows[0] for piece in found.pieces if piece.aside == "table"] == ["Port 2019 2020"]


def test_the_rest_of_a_footnote_at_the_next_columns_foot_is_no_text() -> None:
    left = column(60, 100, *prose("left", 40)) + column(60, 700, "1. Both sides dispute this, and the", size=8)
    right = column(320, 100, *prose("right", 40)) + column(320, 700, "findings were never published.", size=8)
    found = read(page(1, left, right))
    assert order(found) == [(None, "left0"), (None, "right0"), ("footnote", "1."), ("footnote", "findings")]


def test_a_paragraph_goes_on_below_a_line_that_says_whence() -> None:
    first = column(60, 100, *prose("first", 30)[:-1])
    second = typed("Continued from page 1", 60, 80, size=8, font="Sans-Italic")
    after = column(60, 100, "goes on with the truce of old", *prose("second", 20))
    found = read(page(1, first), page(2, second, after))
    assert sorted((piece.aside or "", piece.text[:12]) for piece in found.pieces) == [
        ("", "first0 and t"),
        ("furniture", "Continued fr"),
    ]


@pytest.mark.parametrize(
    ("font", "bold", "italic"),
    [
        ("CMBX12", True, False),
        ("SFBX1095", True, False),
        ("CMSSBX10", True, False),
        ("CMTI10", False, True),
        ("SFTI0900", False, True),
        ("CMBXTI10", True, True),
        ("CMR10", False, False),
        ("SFRM0900", False, False),
        ("NimbusRomNo9L-Medi", True, False),
        ("NimbusRomNo9L-Regu", False, False),
    ],
)
def test_the_fonts_of_tex_tell_their_style_by_name(font: str, bold: bool, italic: bool) -> None:
    assert (is_bold(font), is_italic(font)) == (bold, italic)


def test_no_handle_has_a_hyphen_of_its_own() -> None:
    known = vocabulary(["the harbour-", "master said so"])
    assert at_line_end("(Twitter/@grain-", "watch,", known) == "drop"


def test_columns_of_a_line_or_two_are_cut_at_the_gutter_of_the_page_before() -> None:
    """The last notes of an issue may fill no more than a line of each column."""
    full = page(1, column(60, 100, *prose("Left", 30)), column(320, 100, *prose("Right", 29), "and it went"))
    short = page(2, typed("on to its end.", 60, 100), typed("Another one begins", 320, 100), typed("here.", 320, 112))
    text = " ".join(piece.text for piece in read(full, short).pieces)
    assert text.endswith("and it went on to its end. Another one begins here.")


def test_footnotes_over_all_columns_are_footnotes_however_long_their_lines() -> None:
    left, right = column(60, 100, *prose("Left", 48)), column(320, 100, *prose("Right", 48))
    notes = column(60, 720, "1. A note as long as both of the columns above it are, and as wide as they", size=8)
    notes += column(60, 730, "2. Ibid.", "3. See Roe.", "4. Ibid.", size=8)
    found = read(page(1, left, right, notes, rules=(Rule(60, 708, 160, 709),)))
    assert [piece.text for piece in found.pieces if piece.aside == "footnote"][1:] == [
        "2. Ibid.",
        "3. See Roe.",
        "4. Ibid.",
    ]


def test_white_above_a_title_ends_no_column_whose_sentence_goes_on_past_footnotes() -> None:
    """Above the title the other column ends in its notes; the sentence below it goes on at that column's head."""
    left = column(50, 100, *prose("left", 30)) + typed("Title words here", 50, 500, size=14)
    left += column(50, 520, "below and then the truce of old it") + column(50, 700, "1. a note of it.", size=7)
    right = column(320, 100, "went on from line to line he had it", *prose("right", 28)[1:])
    right += column(320, 460, "2. another.", "3. one more.", size=7)
    found = read(page(1, left, right), page(2, column(50, 100, *prose("last", 30))))
    texts = [piece.text for piece in found.pieces if piece.aside is None]
    assert [text.split()[0] for text in texts] == ["left0", "Title", "below", "last0"]
    assert "of old it went on" in texts[2]


def test_what_reaches_up_beside_a_title_tells_that_it_begins_no_band() -> None:
    """Below the head of a band stands all of it; a picture right of the title is the other column's."""
    left = [*column(60, 100, *prose("Upper", 8)), *typed("A Title", 60, 222, size=16)]
    left += column(60, 246, *prose("Lower", 12))
    right = [*column(320, 100, *prose("Right", 8)), *column(320, 300, *prose("Rest", 8))]
    whole = read(page(1, left, right, pictures=(Box(330, 205, 480, 280),)))
    words = [word for _, word in order(whole)]
    assert words.index("Lower0") < words.index("Right0") < words.index("Rest0")
