"""The gates between a file that opened and an issue that can be trusted, at their exact thresholds."""

from __future__ import annotations

import pytest

from monitor.ingest.findings.page_tally import PageTally
from monitor.ingest.pdf.printed_page import Glyph, PrintedPage
from monitor.ingest.refusals import Refusal
from monitor.ingest.scans.recognised import RecognisedLine, RecognisedPage, RecognisedWord
from monitor.ingest.scans.scanned_pages import OCR_FONT, look_of


def page(number: int, letters: int, *, font: str = "Serif", blanks: int = 0, **facts: object) -> PrintedPage:
    """Return a page of so many letters and blanks."""
    one = Glyph("a", 50, 55, 92, 102, 100, 10, font)
    glyphs = (one,) * letters + (one._replace(text=" "),) * blanks
    return PrintedPage(number, 612, 792, glyphs, **facts)  # type: ignore[arg-type]


def recognised(number: int, letters: int, *, sure: int = 90, failure: str = "") -> RecognisedPage:
    """Return what was recognised on a page: one word of so many letters."""
    word = RecognisedWord("a" * letters, 0, 0, 10, 10, sure)
    lines = (RecognisedLine(0, 10, 0, 10, (word,)),) if letters else ()
    return RecognisedPage(number, 100, 100, lines=lines, failure=failure)


def tally(*pages: PrintedPage, read: tuple[RecognisedPage, ...] = ()) -> PageTally:
    """Return the count of the pages; those of which `read` holds words have as many letters instead."""
    counted = PageTally()
    known = {one.number: one for one in read}
    for one in pages:
        words = known.get(one.number)
        kept = page(one.number, len(words.words[0].text)) if words and words.lines else one
        counted.count(kept, look_of(one), words)
    return counted


def told(*pages: PrintedPage, read: tuple[RecognisedPage, ...] = ()) -> list[tuple[str, str]]:
    return [(finding.code, finding.severity) for finding in tally(*pages, read=read).findings()]


def refused(*pages: PrintedPage, read: tuple[RecognisedPage, ...] = ()) -> str:
    with pytest.raises(Refusal) as refusal:
        tally(*pages, read=read).gate()
    return refusal.value.code


def sentence(*pages: PrintedPage, read: tuple[RecognisedPage, ...] = ()) -> str:
    with pytest.raises(Refusal) as refusal:
        tally(*pages, read=read).gate()
    return str(refusal.value)


@pytest.mark.parametrize(("unmapped", "severity"), [(1, "warning"), (5, "warning"), (6, "error"), (10, "error")])
def test_unknown_letters_are_told_up_to_one_in_a_hundred(unmapped: int, severity: str) -> None:
    some = page(1, 1000, unmapped=unmapped)
    tally(some).gate()
    assert told(some) == [("fonts_unmapped", severity)]


def test_more_unknown_letters_hide_the_text() -> None:
    assert refused(page(1, 1000, unmapped=11)) == "fonts_hide_text"
    assert refused(page(1, 1000, unmapped=200)) == "needs_ocr"
    assert refused(page(1, 10_000), page(2, 101, unmapped=102)) == "needs_ocr"


def test_blanks_are_no_letters() -> None:
    assert refused(page(1, 0, blanks=500)) == "no_text"
    assert refused(page(1, 0, blanks=500, image_share=1.0)) == "needs_ocr"
    assert refused(page(1, 100, blanks=5000, unmapped=2)) == "fonts_hide_text"


@pytest.mark.parametrize(("empty", "severity"), [(1, "info"), (2, "info"), (3, "error")])
def test_pages_without_text_are_grave_beyond_a_fifth(empty: int, severity: str) -> None:
    pages = [page(number, 0 if number <= empty else 300) for number in range(1, 11)]
    assert told(*pages) == [("page_without_text", severity)] * empty


def test_a_text_is_short_below_two_hundred_letters() -> None:
    assert told(page(1, 199)) == [("text_short", "error")]
    assert told(page(1, 150), page(2, 50)) == []


def test_a_damaged_page_is_not_also_called_empty() -> None:
    assert told(page(1, 300), page(2, 0, damage="KeyError")) == [("page_unreadable", "error")]
    assert told(page(1, 300), page(2, 40, damage="KeyError")) == [("page_unreadable", "error")]


def test_why_nothing_could_be_read_goes_from_pictures_over_damage_to_turned_and_empty_pages() -> None:
    empty, turned, damaged = page(1, 0), page(2, 0, rotated=40), page(3, 0, damage="nested too deeply")
    assert refused(empty, turned, damaged, page(4, 0, image_share=1.0)) == "needs_ocr"
    assert refused(empty, turned, damaged) == "unreadable_pages"
    assert refused(empty, turned) == "rotated_text"
    assert refused(empty) == "no_text"
    assert refused(empty, page(2, 0, image_share=0.1)) == "needs_ocr"


def test_what_needs_recognition_is_said_in_numbers() -> None:
    text, scan, hidden = page(1, 1000), page(2, 0, image_share=1.0), page(3, 100, unmapped=50)
    assert sentence(page(1, 0), scan) == "Its pages are pictures without text: they must be recognised first."
    assert sentence(page(1, 300), scan) == "Page 2 of its 2 is a picture without text: it must be recognised first."
    assert sentence(text, scan, page(3, 0, image_share=1.0)) == (
        "2 of its 3 pages are pictures without text: they must be recognised first."
    )
    assert sentence(hidden) == "Its fonts hide the text: it must be recognised from their pictures first."
    assert sentence(text, hidden) == (
        "Its fonts hide the text of 1 of its 2 pages: it must be recognised from their pictures first."
    )


@pytest.mark.parametrize(("scans", "pages", "waits"), [(1, 3, False), (1, 2, True), (2, 10, False), (3, 10, True)])
def test_some_scans_wait_alone_and_many_hold_the_issue_back(scans: int, pages: int, waits: bool) -> None:
    counted = tally(*(page(n, 0, image_share=1.0) if n <= scans else page(n, 500) for n in range(1, pages + 1)))
    if waits:
        with pytest.raises(Refusal, match="must be recognised first"):
            counted.gate()
    else:
        counted.gate()
    assert list(counted.wanting) == list(range(1, scans + 1))


@pytest.mark.parametrize(("scans", "severity"), [(1, "warning"), (2, "warning"), (3, "error")])
def test_scans_that_wait_are_told_by_their_page(scans: int, severity: str) -> None:
    pages = [page(n, 0, image_share=1.0) if n <= scans else page(n, 500) for n in range(1, 11)]
    found = tally(*pages).findings()
    assert [(f.code, f.severity, f.page) for f in found] == [
        ("page_without_text", severity, n) for n in range(1, scans + 1)
    ]
    assert found[0].message == (
        "Page 1 is a picture without text. Once Tesseract is installed (apt-get install tesseract-ocr), hand the file "
        "in again to have it recognised."
    )


def test_blank_pages_and_small_pictures_hold_nothing_back() -> None:
    pages = [page(1, 300), page(2, 0), page(3, 0, painted=50), *(page(n, 300) for n in range(4, 12))]
    counted = tally(*pages)
    counted.gate()
    assert list(counted.wanting) == [3]
    assert told(*pages) == [("page_without_text", "info")] * 2


def test_recognised_pages_are_told_with_their_confidence() -> None:
    read = (recognised(1, 500, sure=91), recognised(2, 250, sure=59))
    counted = tally(page(1, 0, image_share=1.0), page(2, 0, image_share=1.0), read=read)
    counted.gate()
    assert [(f.severity, f.page, f.message) for f in counted.findings()] == [
        ("info", 1, "The text of page 1 was recognised from its picture (confidence 91 %)."),
        (
            "warning",
            2,
            "The text of page 2 was recognised from its picture (confidence 59 %): expect misread words.",
        ),
    ]
    assert (counted.confidence, len(counted.recognised), counted.wanting) == (80, 2, {})


def test_an_issue_that_was_hard_to_recognise_needs_a_look() -> None:
    pages = page(1, 0, image_share=1.0), page(2, 400)
    assert told(*pages, read=(recognised(1, 500, sure=59),)) == [("text_is_ocr", "error"), ("text_is_ocr", "warning")]
    assert told(*pages, read=(recognised(1, 500, sure=60),)) == [("text_is_ocr", "info")]


def test_a_picture_on_which_nothing_was_recognised_is_a_page_without_text() -> None:
    pages = [page(1, 0, image_share=1.0), *(page(n, 300) for n in range(2, 12))]
    counted = tally(*pages, read=(recognised(1, 0),))
    counted.gate()
    assert [(f.severity, f.message) for f in counted.findings()] == [
        ("info", "Page 1 is a picture on which no text was recognised.")
    ]
    assert refused(pages[0], read=(recognised(1, 0),)) == "no_text"


def test_a_picture_that_could_not_be_recognised_is_lost_text() -> None:
    pages = [page(1, 0, image_share=1.0), *(page(n, 300) for n in range(2, 12))]
    failed = (recognised(1, 0, failure="Page 1 took more than 180 seconds of computing."),)
    counted = tally(*pages, read=failed)
    counted.gate()
    assert [(f.code, f.severity, f.page, f.message) for f in counted.findings()] == [
        (
            "page_unreadable",
            "error",
            1,
            "The text of page 1 could not be recognised: Page 1 took more than 180 seconds of computing.",
        )
    ]
    assert sentence(pages[0], read=failed) == (
        "Its text could not be recognised: Page 1 took more than 180 seconds of computing."
    )


def test_text_that_was_recognised_before_is_told_once_and_by_its_pages() -> None:
    pages = page(1, 300), page(2, 1, font=OCR_FONT), page(3, 300, font=OCR_FONT)
    assert [(f.severity, f.page) for f in tally(*pages).findings()] == [("info", 2), ("info", 3), ("warning", None)]
    assert told(page(1, 300, font="GlyphLessFontBold")) == []


def test_pages_of_another_shape_and_turned_ones_are_told() -> None:
    usual = [page(n, 300) for n in range(1, 5)]
    wide = PrintedPage(5, 1224, 792, usual[0].glyphs)
    turned = PrintedPage(6, 792, 612, usual[0].glyphs, turn=90)
    assert [(f.code, f.page, f.message) for f in tally(*usual, wide, turned).findings()] == [
        ("page_turned", 6, "Page 6 was turned by 90 degrees."),
        ("page_unusual", 5, "Page 5 has another size (1224 x 792 points) than most pages."),
        ("page_unusual", 6, "Page 6 has another size (792 x 612 points) than most pages."),
    ]
    assert told(usual[0], wide) == []


def test_everything_is_told_at_once_the_gravest_first() -> None:
    pages = [
        page(1, 400, font=OCR_FONT, unmapped=1),
        page(2, 0),
        page(3, 9, damage="ValueError", rotated=7, unseen=3, links_damaged=True),
    ]
    assert [(f.code, f.page, f.message) for f in tally(*pages).findings()] == [
        ("page_unreadable", 3, "Page 3 is damaged (ValueError); its text may be missing."),
        ("page_without_text", 2, "Page 2 has no text."),
        ("text_is_ocr", 1, "The text of page 1 was recognised from its picture before: expect misread letters."),
        ("text_is_ocr", None, "The text was recognised from pictures before it came here: expect misread letters."),
        ("rotated_text_left_out", 3, "Page 3: 7 letters that stand on their side were left out."),
        ("hidden_text_left_out", 3, "Page 3: 3 letters that nobody sees on the page were left out."),
        ("links_unreadable", 3, "Page 3: some links could not be read."),
        ("fonts_unmapped", 1, "Page 1: 1 letters could not be told from their glyphs and stand as \ufffd."),
    ]
