"""Lines within the running text that are set in another type: captions without a picture, sidebars without a box.

What is set apart must stand in the text: between lines of it, or in the midst of a sentence. Bylines, biographies,
notes and contents are set in other types too, but stand where articles begin or end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from monitor.ingest.layout.captions import CAPTION
from monitor.ingest.layout.cutouts import CELL_GAP, segments
from monitor.ingest.layout.jump_lines import is_jump, is_ornament
from monitor.ingest.layout.line_groups import LABEL, LONG, NOTES_HEADING
from monitor.ingest.layout.lines import Line, ends_sentence
from monitor.ingest.layout.side_contents import CONTENTS_PAGES
from monitor.ingest.layout.tables import are_loose, cells_of_rows, column_cuts, is_listing, reads_as_cells
from monitor.ingest.pdf.typefaces import SAME_SIZE, are_alike, type_of
from monitor.ingest.pdf.words import Row
from monitor.ingest.structure.leaders import NUMBER
from monitor.ingest.structure.posts import is_post

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monitor.ingest.layout.cutouts import Cells
    from monitor.ingest.pdf.typefaces import Type, TypeCount

LEADING = 1.8  # of the size: lines of one aside stand no farther from each other
AT_EDGE = 1.5  # points
TABLE_LEADING = 3.0  # of the size: rows of one table
LONGEST = 50  # lines; what is longer is an article in a type of its own
SIDEBAR_LINES, SIDEBAR_WORDS = 3, 15
TABLE_LINES = 3
WHITE = 1.1  # of the size: the white that parts a table's columns is wider than that of a loose line
CAPTION_LINES, CAPTION_WORDS = 4, 4  # of a caption without a picture: so many lines at most, so many words at least
FULL = 0.8  # of the column's width: a line of running text in the midst of a sentence fills more
CAPTION_WHITE, EVEN = 0.5, 0.5  # of the body's size, below it; of the white above it
PAGE = re.compile(r"^[0-9]{1,4}$")
TIGHT, TIGHT_WHITE = 0.6, 0.45  # of the size: gaps and white between cells in a type of their own, with figures
MOST_CELL_WORDS = 4  # in each cell in the mean, in the fullest line
# A biography says early what its person is or does.
BIOGRAPHY = re.compile(r"^(?:\S{1,40} ){1,14}?(?:is|are|was|were|writes|holds|works|serves|teaches|has|covers|edits)\b")


@dataclass(frozen=True, slots=True)
class Apart:
    """Lines that are no running text; they stand before line `spot` of it (an index)."""

    kind: str
    lines: tuple[Line, ...]
    spot: int
    cells: Cells = ()


@dataclass(frozen=True, slots=True)
class _Run:
    """Lines of one column, set alike, that follow each other closely."""

    lines: tuple[Line, ...]
    kind: Type
    italic: bool
    bold: bool

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


def parted(lines: Sequence[Line], types: TypeCount) -> tuple[list[Line], list[Apart]]:
    """Part an issue's lines, in reading order, into its running text and what is set apart in it."""
    body = types.body()
    jumping = _leading_on(lines)
    runs = list(_runs(lines, body, jumping))
    flow: list[Line] = []
    found: list[Apart] = []
    in_notes = False
    for at, run in enumerate(runs):
        in_notes = _in_notes(run, body, inside=in_notes)
        if all(id(line) in jumping for line in run.lines):
            found.append(Apart("furniture", run.lines, len(flow)))
            continue
        parts = list(_tables(run, body, in_notes=in_notes))
        whole = all(isinstance(part, Line) for part in parts)
        kind = _kind(runs, at, flow, body, types) if whole and not in_notes else None
        if kind:
            found.append(Apart(kind, run.lines, len(flow)))
            continue
        for part in parts:
            if isinstance(part, Apart):
                found.append(Apart(part.kind, part.lines, len(flow), part.cells))
            else:
                flow.append(part)
    return flow, found


def _leading_on(lines: Sequence[Line]) -> set[int]:
    """Return the ids of ornaments, and of lines at a column's edge that say where a text goes on or comes from."""
    found: set[int] = set()
    for at, line in enumerate(lines):
        around = [lines[n].column for n in (at - 1, at + 1) if 0 <= n < len(lines)]
        edge = len(around) < 2 or any(column != line.column for column in around)
        if (edge and is_jump(line.text)) or is_ornament(line.text):
            found.add(id(line))
    return found


def _runs(lines: Sequence[Line], body: Type, jumping: set[int]) -> Iterator[_Run]:
    open_lines: list[Line] = []
    kind, italic = body, False
    for line in lines:
        here = type_of(line.words)
        last = open_lines[-1] if open_lines else None
        plain = are_alike(here, body)
        jumps = last is not None and (id(last) in jumping) != (id(line) in jumping)
        alike = (are_alike(here, kind) and line.style.italic == italic) or (plain and are_alike(kind, body))
        leading = TABLE_LEADING if last and _has_gap(last) and _has_gap(line) else LEADING
        near = last and last.column == line.column and 0 <= line.base - last.base <= leading * max(here.size, kind.size)
        if last and (jumps or not (alike and (near or plain))):
            yield _run(open_lines, kind)
            open_lines = []
        if not open_lines:
            kind, italic = here, line.style.italic
        open_lines.append(line)
    if open_lines:
        yield _run(open_lines, kind)


def _has_gap(line: Line) -> bool:
    return any(b.x0 - a.x1 > WHITE * line.style.size for a, b in pairwise(line.words))


def _run(lines: list[Line], kind: Type) -> _Run:
    letters = sum(len(line.text) for line in lines)
    italic = 2 * sum(len(line.text) for line in lines if line.style.italic) > letters
    bold = 2 * sum(len(line.text) for line in lines if line.style.bold) > letters
    return _Run(tuple(lines), kind, italic, bold)


def _in_notes(run: _Run, body: Type, *, inside: bool) -> bool:
    """Tell whether a run belongs to the notes of an article: from their heading on, until something larger comes."""
    if any(NOTES_HEADING.match(line.text) for line in run.lines):
        return True
    return inside and run.kind.size <= body.size + SAME_SIZE and not (run.bold and run.kind.size > body.size)


def _kind(runs: Sequence[_Run], at: int, flow: Sequence[Line], body: Type, types: TypeCount) -> str | None:
    """Return what a run is that stands in the running text, None where it is part of that or cannot be told."""
    run = runs[at]
    text = run.text
    smaller = run.kind.size <= body.size - SAME_SIZE
    other = run.kind.design != body.design
    if not (smaller or other) or run.kind.size > body.size + SAME_SIZE or len(run.lines) > LONGEST:
        return None
    if not flow or LABEL.match(text) or run.bold or types.is_common(run.kind) or is_jump(text):
        return None
    if is_post(text) and not flow[-1].ends_sentence:
        return None  # below a line of names stands where they work
    kind = _by_its_look(run, other=other, smaller=smaller)
    if kind is None:
        return "caption" if smaller and (other or run.italic) and _is_between(runs, at, flow[-1], body) else None
    return kind if _stands_in_text(runs, at, flow[-1], body) else None


def _by_its_look(run: _Run, *, other: bool, smaller: bool) -> str | None:
    text = run.text
    if CAPTION.match(text) and len(text) < 600:
        return "caption"
    if other and run.italic and smaller:
        return "caption"
    titled = run.lines[0].style.bold and not run.lines[-1].style.bold
    long = len(run.lines) >= SIDEBAR_LINES and len(text.split()) >= SIDEBAR_WORDS
    if long and other and (smaller or titled):
        return "sidebar"
    return "caption" if other and smaller and len(run.lines) > 1 and ends_sentence(text) else None


def _is_between(runs: Sequence[_Run], at: int, before: Line, body: Type) -> bool:
    """Tell whether a few small lines stand between paragraphs as a caption does: white around them, and no bold line.

    A head stands closer to what follows it than to what it follows.
    """
    run = runs[at]
    after = runs[at + 1].lines[0] if at + 1 < len(runs) else None
    if after is None or len(run.lines) > CAPTION_LINES or len(run.text.split()) < CAPTION_WORDS:
        return False
    if not are_alike(runs[at + 1].kind, body) or after.style.bold or NOTES_HEADING.match(after.text):
        return False
    if not are_alike(type_of(before.words), body) or (before.ends_sentence and BIOGRAPHY.match(run.text)):
        return False
    if not before.ends_sentence and before.x1 - before.x0 < FULL * (before.edges.right - before.edges.left):
        return False  # a line of names, or a head
    if after.column != run.lines[-1].column or after.x1 - after.x0 < LONG * (after.edges.right - after.edges.left):
        return False
    below = after.top - run.lines[-1].bottom
    above = run.lines[0].top - before.bottom if before.column == run.lines[0].column else below
    return below >= CAPTION_WHITE * body.size and below >= EVEN * above


def _stands_in_text(runs: Sequence[_Run], at: int, before: Line, body: Type) -> bool:
    """Tell whether running text stands before and after a run."""
    if not are_alike(type_of(before.words), body):
        return False
    text = runs[at].text
    after = next((run for run in runs[at + 1 : at + 6] if are_alike(run.kind, body)), None)
    if after is None:
        return False
    if not before.ends_sentence and not before.style.bold:
        if before.x1 - before.x0 < FULL * (before.edges.right - before.edges.left):
            return False  # a line of names, or a head
        return not NOTES_HEADING.match(after.lines[0].text)
    next_run = runs[at + 1]
    last = next_run is not after and next_run.kind.size > body.size + SAME_SIZE
    ended = last or NOTES_HEADING.match(after.lines[0].text) is not None
    return not (ended or after.lines[0].style.bold) or not BIOGRAPHY.match(text)


def _tables(run: _Run, body: Type, *, in_notes: bool) -> Iterator[Line | Apart]:
    """Yield the lines of a run, those of a table without rules as one."""
    gap = CELL_GAP if are_alike(run.kind, body) else TIGHT
    parts = [segments(Row(list(line.words)), gap) if not in_notes else [] for line in run.lines]
    at = 0
    while at < len(run.lines):
        end = _table_end(run.lines, parts, at)
        rows = run.lines[at:end]
        text = are_alike(run.kind, body) and _are_stretched(rows, run.lines[at - 1] if at else None)
        table = _table(rows, body) if len(rows) >= TABLE_LINES and not text else None
        end = max(end, at + 1)
        if table:
            yield table
        else:
            yield from run.lines[at:end]
        at = end


def _are_stretched(lines: Sequence[Line], before: Line | None) -> bool:
    """Tell whether lines set like the text go on a sentence, or fill a justified column: few words, far apart."""
    if not lines:
        return False
    goes_on = before is None or (before.column == lines[0].column and not before.ends_sentence)
    filled = before is not None and before.edges.justified and abs(before.x1 - before.edges.right) <= AT_EDGE
    if goes_on and (filled or lines[0].text[:1].islower()):
        return True
    parted = [line for line in lines if _has_gap(line)]
    return bool(parted) and all(
        line.edges.justified
        and abs(line.x1 - line.edges.right) <= AT_EDGE
        and abs(line.x0 - line.edges.left) <= AT_EDGE
        and not any(c.isdecimal() for c in line.words[-1].text)
        for line in parted
    )


def _table_end(lines: Sequence[Line], parts: Sequence[Sequence[Row]], start: int) -> int:
    """Return where the lines of several cells end that begin at `start`; one line of one cell may stand among them."""
    end = at = start
    while at < len(lines) and lines[at].column == lines[start].column:
        if len(parts[at]) > 1:
            end = at + 1
        elif at == start or at >= end + 1:
            break
        at += 1
    return end


def _are_entries(rows: Sequence[Row], cuts: int) -> bool:
    """Tell whether rows are a contents: titles with numbers behind them, or rising numbers with titles behind them."""
    numbered = [row for row in rows if NUMBER.match(row.words[-1].text)]
    if cuts == 1 and len(numbered) == len(rows):
        return True
    # Names stand below titles with numbers behind them, in rows of their own.
    behind = [int("".join(filter(str.isdecimal, row.words[-1].text))) for row in numbered]
    names = [row for row in rows if not any(row is other for other in numbered)]
    if cuts == 1 and len(behind) > 1 and behind == sorted(behind) and all(len(segments(row)) == 1 for row in names):
        return True
    pages = [int(row.words[0].text) for row in rows if PAGE.match(row.words[0].text)]
    return len(pages) > 1 and pages == sorted(pages) and 3 * len(pages) >= len(rows)


def _are_figures(rows: Sequence[Row], cuts: Sequence[float]) -> bool:
    """Tell whether most words behind the first column hold figures: then its cells may stand close."""
    behind = [word for row in rows for word in row.words if cuts and word.x0 > cuts[0]]
    return 2 * sum(any(c.isdecimal() for c in word.text) for word in behind) > len(behind)


def _table(lines: Sequence[Line], body: Type) -> Apart | None:
    rows = [Row(list(line.words)) for line in lines]
    cuts = column_cuts(rows, WHITE * lines[0].style.size)
    if not cuts and not are_alike(type_of(lines[0].words), body):
        cuts = column_cuts(rows, TIGHT_WHITE * lines[0].style.size, TIGHT)
        if not _are_figures(rows, cuts):
            return None
    if not cuts or max(len(row.words) for row in rows) > MOST_CELL_WORDS * (len(cuts) + 1):
        return None
    if are_loose(rows, cuts) or is_listing(rows, body):
        return None
    if lines[0].page <= CONTENTS_PAGES and _are_entries(rows, len(cuts)):
        return None
    cells = cells_of_rows(rows, cuts)
    edges = [lines[0].edges.left, *cuts, max(lines[0].edges.right, *(line.x1 for line in lines))]
    return Apart("table", tuple(lines), 0, cells) if reads_as_cells(cells, edges, ruled=False) else None
