"""Pages that are one hostile picture: each ends as read or as one line, within its limits, and costs no other page."""

from __future__ import annotations

import time
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from monitor.ingest.guard.limits import Limits
from monitor.ingest.refusals import Refusal
from monitor.ingest.scans import tesseract
from monitor.jobs.reading import Recognition, Task, read_issue
from tests.ingest_guard.raw_pdf import objects, stream, write_pdf
from tests.ingest_scans.scans import bound, needs_tesseract, text_page
from tests.ingest_scans.test_tesseract import inked, pretended

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from monitor.ingest.document import IssueDocument

pytestmark = needs_tesseract
BITS = b"/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /FlateDecode "
MEGABYTE = 1024 * 1024
LIMITS = Limits(cpu_seconds=10, pixels=4_000_000)


def zeros(megabytes: int) -> bytes:
    """Return so many megabytes of zeros, deflated; each of them is the same few bytes."""
    packer = zlib.compressobj(9)
    first, piece = (packer.compress(bytes(MEGABYTE)) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    return first + piece * (megabytes - 1)


def one_picture(width: int, height: int, data: bytes, entries: bytes = BITS, *, sheet: bytes = b"612 792") -> bytes:
    """Return a PDF of one page that holds nothing but this picture."""
    picture = b"/Type /XObject /Subtype /Image /Width %d /Height %d " % (width, height) + entries
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %s] /Contents 4 0 R " % sheet
    page += b"/Resources << /XObject << /Im 6 0 R >> >> >>"
    across, down = sheet.split()
    shown = b"q %s 0 0 %s 0 0 cm /Im Do Q" % (across, down)
    return write_pdf(objects(o3=page, o4=stream(shown), o6=stream(data, picture)))


HOSTILE: dict[str, Callable[[], bytes]] = {
    "ten thousand million dots of one bit": lambda: one_picture(100_000, 100_000, zeros(1200)),
    "as many claimed, and one megabyte there": lambda: one_picture(100_000, 100_000, zeros(1)),
    "a claim beyond all numbers": lambda: one_picture(2_000_000_000, 2_000_000_000, zeros(1)),
    "a page as large as a field": lambda: one_picture(1000, 1000, zeros(1), sheet=b"14400 14400"),
    "a page as thin as a hair": lambda: one_picture(1000, 1000, zeros(1), sheet=b"14400 3"),
    "no picture at all": lambda: one_picture(100, 100, b"\xff" * 500),
}


def outcome(pdf: bytes, folder: Path) -> IssueDocument | Refusal:
    path = folder / "hostile.pdf"
    path.write_bytes(pdf)
    try:
        return read_issue(Task(path, path.name, LIMITS), recognition=Recognition.NOW)
    except Refusal as refusal:
        return refusal


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_scan_ends_as_one_line(make: Callable[[], bytes], tmp_path: Path) -> None:
    pdf = make()
    began = time.monotonic()
    told = outcome(pdf, tmp_path)
    assert isinstance(told, Refusal)
    assert told.code in {"no_text", "cannot_recognise", "too_much_memory", "too_slow"}
    assert "\n" not in str(told)
    assert time.monotonic() - began < 60


def test_a_picture_that_takes_tesseract_too_long_costs_no_other_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tesseract, "PAGE_LIMITS", replace(tesseract.PAGE_LIMITS, cpu_seconds=1, wall_per_cpu=5))
    pretended(tmp_path, 'case "$*" in *list-langs*) echo eng;; *) while :; do :; done;; esac', monkeypatch)
    pages = bound([text_page(), inked(), text_page()])
    document = outcome(pages, tmp_path)
    assert not isinstance(document, Refusal)
    (lost,) = [finding for finding in document.findings if finding.code == "page_unreadable"]
    assert (lost.page, lost.severity) == (2, "error")
    assert "Page 2 took more than 1 seconds of computing." in lost.message
    assert [article.title for article in document.articles][:1]
