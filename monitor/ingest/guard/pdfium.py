"""The only door to pypdfium2, a parser in C++: imported by the guarded child alone, once its limits stand.

Pictures are drawn in the frame of our regions: the crop box after /Rotate, its top left corner at 0, 0.
"""

from __future__ import annotations

import ctypes
import math
from io import BytesIO
from typing import TYPE_CHECKING

import pypdfium2
from pypdfium2 import raw

from monitor.ingest.guard.pictures import Picture
from monitor.ingest.pdf.frame import LETTER, usable_page
from monitor.ingest.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PIL.Image import Image

    from monitor.ingest.guard.limits import Limits
    from monitor.ingest.guard.pictures import Drawing

POINTS_PER_INCH = 72
LONGEST_SIDE = 16_383  # pixels; WebP holds no more
# Measured on two-column pages: the next step of the encoder costs twice the time for 3 % fewer bytes.
WEBP = {"quality": 60, "method": 2}
PNG = {"compress_level": 1}


class PageDrawer:
    """A PDF opened for drawing. Raises `Refusal` where it is locked, damaged, empty or too long."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._limits = limits
        self._file = _opened(data)
        if len(self) == 0:
            raise Refusal("no_pages", "It has no pages.")
        if len(self) > limits.pages:
            raise Refusal("too_many_pages", f"It has more than {limits.pages:,} pages, the limit.")

    def __len__(self) -> int:
        return len(self._file)

    def pictures(self, number: int, drawings: Sequence[Drawing]) -> Iterator[Picture]:
        """Yield the page as each of `drawings` wants it: run once at the largest size, the others made of that.

        Raises `Refusal` where the page cannot be drawn.
        """
        try:
            page = self._file[number - 1]
        except pypdfium2.PdfiumError as error:
            raise Refusal("undrawable", f"Page {number} is damaged and cannot be drawn.") from error
        try:
            width, height = _framed(page)
            scales = [_scale(drawing, width, height, self._limits.pixels) for drawing in drawings]
            gray = all(drawing.gray for drawing in drawings)
            whole = _run(page, max(scales), gray=gray)
            for drawing, scale in zip(drawings, scales, strict=True):
                yield _encoded(_shrunk(whole, scale / max(scales)), drawing)
        finally:
            page.close()


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            raise Refusal("locked", "It is locked with a password: save a copy without it.") from error
        if error.err_code == raw.FPDF_ERR_SECURITY:
            raise Refusal(
                "unknown_encryption", "It is encrypted in a way that cannot be read: save a copy without it."
            ) from error
        raise Refusal("damaged", "Its structure is damaged: open it in a PDF reader and save a copy.") from error


def _framed(page: pypdfium2.PdfPage) -> tuple[float, float]:
    """Return the size of the page in points, after making its boxes those that `PageFrame` goes by."""
    if not _usable(page):
        page.set_cropbox(0, 0, 0, 0)  # beyond the media box, or no area: the whole media box is shown
    if not _usable(page):
        page.set_mediabox(*LETTER)
    return page.get_width(), page.get_height()


def _usable(page: pypdfium2.PdfPage) -> bool:
    box = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, ctypes.byref(box))
    return usable_page((box.left, box.bottom, box.right, box.top)) is not None


def _scale(drawing: Drawing, width: float, height: float, most: int) -> float:
    """Return pixels per point for a page of `width` and `height` points, never more than `most` pixels in all."""
    wanted = drawing.width / width if drawing.width else drawing.dpi / POINTS_PER_INCH
    return min(wanted, LONGEST_SIDE / max(width, height), math.sqrt(most / (width * height)))


def _run(page: pypdfium2.PdfPage, scale: float, *, gray: bool) -> Image:
    # A trifle less: a side of 3300.0000001 pixels is one of 3300, and pypdfium2 rounds up.
    bitmap = page.render(scale=scale * (1 - 1e-9), grayscale=gray, rev_byteorder=True, limit_image_cache=True)
    picture: Image = bitmap.to_pil()
    return picture.convert("L" if gray else "RGB")


def _shrunk(picture: Image, ratio: float) -> Image:
    size = (max(1, round(picture.width * ratio)), max(1, round(picture.height * ratio)))
    return picture if size == picture.size else picture.resize(size, reducing_gap=3)


def _encoded(picture: Image, drawing: Drawing) -> Picture:
    drawn = picture.convert("L") if drawing.gray and picture.mode != "L" else picture
    out = BytesIO()
    if drawing.format == "webp":
        drawn.save(out, "WEBP", **WEBP)
    elif drawing.format == "png":
        drawn.save(out, "PNG", **PNG)
    else:
        drawn.save(out, "PPM")
    return Picture(drawn.width, drawn.height, out.getvalue())
