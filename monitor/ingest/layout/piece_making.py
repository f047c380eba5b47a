"""Pieces out of lines: joined text with its links, and the places it takes up."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.ingest.document import Finding, Region
from monitor.ingest.layout.joining import join_lines
from monitor.ingest.layout.line_groups import has_run_in_head, line_groups
from monitor.ingest.layout.lines import style_of
from monitor.ingest.pieces import Piece
from monitor.ingest.text_file.splicing import join

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from monitor.ingest.layout.line_groups import LineGroup
    from monitor.ingest.layout.lines import Line
    from monitor.ingest.layout.page_parts import Aside
    from monitor.ingest.letters.hyphens import Vocabulary

GUESS_SHOWN = 40  # characters


class PieceMaker:
    """Makes pieces, and keeps what was odd about them."""

    def __init__(self, addresses: Mapping[int, Sequence[str | int | None]], known: Vocabulary) -> None:
        self._addresses, self._known = addresses, known
        self.findings: list[Finding] = []

    def of_groups(self, groups: Sequence[LineGroup]) -> list[tuple[Piece, int]]:
        """Return one piece for each paragraph with the number of its lines; one that goes on in the next column is joined here.

        Joining must come before the text: the hyphen at a column's end needs both lines.
        """
        return [(self.piece(lines, continues), len(lines)) for lines, continues in _rejoined(groups)]

    def of_aside(self, aside: Aside) -> list[Piece]:
        """Return an aside as one piece, the contents as one for each way its lines are set."""
        if aside.cells:
            return [self._table(aside)]
        parts = [p.lines for p in line_groups(aside.lines)] if aside.kind == "contents" else [aside.lines]
        return [replace(self.piece(lines, None), aside=aside.kind) for lines in parts]

    def _table(self, aside: Aside) -> Piece:
        """Return a table: its cells, and their texts joined by single spaces, row by row."""
        rows = [[self.piece(cell, None) if cell else None for cell in row] for row in aside.cells]
        cells = [cell for row in rows for cell in row if cell]
        whole = join(cells, [" "] * (len(cells) - 1))
        if aside.unsure:
            self.findings.append(_table_flattened(aside.lines[0].page))
        return replace(
            whole,
            rows=tuple(" ".join(cell.text for cell in row if cell) for row in rows),
            style=style_of(word for line in aside.lines for word in line.words),
            regions=regions_of(aside.lines),
            aside="table",
            cells=tuple(tuple(cell.text if cell else "" for cell in row) for row in rows),
        )

    def piece(self, lines: Sequence[Line], continues: bool | None) -> Piece:
        """Return lines as one piece."""
        joined = join_lines(lines, self._addresses, self._known)
        self.findings.extend(_hyphen_guessed(guess, lines[0].page) for guess in joined.guesses)
        style = style_of(word for line in lines for word in line.words)
        if style.bold and lines[-1].ends_sentence and has_run_in_head(lines[0]):
            style = replace(style, bold=False)  # a short paragraph, most of which is its head
        return Piece(
            text=joined.text,
            rows=tuple(line.text for line in lines),
            links=joined.links,
            style=style,
            regions=regions_of(lines),
            continues=continues,
            italics=joined.italics,
            jumps=joined.jumps,
            superscripts=joined.superscripts,
        )


def _rejoined(groups: Sequence[LineGroup]) -> Iterable[tuple[tuple[Line, ...], bool | None]]:
    """Yield the lines of each paragraph, with those of its parts in later columns."""
    open_lines: list[Line] = []
    continues: bool | None = None
    for group in groups:
        if open_lines and group.continues:
            open_lines += group.lines
            continue
        if open_lines:
            yield tuple(open_lines), continues
        open_lines, continues = list(group.lines), group.continues
    if open_lines:
        yield tuple(open_lines), continues


def regions_of(lines: Sequence[Line]) -> tuple[Region, ...]:
    """Return one box for each column of each page that the lines touch, in points rounded to hundredths."""
    groups: dict[tuple[int, int], list[Line]] = {}
    for line in lines:
        groups.setdefault((line.page, line.column), []).append(line)
    return tuple(
        Region(
            page,
            (
                round(min(line.x0 for line in group), 2),
                round(min(line.top for line in group), 2),
                round(max(line.x1 for line in group), 2),
                round(max(line.bottom for line in group), 2),
            ),
        )
        for (page, _), group in groups.items()
    )


def _hyphen_guessed(guess: str, page: int) -> Finding:
    message = f"A hyphen at a line's end was a guess: {guess[:GUESS_SHOWN]}."
    return Finding("hyphen_guessed", message, severity="info", page=page)


def _table_flattened(page: int) -> Finding:
    return Finding("table_flattened", f"The cells of a table on page {page} are a guess: check its rows.", page=page)
