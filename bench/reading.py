"""The whole reading of a PDF, from bytes to IssueDocument, against bare text extraction of the same pages."""

from __future__ import annotations

from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pdfplumber

from bench.goals import Goal
from bench.own_site import report_of
from bench.rounds import ratio
from monitor.ingest.guard.limits import Limits
from monitor.ingest.pdf_issue import read_pdf_issue

if TYPE_CHECKING:
    from collections.abc import Iterator

COPIES = (1, 5, 20)
LIMIT = 1.3  # times the bare extraction
SAMPLES = sorted((Path(__file__).resolve().parents[1] / "samples").glob("*.pdf"))


def extract_text(data: bytes) -> None:
    with pdfplumber.open(BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.extract_text()
            page.close()


def read_issue(data: bytes) -> None:
    read_pdf_issue(data, limits=Limits())


def report() -> Iterator[str]:
    yield "CPU of the whole reading / CPU of `pdfplumber.extract_text`; the aim is 1.0, the limit 1.3.\n"
    yield "| file | median | least | greatest |\n|---|---|---|---|"
    goals = []
    for path in SAMPLES:
        data = path.read_bytes()
        read_issue(data)  # once before, so that neither pays for imports
        middle, low, high = ratio(partial(read_issue, data), partial(extract_text, data))
        yield f"| {path.name} | {middle:.2f} | {low:.2f} | {high:.2f} |"
        goals.append(Goal(f"{path.stem} read, beside bare extraction", middle, low, high, LIMIT))
    yield ""
    yield from map(str, goals)
    yield "\nPeak memory of a process that reads the first of them printed several times over; the aim is none more a page.\n"
    yield "| pages | whole reading, MB | bare extraction, MB |\n|---|---|---|"
    for copies in COPIES:
        (pages, whole), (_, bare) = (_peak(copies, way) for way in ("whole", "bare"))
        yield f"| {pages} | {whole} | {bare} |"


def _peak(copies: int, way: str) -> tuple[str, str]:
    (told,) = report_of("bench.reading_memory", str(copies), way)
    pages, megabytes = told.split()
    return pages, megabytes
