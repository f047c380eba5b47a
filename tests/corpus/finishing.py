"""What a press does to finished pages: turn them, move the media box, crop. They look the same in every viewer."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pypdfium2.raw as raw

if TYPE_CHECKING:
    from tests.corpus.layout import Layout

SHIFT = (20.0, 30.0)  # points from 0, 0 to the lower left corner of the media box
TRIM = 25.0  # points between media box and crop box, on each side

Matrix = tuple[float, float, float, float, float, float]


def finished(pdf: bytes, layout: Layout) -> bytes:
    """Return the PDF turned, shifted and cropped as the layout wants; untouched where it wants nothing."""
    if not (layout.rotate or layout.shifted or layout.cropped):
        return pdf
    document = pdfium.PdfDocument(pdf)
    for i in range(len(document)):
        page = document[i]
        _turn(page, layout.rotate)
        left, lower = SHIFT if layout.shifted else (0.0, 0.0)
        _frame(page, left, lower, TRIM if layout.cropped else 0.0)
        page.close()
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def _turn(page: pdfium.PdfPage, degrees: int) -> None:
    """Lay the content on its side and let /Rotate set it upright again."""
    width, height = page.get_size()
    matrices: dict[int, Matrix] = {
        90: (0, 1, -1, 0, height, 0),
        180: (-1, 0, 0, -1, width, height),
        270: (0, -1, 1, 0, 0, width),
    }
    if degrees:
        _move(page, matrices[degrees])
        if degrees != 180:  # half a turn keeps the shape
            width, height = height, width
        page.set_mediabox(0, 0, width, height)
        page.set_cropbox(0, 0, width, height)
        page.set_rotation(degrees)


def _frame(page: pdfium.PdfPage, left: float, lower: float, trim: float) -> None:
    _, _, width, height = page.get_mediabox()
    if left or lower or trim:
        _move(page, (1, 0, 0, 1, left + trim, lower + trim))
        page.set_mediabox(left, lower, left + width + 2 * trim, lower + height + 2 * trim)
        page.set_cropbox(left + trim, lower + trim, left + trim + width, lower + trim + height)


def _move(page: pdfium.PdfPage, matrix: Matrix) -> None:
    if not raw.FPDFPage_TransFormWithClip(page.raw, raw.FS_MATRIX(*matrix), None):
        raise RuntimeError("pdfium could not move the page's content")
    raw.FPDFPage_TransformAnnots(page.raw, *matrix)
