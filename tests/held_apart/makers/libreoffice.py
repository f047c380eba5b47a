"""Pages set by LibreOffice Writer from flat OpenDocument: sections in columns, frames, footnotes, tables."""

from __future__ import annotations

import tempfile
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from tests.held_apart.setting import program, run

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.held_apart.matter import Block, Issue, Note, Piece, Span
    from tests.held_apart.setting import Pages

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
    for name, urn in {
        "office": "office", "style": "style", "text": "text", "table": "table", "draw": "drawing",
        "fo": "xsl-fo-compatible", "svg": "svg-compatible", "number": "datastyle",
    }.items()
)  # fmt: skip
SPACES += ' xmlns:xlink="http://www.w3.org/1999/xlink"'
# name: (paragraph properties, text properties)
DIGEST = {
    "Name": ('fo:text-align="center"', 'style:font-name="TeX Gyre Heros" fo:font-size="28pt" fo:font-weight="bold"'),
    "Tagline": ('fo:text-align="center"', 'fo:font-size="10pt" fo:font-style="italic"'),
    "Number": (
        'fo:text-align="center" fo:margin-bottom="10pt" fo:border-bottom="0.5pt solid #000000" fo:padding-bottom="3pt"',
        'fo:font-size="9pt"',
    ),
    "Contents": ("", 'style:font-name="TeX Gyre Heros" fo:font-size="11pt" fo:font-weight="bold"'),
    "Entry": ('fo:margin-bottom="1pt"', 'fo:font-size="9pt"'),
    "Title": (
        'fo:margin-top="14pt" fo:margin-bottom="3pt" fo:keep-with-next="always"',
        'style:font-name="TeX Gyre Heros" fo:font-size="17pt" fo:font-weight="bold"',
    ),
    "By": ('fo:margin-bottom="7pt" fo:keep-with-next="always"', 'fo:font-size="10pt" fo:font-style="italic"'),
    "Head": (
        'fo:margin-top="8pt" fo:margin-bottom="3pt" fo:keep-with-next="always"',
        'style:font-name="TeX Gyre Heros" fo:font-size="10pt" fo:font-weight="bold"',
    ),
    "Para": (
        'fo:text-align="justify" fo:margin-bottom="5pt" fo:orphans="2" fo:widows="2"',
        'fo:font-size="10pt" fo:hyphenate="true" fo:hyphenation-remain-char-count="2" fo:hyphenation-push-char-count="2"',
    ),
    "Bio": ('fo:margin-top="4pt" fo:margin-bottom="8pt"', 'fo:font-size="9pt" fo:font-style="italic"'),
    "Box": ("", 'style:font-name="TeX Gyre Heros" fo:font-size="8pt"'),
    "BoxHead": ("", 'style:font-name="TeX Gyre Heros" fo:font-size="9pt" fo:font-weight="bold"'),
    "Cell": ("", 'style:font-name="TeX Gyre Heros" fo:font-size="8pt"'),
    "Caption": ("", 'fo:font-size="8pt"'),
    "Foot": ('fo:margin-left="10pt" fo:text-indent="-10pt"', 'fo:font-size="8pt"'),
    "NotesHead": ('fo:margin-top="8pt"', 'fo:font-size="9pt" fo:font-weight="bold"'),
    "Running": ("", 'style:font-name="TeX Gyre Heros" fo:font-size="8pt"'),
}
PAPERS = DIGEST | {
    "Name": ("", 'fo:font-size="26pt"'),
    "Tagline": ("", 'fo:font-size="11pt"'),
    "Number": ('fo:margin-bottom="14pt"', 'fo:font-size="11pt" fo:font-weight="bold"'),
    "Title": (
        'fo:margin-top="24pt" fo:margin-bottom="6pt" fo:keep-with-next="always"',
        'fo:font-size="16pt" fo:font-weight="bold"',
    ),
    "By": ('fo:keep-with-next="always"', 'fo:font-size="11pt" fo:font-variant="small-caps"'),
    "Caption": ('fo:margin-top="6pt"', 'fo:font-size="8pt"'),
    "Post": ('fo:margin-bottom="10pt" fo:keep-with-next="always"', 'fo:font-size="10pt" fo:font-style="italic"'),
    "Head": (
        'fo:margin-top="10pt" fo:margin-bottom="4pt" fo:keep-with-next="always"',
        'fo:font-size="12pt" fo:font-style="italic"',
    ),
    "Para": ('fo:text-align="justify" fo:text-indent="16pt"', 'fo:font-size="11pt"'),
    "Foot": ('fo:margin-left="16pt" fo:text-indent="-16pt" fo:margin-bottom="2pt"', 'fo:font-size="9pt"'),
}
LOOKS = {"digest": DIGEST, "papers": PAPERS}


def pages_of(look: str, issue: Issue, pages: Pages) -> bytes:
    """Return the issue as Writer exports it. Raises ProducerMissingError."""
    office = program("soffice", "libreoffice")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "issue.fodt").write_text(document_of(look, issue, pages), encoding="utf-8")
        own = f"-env:UserInstallation=file://{folder}/profile"
        run([office, own, "--headless", "--convert-to", "pdf", "--outdir", name, str(folder / "issue.fodt")], folder)
        return (folder / "issue.pdf").read_bytes()


def document_of(look: str, issue: Issue, pages: Pages) -> str:
    """Return the flat OpenDocument file."""
    styles = "".join(
        f'<style:style style:name="{name}" style:family="paragraph"><style:paragraph-properties {para}/>'
        f'<style:text-properties fo:language="en" fo:country="GB" {"" if "font-name" in text else FONT} {text}/></style:style>'
        for name, (para, text) in LOOKS[look].items()
    )
    house = issue.house
    top = p("Name", house.publication) + p("Tagline", house.tagline) + p("Number", house.number_line)
    pieces = [piece_of(look, issue, piece, i) for i, piece in enumerate(issue.pieces)]
    body = top + contents_of(look, issue, pages) + "".join(pieces)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {SPACES} office:version="1.3" '
        f'office:mimetype="application/vnd.oasis.opendocument.text"><office:font-face-decls>{FACES}</office:font-face-decls>'
        f"<office:styles>{styles}{NOTES}</office:styles><office:automatic-styles>{AUTOMATIC}</office:automatic-styles>"
        f"<office:master-styles>{master(look, issue)}</office:master-styles><office:body><office:text>{body}</office:text></office:body></office:document>"
    )


FONT = 'style:font-name="TeX Gyre Termes"'
FACES = "".join(
    f'<style:font-face style:name="{name}" svg:font-family="\'{name}\'"/>'
    for name in ("TeX Gyre Heros", "TeX Gyre Termes")
)
NOTES = (
    '<style:style style:name="Raised" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>'
    '<text:notes-configuration text:note-class="footnote" text:citation-body-style-name="Raised" style:num-format="1" text:start-value="0"/>'
)
AUTOMATIC = (
    '<style:page-layout style:name="Paper" style:page-usage="mirrored"><style:page-layout-properties fo:page-width="595pt" fo:page-height="842pt" '
    'fo:margin-left="60pt" fo:margin-right="50pt" fo:margin-top="40pt" fo:margin-bottom="40pt"/><style:header-style>'
    '<style:header-footer-properties fo:min-height="24pt" fo:margin-bottom="10pt"/></style:header-style><style:footer-style>'
    '<style:header-footer-properties fo:min-height="20pt" fo:margin-top="8pt"/></style:footer-style></style:page-layout>'
    '<style:style style:name="Columns" style:family="section"><style:section-properties text:dont-balance-text-columns="false">'
    '<style:columns fo:column-count="2" fo:column-gap="16pt"/></style:section-properties></style:style>'
    '<style:style style:name="Italic" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>'
    '<style:style style:name="Bold" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="Cells" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #000000" fo:padding="2pt"/></style:style>'
    '<style:style style:name="Filled" style:family="table-cell"><style:table-cell-properties fo:background-color="#dde6ee" fo:padding="5pt"/></style:style>'
    '<style:style style:name="Bare" style:family="table-cell"><style:table-cell-properties fo:padding="2pt"/></style:style>'
    '<style:style style:name="Grid" style:family="table"><style:table-properties fo:margin-top="5pt" fo:margin-bottom="8pt" table:align="margins"/></style:style>'
    '<style:style style:name="Whole" style:family="table-row"><style:table-row-properties fo:keep-together="always"/></style:style>'
    '<style:style style:name="Wedge" style:family="graphic"><style:graphic-properties draw:fill="solid" draw:fill-color="#8899aa"/></style:style>'
)


def p(name: str, text: str) -> str:
    """Return one paragraph of plain text."""
    return f'<text:p text:style-name="{name}">{escape(text)}</text:p>'


def master(look: str, issue: Issue) -> str:
    """Return the page with its heads; left and right pages differ where the house has two."""
    heads = issue.house.running
    number = "<text:page-number/>"
    if len(heads) > 1:
        right = f'<style:header><text:p text:style-name="Running">{escape(heads[0])} | {number}</text:p></style:header>'
        left = f'<style:header-left><text:p text:style-name="Running">{number} | {escape(heads[1])}</text:p></style:header-left>'
        return (
            f'<style:master-page style:name="Standard" style:page-layout-name="Paper">{right}{left}</style:master-page>'
        )
    foot = f'<style:footer><text:p text:style-name="Running">{escape(heads[0])} – page {number}</text:p></style:footer>'
    return f'<style:master-page style:name="Standard" style:page-layout-name="Paper">{foot}</style:master-page>'


def contents_of(look: str, issue: Issue, pages: Pages) -> str:
    """Return the contents: a table without borders, page first, or rows with the page behind the names."""
    rows = ""
    for entry in issue.contents:
        names = issue.house.joint.join(entry.authors)
        if look == "digest":
            cells = (p("Entry", str(pages[entry.piece])), p("Entry", entry.title), p("Entry", names))
            rows += (
                "<table:table-row>"
                + "".join(f'<table:table-cell table:style-name="Bare">{cell}</table:table-cell>' for cell in cells)
                + "</table:table-row>"
            )
        else:
            rows += p("Entry", f"{entry.title} ({names}), p. {pages[entry.piece]}")
    if look == "digest" and rows:
        rows = f'<table:table table:name="Contents" table:style-name="Grid"><table:table-column table:number-columns-repeated="3"/>{rows}</table:table>'
    return p("Contents", issue.house.contents) + rows if rows else ""


def piece_of(look: str, issue: Issue, piece: Piece, number: int) -> str:
    """Return one article; in the digest its text stands in a section of two columns."""
    house = issue.house
    feet = {str(note.n): note for note in piece.notes} if look == "papers" else {}
    top = p("Title", piece.title) + p("By", house.by + house.joint.join(piece.authors))
    top += p("Post", piece.post) if piece.post else ""
    body = "".join(block_of(block, feet, f"T{number}.{i}") for i, block in enumerate(piece.blocks))
    body += p("Bio", piece.bio) if piece.bio else ""
    if piece.notes and not feet:
        body += p("NotesHead", house.notes)
        body += "".join(
            f'<text:p text:style-name="Foot">{note.n}. {spans_of(note.spans, {})}</text:p>' for note in piece.notes
        )
    if look == "digest":
        return f'{top}<text:section text:name="S{number}" text:style-name="Columns">{body}</text:section>'
    return top + body


def block_of(block: Block, feet: dict[str, Note], name: str) -> str:
    """Return one block."""
    text = spans_of(block.spans, feet)
    if block.type == "table":
        return table(name, "Cells", [[p("Cell", cell) for cell in row] for row in block.rows])
    if block.type == "sidebar":
        return table(name, "Filled", [[p("BoxHead", block.title) + f'<text:p text:style-name="Box">{text}</text:p>']])
    if block.type == "caption":
        frame = '<draw:rect text:anchor-type="as-char" draw:style-name="Wedge" svg:width="200pt" svg:height="80pt"/>'
        return f'<text:p text:style-name="Caption">{frame}</text:p><text:p text:style-name="Caption">{text}</text:p>'
    return f'<text:p text:style-name="{"Head" if block.type == "heading" else "Para"}">{text}</text:p>'


def table(name: str, style: str, rows: list[list[str]]) -> str:
    """Return a table of cells that are already marked up."""
    cells = "".join(
        '<table:table-row table:style-name="Whole">'
        + "".join(f'<table:table-cell table:style-name="{style}">{cell}</table:table-cell>' for cell in row)
        + "</table:table-row>"
        for row in rows
    )
    return f'<table:table table:name="{name}" table:style-name="Grid"><table:table-column table:number-columns-repeated="{len(rows[0])}"/>{cells}</table:table>'


def spans_of(spans: Iterable[Span], feet: dict[str, Note]) -> str:
    """Return spans; a marker is a true footnote where notes stand at the foot."""
    out = []
    for span in spans:
        text = escape(span.text).replace("  ", " <text:s/>")
        if span.style == "marker" and span.text in feet:
            note = spans_of(feet[span.text].spans, {})
            out.append(
                f'<text:note text:note-class="footnote"><text:note-citation text:label="{text}">{text}</text:note-citation>'
                f'<text:note-body><text:p text:style-name="Foot"> {note}</text:p></text:note-body></text:note>'
            )
        elif span.style == "marker":
            out.append(f'<text:span text:style-name="Raised">{text}</text:span>')
        elif span.url:
            out.append(f'<text:a xlink:type="simple" xlink:href="{escape(span.url)}">{text}</text:a>')
        else:
            name = {"italic": "Italic", "bold": "Bold"}.get(span.style)
            out.append(f'<text:span text:style-name="{name}">{text}</text:span>' if name else text)
    return "".join(out)
