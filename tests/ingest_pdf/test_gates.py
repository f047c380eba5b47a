"""The gates between a file that opened and an issue that can be trusted, at their exact thresholds."""

from __future__ import annotations

import pytest

from monitor.ingest.pdf_issue import OCR_FONT, _Tally
from monitor.ingest.printed_page import Glyph, PrintedPage
from monitor.ingest.refusals import Refusal


def page(number: int, letters: int, *, font: str = "Serif", blanks: int = 0, **facts: object) -> PrintedPage:
    """Return a page of so many letters and blanks."""
    one = Glyph("a", 50, 55, 92, 102, 100, 10, font)
    glyphs = (one,) * letters + (one._replace(text=" "),) * blanks
    return PrintedPage(number, 612, 792, glyphs, **facts)  # type: ignore[arg-type]


def tally(*pages: PrintedPage) -> _Tally:
    counted = _Tally()
    for one in pages:
        counted.count(one)
    return counted


def told(*pages: PrintedPage) -> list[tuple[str, str]]:
    return [(finding.code, finding.severity) for finding in tally(*pages).findings()]


def refused(*pages: PrintedPage) -> str:
    with pytest.raises(Refusal) as refusal:
        tally(*pages).gate()
    return refusal.value.code


@pytest.mark.parametrize(("unmapped", "severity"), [(1, "warning"), (5, "warning"), (6, "error"), (10, "error")])
def test_unknown_letters_are_told_up_to_one_in_a_hundred(unmapped: int, severity: str) -> None:
    some = page(1, 1000, unmapped=unmapped)
    tally(some).gate()
    assert told(some) == [("fonts_unmapped", severity)]


def test_more_unknown_letters_hide_the_text() -> None:
    assert refused(page(1, 1000, unmapped=11)) == "fonts_hide_text"
    assert refused(page(1, 10_000), page(2, 10, unmapped=101)) == "fonts_hide_text"


def test_blanks_are_no_letters() -> None:
    assert refused(page(1, 0, blanks=500)) == "no_text"
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


def test_why_nothing_could_be_read_goes_from_damage_over_turned_pages_to_pictures() -> None:
    picture, turned, damaged = page(1, 0), page(2, 0, rotated=40), page(3, 0, damage="nested too deeply")
    assert refused(picture, turned, damaged) == "unreadable_pages"
    assert refused(picture, turned) == "rotated_text"
    assert refused(picture) == "no_text"


def test_one_line_of_text_among_pictures_passes_with_findings() -> None:
    counted = tally(page(1, 0), page(2, 30), page(3, 0))
    counted.gate()
    assert [finding.code for finding in counted.findings()] == ["page_without_text", "page_without_text", "text_short"]


def test_recognised_text_is_told_by_the_first_letter_of_any_page() -> None:
    assert told(page(1, 300), page(2, 1, font=OCR_FONT)) == [("text_is_ocr", "warning")]
    assert told(page(1, 300, font="GlyphLessFontBold")) == []


def test_everything_is_told_at_once_the_gravest_first() -> None:
    pages = [
        page(1, 400, font=OCR_FONT, unmapped=1),
        page(2, 0),
        page(3, 9, damage="ValueError", rotated=7, links_damaged=True),
    ]
    assert [(f.code, f.message) for f in tally(*pages).findings()] == [
        ("page_unreadable", "Page 3 is damaged (ValueError); its text may be missing."),
        ("page_without_text", "Page 2 has no text."),
        ("rotated_text_left_out", "Page 3: 7 letters that stand on their side were left out."),
        ("links_unreadable", "Page 3: some links could not be read."),
        ("text_is_ocr", "The text was recognised from pictures: expect misread letters."),
        ("fonts_unmapped", "1 letters could not be told from their glyphs and stand as \ufffd."),
    ]
