"""Pages set by ReportLab with the fourteen standard fonts, which are named and not embedded."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import dataclass, replace
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any

from PIL import Image as Pixels
from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import (
    BalancedColumns,
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    HRFlowable,
    Image,
    KeepTogether,
    NextPageTemplate,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reportlab.pdfgen.canvas import Canvas

    from tests.held_apart.matter import Block, Issue, Piece, Span
    from tests.held_apart.setting import Pages

WIDTH, HEIGHT = 595.0, 842.0
PAPER = (WIDTH, HEIGHT)


def style(name: str, font: str, size: float, leading: float, **more: Any) -> ParagraphStyle:
    """Return a paragraph style."""
    return ParagraphStyle(name, fontName=font, fontSize=size, leading=leading, **more)


BANDS = {
    "name": style("name", "Helvetica-BoldOblique", 30, 36, alignment=TA_CENTER),
    "tagline": style("tagline", "Helvetica", 9, 12, alignment=TA_CENTER),
    "number": style("number", "Helvetica", 9, 12, alignment=TA_CENTER, spaceAfter=8),
    "title": style("title", "Helvetica-Bold", 14, 17, spaceBefore=10, spaceAfter=2),
    "by": style("by", "Helvetica-Oblique", 9, 12, spaceAfter=5),
    "para": style("para", "Times-Roman", 9.5, 11.5, alignment=TA_JUSTIFY, firstLineIndent=10),
    "pullquote": style(
        "pullquote",
        "Helvetica-Bold",
        12,
        15,
        alignment=TA_CENTER,
        spaceBefore=8,
        spaceAfter=8,
        textColor=colors.darkred,
    ),
    "bio": style("bio", "Times-Italic", 8.5, 10.5, spaceBefore=5),
}
FRAMES = {
    "name": style("name", "Times-Bold", 32, 38),
    "tagline": style("tagline", "Times-Italic", 11, 14),
    "number": style("number", "Helvetica", 8, 12),
    "contents": style("contents", "Helvetica-Bold", 10, 14),
    "entry": style("entry", "Helvetica", 8, 10, spaceAfter=0),
    "entryby": style("entryby", "Helvetica-Oblique", 8, 10, spaceAfter=6),
    "title": style("title", "Times-Bold", 16, 18, spaceBefore=14, spaceAfter=3),
    "by": style("by", "Helvetica", 8.5, 11, spaceAfter=6),
    "para": style("para", "Times-Roman", 10, 12, alignment=TA_JUSTIFY, spaceAfter=6),
    "heading": style("heading", "Helvetica-Bold", 8.5, 12, spaceBefore=6, spaceAfter=3),
    "caption": style("caption", "Helvetica-Oblique", 7.5, 9.5, spaceBefore=3, spaceAfter=8),
    "sidebar": style("sidebar", "Helvetica", 8, 10.5),
    "sidehead": style("sidehead", "Helvetica-Bold", 9, 12),
    "bio": style("bio", "Times-Italic", 9, 11, spaceBefore=4, spaceAfter=4),
    "noteshead": style("noteshead", "Helvetica-Bold", 8, 11, spaceBefore=4),
    "note": style("note", "Times-Roman", 8, 9.5, leftIndent=12, firstLineIndent=-12),
}


@dataclass(frozen=True, slots=True)
class Foot:
    """What is drawn on every page by hand."""

    running: str
    starts: tuple[int, ...] | None = None  # pages on which pieces start; None: nothing is said of continuing

    def draw(self, canvas: Canvas, document: BaseDocTemplate) -> None:
        """Draw the foot, and where columns jump, the words that send the reader on."""
        page = canvas.getPageNumber()
        canvas.setFont("Helvetica", 7.5)
        outer = WIDTH - 50 if page % 2 else 50
        (canvas.drawRightString if page % 2 else canvas.drawString)(outer, 30, str(page))
        canvas.drawCentredString(WIDTH / 2, 30, self.running)
        canvas.line(50, 40, WIDTH - 50, 40)
        if self.starts is not None and page not in (1, *self.starts):
            canvas.setFont("Helvetica-Oblique", 7.5)
            canvas.drawString(50, HEIGHT - 50, f"Continued from page {page - 1}")


def pages_of(look: str, issue: Issue, pages: Pages) -> bytes:
    """Return the issue as ReportLab sets it; `issue` holds only letters of Windows-1252 (see `western`)."""
    file = io.BytesIO()
    make: dict[str, Callable[[Issue, Pages, io.BytesIO], None]] = {"bands": bands, "frames": frames}
    make[look](issue, pages, file)
    return file.getvalue()


def western(issue: Issue) -> Issue:
    """Return the issue in letters the standard fonts have: other accents are left off."""
    return replace(
        issue,
        pieces=tuple(
            replace(
                piece,
                title=plain(piece.title),
                authors=tuple(map(plain, piece.authors)),
                bio=plain(piece.bio),
                blocks=tuple(
                    replace(
                        block,
                        spans=plain_spans(block.spans),
                        rows=tuple(tuple(map(plain, row)) for row in block.rows),
                        title=plain(block.title),
                    )
                    for block in piece.blocks
                ),
                notes=tuple(replace(note, spans=plain_spans(note.spans)) for note in piece.notes),
            )
            for piece in issue.pieces
        ),
        contents=tuple(
            replace(entry, title=plain(entry.title), authors=tuple(map(plain, entry.authors)))
            for entry in issue.contents
        ),
    )


def plain_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    return tuple(replace(span, text=plain(span.text)) for span in spans)


def plain(text: str) -> str:
    """Return a text with the letters that Windows-1252 lacks reduced to their base."""
    return "".join(
        letter if encodable(letter) else unicodedata.normalize("NFKD", letter)[0]
        for letter in text.replace("ł", "l").replace("ğ", "g")
    )


def encodable(letter: str) -> bool:
    try:
        letter.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def bands(issue: Issue, pages: Pages, file: io.BytesIO) -> None:
    """Set every piece in three balanced columns below its title."""
    house = issue.house
    foot = Foot(house.running[0])
    frame = Frame(45, 55, WIDTH - 90, HEIGHT - 110, id="all")
    document = BaseDocTemplate(file, pagesize=PAPER, pageTemplates=[PageTemplate("all", [frame], onPage=foot.draw)])
    story: list[Flowable] = [Paragraph(escape(text), BANDS[key]) for key, text in masthead(issue)]
    for piece in issue.pieces:
        story.append(HRFlowable(width="100%", thickness=0.7, spaceBefore=8))
        story.append(CondPageBreak(140))
        story.append(
            KeepTogether([Paragraph(escape(piece.title), BANDS["title"]), Paragraph(byline(issue, piece), BANDS["by"])])
        )
        body: list[Flowable] = [Paragraph(spans_of(block.spans), BANDS[block.type]) for block in piece.blocks]
        body += [Paragraph(escape(piece.bio), BANDS["bio"])] if piece.bio else []
        story.append(BalancedColumns(body, nCols=3, innerPadding=12))
    document.build(story)


def masthead(issue: Issue) -> list[tuple[str, str]]:
    """Return the rows at the head of the first page."""
    house = issue.house
    return [("name", house.publication), ("tagline", house.tagline), ("number", house.number_line)]


def byline(issue: Issue, piece: Piece) -> str:
    """Return the line of authors."""
    return escape(issue.house.by + issue.house.joint.join(piece.authors))


def frames(issue: Issue, pages: Pages, file: io.BytesIO) -> None:
    """Set the issue in two columns from frame to frame; on the first page the contents stand in a third, narrow one."""
    house = issue.house
    foot = Foot(house.running[0], tuple(pages.values()))
    side = Frame(40, 55, 130, HEIGHT - 180, id="side", showBoundary=0)
    first = [Frame(x, 55, 180, HEIGHT - 180, id=f"first{x}") for x in (180, 370)]
    later = [Frame(x, 55, 245, HEIGHT - 115, id=f"later{x}") for x in (45, 305)]
    document = BaseDocTemplate(file, pagesize=PAPER)
    head = partial(first_page, issue, foot)
    document.addPageTemplates(
        [PageTemplate("first", [side, *first], onPage=head), PageTemplate("later", later, onPage=foot.draw)]
    )
    story: list[Flowable] = [NextPageTemplate("later"), *contents_of(issue, pages), FrameEnd()]
    for piece in issue.pieces:
        story += piece_of(issue, piece)
    document.build(story)


class FrameEnd(Spacer):  # type: ignore[misc]
    """Fills what is left of a frame, so that the next thing stands in the next one."""

    def __init__(self) -> None:
        super().__init__(1, 1)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Take all the height there is."""
        return 1, height - 1


def first_page(issue: Issue, foot: Foot, canvas: Canvas, document: BaseDocTemplate) -> None:
    """Draw the masthead and the ground of the contents."""
    foot.draw(canvas, document)
    canvas.setFillColorRGB(0.93, 0.9, 0.82)
    canvas.rect(40, 55, 130, HEIGHT - 180, stroke=0, fill=1)
    canvas.setFillColorRGB(0, 0, 0)
    at = HEIGHT - 60
    for key, text in masthead(issue):
        canvas.setFont(FRAMES[key].fontName, FRAMES[key].fontSize)
        canvas.drawString(45, at, text)
        at -= FRAMES[key].leading + 3


def contents_of(issue: Issue, pages: Pages) -> list[Flowable]:
    """Return the contents: names first, then the title with its page."""
    rows: list[Flowable] = [Paragraph(escape(issue.house.contents), FRAMES["contents"])]
    for entry in issue.contents:
        rows.append(Paragraph(escape(f"{entry.title}, {pages[entry.piece]}"), FRAMES["entry"]))
        rows.append(Paragraph(escape(issue.house.joint.join(entry.authors)), FRAMES["entryby"]))
    return rows


def piece_of(issue: Issue, piece: Piece) -> list[Flowable]:
    """Return one piece as it flows through the columns."""
    top = [Paragraph(escape(piece.title), FRAMES["title"]), Paragraph(byline(issue, piece), FRAMES["by"])]
    story: list[Flowable] = [KeepTogether([*top, block_of(piece.blocks[0])])]
    story += [block_of(block) for block in piece.blocks[1:]]
    story += [Paragraph(escape(piece.bio), FRAMES["bio"])] if piece.bio else []
    if piece.notes:
        story.append(Paragraph(escape(issue.house.notes), FRAMES["noteshead"]))
        story += [Paragraph(f"{note.n} {spans_of(note.spans)}", FRAMES["note"]) for note in piece.notes]
    return story


def block_of(block: Block) -> Flowable:
    """Return one block."""
    text = Paragraph(spans_of(block.spans), FRAMES[block.type])
    if block.type == "sidebar":
        box = Table(
            [[[Paragraph(escape(block.title), FRAMES["sidehead"]), text]]],
            colWidths="100%",
            spaceBefore=6,
            spaceAfter=8,
        )
        box.setStyle([("BOX", (0, 0), (-1, -1), 1, colors.black)])
        return box
    if block.type == "caption":
        return KeepTogether([Image(picture(), width=200, height=80), text])
    return text


def picture() -> io.BytesIO:
    """Return a grey wedge as a PNG."""
    file = io.BytesIO()
    Pixels.linear_gradient("L").save(file, "PNG")
    file.seek(0)
    return file


def spans_of(spans: Iterable[Span]) -> str:
    """Return spans in ReportLab's markup; a marker is raised by the text matrix."""
    out = []
    for span in spans:
        text = escape(span.text)
        if span.style == "marker":
            out.append(f"<super size=6>{text}</super>")
        elif span.url:
            out.append(f'<link href="{escape(span.url)}" color="navy">{text}</link>')
        else:
            tag = {"italic": "i", "bold": "b"}.get(span.style)
            out.append(f"<{tag}>{text}</{tag}>" if tag else text)
    return "".join(out)
