"""What stands beside the running text, on whole pages: each kind, in the ways it is set, and the text around it."""

from __future__ import annotations

import pytest

from monitor.ingest.pdf.printed_page import Box, Glyph, PrintedPage, Rule
from tests.ingest_pdf.typed_pages import column, order, page, prose, read, typed

LEFT, RIGHT = 50.0, 330.0
SENTENCE = [
    "The council met in the old harbour",
    "and voted on the new terms of all",
    "the guilds that had come down from",
    "the upper valleys in the long and",
]
REST = [
    "very cold winter of the second year",
    "to ask for bread and for the truce",
    "that nobody had thought possible at",
    "the time of the first talks.",
]
WHOLE = " ".join(SENTENCE + REST)


def asides(*pages: PrintedPage) -> list[tuple[str, str]]:
    return [(piece.aside, piece.text) for piece in read(*pages).pieces if piece.aside]


def texts(*pages: PrintedPage) -> list[str]:
    return [piece.text for piece in read(*pages).pieces if piece.aside is None]


def around(*middle: list[Glyph], height: float, **drawn: tuple[Box, ...] | tuple[Rule, ...]) -> PrintedPage:
    """Return a page whose left column is interrupted for `height` points, with a full right column."""
    below = 112 + 12 * len(SENTENCE) + height
    groups = [column(LEFT, 112, *SENTENCE), *middle, column(LEFT, below, *REST), column(RIGHT, 112, *prose("c", 24))]
    return page(2, *groups, **drawn)  # type: ignore[arg-type]


GAP = 148.0  # the first baseline that is free below the sentence's four lines, less a line


@pytest.mark.parametrize("font", ["Serif-Italic", "Sans"])
def test_a_pull_quote_in_a_column_interrupts_nothing(font: str) -> None:
    quote = column(LEFT, GAP + 22, "Nobody had asked", "for bread, he said.", size=14, font=font)
    one = around(quote, height=60)
    assert asides(one) == [("pullquote", "Nobody had asked for bread, he said.")]
    assert texts(one)[0] == WHOLE


@pytest.mark.parametrize("said", ['"Nobody asked for bread"', "\u201cNobody asked for bread\u201d"])
def test_a_bold_quotation_is_a_pull_quote(said: str) -> None:
    one = around(typed(said, LEFT, GAP + 22, size=13, font="Sans-Bold"), height=40)
    assert asides(one) == [("pullquote", said)]


def test_a_pull_quote_between_two_rules_needs_no_stop() -> None:
    quote = typed("Nobody had asked them", LEFT, GAP + 24, size=13, font="Serif-Italic")
    rules = (Rule(LEFT, GAP + 8, 220, GAP + 8), Rule(LEFT, GAP + 32, 220, GAP + 32))
    assert asides(around(quote, height=50, rules=rules)) == [("pullquote", "Nobody had asked them")]


def test_a_pull_quote_between_the_columns_is_taken_out_of_both() -> None:
    left = [f"{'abcdef'[n % 6]}1 went on to the truce, in" for n in range(20)]
    narrow = [line[:14] for line in left[8:12]]
    quote = column(
        170, 112 + 8 * 12 + 4, "Nobody had asked for", "bread that year, ever.", size=15, font="Serif-Italic"
    )
    one = page(
        2,
        column(50, 112, *left[:8]),
        column(50, 112 + 96, *narrow),
        column(50, 112 + 144, *left[12:]),
        quote,
        column(280, 112, *left[:8]),
        column(345, 112 + 96, *narrow),
        column(280, 112 + 144, *left[12:]),
    )
    assert asides(one) == [("pullquote", "Nobody had asked for bread that year, ever.")]


@pytest.mark.parametrize("names", ["By Mira van Haddad", "Mira van der Meulen"])
def test_a_title_over_its_byline_is_no_pull_quote(names: str) -> None:
    title = column(LEFT, GAP + 30, "The second winter of the truce", size=14, font="Serif-Italic")
    one = around(title, typed(names, LEFT, GAP + 48), height=70)
    assert asides(one) == []


@pytest.mark.parametrize("line", ["P(x) = (a - b) F(x) + (c - d)", "3.4 + 5", "A"])
def test_large_formulas_and_signs_are_no_pull_quotes(line: str) -> None:
    assert asides(around(typed(line, LEFT, GAP + 22, size=13, font="Serif-Italic"), height=40)) == []


PICTURE = Box(LEFT, GAP + 6, 210, GAP + 60)


@pytest.mark.parametrize(
    ("font", "size"), [("Sans", 10.0), ("Serif-Italic", 10.0), ("Serif", 8.0), ("Sans-Oblique", 7.0)]
)
def test_lines_below_a_picture_in_another_type_are_its_caption(font: str, size: float) -> None:
    caption = column(LEFT, GAP + 62 + size, "The harbour in winter, seen from", "the west.", size=size, font=font)
    one = around(caption, height=100, pictures=(PICTURE,))
    assert asides(one) == [("caption", "The harbour in winter, seen from the west.")]
    assert texts(one)[0] == WHOLE


def test_a_caption_above_its_picture_says_that_it_is_one() -> None:
    caption = typed("Figure 3. The harbour in winter", LEFT, GAP + 14)
    picture = Box(LEFT, GAP + 20, 210, GAP + 70)
    assert asides(around(caption, height=90, pictures=(picture,))) == [("caption", "Figure 3. The harbour in winter")]


def test_text_below_a_picture_in_the_type_of_the_text_stays() -> None:
    one = around(height=76, pictures=(PICTURE,))
    assert asides(one) == []
    assert texts(one)[0] == WHOLE


def test_words_inside_a_picture_are_its_labels() -> None:
    labels = [*typed("North", LEFT + 10, GAP + 20, size=7), *typed("Quay 4", LEFT + 90, GAP + 44, size=7)]
    one = around(labels, height=76, pictures=(PICTURE,))
    assert asides(one) == [("furniture", "North Quay 4")]
    assert texts(one)[0] == WHOLE


def test_text_over_a_picture_is_text() -> None:
    whole = Box(30, 90, 300, 300)
    assert asides(around(height=0, pictures=(whole,))) == []


def test_parts_of_a_drawing_are_one_figure() -> None:
    parts = (Box(LEFT, GAP + 6, 90, GAP + 36), Box(110, GAP + 20, 160, GAP + 60), Box(170, GAP + 6, 210, GAP + 40))
    labels = [*typed("in", 94, GAP + 24, size=7), *typed("out", 160, GAP + 50, size=7)]
    assert asides(around(labels, height=76, pictures=parts)) == [("furniture", "in out")]


FACTS = ["Key Dates", "The flood came in March, the", "truce in May, and the peace in", "the week after the harvest."]


@pytest.mark.parametrize("drawn", ["box", "rules"])
def test_a_painted_or_ruled_box_as_wide_as_its_column_is_a_sidebar(drawn: str) -> None:
    x0, top, x1, bottom = LEFT - 4, GAP + 8, 232.0, GAP + 70
    box = (Box(x0, top, x1, bottom),) if drawn == "box" else ()
    sides = (Rule(x0, top, x1, top), Rule(x0, bottom, x1, bottom), Rule(x0, top, x0, bottom), Rule(x1, top, x1, bottom))
    one = around(
        column(LEFT, GAP + 22, *FACTS, size=9.5, font="Sans"), height=88, boxes=box, rules=() if box else sides
    )
    assert asides(one) == [("sidebar", " ".join(FACTS))]
    assert texts(one)[0] == WHOLE


def test_a_title_bar_and_the_box_below_it_are_one_sidebar() -> None:
    boxes = (Box(LEFT - 4, GAP + 8, 232, GAP + 26), Box(LEFT - 4, GAP + 26, 232, GAP + 70))
    one = around(column(LEFT, GAP + 22, *FACTS, size=9.5, font="Sans"), height=88, boxes=boxes)
    assert asides(one) == [("sidebar", " ".join(FACTS))]


@pytest.mark.parametrize(("font", "over"), [("Sans", True), ("Serif", False)])
def test_a_box_too_small_for_its_lines_has_those_above_its_edge(font: str, *, over: bool) -> None:
    """Only lines in a type that is not the text's: the text may stand close to a box."""
    lines = [f"{n} stands in the box or over it" for n in ("One", "Two", "Three", "Four", "Five")]
    boxes = (Box(LEFT - 4, GAP + 45, 232, GAP + 90),)
    title = typed("Key Dates", LEFT, GAP + 12, font="Sans-Bold")
    size = 9.0 if font == "Sans" else 10.0
    one = around(title, column(LEFT, GAP + 26, *lines, size=size, font=font), height=110, boxes=boxes)
    assert asides(one) == [("sidebar", " ".join(["Key Dates", *lines] if over else lines[2:]))]


def test_small_lines_in_another_design_within_the_text_are_a_sidebar() -> None:
    one = around(
        typed("Key Dates", LEFT, GAP + 22, size=8, font="Sans-Bold"),
        column(LEFT, GAP + 32, *FACTS[1:], size=8, font="Sans"),
        height=70,
    )
    assert asides(one) == [("sidebar", " ".join(FACTS))]
    assert texts(one)[0] == WHOLE


def test_a_biography_in_another_design_before_a_title_is_none() -> None:
    bio = column(
        LEFT,
        112 + 12 * 8 + 10,
        "Mira van Haddad is a fellow of",
        "the observatory and the author",
        "of many books on the harbour.",
        size=8,
        font="Sans",
    )
    title = typed("The second winter", LEFT, 270, size=16, font="Serif-Bold")
    one = page(2, column(LEFT, 112, *SENTENCE, *REST), bio, title, column(LEFT, 290, *prose("d", 20)))
    assert asides(one) == []


def test_a_ground_behind_a_heading_is_no_sidebar() -> None:
    heading = typed("What the Ferrymen Want", LEFT, GAP + 26, size=12, font="Sans-Bold")
    one = around(heading, height=60, boxes=(Box(LEFT - 4, GAP + 8, 232, GAP + 40),))
    assert asides(one) == []


def test_an_aside_at_the_top_of_a_column_goes_after_the_paragraph_that_goes_on_below() -> None:
    left = [*column(LEFT, 112, *prose("a", 14)), *column(LEFT, 300, *SENTENCE)]
    quote = column(RIGHT, 116, "Nobody had asked", "for bread, he said.", size=14, font="Serif-Italic")
    one = page(2, left, quote, column(RIGHT, 160, *REST), column(RIGHT, 230, *prose("c", 8)))
    kinds = [(piece.aside, piece.text) for piece in read(one).pieces]
    assert kinds[1:3] == [(None, WHOLE), ("pullquote", "Nobody had asked for bread, he said.")]


def test_a_sentence_that_ended_above_an_aside_is_not_joined_to_the_next() -> None:
    done = [*SENTENCE[:3], "the upper valleys in a long winter."]
    below = ["Nothing else was said of it in all", *REST[1:]]
    middle = column(LEFT, GAP + 22, "Nobody had asked", "for bread, he said.", size=14, font="Serif-Italic")
    one = page(2, column(LEFT, 112, *done), middle, column(LEFT, 220, *below), column(RIGHT, 112, *prose("c", 24)))
    assert texts(one)[:2] == [" ".join(done), " ".join(below)]


def captioned(*caption: str, font: str, white: float = 12) -> list[tuple[str, str]]:
    """Return the asides of a page with small lines between two paragraphs, as far from either."""
    height = 220 + white + 8 * len(caption)
    small = column(60, 212 + white, *caption, size=8, font=font)
    return asides(page(1, column(60, 100, *prose("Above", 10)), small, column(60, height + white, *prose("Below", 20))))


@pytest.mark.parametrize("font", ["Serif-Italic", "Sans"])
def test_small_lines_between_paragraphs_are_a_caption_without_a_picture(font: str) -> None:
    caption = ("A post on the dike road near", "Ninefields")
    assert captioned(*caption, font=font) == [("caption", " ".join(caption))]
    assert captioned("Dike roads", font=font) == []
    assert captioned(*caption, font=font, white=0) == []
    assert captioned("Ann Bell is a fellow of the", "river school", font=font) == []


def test_small_roman_lines_in_the_type_of_the_text_stay() -> None:
    assert captioned("A post on the dike road near", "Ninefields", font="Serif") == []


@pytest.mark.parametrize("base", [100, 640])
def test_a_centred_bold_quotation_at_a_columns_edge_is_a_pull_quote(base: float) -> None:
    quote = typed("Nobody counts boats at night", 60, base, size=13, font="Serif-Bold")
    quote += typed("and all at the table knew", 69.75, base + 16, size=13, font="Serif-Bold")
    start = 150 if base == 100 else 100
    front = page(1, column(60, 100, *prose("First", 40)))
    second = page(2, quote, column(60, start, *prose("Text", 36)))
    assert [kind for kind, _ in asides(front, second)] == ["pullquote"]


def test_a_small_line_in_italics_under_names_is_no_caption() -> None:
    names = typed("Ann Bell", 60, 212)
    post = typed("Institute for River Studies, Karvan", 60, 224, size=8, font="Serif-Italic")
    one = page(1, column(60, 100, *prose("Above", 8)), names, post, column(60, 250, *prose("Below", 20)))
    assert asides(one) == []


def test_an_ornament_is_no_text_and_no_part_of_the_title_below() -> None:
    title = [*typed("* * *", 120, 220), *typed("A Truce on the River", 60, 236)]
    found = read(page(1, column(60, 100, *prose("Above", 8)), title, column(60, 262, *prose("Below", 20))))
    assert order(found)[1:3] == [("furniture", "*"), (None, "A")]


@pytest.mark.parametrize(("x1", "pieces"), [(420, ["Volume IV", "Issue 2"]), (120, ["Volume IV Issue 2"])])
def test_a_rule_as_wide_as_the_text_parts_the_lines_around_it(x1: float, pieces: list[str]) -> None:
    rows = [*typed("Volume IV", 60, 112), *typed("Issue 2", 60, 124)]
    one = page(1, rows, column(60, 160, *prose("Below", 20)), rules=(Rule(50, 116.5, x1, 117),))
    assert [piece.text for piece in read(one).pieces][: len(pieces)] == pieces


def test_a_title_with_kicker_and_names_on_a_ground_is_no_sidebar() -> None:
    ground = Box(50, 90, 300, 160)
    title = [*typed("REPORT", 60, 104, size=8, font="Sans"), *typed("Who Keeps It", 60, 128, size=20, font="Sans-Bold")]
    text = column(60, 180, *prose("Below", 20))
    names = typed("Ann Bell and Karl Ott", 60, 148)
    assert asides(page(2, title, names, text, boxes=(ground,))) == []
    prose_in_it = typed("Ann Bell has left the house.", 60, 148)
    assert [kind for kind, _ in asides(page(2, title, prose_in_it, text, boxes=(ground,)))] == ["sidebar"]


def test_a_large_centred_sentence_between_paragraphs_is_a_pull_quote() -> None:
    size = 13
    large = [
        glyph
        for n, line in enumerate(("If the office closes, the ferries", "stop, and everyone at", "the table knew it"))
        for glyph in typed(line, LEFT + 120 - len(line) * size / 4, GAP + 30 + 16 * n, size=size, font="Grotesk")
    ]
    done = [*SENTENCE[:3], "the upper valleys in a long winter."]
    one = page(2, column(LEFT, 112, *done), large, column(LEFT, 240, *prose("Below", 20)))
    assert [found for found, _ in asides(one)] == ["pullquote"]


def test_a_long_line_of_names_over_a_post_makes_no_caption_of_it() -> None:
    names = typed("By Ann Bell and Karl Ott", 60, 212)
    post = typed("Institute for River Studies, Karvan", 60, 224, size=8, font="Serif-Italic")
    text = column(60, 250, *prose("Below", 20))
    assert asides(page(1, column(60, 100, *prose("Above", 8)), names, post, text)) == []


def test_where_authors_work_is_no_caption_even_if_their_names_fill_the_line() -> None:
    names = typed("Ann Maria Bell and Karl Otto Vanter", 60, 212)
    post = typed("Institute for River Studies, Karvan", 60, 224, size=8, font="Serif-Italic")
    assert asides(page(1, column(60, 100, *prose("Above", 8)), names, post, column(60, 250, *prose("Below", 20)))) == []
