"""Pages set by groff with its -ms macros: two columns, notes below them, tables by tbl, no links."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.held_apart.setting import program, run

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.held_apart.matter import Block, Issue, Note, Piece, Span
    from tests.held_apart.setting import Pages

REVIEW = """.nr PS 10
.nr VS 12
.nr PI 1.5n
.nr PD 0
.nr FPS 8
.nr FVS 9.5
.OH 'HEAD0''%'
.EH '%''HEAD1'
.P1
"""
REPORT = """.nr PS 9
.nr VS 11
.nr PI 0
.nr PD 0.5v
.fam H
.OF 'HEAD0''- % -'
.EF 'HEAD0''- % -'
.OH ''''
.EH ''''
"""
LOOKS = {"review": REVIEW, "report": REPORT}
COLUMNS = {"review": ".2C", "report": ".MC 207p 18p"}
SIGNS = {
    "\\": "\\e",
    "“": "\\[lq]",
    "”": "\\[rq]",
    "’": "\\[cq]",
    "–": "\\[en]",
    "—": "\\[em]",
    "-": "\\[hy]",
    "·": "\\[pc]",
    "~": "\\[ti]",
    "^": "\\[ha]",
}


def pages_of(look: str, issue: Issue, pages: Pages) -> bytes:
    """Return the issue as groff sets it. Raises ProducerMissingError."""
    path = program("groff")
    if not list(Path("/usr/share/groff").glob("*/font/devpdf/DESC")):
        program("gropdf")
    with tempfile.TemporaryDirectory() as name:
        return run([path, "-Kutf8", "-t", "-ms", "-Tpdf", "-P-pa4"], Path(name), source_of(look, issue, pages).encode())


def source_of(look: str, issue: Issue, pages: Pages) -> str:
    """Return the source."""
    house = issue.house
    style = LOOKS[look]
    for i, head in enumerate(house.running):
        style = style.replace(f"HEAD{i}", safe(head))
    parts = [
        style
        + f".LG\n.LG\n.LG\n.ce\n\\fB{safe(house.publication)}\\fP\n.NL\n.sp 3p\n.ce\n\\fI{safe(house.tagline)}\\fP\n.sp 2p\n.ce\n{safe(house.number_line)}\n.sp 10p"
    ]
    if issue.contents:
        parts.append(f".LP\n\\fB{safe(house.contents)}\\fP\n.sp 3p\n.ta \\n(LLu-1nR")
        for entry in issue.contents:
            names = safe(house.joint.join(entry.authors))
            parts.append(f".br\n{names}:\n.br\n\\fI{safe(entry.title)}\\fP\t{pages[entry.piece]}")
        parts.append(".sp 8p")
    parts.append(COLUMNS[look])
    parts += [piece_of(look, issue, piece) for piece in issue.pieces]
    return "\n".join(parts) + "\n"


def safe(text: str) -> str:
    """Return a text with groff's own signs written out."""
    out = "".join(SIGNS.get(letter, letter) for letter in text)
    return "\\&" + out if out[:1] in (".", "'") else out


def piece_of(look: str, issue: Issue, piece: Piece) -> str:
    """Return one article."""
    house = issue.house
    feet = {str(note.n): note for note in piece.notes} if look == "review" else {}
    names = safe(house.by + house.joint.join(piece.authors))
    rows = [
        f".sp 16p\n.ne 9v\n.LP\n.nh\n.na\n.ps +4\n.vs +4\n\\fB{safe(piece.title)}\\fP\n.br\n.ps -4\n.vs -4\n.ad b\n.hy 4\n.sp 3p\n\\fI{names}\\fP\n.sp 6p"
    ]
    first = True
    for block in piece.blocks:
        rows.append(block_of(issue, block, feet, first=first))
        first = block.type != "para"
    rows += [f".sp 8p\n.LP\n\\fI{safe(piece.bio)}\\fP"] if piece.bio else []
    if piece.notes and not feet:
        rows.append(f".sp 6p\n.ne 3v\n.LP\n\\fB{safe(house.notes)}\\fP\n.ps -1\n.vs -1")
        rows += [f".IP [{note.n}] 5n\n{spans_of(issue, note.spans, {})}" for note in piece.notes]
        rows.append(".ps +1\n.vs +1")
    return "\n".join(rows)


def block_of(issue: Issue, block: Block, feet: dict[str, Note], *, first: bool) -> str:
    """Return one block; the paragraph below a head is not indented."""
    text = spans_of(issue, block.spans, feet)
    if block.type == "para":
        return f"{'.LP' if first else '.PP'}\n{text}"
    if block.type == "heading":
        return f".sp 6p\n.ne 4v\n.LP\n.nh\n.ad l\n\\fB{text}\\fP\n.hy 4\n.br\n.ad b\n.sp 2p"
    if block.type == "table":
        rows = "\n".join("\t".join(map(safe, row)) for row in block.rows)
        return f".sp 6p\n.KS\n.TS\ncenter box;\nlb rb rb\nl n n.\n{rows}\n.TE\n.KE\n.sp 6p"
    return f".sp 6p\n.KS\n.LP\n.nh\n.ps +3\n.vs +3\n.in +1n\n.ad c\n\\fB{text}\\fP\n.br\n.ad b\n.in -1n\n.ps -3\n.vs -3\n.hy 4\n.KE\n.sp 6p"


def spans_of(issue: Issue, spans: Iterable[Span], feet: dict[str, Note]) -> str:
    """Return spans on one line; a footnote's text follows its marker on lines of its own."""
    out = ""
    for span in spans:
        text = safe(span.text)
        if span.style == "marker" and span.text in feet:
            note = spans_of(issue, feet[span.text].spans, {})
            out += f"\\*{{{text}\\*}}\\c\n.FS {text}.\n{note}\n.FE\n\\&"
        elif span.style == "marker":
            out += f" [{text}]" if issue.house.markers == "bracketed" else f"\\*{{{text}\\*}}"
        else:
            out += {"italic": f"\\fI{text}\\fP", "bold": f"\\fB{text}\\fP"}.get(span.style, text)
    return out
