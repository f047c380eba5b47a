"""Where boxes, contents and footnotes go among the paragraphs, and what each piece knows of its place."""

from __future__ import annotations

import pytest

from monitor.ingest.layout.columns import MAX_ROWS
from monitor.ingest.layout.laying_out import LaidOut, PageStore, laid_out
from monitor.ingest.layout.side_contents import is_contents
from monitor.ingest.pdf.printed_page import Box, PageLink, PrintedPage
from tests.ingest_pdf.typed_pages import HEIGHT, WIDTH, column, order, page, prose, read, typed


def codes(found: LaidOut) -> list[str]:
    return [finding.code for finding in found.findings]


def test_a_box_goes_after_the_paragraph_above_it_in_its_own_column() -> None:
    box = column(320, 220, "BoxLeft in the grey", "and more of it here")
    two = page(
        1,
        column(50, 110, *prose("a")),
        column(50, 220, *prose("b")),
        column(320, 110, *prose("c")),
        box,
        column(320, 270, *prose("d")),
        boxes=(Box(310, 205, 500, 240),),
    )
    assert order(read(two)) == [(None, "a0"), (None, "b0"), (None, "c0"), ("sidebar", "BoxLeft"), (None, "d0")]


def test_a_box_on_top_of_its_page_goes_after_the_page_before() -> None:
    box = column(320, 110, "BoxTop in the grey", "and more of it here")
    second = page(2, column(50, 400, *prose("b")), box, boxes=(Box(310, 95, 500, 130),))
    assert order(read(page(1, column(50, 110, *prose("a"))), second, page(3, column(50, 110, *prose("c"))))) == [
        (None, "a0"),
        ("sidebar", "BoxTop"),
        (None, "b0"),
        (None, "c0"),
    ]


@pytest.mark.parametrize("below", [True, False])
def test_a_box_at_the_head_of_a_column_goes_with_the_title_over_its_columns(*, below: bool) -> None:
    """The column above it belongs to the article before."""
    upper = [column(50, 110, *prose("a")), column(320, 110, *prose("b"))]
    title = typed("TitleC over both of the columns", 50, 330, size=16)
    box = column(320, 370, "BoxTop in the grey", "and more of it here")
    rest = column(320, 420, *prose("d")) if below else []
    found = read(page(1, *upper, title, column(50, 370, *prose("c")), box, rest, boxes=(Box(310, 355, 500, 390),)))
    last = [(None, "d0")] if below else []
    assert order(found) == [(None, "a0"), (None, "b0"), (None, "TitleC"), (None, "c0"), ("sidebar", "BoxTop"), *last]


def test_an_underlined_heading_is_no_box() -> None:
    lined = page(1, column(50, 110, "Heading words underlined now"), boxes=(Box(50, 100, 250, 114),))
    assert order(read(lined)) == [(None, "Heading")]


def test_a_box_with_page_references_is_contents_in_front_only() -> None:
    entries = column(320, 110, "A Truce on the Canals p. 4", "The Second Winter p. 7")
    box = (Box(310, 95, 520, 130),)

    def with_box_on(wanted: int) -> LaidOut:
        pages = [
            page(n, column(50, 300, *prose(f"x{n}")), entries if n == wanted else [], boxes=box if n == wanted else ())
            for n in (1, 2, 3)
        ]
        return read(*pages)

    assert [piece.aside for piece in with_box_on(2).pieces if piece.aside] == ["contents"]
    assert [piece.aside for piece in with_box_on(3).pieces if piece.aside] == ["sidebar"]


def test_what_stands_over_the_contents_of_the_first_page_is_the_masthead() -> None:
    name = typed("REVIEW", 50, 100, size=30)
    entries = column(50, 160, "In This Issue", "A Truce on the Canals p. 4", "The Second Winter p. 7")
    front = page(1, name, entries, column(50, 300, *prose("a")), boxes=(Box(45, 145, 260, 195),))
    assert order(read(front)) == [("masthead", "REVIEW"), ("contents", "In"), ("contents", "A"), (None, "a0")]


def test_a_name_beside_the_contents_is_the_masthead_too() -> None:
    entries = column(400, 100, "In This Issue", "Canals p. 4", "Winter p. 7")
    name = typed("REVIEW", 50, 130, size=30)
    front = page(1, name, entries, column(50, 300, *prose("a")), boxes=(Box(390, 85, 520, 135),))
    assert order(read(front)) == [("masthead", "REVIEW"), ("contents", "In"), (None, "a0")]


@pytest.mark.parametrize(
    ("rows", "contents"),
    [
        (["Contents"], True),
        (["In this issue:", "A Truce"], True),
        (["Spring", "INSIDE THIS ISSUE"], True),
        (["Table of contents"], True),
        (["p.1", "A Truce", "p. 12", "The Second Winter"], True),
        (["A Truce ........ 3", "The Second Winter … 7"], True),
        (["A Truce p.1"], False),
        (["Discontents of the river"], False),
        (["The truce of 1992.", "It ended in 1994."], False),
        (["It counted 10 of 12", "and then 14 of 20"], False),
        ([], False),
    ],
)
def test_contents_have_a_heading_or_two_page_references(rows: list[str], *, contents: bool) -> None:
    assert is_contents(rows) == contents


@pytest.mark.parametrize(("entries", "contents"), [(2, 0), (3, 3), (5, 5)])
def test_a_column_of_three_entries_is_contents(entries: int, contents: int) -> None:
    side = [line for n in range(entries) for line in (f"p.{n + 2}", f"Title number {'abcde'[n]}")]
    found = read(page(1, column(50, 110, *prose("a", 12)), column(400, 110, *side)))
    text = " ".join(piece.text for piece in found.pieces if piece.aside == "contents")
    assert text.count("Title") == contents


def test_contents_with_a_long_stretch_without_a_number_are_text() -> None:
    side = ["p.2", "Title one", *["words of a story told"] * 9, "p.3", "Title two", "p.4", "Title three"]
    found = read(page(1, column(50, 110, *prose("a", 16)), column(400, 110, *side)))
    assert [piece.aside for piece in found.pieces if piece.aside] == []


def test_a_footnote_goes_before_the_next_page() -> None:
    def numbered(number: int, name: str) -> PrintedPage:
        note = typed(f"{number}. Note{number} says where.", 50, 700, size=8)
        return page(number, column(50, 110, *prose(name)), note)

    assert order(read(numbered(1, "a"), numbered(2, "b"))) == [
        (None, "a0"),
        ("footnote", "1."),
        (None, "b0"),
        ("footnote", "2."),
    ]


def test_a_paragraph_over_a_column_break_is_one_piece_with_two_regions() -> None:
    left = [*prose("a", 6)[:-1], "a6 and then the demobilisa-"]
    right = ["tion of the river league was", *prose("b", 6)]
    (piece,) = read(page(1, column(50, 110, *left), column(320, 110, *right))).pieces
    assert "the demobilisation of the river" in piece.text
    assert [(region.page, region.bbox) for region in piece.regions] == [
        (1, (50, 102, 190, 172)),
        (1, (320, 102, 460, 184)),
    ]
    assert piece.rows[5:7] == ("a6 and then the demobilisa-", "tion of the river league was")


def test_a_paragraph_over_a_page_break_names_both_pages() -> None:
    first, second = page(1, column(50, 110, *prose("a")[:-1])), page(2, column(50, 110, "and that was the end."))
    (piece,) = read(first, second).pieces
    assert [region.page for region in piece.regions] == [1, 2]
    assert piece.page == 1


def test_the_numbers_the_pages_print_win_over_their_labels() -> None:
    def numbered(folio: str) -> LaidOut:
        foot = [typed(folio, 290, 770), typed(str(int(folio) + 1) if folio else "", 290, 770)]
        return read(*(page(n, column(50, 110, *prose("ab"[n - 1])), foot[n - 1], label=str(6 + n)) for n in (1, 2)))

    assert dict(numbered("41").pages.printed) == {1: 41, 2: 42}
    assert dict(numbered("").pages.printed) == {1: 7, 2: 8}


def test_furniture_is_listed_once_and_told() -> None:
    pages = [page(n, typed("River Review", 50, 40), column(50, 110, *prose("abc"[n - 1]))) for n in (1, 2, 3)]
    found = read(*pages)
    assert found.pages.furniture == ("River Review",)
    assert [(f.code, f.message) for f in found.findings] == [
        ("furniture_dropped", "Left out as running heads and feet: River Review.")
    ]


@pytest.mark.parametrize(("rows", "told"), [(4, []), (5, ["reading_order_unsure"])])
def test_five_torn_lines_make_a_page_unsure(rows: int, told: list[str]) -> None:
    torn = [glyph for n in range(rows) for glyph in (*typed("aa", 50, 110 + 12 * n), *typed("bb", 200, 110 + 12 * n))]
    assert codes(read(page(1, torn))) == told


def test_a_page_of_countless_rows_is_read_as_it_comes_and_told() -> None:
    glyphs = [glyph for n in range(MAX_ROWS + 1) for glyph in typed("a", 50, 100 + 3.1 * n, size=4)]
    assert codes(read(page(1, glyphs))) == ["reading_order_unsure"]


def test_a_link_of_one_page_is_not_that_of_the_next() -> None:
    pages = [
        PrintedPage(
            n,
            WIDTH,
            HEIGHT,
            tuple(typed(f"Dawn of page {'one' if n == 1 else 'two'}.", 50, 110)),
            links=(PageLink(50, 102, 70, 112, f"https://example.org/{n}"),),
        )
        for n in (1, 2)
    ]
    found = [(piece.text[link.start : link.end], link.url) for piece in read(*pages).pieces for link in piece.links]
    assert found == [("Dawn", "https://example.org/1"), ("Dawn", "https://example.org/2")]


def test_a_guess_is_told_with_the_word_it_was_about() -> None:
    found = read(page(1, column(50, 110, "the council saw to the zorbil-", "isation of the river league.")))
    assert [(f.code, f.message, f.severity) for f in found.findings] == [
        ("hyphen_guessed", "A hyphen at a line's end was a guess: zorbil-isation.", "info")
    ]


def test_sizes_are_those_of_every_page() -> None:
    store = PageStore()
    store.add(PrintedPage(1, 595.276, 841.89))
    store.add(PrintedPage(2, 841.89, 595.276))
    found = laid_out(store)
    assert (found.pages.count, found.pages.sizes) == (2, ((595.28, 841.89), (841.89, 595.28)))
    assert found.pieces == ()
