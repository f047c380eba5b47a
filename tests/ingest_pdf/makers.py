"""Pages made in the test, by three producers with habits of their own, and the way back to text."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any

import typst
from fpdf import FPDF
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

from monitor.ingest.guard.limits import Limits
from monitor.ingest.layout.laying_out import LaidOut, PageStore, laid_out
from monitor.ingest.pdf.door import PdfFile

if TYPE_CHECKING:
    from monitor.ingest.pdf.printed_page import PrintedPage

PREAMBLE = """
#set text(font: "Libertinus Serif", size: 10pt, lang: "en", region: "US")
#set smartquote(enabled: false)
"""


def pages_of(pdf: bytes, limits: Limits | None = None) -> list[PrintedPage]:
    """Return the pages as printed."""
    return list(PdfFile(pdf, limits or Limits()).pages())


def laid(pdf: bytes) -> LaidOut:
    """Return the whole layout of a PDF."""
    store = PageStore()
    for page in PdfFile(pdf, Limits()).pages():
        store.add(page)
    return laid_out(store)


def texts(pdf: bytes) -> list[str]:
    """Return the pieces' texts in reading order."""
    return [piece.text for piece in laid(pdf).pieces]


def drawn(page: PrintedPage) -> str:
    """Return the page's letters in the order of drawing."""
    return "".join(glyph.text for glyph in page.glyphs)


def by_typst(body: str, *, page: str = "", par: str = "justify: true") -> bytes:
    """Return a PDF by Typst; `page` and `par` are arguments of its page and paragraph settings."""
    source = (
        f'#set page(paper: "us-letter", margin: 60pt{", " + page if page else ""})\n#set par({par})\n{PREAMBLE}{body}'
    )
    pdf: bytes = typst.compile(source.encode("utf-8"), ignore_system_fonts=True)
    return pdf


def as_string(text: str) -> str:
    """Return text as Typst sets it without reading markup in it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'#"{escaped}"'


def typst_paragraphs(paragraphs: list[str]) -> str:
    """Return paragraphs for Typst."""
    return "\n\n".join(as_string(text) for text in paragraphs)


@dataclass
class ReportLabPages:
    """A document in columns by ReportLab; texts may hold its own markup (`<super>1</super>`, `<a href=…>`)."""

    columns: int = 1
    indent: float = 0
    space: float = 6
    flow: list[Any] = field(default_factory=list)
    head: str = ""
    size: float = 10

    def add(
        self, *texts: str, size: float | None = None, bold: bool = False, before: float | None = None
    ) -> ReportLabPages:
        """Append paragraphs of one style."""
        points = size or self.size
        style = ParagraphStyle(
            "s",
            fontName="Helvetica-Bold" if bold else "Times-Roman",
            fontSize=points,
            leading=points * 1.25,
            firstLineIndent=0 if bold else self.indent,
            alignment=0 if bold else TA_JUSTIFY,
            spaceAfter=self.space,
            spaceBefore=before or 0,
        )
        self.flow += [Paragraph(text, style) for text in texts]
        return self

    def pdf(self) -> bytes:
        """Return the finished bytes."""
        width, height = A4
        gap, margin = 18, 56
        each = (width - 2 * margin - gap * (self.columns - 1)) / self.columns
        frames = [
            Frame(margin + i * (each + gap), margin, each, height - 2 * margin, 0, 0, 0, 0) for i in range(self.columns)
        ]
        out = BytesIO()
        template = BaseDocTemplate(out, pagesize=A4, invariant=1)
        template.addPageTemplates(PageTemplate("p", frames, onPage=self._furnish))
        template.build(self.flow)
        return out.getvalue()

    def _furnish(self, canvas: Canvas, document: Any) -> None:
        canvas.setFont("Times-Italic", 9)
        if self.head:
            canvas.drawString(56, 842 - 40, self.head)
        canvas.drawCentredString(297, 30, str(document.page))


def canvas_pdf(draw: Any, *, size: tuple[float, float] = (612, 792), pages: int = 1, **options: Any) -> bytes:
    """Return pages drawn by `draw(canvas, page)` on a ReportLab canvas."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=1, **options)
    for page in range(1, pages + 1):
        draw(canvas, page)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def by_fpdf(paragraphs: list[str], *, title: str = "", font: str = "Times", size: float = 11) -> bytes:
    """Return a one-column PDF by fpdf2."""
    pdf = FPDF(unit="pt", format="letter")
    pdf.set_margins(72, 72)
    pdf.add_page()
    if title:
        pdf.set_font("Helvetica", "B", 18)
        pdf.multi_cell(0, 22, title, new_x="LMARGIN", new_y="NEXT")
        pdf.ln(10)
    pdf.set_font(font, "", size)
    for text in paragraphs:
        pdf.multi_cell(0, size * 1.3, text, new_x="LMARGIN", new_y="NEXT", align="L")
        pdf.ln(size * 0.7)
    return bytes(pdf.output())


def by_fpdf_columns(bands: list[tuple[str, list[str]]], *, columns: int) -> bytes:
    """Return titles, each over its own balanced columns of paragraphs, by fpdf2."""
    pdf = FPDF(unit="pt", format="letter")
    pdf.set_margins(54, 54)
    pdf.add_page()
    for title, paragraphs in bands:
        if title:
            pdf.set_font("Helvetica", "B", 16)
            pdf.multi_cell(0, 20, title, new_x="LMARGIN", new_y="NEXT")
            pdf.ln(4)
        pdf.set_font("Times", size=10)
        with pdf.text_columns(
            ncols=columns, gutter=16, text_align="J", balance=len(bands) > 1, line_height=1.2
        ) as area:
            for text in paragraphs:
                area.paragraph(bottom_margin=6).write(text)
                area.end_paragraph()
        pdf.ln(10)
    return bytes(pdf.output())
