"""Issues set by ReportLab: the standard fonts of every printer, another for letters they lack, drawn small capitals."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

from reportlab.lib.colors import HexColor, black
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4, letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from samples.source_text import long_date
from tests.corpus.fonts import dejavu
from tests.corpus.reportlab_parts import Leader, Title, cased, marked
from tests.corpus.typeset import CannotTypeset, Typeset, running_heads

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reportlab.pdfgen.canvas import Canvas

    from tests.corpus.issue_model import Article, Block, Issue, Run
    from tests.corpus.layout import Layout

SIDE = 150.0  # points, the width of a contents sidebar
PALE = HexColor("#e4e8ea")


def check(layout: Layout) -> None:
    """Raise `CannotTypeset` for what ReportLab has no way to set."""
    if layout.notes == "foot":
        raise CannotTypeset("ReportLab sets no footnotes")
    if layout.drop_caps:
        raise CannotTypeset("ReportLab leaves no room for initials: the next paragraph is drawn over the last line")
    if layout.titles == "spanning" and layout.starts == "flow" and layout.columns > 1:
        raise CannotTypeset("ReportLab balances columns in minutes, not seconds")
    if "spaced" in (layout.title_case, layout.author_case):
        raise CannotTypeset("ReportLab spaces no letters of a paragraph")


def typeset(issue: Issue, layout: Layout) -> Typeset:
    """Return the issue set by ReportLab, twice: the second run knows the pages. Raises `CannotTypeset`."""
    check(layout)
    _register()
    first = _Book(issue, layout, (1,) * len(issue.articles)).set()
    second = _Book(issue, layout, first.starts).set()
    return second if second.starts == first.starts else _Book(issue, layout, second.starts).set()


@cache
def _register() -> None:
    pdfmetrics.registerFont(TTFont("Other", dejavu("DejaVuSans")))


class _Book:
    def __init__(self, issue: Issue, layout: Layout, starts: Sequence[int]) -> None:
        self.issue, self.layout, self.named = issue, layout, starts
        self.family = ("Times-Roman", "Times-Bold", "Times-Italic")
        if not layout.serif:
            self.family = ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique")
        self.found: dict[int, int] = {}
        self.page = letter if layout.paper == "letter" else A4

    def set(self) -> Typeset:
        """Return the issue with the pages in its contents that this run was given."""
        out = BytesIO()
        template = BaseDocTemplate(out, pagesize=self.page, invariant=1)
        template.addPageTemplates([self._first_page(), self._later_pages(), *self._opening_pages()])
        template.build([NextPageTemplate("later"), *self._story()])
        return Typeset(out.getvalue(), tuple(self.found[i] for i in range(len(self.issue.articles))), template.page)

    # Pages

    def _frames(self, left: float, lower: float, right: float, upper: float) -> list[Frame]:
        count = self.layout.columns
        gutter = self.layout.gutter
        width = (right - left - gutter * (count - 1)) / count
        return [
            Frame(left + i * (width + gutter), lower, width, upper - lower, 0, 0, 0, 0, id=f"column {i}")
            for i in range(count)
        ]

    def _spanning(self) -> bool:
        return self.layout.titles == "spanning" and self.layout.columns > 1

    def _later_pages(self) -> PageTemplate:
        margin, (width, height) = self.layout.margin, self.page
        return PageTemplate(
            "later", self._frames(margin, margin, width - margin, height - margin), onPage=self._furnish
        )

    def _first_page(self) -> PageTemplate:
        front = self._masthead()
        if self.layout.contents == "dotted" or (self._spanning() and self.layout.contents == "list"):
            front += self._contents()
        if self._spanning():
            front += self._opening(0)
        return self._headed_page("first", front, SIDE + 12 if self.layout.contents == "sidebar" else 0)

    def _opening_pages(self) -> list[PageTemplate]:
        """Return a page for every title that spans the columns below it."""
        if not self._spanning():
            return []
        return [self._headed_page(f"opening {i}", self._opening(i), 0) for i in range(1, len(self.issue.articles))]

    def _headed_page(self, name: str, head: list[Flowable], side: float) -> PageTemplate:
        margin, (width, height) = self.layout.margin, self.page
        right = width - margin - side
        tall = 8.0
        for part in head:
            tall += part.wrap(right - margin, height)[1] + part.getSpaceAfter() + part.getSpaceBefore()
        top = Frame(margin, height - margin - tall, right - margin, tall, 0, 0, 0, 0)

        def furnish(canvas: Canvas, document: Any) -> None:
            top.addFromList(list(head), canvas)
            if name == "first":
                self._folio(canvas, document)
            else:
                self._furnish(canvas, document)
            if side:
                self._sidebar(canvas)

        return PageTemplate(name, self._frames(margin, margin, right, height - margin - tall), onPage=furnish)

    def _sidebar(self, canvas: Canvas) -> None:
        margin, (width, height) = self.layout.margin, self.page
        parts = self._contents()
        tall = sum(part.wrap(SIDE - 16, height)[1] + part.getSpaceAfter() for part in parts) + 20
        canvas.setFillColor(PALE)
        canvas.rect(width - margin - SIDE, height - margin - tall, SIDE, tall, stroke=0, fill=1)
        canvas.setFillColor(black)
        Frame(width - margin - SIDE, height - margin - tall, SIDE, tall, 8, 8, 8, 8).addFromList(parts, canvas)

    def _furnish(self, canvas: Canvas, document: Any) -> None:
        heads = running_heads(self.issue, self.layout)
        canvas.setFont("Times-Italic", 8.5)
        margin, (width, height) = self.layout.margin, self.page
        if heads and document.page % 2 == 0:
            canvas.drawString(margin, height - 0.6 * margin, heads[0])
        elif heads:
            canvas.drawRightString(width - margin, height - 0.6 * margin, heads[1])
        self._folio(canvas, document)

    def _folio(self, canvas: Canvas, document: Any) -> None:
        canvas.setFont("Times-Roman", 9)
        canvas.drawCentredString(self.page[0] / 2, 0.5 * self.layout.margin, str(document.page))

    # Text

    def _style(self, scale: float = 1, face: int = 0, **more: Any) -> ParagraphStyle:
        size = scale * self.layout.size
        return ParagraphStyle(
            "s", **{"fontName": self.family[face], "fontSize": size, "leading": size * self.layout.leading} | more
        )

    def _body(self) -> ParagraphStyle:
        layout = self.layout
        return self._style(
            alignment=TA_JUSTIFY if layout.justified else TA_LEFT,
            firstLineIndent=layout.indent * layout.size,
            spaceAfter=0 if layout.indent else 0.6 * layout.size,
            hyphenationLang="en_US" if layout.hyphenated else "",
            embeddedHyphenation=0,
        )

    def _masthead(self) -> list[Flowable]:
        issue = self.issue
        return [
            Paragraph(marked(issue.publication), self._style(3, 1, leading=3.3 * self.layout.size)),
            Paragraph(marked(issue.tagline), self._style(1.2, 2, spaceAfter=4)),
            Paragraph(marked(issue.number_line), self._style(1, 1)),
            Paragraph(marked(long_date(issue.date)), self._style(1, 1, spaceAfter=10)),
        ]

    def _contents(self) -> list[Flowable]:
        parts: list[Flowable] = []
        for entry in self.issue.contents:
            page, title, people = self.named[entry.article], marked(entry.title), marked(" and ".join(entry.authors))
            link = f'<a href="#a{entry.article}">'
            if self.layout.contents == "dotted":
                row = Paragraph(f"{link}{title}</a>", self._style(1, 1))
                parts.append(Leader(row, str(page), self.family[1], self.layout.size))
            else:
                parts.append(Paragraph(f"{link}p.{page}</a>", self._style(1, 1)))
                parts.append(Paragraph(f"{link}{title}</a>", self._style(1, 1)))
            parts.append(Paragraph(people, self._style(1, 2, spaceAfter=8)))
        return parts

    def _story(self) -> list[Flowable]:
        story: list[Flowable] = []
        if self.layout.contents == "list" and not self._spanning():
            story += [*self._contents(), Spacer(1, 8)]
        for i, article in enumerate(self.issue.articles):
            if self._spanning():
                story += [NextPageTemplate(f"opening {i}"), PageBreak(), NextPageTemplate("later")] if i else []
            else:
                story += [PageBreak()] if i and self.layout.starts == "page" else [CondPageBreak(9 * self.layout.size)]
                story += self._opening(i)
            story += self._text(article)
        return story

    def _opening(self, i: int) -> list[Flowable]:
        article, layout = self.issue.articles[i], self.layout
        title = cased(article.title, layout.title_case, 1.7 * layout.size)
        people = cased(" and ".join(article.authors), layout.author_case, 1.05 * layout.size)
        return [
            Title(title, self._style(1.7, 1, spaceBefore=12 if i else 0, spaceAfter=4, keepWithNext=1), i, self.found),
            Paragraph(people, self._style(1.05, spaceAfter=8, keepWithNext=1)),
        ]

    def _text(self, article: Article) -> list[Flowable]:
        text = [self._block(block) for block in article.blocks]
        look = self._style(1, 2 if self.layout.italic_bios else 0, spaceBefore=6, spaceAfter=4)
        text += [Paragraph(marked(bio), look) for bio in article.bios]
        if article.notes:
            text.append(Paragraph("Notes", self._style(1, 1, spaceBefore=8, spaceAfter=4, keepWithNext=1)))
            hang = 16 if self.layout.hanging else 0
            style = self._style(0.85, leftIndent=hang, firstLineIndent=-hang, spaceAfter=4)
            for note in article.notes:
                label = self.layout.label.replace("n", str(note.n))
                text.append(Paragraph(f"{label} {self._runs(note.runs)}", style))
        return text

    def _block(self, block: Block) -> Flowable:
        if block.type == "heading":
            return Paragraph(self._runs(block.runs), self._style(1.1, 1, spaceBefore=9, spaceAfter=4, keepWithNext=1))
        if block.type == "para":
            return Paragraph(self._runs(block.runs), self._body())
        return self._aside(block)

    def _aside(self, block: Block) -> Flowable:
        if block.type == "table":
            cells = [[Paragraph(marked(cell), self._style(0.85)) for cell in row] for row in block.rows]
            widths = [62.0] + [38.0] * (len(block.rows[0]) - 1)
            grid = [("GRID", (0, 0), (-1, -1), 0.5, black)] if self.layout.ruled else []
            return Table(cells, colWidths=widths, style=grid, spaceBefore=6, spaceAfter=8)
        if block.type == "sidebar":
            title, *rest = block.runs
            parts = [
                Paragraph(marked(title.text), self._style(0.85, 1, fontName="Helvetica-Bold", spaceAfter=2)),
                Paragraph(self._runs(rest).strip(), self._style(0.85, fontName="Helvetica")),
            ]
            return Table([[parts]], style=[("BACKGROUND", (0, 0), (-1, -1), PALE)], spaceBefore=6, spaceAfter=8)
        if block.type == "pullquote":
            return Paragraph(
                self._runs(block.runs), self._style(1.45, 2, alignment=TA_CENTER, spaceBefore=6, spaceAfter=10)
            )
        return Paragraph(
            self._runs(block.runs), self._style(0.85, fontName="Helvetica-Oblique", spaceBefore=6, spaceAfter=8)
        )

    def _runs(self, runs: Iterable[Run]) -> str:
        return "".join(self._run(run) for run in runs)

    def _run(self, run: Run) -> str:
        if run.marker is not None:
            return f"<super>{run.marker}</super>" if self.layout.superscript else f" [{run.marker}]"
        text = f"<i>{marked(run.text)}</i>" if run.italic else marked(run.text)
        return f"<a href={quoteattr(run.url)}>{text}</a>" if run.url else text
