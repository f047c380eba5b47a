"""Scans read end to end: words, titles, heads, citations, confidence, and where all of it stands on the page."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from monitor.ingest.guard.limits import Limits
from monitor.ingest.pdf_issue import read_pdf_issue
from monitor.ingest.refusals import Refusal
from monitor.ingest.scans.recognising import recognised_pages
from monitor.ingest.scans.tesseract import find_tesseract
from tests.ingest_scans.scans import (
    HEAD,
    PARAGRAPHS,
    TITLE,
    bound,
    drawn,
    needs_tesseract,
    scan_of,
    text_page,
    word_accuracy,
)

if TYPE_CHECKING:
    from monitor.ingest.document import IssueDocument
    from monitor.ingest.scans.recognised import RecognisedPage

pytestmark = needs_tesseract
OIL = "The upper town has lamps of its own, which burn on oil, and a watchman for each of its seven gates."
WATER = "The lower town draws its water from two wells, of which one is closed in summer by order of the council."
TEXT = " ".join((TITLE, HEAD, *PARAGRAPHS))


@cache
def typeset() -> bytes:
    return text_page()


def recognised(pdf: bytes, folder: Path) -> tuple[IssueDocument, dict[int, RecognisedPage]]:
    """Return the issue in a PDF read with all its scans, and what was recognised on them."""
    path = folder / "scan.pdf"
    path.write_bytes(pdf)
    wanted: list[int] = []
    with suppress(Refusal):  # looked at elsewhere
        read_pdf_issue(pdf, limits=Limits(), on_scans=wanted.extend)
    pages = recognised_pages(path, wanted, tesseract=find_tesseract("eng"), limits=Limits())
    return read_pdf_issue(pdf, limits=Limits(), recognised=pages), pages


@cache
def scanned(dpi: int = 300, **spoiling: float) -> tuple[IssueDocument, dict[int, RecognisedPage]]:
    """Return the page as a scan of its own, read: recognising takes seconds, so each way of spoiling is read once."""
    with TemporaryDirectory() as folder:
        return recognised(scan_of(typeset(), dpi=dpi, **spoiling), Path(folder))


def text_of(document: IssueDocument) -> str:
    parts = [part for a in document.articles for part in (a.title, *(block.text for block in a.blocks))]
    return " ".join(parts)


@pytest.mark.parametrize(
    ("spoiling", "turned"),
    [({}, 0), ({"skew": 1.0, "noise": 0.002}, 0), ({"skew": -3.0}, 0), ({"turn": 90}, 90)],
    ids=["clean", "askew by 1 degree and dirty", "askew by 3 degrees", "on its side"],
)
def test_a_scan_is_read_like_the_page_it_was_made_of(spoiling: dict[str, float], turned: int) -> None:
    document, pages = scanned(**spoiling)
    assert word_accuracy(text_of(document), TEXT) >= 0.98
    assert pages[1].turned == turned
    assert [block.text for a in document.articles for block in a.blocks if block.type == "heading"] == [HEAD]
    paragraphs = [block.text for a in document.articles for block in a.blocks if block.type == "para"]
    assert len(paragraphs) == len(PARAGRAPHS)
    assert document.issue.ocr_pages == 1
    assert document.issue.ocr_confidence == pages[1].confidence >= 90


def test_citations_on_a_scan_are_found() -> None:
    document, _ = scanned()
    cited = [(c.source, c.iso) for a in document.articles for c in a.citations]
    assert cited == [("Ardel Wire", "2021-04-03"), ("Kessmouth Gazette", "2021-04-05")]


def test_a_scan_among_text_pages_takes_its_place_and_the_others_keep_their_letters(tmp_path: Path) -> None:
    before = text_page((OIL,), title="Oil and the Upper Town", head="Wicks")
    after = text_page((WATER,), title="Water and the Lower Town", head="Pumps")
    document, pages = recognised(bound([before, drawn(typeset()), after]), tmp_path)
    assert list(pages) == [2]
    assert document.issue.ocr_pages == 1
    text = text_of(document)
    assert word_accuracy(text, TEXT) >= 0.98
    assert text.index(OIL) < text.index("On Monday") < text.index(WATER)
    marked = [(f.code, f.page, f.severity) for f in document.findings if f.code == "text_is_ocr"]
    assert marked == [("text_is_ocr", 2, "info")]


def test_regions_lie_on_the_scan_as_it_was_bound() -> None:
    """A page on its side: the title is found where it is drawn, not where it stood when it was read."""
    upright, _ = scanned()
    aside, _ = scanned(turn=90)
    width, height = upright.issue.page_sizes[0]
    assert aside.issue.page_sizes[0] == (height, width)
    first, turned = (d.articles[-1].blocks[0].regions[0].bbox for d in (upright, aside))
    # Turned by 90 degrees against the clock: x becomes the distance from the lower edge.
    wanted = (first[1], width - first[2], first[3], width - first[0])
    assert all(abs(a - b) < 3 for a, b in zip(turned, wanted, strict=True))


def test_low_resolution_is_read_and_marked() -> None:
    document, _ = scanned(dpi=120)
    assert word_accuracy(text_of(document), TEXT) >= 0.9
    assert "text_is_ocr" in {finding.code for finding in document.findings}
