"""Which links a browser really wrote into a PDF: it loses some of those that stand where a column or page breaks."""

from __future__ import annotations

import ctypes
import io
import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from tests.held_apart.setting import letters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

STRAY = 2  # letters of its neighbours that a rectangle may touch
LONGEST_ADDRESS = 2000  # bytes
SLACK = 1.5  # points above and below a rectangle
FOLLOWING, TELLING = 16, 6  # characters and letters behind a rectangle


class Drawn(NamedTuple):
    """A link's rectangle: its address, the letters under it, the letters and digits behind it, and the page it is on."""

    address: str
    letters: str
    page: int = 1
    after: str = ""


def with_plain_links(gold: dict[str, Any]) -> dict[str, Any]:
    """Return the gold without what is told of its links for this folder alone."""
    articles = [{**article, "links": [*map(_plain, article["links"])]} for article in gold["articles"]]
    return {**gold, "articles": articles}


def _plain(link: dict[str, str]) -> dict[str, str]:
    return {"text": link["text"], "url": link["url"]}


def without_lost_links(gold: dict[str, Any], pdf: bytes) -> dict[str, Any]:
    """Return the gold without the links that have no rectangle in the PDF; both go in the order of the text."""
    drawn = list(drawn_links(pdf))
    starts = [article["page_start"] for article in gold["articles"]]
    last = max([*starts, *(one.page for one in drawn)], default=1)
    articles = []
    for article, (first, end) in zip(gold["articles"], pairwise([*starts, last]), strict=True):
        # The same source stands in many articles: one that lost its rectangle may not take another's.
        links, left = kept(article["links"], [one for one in drawn if first <= one.page <= end])
        drawn = [one for one in drawn if not first <= one.page <= end] + left
        articles.append({**article, "links": links})
    return {**gold, "articles": articles}


def kept(links: Sequence[dict[str, str]], drawn: Sequence[Drawn]) -> tuple[list[dict[str, str]], list[Drawn]]:
    """Return the links that are drawn, and what is left of the rectangles.

    Those of one address stand in the order of the text; those of several may not, where a page has columns.
    """
    found, left = [], list(drawn)
    for link in links:
        wanted, seen = letters(link["text"]), ""
        behind = letters_and_digits(link.get("after", ""))
        for rectangle in [one for one in left if one.address == link["url"]]:
            told = rectangle.after.startswith(behind[:TELLING]) or rectangle.after[:TELLING] in wanted + behind
            nowhere = not rectangle.letters and not rectangle.after
            if "after" in link and (nowhere or not told):
                continue
            if len(seen + rectangle.letters) > len(wanted) + STRAY or (seen and not rectangle.letters):
                break
            left.remove(rectangle)
            seen += rectangle.letters or wanted
        if seen:
            found.append(_plain(link))
    return found, left


def drawn_links(pdf: bytes) -> Iterator[Drawn]:
    """Yield each link rectangle, as the file lists them."""
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as file:
        for number, page in enumerate(file, start=1):
            text, at, link = page.get_textpage(), ctypes.c_int(0), pdfium.FPDF_LINK()
            while pdfium.FPDFLink_Enumerate(page, at, link):
                box = pdfium.FS_RECTF()
                pdfium.FPDFLink_GetAnnotRect(link, box)
                under = text.get_text_bounded(box.left, box.bottom - SLACK, box.right, box.top + SLACK)
                end = text.get_index(box.right - SLACK, (box.bottom + box.top) / 2, SLACK, SLACK)
                after = text.get_text_range(end + 1, FOLLOWING) if end is not None else ""
                yield Drawn(_address(file, link), letters(under), number, letters_and_digits(after))


def letters_and_digits(text: str) -> str:
    """Return what tells one printed date from another of its month, in lower case."""
    return re.sub(r"[^a-z0-9]+", "", unicodedata.normalize("NFKD", text).casefold())


def _address(file: pypdfium2.PdfDocument, link: Any) -> str:
    buffer = ctypes.create_string_buffer(LONGEST_ADDRESS)
    pdfium.FPDFAction_GetURIPath(file, pdfium.FPDFLink_GetAction(link), buffer, LONGEST_ADDRESS)
    return buffer.value.decode()
