"""Which links a browser really wrote into a PDF: it loses some of those that stand where a column or page breaks."""

from __future__ import annotations

import ctypes
import io
from typing import TYPE_CHECKING, Any

import pypdfium2
import pypdfium2.raw as pdfium

from tests.held_apart.setting import letters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

STRAY = 2  # letters of its neighbours that a rectangle may touch
LONGEST_ADDRESS = 2000  # bytes
SLACK = 1.5  # points above and below a rectangle


def without_lost_links(gold: dict[str, Any], pdf: bytes) -> dict[str, Any]:
    """Return the gold without the links that have no rectangle in the PDF; both go in the order of the text."""
    drawn = list(drawn_links(pdf))
    articles = []
    for article in gold["articles"]:
        links, drawn = kept(article["links"], drawn)
        articles.append({**article, "links": links})
    return {**gold, "articles": articles}


def kept(
    links: Sequence[dict[str, str]], drawn: Sequence[tuple[str, str]]
) -> tuple[list[dict[str, str]], list[tuple[str, str]]]:
    """Return the links that are drawn, and what is left of the rectangles (address, letters under it).

    Those of one address stand in the order of the text; those of several may not, where a page has columns.
    """
    found, left = [], list(drawn)
    for link in links:
        wanted, seen = letters(link["text"]), ""
        for rectangle in [one for one in left if one[0] == link["url"]]:
            if len(seen + rectangle[1]) > len(wanted) + STRAY or (seen and not rectangle[1]):
                break
            left.remove(rectangle)
            seen += rectangle[1] or wanted
        if seen:
            found.append(link)
    return found, left


def drawn_links(pdf: bytes) -> Iterator[tuple[str, str]]:
    """Yield the address and the letters of each link rectangle, as the file lists them."""
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as file:
        for page in file:
            text, at, link = page.get_textpage(), ctypes.c_int(0), pdfium.FPDF_LINK()
            while pdfium.FPDFLink_Enumerate(page, at, link):
                box = pdfium.FS_RECTF()
                pdfium.FPDFLink_GetAnnotRect(link, box)
                under = text.get_text_bounded(box.left, box.bottom - SLACK, box.right, box.top + SLACK)
                yield _address(file, link), letters(under)


def _address(file: pypdfium2.PdfDocument, link: Any) -> str:
    buffer = ctypes.create_string_buffer(LONGEST_ADDRESS)
    pdfium.FPDFAction_GetURIPath(file, pdfium.FPDFLink_GetAction(link), buffer, LONGEST_ADDRESS)
    return buffer.value.decode()
