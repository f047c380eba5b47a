"""Pages set by Typst: floats at the head and foot of columns, footnotes, small capitals of the font."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import typst

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.held_apart.matter import Block, Issue, Note, Piece, Span
    from tests.held_apart.setting import Pages

REVIEW = """
#set page(paper: "us-letter", margin: (x: 0.9in, top: 1.1in, bottom: 0.9in), columns: 2, header: context {
  let n = here().page()
  set text(8pt)
  if n > 1 [#if calc.even(n) [#n #h(1fr) HEAD0] else [HEAD1 #h(1fr) #n] #v(-4pt) #line(length: 100%, stroke: 0.4pt)]
})
#set columns(gutter: 16pt)
#set text(font: "Libertinus Serif", size: 10pt, lang: "en")
#set par(justify: true, leading: 0.58em, spacing: 0.58em, first-line-indent: 1.4em)
#let masthead(name, tagline, number) = place(top + center, float: true, scope: "parent", clearance: 16pt)[
  #text(28pt, tracking: 1pt, smallcaps(name)) \\ #text(10pt, style: "italic", tagline) #h(2em) #number #line(length: 100%)]
#let contents(heading, rows) = none
#let title(name, by, post) = block(above: 20pt, below: 12pt, sticky: true)[
  #set par(justify: false, first-line-indent: 0pt)
  #text(15pt, weight: "bold", hyphenate: false, name) #v(2pt) #text(10pt, smallcaps(by))]
#let head(body) = block(above: 12pt, below: 7pt, sticky: true, text(style: "italic", size: 11pt, body))
#let bio(body) = block(above: 12pt, {line(length: 30%, stroke: .4pt); v(2pt); set par(first-line-indent: 0pt); text(9pt, body)})
#let pullquote(body) = place(auto, float: true, clearance: 12pt, block(width: 100%, inset: (x: 14pt, y: 6pt), stroke: (y: 1pt), {
  set par(justify: false, first-line-indent: 0pt); align(center, text(13pt, font: "New Computer Modern", style: "italic", body))}))
#let sidebar(name, body) = none
#let caption(body) = none
#let grid_of(columns, cells) = block(above: 10pt, below: 10pt, width: 100%, breakable: false, {
  set par(justify: false, first-line-indent: 0pt); set text(8.5pt)
  table(columns: columns, stroke: none, align: (left, right, right), inset: 3pt, ..cells)})
#let noteshead(body) = block(above: 12pt, below: 6pt, sticky: true, text(9pt, weight: "bold", body))
#let note(n, body) = block(above: 4pt, below: 4pt, {set text(8pt); set par(first-line-indent: 0pt, hanging-indent: 14pt); [#box(width: 14pt)[#n.]#body]})
"""
PAPERS = """
#set page(paper: "a4", margin: (inside: 3.2cm, outside: 5.2cm, y: 2.6cm), footer: context {
  set text(9pt)
  [#h(1fr) HEAD0 #h(1fr)] + place(right, counter(page).display("1 of 1", both: true))
})
#set text(font: "New Computer Modern", size: 11pt, lang: "en", region: "GB")
#set par(justify: true, spacing: 1.1em, leading: 0.65em)
#set footnote.entry(separator: line(length: 25%, stroke: 0.5pt), gap: 0.4em)
#show footnote.entry: set text(8.5pt)
#let masthead(name, tagline, number) = [#align(left)[#text(26pt, weight: "bold", name) \\ #text(12pt, tagline)] #v(4pt)
  #rect(width: 100%, fill: black, inset: 5pt, text(fill: white, size: 9pt, number)) #v(8pt)]
#let contents(heading, rows) = [#text(13pt, weight: "bold", heading)
  #for (name, names, page) in rows [#block(above: 8pt, below: 0pt)[#name #box(width: 1fr, repeat[.]) #page \\ #text(style: "italic", names)]] #v(20pt)]
#let title(name, by, post) = [#v(26pt) #block(below: 10pt, sticky: true, {set par(justify: false); text(18pt, name)}) #block(below: 18pt, sticky: true, text(11pt, weight: "bold", by))]
#let head(body) = none
#let bio(body) = block(above: 16pt, emph(body))
#let pullquote(body) = none
#let sidebar(name, body) = none
#let caption(body) = none
#let grid_of(columns, cells) = align(center, table(columns: columns, stroke: 0.5pt, inset: 5pt, ..cells))
"""
LOOKS = {"review": (REVIEW, False), "papers": (PAPERS, True)}  # style, whether notes stand at the page's foot


def pages_of(look: str, issue: Issue, pages: Pages) -> bytes:
    """Return the issue as Typst sets it, with the fonts inside its wheel."""
    style, at_foot = LOOKS[look]
    for i, head in enumerate(issue.house.running):
        style = style.replace(f"HEAD{i}", head)
    house = issue.house
    rows = [
        f"({quoted(entry.title)}, {quoted(house.joint.join(entry.authors))}, [{pages[entry.piece]}])"
        for entry in issue.contents
    ]
    parts = [
        style,
        f"#masthead({quoted(house.publication)}, {quoted(house.tagline)}, {quoted(house.number_line)})",
        f"#contents({quoted(house.contents)}, ({', '.join(rows)},))" if rows else "",
        *(piece_of(issue, piece, at_foot=at_foot) for piece in issue.pieces),
    ]
    compiler = typst.Compiler("\n".join(parts).encode(), ignore_system_fonts=True)
    pdf = compiler.compile(format="pdf")
    if not isinstance(pdf, bytes):
        raise TypeError("typst gave no PDF")
    return pdf


def quoted(text: str) -> str:
    """Return a text as a string of Typst's."""
    return json.dumps(text, ensure_ascii=False)


def piece_of(issue: Issue, piece: Piece, *, at_foot: bool) -> str:
    """Return one article."""
    feet = {str(note.n): note for note in piece.notes} if at_foot else {}
    by = issue.house.by + issue.house.joint.join(piece.authors)
    parts = [f"#title({quoted(piece.title)}, {quoted(by)}, {quoted(piece.post)})"]
    parts += [block_of(block, feet) for block in piece.blocks]
    parts += [f"#bio({quoted(piece.bio)})"] if piece.bio else []
    if piece.notes and not at_foot:
        parts.append(f"#noteshead({quoted(issue.house.notes)})")
        parts += [f"#note({note.n}, [{spans_of(note.spans, {})}])" for note in piece.notes]
    return "\n\n".join(parts)


def block_of(block: Block, feet: dict[str, Note]) -> str:
    """Return one block."""
    if block.type == "para":
        return spans_of(block.spans, feet)
    if block.type == "table":
        cells = ", ".join(f"[#{quoted(cell)}]" for row in block.rows for cell in row)
        return f"#grid_of({len(block.rows[0])}, ({cells}))"
    name = {"heading": "head"}.get(block.type, block.type)
    title = f"{quoted(block.title)}, " if block.title else ""
    return f"#{name}({title}[{spans_of(block.spans, feet)}])"


def spans_of(spans: Iterable[Span], feet: dict[str, Note]) -> str:
    """Return spans; a marker is a footnote where its note stands at the foot."""
    out = []
    for span in spans:
        text = f"#{quoted(span.text)}"
        if span.style == "marker":
            out.append(f"#footnote[{spans_of(feet[span.text].spans, {})}]" if span.text in feet else f"#super[{text}]")
        elif span.url:
            out.append(f"#link({quoted(span.url)})[#text(fill: blue)[{text}]]")
        else:
            out.append({"italic": f"#emph[{text}]", "bold": f"#strong[{text}]"}.get(span.style, text))
    return "".join(out)
