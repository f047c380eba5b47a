"""A PDF to an issue: pages as printed or as recognised, layout, structure, and the gates between them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.ingest.findings.confidence import with_confidence
from monitor.ingest.findings.page_tally import PageTally
from monitor.ingest.layout.laying_out import PageStore, laid_out
from monitor.ingest.pdf.door import PdfFile
from monitor.ingest.reading import checked_day, profile_for
from monitor.ingest.scans.region_frames import ReadingFrame, as_drawn
from monitor.ingest.scans.scanned_pages import MAY_NEED, Look, Sizes, as_recognised, look_of
from monitor.ingest.structure.issue import issue_from_pieces

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from monitor.ingest.document import IssueDocument
    from monitor.ingest.guard.limits import Limits
    from monitor.ingest.pdf.printed_page import PrintedPage
    from monitor.ingest.scans.recognised import RecognisedPage


def read_pdf_issue(
    data: bytes,
    *,
    limits: Limits,
    periodical: str | None = None,
    issue_date: str | None = None,
    on_page: Callable[[int, int], None] | None = None,
    recognised: Mapping[int, RecognisedPage] | None = None,
    on_scans: Callable[[tuple[int, ...]], None] | None = None,
) -> IssueDocument:
    """Return the issue in the bytes of a PDF, or raise `Refusal`.

    `periodical` names a profile (default: the one whose name stands in front), `issue_date` (YYYY-MM-DD) is one a
    person entered. `on_page(0, total)` is called once the pages are counted, `on_page(i, total)` after each.
    `on_scans` hears, before anything is refused, the physical numbers of all pages that recognition would help;
    `recognised` holds what was read on the pictures of such pages. Where most of the text waits for recognition the
    refusal's code is `needs_ocr`.
    """
    day = checked_day(issue_date)
    file = PdfFile(data, limits)
    total = len(file)
    _tell(on_page, 0, total)
    store, tally, pages = PageStore(), PageTally(), _Pages(recognised or {})
    for printed in file.pages():
        page = pages.as_read(printed, tally)
        store.add(page)
        _tell(on_page, page.number, total)
    if on_scans and tally.wanting:
        on_scans(tuple(tally.wanting))
    tally.gate()
    layout = laid_out(store)
    document = issue_from_pieces(
        layout.pieces,
        profile=profile_for(layout.pieces, periodical),
        pages=replace(layout.pages, outline=file.outline()),
        findings=[*tally.findings(), *layout.findings],
        issue_date=day,
    )
    ocr_pages = len(tally.recognised) + len(tally.layers)
    facts = replace(document.issue, ocr_pages=ocr_pages, ocr_confidence=tally.confidence)
    return as_drawn(with_confidence(replace(document, issue=facts)), pages.frames)


def _tell(on_page: Callable[[int, int], None] | None, done: int, total: int) -> None:
    if on_page:
        on_page(done, total)


class _Pages:
    """Puts what was recognised in the place of pages that say nothing themselves."""

    def __init__(self, recognised: Mapping[int, RecognisedPage]) -> None:
        self._recognised = recognised
        self._sizes = Sizes(recognised.values())
        self.frames: dict[int, ReadingFrame] = {}  # of pages that do not stand as they are drawn

    def as_read(self, printed: PrintedPage, tally: PageTally) -> PrintedPage:
        """Return the page as it is to be read, counted."""
        look = look_of(printed)
        read = self._recognised.get(printed.number) if look in MAY_NEED else None
        page, slope = printed, 0.0
        if read and not read.failure:
            page = as_recognised(printed, read, self._sizes, keep_own=look is not Look.HIDDEN)
            slope = read.slope + read.straightened
        tally.count(page, look, read)
        if page.turn or slope:
            self.frames[page.number] = ReadingFrame(page.width, page.height, page.turn, slope)
        return page
