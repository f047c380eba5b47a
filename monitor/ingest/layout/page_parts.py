"""One page taken apart: what stands beside its running text, then columns and lines, contents and footnotes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from monitor.ingest.layout.bands import columns_around
from monitor.ingest.layout.boxes import boxed, empty_boxes
from monitor.ingest.layout.captions import at_pictures, caption_at
from monitor.ingest.layout.card_contents import card_contents
from monitor.ingest.layout.cells import with_level_cells
from monitor.ingest.layout.columns import Column, columns_of
from monitor.ingest.layout.cutouts import Cutout, around, without
from monitor.ingest.layout.grid_contents import in_cells
from monitor.ingest.layout.grids import tables_by_rules
from monitor.ingest.layout.initials import with_initials
from monitor.ingest.layout.lines import lines_of
from monitor.ingest.layout.page_notes import with_lone_markers, without_footnotes
from monitor.ingest.layout.pull_quotes import pull_quotes
from monitor.ingest.layout.side_contents import CONTENTS_PAGES, is_contents, side_contents
from monitor.ingest.pdf.printed_page import Box, Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.ingest.layout.cutouts import Painted
    from monitor.ingest.layout.lines import Line
    from monitor.ingest.layout.page_notes import Before
    from monitor.ingest.layout.running_heads import PageRows
    from monitor.ingest.letters.hyphens import Vocabulary
    from monitor.ingest.pdf.typefaces import Type
    from monitor.ingest.pdf.words import Row

WIDE, MOST_RULES = 0.9, 40  # of the text's width: a rule that parts lines; so many are looked at
UNDER = 0.3  # of the size: a rule so close below a line underlines it
THICK = 9.0  # points; what is lower may be a rule between bands, and no ground of any text

CellLines = tuple[tuple[tuple["Line", ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Aside:
    """Lines beside the running text: `kind` as a piece's `aside` has it."""

    kind: str
    lines: tuple[Line, ...]
    place: Box | None = None
    cells: CellLines = ()  # tables
    unsure: bool = False


@dataclass(slots=True)
class PageParts:
    """What a page holds: its running text, line by line, and what stands beside it."""

    lines: list[Line] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)  # with their places
    contents: list[Aside] = field(default_factory=list)
    footnotes: list[Aside] = field(default_factory=list)
    holes: list[Box] = field(default_factory=list)  # what parts the lines above it from those below
    columns: int = 0
    unsure: bool = False


def page_parts(
    page: PageRows, painted: Painted, body: Type, known: Vocabulary, before: Before, first: int
) -> PageParts:
    """Take one page apart; `body` is the issue's type, `known` its words, `before` what the pages before left open.

    Columns are numbered from `first` on.
    """
    front = page.number <= CONTENTS_PAGES
    own = with_initials(with_level_cells(page.rows) if front else page.rows, body.size, known)
    rows, cutouts = cut_out(own, painted, body, front=page.number == 1)
    places = [cutout.place for cutout in cutouts]
    rules = [*painted.rules, *(Rule(*box) for box in painted.boxes if box.bottom - box.top <= THICK)]
    columns = columns_around(rows, places, body.size, rules, painted.width / 2, before.gutters)
    if front:
        columns = [replace(column, rows=tuple(in_cells(column.rows, column.x0))) for column in columns]
    lines = with_lone_markers(lines_of(columns, page.number, first), body.size)
    parts = PageParts(columns=len(columns), holes=[*places, *rules_across(rules, rows)])
    for cutout in cutouts:
        if cutout.rows:
            aside = _aside(cutout, page.number, body.size)
            (parts.contents if aside.kind == "contents" else parts.asides).append(aside)
    side = side_contents(lines) if page.number <= CONTENTS_PAGES else []
    if side:
        parts.contents.append(Aside("contents", tuple(side)))
        lines = [line for line in lines if line.column != side[0].column]
    footnotes = without_footnotes(lines, body.size, page.height, before, painted.rules)
    parts.footnotes = [Aside("footnote", note) for note in footnotes.notes]
    parts.lines = list(footnotes.lines)
    return parts


def rules_across(rules: Sequence[Rule], rows: Sequence[Row]) -> list[Box]:
    """Return the places of the level rules as wide as the text, but for those right under a row: these underline it."""
    x0, x1 = min((row.x0 for row in rows), default=0.0), max((row.x1 for row in rows), default=0.0)
    wide = [r for r in rules if r.bottom - r.top <= THICK and min(r.x1, x1) - max(r.x0, x0) >= WIDE * (x1 - x0) > 0]
    free = (r for r in wide[:MOST_RULES] if not any(0 <= r.top - row.base <= UNDER * row.size for row in rows))
    return [Box(*r) for r in free]


def cut_out(rows: Sequence[Row], painted: Painted, body: Type, *, front: bool) -> tuple[list[Row], list[Cutout]]:
    """Part a page's rows into its running text and all that can be told apart before its columns are known."""
    left, contents = card_contents(rows) if front else (list(rows), [])
    left, tables = tables_by_rules(left, painted, body)
    left, boxes = boxed(left, painted, body)
    left, captioned = _with_captions(left, tables, body)
    drawn = [box.place for box in boxes if box.kind == "labels"]
    pictures = [*painted.pictures, *empty_boxes(rows, painted), *drawn]
    left, figures = at_pictures(left, painted, pictures, body)
    left, quotes = pull_quotes(left, painted, body, front=front)
    return left, [*contents, *tables, *captioned, *boxes, *figures, *quotes]


def _with_captions(rows: list[Row], tables: Sequence[Cutout], body: Type) -> tuple[list[Row], list[Cutout]]:
    """Take the captions of tables out of the rows."""
    found: list[Cutout] = []
    for table in tables:
        caption = caption_at(rows, table.place, body)
        if caption:
            found.append(Cutout("caption", around(caption), tuple(caption)))
            rows = without(rows, caption)
    return rows, found


def _aside(cutout: Cutout, number: int, body: float) -> Aside:
    """Return a cutout in lines; a box in front that holds page references is the contents."""
    columns = [Column(cutout.rows, 0, 0)] if cutout.kind == "pullquote" else columns_of(cutout.rows, body)
    if cutout.kind == "contents":
        return Aside(
            "contents", tuple(lines_of([Column(card, 0, 0) for card in cutout.cells[0]], number, -9)), cutout.place
        )
    lines = tuple(lines_of(columns, number, -1))
    kind = "furniture" if cutout.kind == "labels" else cutout.kind
    if kind == "sidebar" and number <= CONTENTS_PAGES and is_contents([line.text for line in lines]):
        kind = "contents"
    return Aside(kind, lines, cutout.place, cell_lines(cutout.cells, number), cutout.unsure)


def cell_lines(cells: Sequence[Sequence[Sequence[Row]]], number: int) -> CellLines:
    """Return the lines of a table's cells; an empty cell has none."""
    return tuple(
        tuple(tuple(lines_of([Column(tuple(cell), 0, 0)], number, -1)) if cell else () for cell in row) for row in cells
    )
