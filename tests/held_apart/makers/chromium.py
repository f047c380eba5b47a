"""Pages printed by a browser: columns of CSS, running heads in the margins of `@page`."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from tests.held_apart.setting import program, run

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.held_apart.matter import Block, Issue, Piece, Span
    from tests.held_apart.setting import Pages


@dataclass(frozen=True, slots=True)
class Look:
    """A style sheet and the few things that CSS cannot say."""

    css: str
    columns_hold_all: bool  # one flow of columns for the issue, else one for each piece
    contents_last: bool = False  # within the row: name, then title, then page
    floats: bool = False  # asides interrupt the paragraph they follow


PLAIN = """
* { box-sizing: border-box; } body { margin: 0; hyphens: auto; } p, h1, h2, h3, h4 { margin: 0; }
a { color: #123f7a; text-decoration: none; overflow-wrap: anywhere; } sup { font-size: 62%; line-height: 0; }
.row { break-inside: avoid; } table { border-collapse: collapse; width: 100%; }
"""
TABLOID = (
    PLAIN
    + """
@page { size: 210mm 280mm; margin: 22mm 16mm 20mm;
  @bottom-left { content: "HEAD0"; font: 7.5pt 'Nimbus Sans'; } @bottom-right { content: counter(page); font: 7.5pt 'Nimbus Sans'; } }
@page :first { @bottom-left { content: ""; } }
body { font: 9.4pt/12.6pt 'P052', serif; text-align: justify; }
h1 { font: 700 34pt/38pt 'URW Gothic'; text-align: left; } .tagline { font: italic 11pt/15pt 'P052'; }
.number { font: 8.5pt/12pt 'Nimbus Sans'; border-top: 1pt solid; border-bottom: 1pt solid; padding: 2pt 0; margin: 5pt 0 9pt; }
.columns { columns: 2; column-gap: 7mm; column-rule: .4pt solid #888; }
.contents { background: #e8ecef; padding: 7pt; font: 8.4pt/11pt 'Nimbus Sans'; text-align: left; margin-bottom: 10pt; hyphens: none; }
.contents h4 { font-size: 10pt; padding-bottom: 3pt; } .contents .row { padding-bottom: 4pt; } .contents i { display: block; }
h2 { font: 700 16pt/19pt 'URW Gothic'; text-align: left; padding: 12pt 0 2pt; break-after: avoid; hyphens: none; }
.by { font: 8.6pt/12pt 'Nimbus Sans'; padding-bottom: 6pt; text-align: left; break-after: avoid; }
h3 { font: 700 10pt/12.6pt 'Nimbus Sans'; padding: 9pt 0 3pt; text-align: left; break-after: avoid; hyphens: none; }
p { padding-bottom: 5pt; } .bio { font-style: italic; font-size: 8.6pt; } h4.notes { font: 700 9pt/12pt 'Nimbus Sans'; padding-top: 4pt; }
.note { font-size: 7.8pt; line-height: 10pt; padding-bottom: 2pt; }
.pullquote { float: left; width: 100%; font: italic 14pt/18pt 'P052'; text-align: center; border-top: 1pt solid; border-bottom: 1pt solid;
  padding: 5pt 8pt; margin: 7pt 0; hyphens: none; break-inside: avoid; }
.sidebar { background: #dfe7dd; padding: 7pt 8pt; margin: 6pt 0; font: 8.2pt/11pt 'Nimbus Sans'; text-align: left; break-inside: avoid; }
.sidebar b { display: block; font-size: 9.5pt; padding-bottom: 2pt; }
"""
)
TRIPLE = (
    PLAIN
    + """
@page { size: letter; margin: 20mm 14mm 18mm; @top-right { content: "HEAD0"; font: 7pt 'DejaVu Sans'; color: #666; }
  @bottom-center { content: "– " counter(page) " –"; font: 8pt 'DejaVu Serif'; } }
@page :left { @top-left { content: "HEAD1"; font: 7pt 'DejaVu Sans'; color: #666; } @top-right { content: ""; } }
@page :first { @top-right { content: ""; } }
body { font: 8.2pt/10.8pt 'DejaVu Serif', serif; }
h1 { font: 400 30pt/36pt 'C059'; text-align: center; letter-spacing: 3pt; } .tagline { text-align: center; font-size: 8pt; }
.number { text-align: center; font: 8pt/14pt 'DejaVu Sans'; border-bottom: 2pt double; margin-bottom: 8pt; }
.columns { columns: 3; column-gap: 5mm; }
.contents { columns: 2; font: 8pt/11pt 'DejaVu Sans'; border-bottom: .6pt solid; padding-bottom: 6pt; margin-bottom: 8pt; }
.contents h4 { column-span: all; font-size: 9pt; padding-bottom: 3pt; } .contents .row { padding-bottom: 3pt; }
h2 { font: 700 17pt/20pt 'C059'; padding: 10pt 0 2pt; } .by { font: 8.4pt/12pt 'DejaVu Sans'; padding-bottom: 1pt; }
.post { font: italic 7.6pt/10pt 'DejaVu Serif'; padding-bottom: 6pt; }
h3 { font: italic 700 9pt/11pt 'DejaVu Serif'; padding: 6pt 0 2pt; break-after: avoid; } p { text-indent: 1.2em; } .first, .bio { text-indent: 0; }
.first::first-letter { float: left; font: 700 27pt/25pt 'C059'; padding-right: 2pt; }
.bio { padding-top: 5pt; } h4.notes { font: 700 8pt/11pt 'DejaVu Sans'; padding: 5pt 0 2pt; }
.note { font-size: 6.8pt; line-height: 8.6pt; text-indent: 0; }
.caption { font: 7pt/9pt 'DejaVu Sans'; padding: 3pt 0 8pt; text-indent: 0; break-inside: avoid; }
.picture { height: 70pt; background: linear-gradient(#9ab, #345); break-after: avoid; margin-top: 4pt; }
table { font: 7pt/9pt 'DejaVu Sans'; margin: 5pt 0 7pt; break-inside: avoid; } td, th { text-align: left; padding: 1.5pt 2pt; }
td + td, th + th { text-align: right; } th { border-bottom: .6pt solid; border-top: .6pt solid; } tr:last-child td { border-bottom: .6pt solid; }
"""
)
LOOKS = {
    "tabloid": Look(TABLOID, columns_hold_all=True, floats=True),
    "triple": Look(TRIPLE, columns_hold_all=False, contents_last=True),
}


def pages_of(look: str, issue: Issue, pages: Pages) -> bytes:
    """Return the issue as a browser prints it. Raises ProducerMissingError without one."""
    browser = program("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "issue.html").write_text(html_of(LOOKS[look], issue, pages), encoding="utf-8")
        quiet = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--no-pdf-header-footer",
            f"--user-data-dir={folder}/profile",
        ]
        run([browser, *quiet, f"--print-to-pdf={folder}/issue.pdf", str(folder / "issue.html")], folder)
        return (folder / "issue.pdf").read_bytes()


def html_of(look: Look, issue: Issue, pages: Pages) -> str:
    """Return the page the browser prints."""
    house = issue.house
    css = look.css
    for i, head in enumerate(house.running):
        css = css.replace(f"HEAD{i}", head)
    head = f"<h1>{escape(house.publication)}</h1><p class=tagline>{escape(house.tagline)}</p><p class=number>{escape(house.number_line)}</p>"
    contents = contents_of(look, issue, pages)
    pieces = [piece_of(look, issue, piece) for piece in issue.pieces]
    if look.columns_hold_all:
        flow = f"{head}<div class=columns>{contents}{''.join(pieces)}</div>"
    else:
        flow = head + contents + "".join(pieces)
    return f"<!doctype html><html lang=en><meta charset=utf-8><style>{css}</style><body>{flow}"


def contents_of(look: Look, issue: Issue, pages: Pages) -> str:
    """Return the contents: the page first, or last after the authors and the title."""
    rows = []
    for entry in issue.contents:
        names = escape(issue.house.joint.join(entry.authors))
        if look.contents_last:
            rows.append(f"<p class=row>{names}: {escape(entry.title)} … {pages[entry.piece]}</p>")
        else:
            rows.append(f"<p class=row>{pages[entry.piece]} <b>{escape(entry.title)}</b> <i>{names}</i></p>")
    return f"<div class=contents><h4>{escape(issue.house.contents)}</h4>{''.join(rows)}</div>" if rows else ""


def piece_of(look: Look, issue: Issue, piece: Piece) -> str:
    """Return an article; its title stands above the columns where each piece has columns of its own."""
    house = issue.house
    names = escape(f"{house.by}{house.joint.join(piece.authors)}")
    top = f"<h2>{escape(piece.title)}</h2><p class=by>{names}</p>"
    top += f"<p class=post>{escape(piece.post)}</p>" if piece.post else ""
    body = "".join(block_of(look, issue, block, first=i == 0) for i, block in enumerate(woven(look, piece.blocks)))
    body += f"<p class=bio>{escape(piece.bio)}</p>" if piece.bio else ""
    if piece.notes:
        body += f"<h4 class=notes>{escape(house.notes)}</h4>"
        label = "[{}] " if house.markers == "bracketed" else "{}. "
        body += "".join(
            f"<p class=note>{label.format(note.n)}{spans_of(issue, note.spans)}</p>" for note in piece.notes
        )
    return top + body if look.columns_hold_all else f"{top}<div class=columns>{body}</div>"


def woven(look: Look, blocks: tuple[Block, ...]) -> Iterable[Block | tuple[Block, Block]]:
    """Yield the blocks; a pull quote that floats comes together with the paragraph it interrupts."""
    blocks_left = list(blocks)
    while blocks_left:
        block = blocks_left.pop(0)
        if look.floats and block.type == "para" and blocks_left and blocks_left[0].type == "pullquote":
            yield block, blocks_left.pop(0)
        else:
            yield block


def block_of(look: Look, issue: Issue, block: Block | tuple[Block, Block], *, first: bool) -> str:
    """Return one block as HTML."""
    if isinstance(block, tuple):
        para, quote = block
        before, after = spans_of(issue, para.spans[:1]), spans_of(issue, para.spans[1:])
        cut = before.find(" ", len(before) // 2)
        inset = f"<span class=pullquote>{spans_of(issue, quote.spans)}</span>"
        return f"<p>{before[:cut]}{inset}{before[cut:]}{after}</p>"
    text = spans_of(issue, block.spans)
    if block.type == "heading":
        return f"<h3>{text}</h3>"
    if block.type == "table":
        cells = [
            "".join(f"<{tag}>{escape(cell)}" for cell in row)
            for tag, row in zip(("th", *["td"] * 20), block.rows, strict=False)
        ]
        return f"<table>{''.join(f'<tr>{row}' for row in cells)}</table>"
    if block.type == "sidebar":
        return f"<div class=sidebar><b>{escape(block.title)}</b> {text}</div>"
    if block.type == "caption":
        return f"<div class=picture></div><p class=caption>{text}</p>"
    return (
        f"<p class={'first' if first else 'para'}>{text}</p>"
        if block.type == "para"
        else f"<p class={block.type}>{text}</p>"
    )


def spans_of(issue: Issue, spans: Iterable[Span]) -> str:
    """Return spans as HTML; a marker is raised or stands in brackets."""
    out = []
    for span in spans:
        text = escape(span.text)
        if span.style == "marker":
            out.append(f"<sup>{text}</sup>" if issue.house.markers == "raised" else f" [{text}]")
        elif span.url:
            out.append(f'<a href="{escape(span.url)}">{text}</a>')
        else:
            tag = {"italic": "i", "bold": "b"}.get(span.style)
            out.append(f"<{tag}>{text}</{tag}>" if tag else text)
    return "".join(out)
