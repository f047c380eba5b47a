"""Parts of a ReportLab story that know their page, their dots or their letters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfmetrics
from reportlab.platypus import Flowable, Paragraph

from tests.corpus.fonts import in_visual_order

if TYPE_CHECKING:
    from reportlab.lib.styles import ParagraphStyle

    from tests.corpus.layout import Case

OTHER_LETTERS = re.compile(r"[^\x00-\x7f\xa0-\xff\u2018\u2019\u201c\u201d\u2013\u2014\u0152\u0153]+")
LOWER = re.compile(r"[^\W\d_A-ZÀ-Þ]+")


class Title(Paragraph):  # type: ignore[misc]
    """A title that notes the page it comes to stand on."""

    def __init__(self, text: str, style: ParagraphStyle, article: int, starts: dict[int, int]) -> None:
        super().__init__(text, style)
        self.article, self.starts = article, starts

    def draw(self) -> None:
        self.canv.bookmarkPage(f"a{self.article}")
        self.starts[self.article] = self.canv.getPageNumber()
        super().draw()


class Leader(Flowable):  # type: ignore[misc]
    """A row of the contents: title, dots, page."""

    def __init__(self, title: Paragraph, page: str, font: str, size: float) -> None:
        super().__init__()
        self.title, self.page, self.font, self.size = title, page, font, size

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        _, self.height = self.title.wrap(width - 60, height)
        return width, self.height

    def draw(self) -> None:
        self.title.drawOn(self.canv, 0, 0)
        rise = self.height - self.title.height + self.title.style.leading - self.size
        start = self.title.getActualLineWidths0()[-1] + 4
        dots = "." * int((self.width - start - 24) / pdfmetrics.stringWidth(".", self.font, self.size))
        self.canv.setFont(self.font, self.size)
        self.canv.drawString(start, rise, dots)
        self.canv.drawRightString(self.width, rise, self.page)


def marked(text: str) -> str:
    """Return text in ReportLab's markup; letters that the standard fonts lack come from another font."""
    drawn = escape(in_visual_order(text))
    return OTHER_LETTERS.sub(lambda stretch: f'<font name="Other">{stretch[0]}</font>', drawn)


def cased(text: str, case: Case, size: float) -> str:
    """Return a title or a byline as it is set; small capitals are capitals of a smaller size."""
    if case == "caps":
        return marked(text.upper())
    if case == "small_caps":
        parts, at = [], 0
        for small in LOWER.finditer(text):
            parts += [
                marked(text[at : small.start()]),
                f'<font size="{0.8 * size:.1f}">{marked(small[0].upper())}</font>',
            ]
            at = small.end()
        return "".join(parts) + marked(text[at:])
    return marked(text)
