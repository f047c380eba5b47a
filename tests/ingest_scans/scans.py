"""Scans made in the test: a typeset page is drawn, spoilt as a scanner would, and bound as a PDF of pictures."""

from __future__ import annotations

import io
import random
import shutil
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.ingest_pdf.makers import by_typst

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

needs_tesseract = pytest.mark.skipif(
    not shutil.which("tesseract"),
    reason="TESSERACT IS NOT INSTALLED: scans are not tested (apt-get install tesseract-ocr)",
)

TITLE = "The Lamplighters of Vray Go on Strike"
HEAD = "What the Guild Asked For"
PARAGRAPHS = tuple(
    """\
On Monday the lamplighters of Vray put down their ladders and walked to the square before the harbour office, where \
they had been paid for as long as anybody could remember. Nobody had told the harbour master, and the lamps along the \
lower quay were not lit that evening (Ardel Wire, April 3, 2021).
The guild speaks for some four hundred people. It asks for a third more pay in winter, when the lamps burn from four \
in the afternoon, and for boots. The council offered boots (Kessmouth Gazette, April 5, 2021).
A strike of this length has not been seen since the ferrymen left their boats. Traders close their stalls before dusk, \
the night market has moved to the upper town, and the watch goes about in pairs with torches.""".splitlines()
)


def page_source(paragraphs: Sequence[str] = PARAGRAPHS, *, title: str = TITLE, head: str = HEAD) -> str:
    """Return a page for Typst: a title, a paragraph, a head, the other paragraphs."""
    first, *others = paragraphs
    return f"#text(size: 16pt)[*{title}*]\n\n{first}\n\n*{head}*\n\n" + "\n\n".join(others)


def text_page(paragraphs: Sequence[str] = PARAGRAPHS, **more: str) -> bytes:
    """Return a one-page PDF with letters in it."""
    return by_typst(page_source(paragraphs, **more))


def drawn(pdf: bytes, *, dpi: int = 300) -> Image.Image:
    """Return the first page as a gray picture."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        image: Image.Image = document[0].render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
    finally:
        document.close()
    return image


def spoilt(image: Image.Image, *, skew: float = 0, turn: int = 0, noise: float = 0) -> Image.Image:
    """Return the picture askew (degrees), turned (degrees), and with a share of its pixels made dirt."""
    if skew:
        image = image.rotate(skew, fillcolor=255, resample=Image.Resampling.BICUBIC)
    if noise:
        dirt = random.Random(7)  # noqa: S311 (the same dirt every time)
        pixels = image.load()
        for _ in range(int(noise * image.width * image.height)):
            pixels[dirt.randrange(image.width), dirt.randrange(image.height)] = dirt.randrange(256)  # type: ignore[index]
    return image.rotate(turn, expand=True) if turn else image


def bound(images: Iterable[Image.Image | bytes], *, dpi: int = 300) -> bytes:
    """Return a PDF of JPEG pictures, each a page; bytes are the PDF of a page that keeps its letters."""
    merged = pypdfium2.PdfDocument.new()
    for image in images:
        part = pypdfium2.PdfDocument(image if isinstance(image, bytes) else _picture_page(image, dpi))
        merged.import_pages(part)
        part.close()
    out = io.BytesIO()
    merged.save(out)
    merged.close()
    return out.getvalue()


def _picture_page(image: Image.Image, dpi: int) -> bytes:
    jpeg, out = io.BytesIO(), io.BytesIO()
    image.save(jpeg, "JPEG", quality=75)
    jpeg.seek(0)
    width, height = image.width * 72 / dpi, image.height * 72 / dpi
    canvas = Canvas(out, pagesize=(width, height), invariant=1)
    canvas.drawImage(ImageReader(jpeg), 0, 0, width, height)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def scan_of(pdf: bytes, *, dpi: int = 300, **spoiling: float) -> bytes:
    """Return the first page of a PDF as a scan of one page."""
    return bound([spoilt(drawn(pdf, dpi=dpi), **spoiling)], dpi=dpi)  # type: ignore[arg-type]


def word_accuracy(found: str, wanted: str) -> float:
    """Return the share of the wanted words that are found, each as often as it is wanted."""
    left: dict[str, int] = {}
    for word in found.split():
        left[word] = left.get(word, 0) + 1
    words = wanted.split()
    hits = 0
    for word in words:
        if left.get(word, 0):
            left[word] -= 1
            hits += 1
    return hits / len(words)
