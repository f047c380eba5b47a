"""Pages that are pictures, to words: each is drawn, turned upright if it must be, and recognised by itself."""

from __future__ import annotations

import math
import re
import time
from contextlib import closing
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image

from monitor.ingest.guard.drawing import drawn_pages
from monitor.ingest.guard.pictures import Drawing
from monitor.ingest.scans.hocr import lines_of_hocr
from monitor.ingest.scans.ink import weighed
from monitor.ingest.scans.recognised import RecognisedPage
from monitor.ingest.scans.tesseract import CannotRecognise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from monitor.ingest.guard.limits import Limits
    from monitor.ingest.guard.pictures import Picture
    from monitor.ingest.scans.tesseract import Tesseract

DPI = 300
NOT_FOUND = "It cannot be found in the file."
DRAWING = Drawing("pgm", dpi=DPI, gray=True)
WELL_READ = 75  # percent: a page that is read less surely may lie on its side
LEAST_LETTERS = 20  # of a page that is called well read
TURN = re.compile(r"^Rotate: (0|90|180|270)$", re.MULTILINE)
TURN_SURE = re.compile(r"^Orientation confidence: ([0-9]{1,4}\.[0-9]{1,4})$", re.MULTILINE)
# Slope of the lines (0.6 degrees): at 1 degree Tesseract loses short lines that stand alone, at 3 a fifth of the words.
ASKEW = 0.01
EVEN = 40  # shades of gray that dirty paper may differ from itself
LEAST_INK = 1e-5  # of all dots: fewer are not even a page number
PAPER = 255  # what is put in the corners of a straightened picture


class TurnOver(Exception):
    """The time for one go is over, and some page is done that was not done before."""


def recognised_pages(
    path: Path,
    numbers: Iterable[int],
    *,
    tesseract: Tesseract,
    limits: Limits,
    known: Mapping[int, RecognisedPage] | None = None,
    keep: Callable[[RecognisedPage], None] | None = None,
    on_page: Callable[[int, int], None] | None = None,
    turn_seconds: float = math.inf,
) -> dict[int, RecognisedPage]:
    """Return what is read on the pictures of pages `numbers` (physical, from 1) of a PDF, by number.

    Pages in `known` are not recognised again; `keep` gets each new one at once, so that a killed run need not begin
    anew. `on_page(done, total)` is called before the first page and after each. A page that cannot be drawn or
    recognised says so in its `failure`. Raises Refusal where the file as a whole cannot be opened, and `TurnOver` once
    `turn_seconds` are gone and a page was kept, if others wait.
    """
    began = time.monotonic()
    wanted = sorted(set(numbers))
    pages = {number: page for number, page in (known or {}).items() if number in wanted}
    missing = [number for number in wanted if number not in pages]
    _tell(on_page, len(pages), len(wanted))
    if not missing:
        return pages
    with closing(drawn_pages(path, drawings=[DRAWING], limits=limits, pages=missing)) as drawn:
        for page in drawn:
            pages[page.number] = read = _recognised(page.number, page.pictures, page.failure, tesseract)
            _tell(on_page, len(pages), len(wanted))
            if keep:
                keep(read)
                if len(pages) < len(wanted) and time.monotonic() - began > turn_seconds:
                    raise TurnOver
    # pdfium may find fewer pages than the reader does.
    lost = [number for number in missing if number not in pages]
    return pages | {n: RecognisedPage(n, 1, 1, languages=tesseract.languages, failure=NOT_FOUND) for n in lost}


def _tell(on_page: Callable[[int, int], None] | None, done: int, total: int) -> None:
    if on_page:
        on_page(done, total)


def _recognised(number: int, pictures: tuple[Picture, ...], failure: str, tesseract: Tesseract) -> RecognisedPage:
    if not pictures:
        return RecognisedPage(number, 1, 1, languages=tesseract.languages, failure=failure or "It could not be drawn.")
    picture = pictures[0]
    try:
        with Image.open(BytesIO(picture.data), formats=["PPM"]) as opened:
            image = opened.convert("L")
        return _read(number, image, tesseract)
    except CannotRecognise as error:
        failure = f"Page {number} {error}."
    except (OSError, ValueError, Image.DecompressionBombError):
        failure = f"Page {number} could not be drawn."
    return RecognisedPage(number, picture.width, picture.height, languages=tesseract.languages, failure=failure)


def _read(number: int, image: Image.Image, tesseract: Tesseract) -> RecognisedPage:
    """Return the page as it is read, or as it is read turned upright if that is read better."""
    if _is_bare(image):
        return RecognisedPage(number, *image.size, languages=tesseract.languages)
    page = _read_upright(number, image, tesseract)
    if _is_well_read(page) or not tesseract.knows_up:
        return page
    turn = _turn_of(image, tesseract)
    if not turn:
        return page
    turned = _read_upright(number, image.rotate(-turn, expand=True), tesseract)
    return replace(turned, turned=turn) if _worth(turned) > _worth(page) else page


def _is_bare(image: Image.Image) -> bool:
    """Tell whether a picture is one even shade: a blank sheet, or a picture that could not be drawn."""
    counts = image.histogram()
    usual = max(range(256), key=counts.__getitem__)
    ink = sum(counts[: max(usual - EVEN, 0)]) + sum(counts[usual + EVEN + 1 :])
    return ink <= LEAST_INK * image.width * image.height


def _read_upright(number: int, image: Image.Image, tesseract: Tesseract) -> RecognisedPage:
    """Return the page as it is read, straightened first where it lies well askew."""
    page = _read_as_it_is(number, image, tesseract)
    slope = page.slope
    if abs(slope) < ASKEW:
        return page
    level = image.rotate(math.degrees(math.atan(slope)), resample=Image.Resampling.BICUBIC, fillcolor=PAPER)
    straight = _read_as_it_is(number, level, tesseract)
    return replace(straight, straightened=slope) if _worth(straight) > _worth(page) else page


def _read_as_it_is(number: int, image: Image.Image, tesseract: Tesseract) -> RecognisedPage:
    lines = lines_of_hocr(tesseract.hocr(_pnm(image), dpi=DPI))
    return RecognisedPage(number, *image.size, lines=weighed(lines, image), languages=tesseract.languages)


def _pnm(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, format="PPM")
    return out.getvalue()


def _letters(page: RecognisedPage) -> int:
    return sum(len(word.text) for word in page.words)


def _is_well_read(page: RecognisedPage) -> bool:
    return page.confidence >= WELL_READ and _letters(page) >= LEAST_LETTERS


def _worth(page: RecognisedPage) -> int:
    return page.confidence * _letters(page)


def _turn_of(image: Image.Image, tesseract: Tesseract) -> int:
    """Return the degrees clockwise by which a picture must be turned to stand upright, 0 where nobody can say."""
    try:
        said = tesseract.orientation(_pnm(image), dpi=DPI)
    except CannotRecognise:  # too few letters to tell
        return 0
    turn, sure = TURN.search(said), TURN_SURE.search(said)
    return int(turn[1]) if turn and sure and float(sure[1]) > 0 else 0
