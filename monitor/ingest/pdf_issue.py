"""A PDF to an issue: pages, layout, structure, and the gates that tell a read file from one that only opened."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from monitor.ingest.document import Finding
from monitor.ingest.fonts import UNKNOWN
from monitor.ingest.layout import PageStore, laid_out
from monitor.ingest.pdf import PdfFile
from monitor.ingest.reading import checked_day, profile_for
from monitor.ingest.refusals import Refusal
from monitor.ingest.structure import issue_from_pieces

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor.ingest.document import IssueDocument
    from monitor.ingest.limits import Limits
    from monitor.ingest.printed_page import PrintedPage

UNMAPPED_REFUSED, UNMAPPED_ODD = 0.01, 0.005  # shares of all glyphs
EMPTY_PAGES_ODD = 0.2  # of all pages
SHORT_ISSUE = 200  # characters
OCR_FONT = "GlyphLessFont"  # what Tesseract and OCRmyPDF set their invisible text in


def read_pdf_issue(
    data: bytes,
    *,
    limits: Limits,
    periodical: str | None = None,
    issue_date: str | None = None,
    on_page: Callable[[int, int], None] | None = None,
) -> IssueDocument:
    """Return the issue in the bytes of a PDF, or raise `Refusal`.

    `periodical` names a profile (default: the one whose name stands in front), `issue_date` (YYYY-MM-DD) is one a
    person entered. `on_page(0, total)` is called once the pages are counted, `on_page(i, total)` after each.
    """
    day = checked_day(issue_date)
    file = PdfFile(data, limits)
    total = len(file)
    _tell(on_page, 0, total)
    store, tally = PageStore(), _Tally()
    for page in file.pages():
        store.add(page)
        tally.count(page)
        _tell(on_page, page.number, total)
    tally.gate()
    layout = laid_out(store)
    return issue_from_pieces(
        layout.pieces,
        profile=profile_for(layout.pieces, periodical),
        pages=layout.pages,
        findings=[*tally.findings(), *layout.findings],
        issue_date=day,
    )


def _tell(on_page: Callable[[int, int], None] | None, done: int, total: int) -> None:
    if on_page:
        on_page(done, total)


@dataclass(slots=True)
class _Tally:
    """Counts what the quality gates need, a page at a time."""

    pages: int = 0
    letters: int = 0
    unmapped: int = 0
    empty: list[int] = field(default_factory=list)
    damaged: dict[int, str] = field(default_factory=dict)
    rotated: dict[int, int] = field(default_factory=dict)
    links_damaged: list[int] = field(default_factory=list)
    ocr: bool = False

    def count(self, page: PrintedPage) -> None:
        """Take one page into account."""
        self.pages += 1
        letters = sum(glyph.text != " " for glyph in page.glyphs)
        self.letters += letters
        self.unmapped += page.unmapped
        self.ocr = self.ocr or any(glyph.font == OCR_FONT for glyph in page.glyphs[:1])
        if page.damage:
            self.damaged[page.number] = page.damage
        elif not letters:
            self.empty.append(page.number)
        if page.rotated:
            self.rotated[page.number] = page.rotated
        if page.links_damaged:
            self.links_damaged.append(page.number)

    def gate(self) -> None:
        """Raise `Refusal` where there is nothing to read."""
        if self.letters == 0:
            if self.damaged:
                raise Refusal(
                    "unreadable_pages", "None of its pages could be read: open it in a PDF reader and save a copy."
                )
            if self.rotated:
                raise Refusal("rotated_text", "All its text stands on its side: turn the pages and save a copy.")
            raise Refusal(
                "no_text", "Its pages are pictures without text: run text recognition first, e.g. ocrmypdf IN OUT."
            )
        if self.unmapped > UNMAPPED_REFUSED * self.letters:
            raise Refusal(
                "fonts_hide_text",
                "Its fonts hide the text: letters cannot be told from glyphs; ask for another copy, "
                "or run text recognition, e.g. ocrmypdf --force-ocr IN OUT.",
            )

    def findings(self) -> list[Finding]:
        """Return what a person should know before trusting the text."""
        found = [
            Finding("page_unreadable", f"Page {page} is damaged ({why}); its text may be missing.", severity="error")
            for page, why in self.damaged.items()
        ]
        odd = "error" if len(self.empty) > EMPTY_PAGES_ODD * self.pages else "info"
        found += [
            Finding("page_without_text", f"Page {page} has no text.", severity="error" if odd == "error" else "info")
            for page in self.empty
        ]
        found += [
            Finding("rotated_text_left_out", f"Page {page}: {count} letters that stand on their side were left out.")
            for page, count in self.rotated.items()
        ]
        found += [
            Finding("links_unreadable", f"Page {page}: some links could not be read.") for page in self.links_damaged
        ]
        if self.ocr:
            found.append(Finding("text_is_ocr", "The text was recognised from pictures: expect misread letters."))
        if self.unmapped:
            severe = self.unmapped > UNMAPPED_ODD * self.letters
            message = f"{self.unmapped} letters could not be told from their glyphs and stand as {UNKNOWN}."
            found.append(Finding("fonts_unmapped", message, severity="error" if severe else "warning"))
        if self.letters < SHORT_ISSUE:
            found.append(Finding("text_short", f"It holds only {self.letters} letters.", severity="error"))
        return found
