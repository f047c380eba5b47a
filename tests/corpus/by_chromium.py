"""Issues printed to PDF by Chromium, as a web page that somebody saved. Its outline tells where the titles stand."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from tests.corpus.html_pages import IssueHtml
from tests.corpus.issue_model import addresses_of
from tests.corpus.style_sheet import style_sheet
from tests.corpus.typeset import CannotTypeset, Typeset

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.corpus.issue_model import Issue
    from tests.corpus.layout import Layout

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
OPTIONS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--generate-pdf-document-outline")
SECONDS = 90
LONGEST_ADDRESS = 2000  # bytes
# Chromium has no running elements: the contents float, and the first piece is as narrow as page one all the way.
SIDE = """nav.sidebar { position: static; float: right; width: 150pt; margin: 0 0 0 12pt }
header, header + section { margin-right: 170pt }"""
ROWS = ".row { display: flex; justify-content: space-between }"


def check(layout: Layout) -> None:
    """Raise `CannotTypeset` for what Chromium has no way to set."""
    if layout.notes == "foot":
        raise CannotTypeset("Chromium sets no footnotes")
    if layout.contents == "sidebar" and (layout.titles == "column" or layout.starts == "flow"):
        raise CannotTypeset("Chromium knows no first page that is narrower than the others")


def typeset(issue: Issue, layout: Layout) -> Typeset:
    """Return the issue printed by Chromium, twice: the second run knows the pages. Raises `CannotTypeset`."""
    check(layout)
    first = _printed(issue, layout, (1,) * len(issue.articles))
    second = _printed(issue, layout, first.starts)
    return second if second.starts == first.starts else _printed(issue, layout, second.starts)


def _printed(issue: Issue, layout: Layout, starts: Sequence[int]) -> Typeset:
    side = SIDE if layout.contents == "sidebar" else ""
    page = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f"<style>{style_sheet(issue, layout)}\n{ROWS}\n{side}</style></head>"
        f"<body>{IssueHtml(issue, layout, starts).body()}</body></html>"
    )
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "issue.html"), Path(folder, "issue.pdf")
        source.write_text(page, encoding="utf-8")
        command = [
            chromium(),
            *OPTIONS,
            f"--user-data-dir={folder}/profile",
            f"--print-to-pdf={target}",
            source.as_uri(),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
        return _measured(target.read_bytes(), addresses_of(issue))


def _measured(pdf: bytes, wanted: frozenset[str]) -> Typeset:
    document = pdfium.PdfDocument(pdf)
    starts = tuple(mark.get_dest().get_index() + 1 for mark in document.get_toc() if mark.level == 0)
    pages, drawn = len(document), frozenset(_linked(document))
    document.close()
    return Typeset(pdf, starts, pages, lost=wanted - drawn)


def _linked(document: pdfium.PdfDocument) -> Iterator[str]:
    """Yield the address of each link in a file: Chromium draws none for some that a column or page breaks."""
    for page in document:
        at, link = ctypes.c_int(0), raw.FPDF_LINK()
        while raw.FPDFLink_Enumerate(page, at, link):
            address = ctypes.create_string_buffer(LONGEST_ADDRESS)
            raw.FPDFAction_GetURIPath(document, raw.FPDFLink_GetAction(link), address, LONGEST_ADDRESS)
            yield address.value.decode()


@cache
def chromium() -> str:
    """Return the path of a Chromium: $CHROMIUM (as scripts/test sets it) or an installed one. Raises `CannotTypeset`."""
    for name in (os.environ.get("CHROMIUM"), *NAMES):
        if name and (path := shutil.which(name)):
            return path
    raise CannotTypeset("no Chromium is installed")
