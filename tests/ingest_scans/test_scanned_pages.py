"""Which pages are scans, and how recognised words become letters of a page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.ingest.pdf.printed_page import Box, Glyph, PageLink, PrintedPage
from monitor.ingest.pdf.words import rows_of
from monitor.ingest.scans.recognised import RecognisedLine, RecognisedPage, RecognisedWord
from monitor.ingest.scans.scanned_pages import OCR_FONT, SCAN_BOLD, SCAN_FONT, Look, Sizes, as_recognised, look_of

LETTER = Glyph("a", 50, 55, 92, 102, 100, 10, "Serif")


def printed(letters: int = 0, *, font: str = "Serif", **facts: object) -> PrintedPage:
    return PrintedPage(1, 600, 800, (LETTER._replace(font=font),) * letters, **facts)  # type: ignore[arg-type]


def word(text: str, x0: int, *, base: int = 400, bold: bool = False, raised: bool = False) -> RecognisedWord:
    return RecognisedWord(text, x0, base - 30, x0 + 20 * len(text), base + 10, 90, bold, raised)


def line(*words: RecognisedWord, base: float = 400, slope: float = 0, size: float = 40) -> RecognisedLine:
    return RecognisedLine(words[0].x0, base, slope, size, words)


def read(*lines: RecognisedLine, turned: int = 0, width: int = 2400, height: int = 3200) -> RecognisedPage:
    return RecognisedPage(1, width, height, turned, lines=lines)


def put(page: PrintedPage, recognised: RecognisedPage, *, keep_own: bool = True) -> PrintedPage:
    return as_recognised(page, recognised, Sizes([recognised]), keep_own=keep_own)


def texts(page: PrintedPage) -> list[str]:
    return [row.text for row in rows_of(page.glyphs)]


@pytest.mark.parametrize(
    ("page", "look"),
    [
        (printed(), Look.BLANK),
        (printed(image_share=0.019, painted=39), Look.BLANK),
        (printed(image_share=0.02), Look.DRAWN),
        (printed(painted=40), Look.DRAWN),
        (printed(image_share=0.5), Look.SCAN),
        (printed(painted=3000), Look.SCAN),
        (printed(damage="KeyError"), Look.DAMAGED),
        (printed(damage="KeyError", image_share=1.0), Look.DAMAGED),
        (printed(5, damage="KeyError"), Look.TEXT),
        (printed(199, image_share=0.5), Look.SCAN),
        (printed(200, image_share=0.5), Look.TEXT),
        (printed(199, image_share=0.49, painted=9000), Look.TEXT),
        (printed(10, unmapped=2), Look.HIDDEN),
        (printed(10, unmapped=1), Look.TEXT),
        (printed(10, font=OCR_FONT, image_share=1.0), Look.RECOGNISED),
        (printed(10, font=OCR_FONT), Look.RECOGNISED),
        (printed(150, hidden=76, image_share=1.0), Look.RECOGNISED),
        (printed(150, hidden=75, image_share=1.0), Look.SCAN),
        (printed(500, hidden=400), Look.TEXT),
    ],
)
def test_the_look_of_a_page(page: PrintedPage, look: Look) -> None:
    assert look_of(page) is look


def test_blanks_are_no_letters() -> None:
    blanks = PrintedPage(1, 600, 800, (LETTER._replace(text=" "),) * 300, image_share=1.0)
    assert look_of(blanks) is Look.SCAN


def test_words_become_letters_in_points_with_blanks_between_them() -> None:
    page = put(printed(image_share=1.0), read(line(word("Salt", 400), word("rose", 500))))
    assert texts(page) == ["Salt rose"]
    first = page.glyphs[1]
    assert (first.text, first.x0, first.x1, first.base, first.size, first.font) == ("S", 100, 105, 100, 10, SCAN_FONT)


def test_bold_words_have_a_bold_font() -> None:
    page = put(printed(), read(line(word("Head", 400, bold=True))))
    assert {glyph.font for glyph in page.glyphs} == {SCAN_BOLD}


def test_a_raised_number_becomes_a_marker() -> None:
    page = put(printed(), read(line(word("quay.", 400), word("12", 501, raised=True), word("Then", 560))))
    assert texts(page) == ["quay.[12] Then"]


def test_the_picture_goes_and_the_links_stay() -> None:
    box, link = Box(0, 0, 600, 800), PageLink(1, 2, 3, 4, "https://example.org")
    page = put(printed(boxes=(box,), pictures=(box,), links=(link,)), read(line(word("Salt", 400))))
    assert (page.boxes, page.pictures, page.links) == ((), (), (link,))


def test_a_page_askew_is_straightened_about_its_middle() -> None:
    # Two halves of one line, 0.02 down a pixel: far apart in height, one row when straight.
    left, right = word("left", 200, base=384), word("right", 2100, base=422)
    slope = 0.02
    page = put(printed(), read(line(left, base=384, slope=slope), line(right, base=422, slope=slope)))
    assert texts(page) == ["left right"]


def test_a_page_on_its_side_is_turned_with_its_links() -> None:
    link = PageLink(0, 0, 60, 80, "https://example.org")
    turned = put(printed(links=(link,)), read(line(word("Salt", 400)), turned=90, width=3200, height=2400))
    assert (turned.width, turned.height, turned.turn) == (800, 600, 90)
    assert turned.links == (PageLink(720, 0, 800, 60, "https://example.org"),)
    assert texts(turned) == ["Salt"]


def test_letters_of_the_page_itself_win_over_what_was_recognised_there() -> None:
    own = PrintedPage(1, 600, 800, (Glyph("7", 100, 105, 92, 102, 100, 10, "Serif"),), image_share=1.0)
    recognised = read(line(word("1", 400), word("Salt", 500)))
    assert texts(put(own, recognised)) == ["7 Salt"]
    assert texts(put(own, recognised, keep_own=False)) == ["1 Salt"]


def test_sizes_that_differ_by_the_measuring_are_one() -> None:
    body = [line(word("abcdefgh", 100), size=size) for size in (40, 40, 41.5, 38)]
    sizes = Sizes([read(*body, line(word("Title", 100), size=60), line(word("note", 100), size=32))])
    assert [sizes.step(size) for size in (38, 40, 41.5, 42, 60, 32)] == [40, 40, 40, 40, 60, 32]
    assert sizes.step(200) == 200
    assert Sizes([]).step(12) == 12


@given(
    st.lists(st.floats(1, 500), min_size=1, max_size=40),
    st.floats(-0.3, 0.3),
    st.sampled_from([0, 90, 180, 270]),
)
def test_no_word_is_lost_whatever_the_lines_are_like(sizes: list[float], slope: float, turned: int) -> None:
    lines = [line(word(f"w{n}", 50 + 60 * n), size=size, slope=slope) for n, size in enumerate(sizes)]
    page = put(printed(), read(*lines, turned=turned, width=3200 if turned % 180 else 2400))
    letters = "".join(glyph.text for glyph in page.glyphs).split()
    assert letters == [f"w{n}" for n in range(len(sizes))]
