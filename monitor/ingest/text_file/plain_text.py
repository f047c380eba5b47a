"""From the code points of a text file (plain or Markdown) to printed pieces."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from monitor.ingest.document import Finding, Origin
from monitor.ingest.letters.cleaning import cleaned
from monitor.ingest.letters.hyphens import Vocabulary, vocabulary
from monitor.ingest.pieces import Piece
from monitor.ingest.text_file.inline import Resolved, resolved
from monitor.ingest.text_file.printed_lines import Line, Run, below_rules, lines_of, runs_of
from monitor.ingest.text_file.splicing import Edit, Traced, edited, join

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

REFERENCE = re.compile(r"\[\^([^\]\s\[]{1,40})\]")
CELL_BAR = re.compile(r"(?<!\\)\|")
# Of a line printed wholly in bold: below every rank that signs in the file can give.
BOLD_LINE = 7
GUESSES_NAMED = 5


@dataclass(frozen=True, slots=True)
class Printed:
    """A text file's pieces in order, and what was odd about its letters."""

    pieces: tuple[Piece, ...]
    findings: tuple[Finding, ...] = ()


def pieces_of(text: str) -> Printed:
    """Return the printed pieces of a text; every piece knows its lines and the code points it came from."""
    lines = lines_of(text)
    known = vocabulary(line.text for line in lines)
    labels = footnote_numbers(text)
    guesses: list[str] = []
    pieces: list[Piece] = []
    ruled = below_rules(lines)
    for run in runs_of(lines):
        is_table = run.kind == "table"
        made = table_piece(text, run, known, labels) if is_table else text_piece(text, run, known, labels, guesses)
        pieces += (replace(piece, ruled=True) for piece in made) if run.lines[0].start in ruled else made
    return Printed(tuple(pieces), tuple(hyphen_findings(guesses)))


def footnote_numbers(text: str) -> Mapping[str, int]:
    """Return the number of each footnote: as labelled where all labels are numbers, else in order of mention."""
    labels = list(dict.fromkeys(found[1] for found in REFERENCE.finditer(text)))
    if all(label.isdecimal() and len(label) < 4 for label in labels):
        return {label: int(label) for label in labels}
    return {label: number for number, label in enumerate(labels, start=1)}


def hyphen_findings(guesses: list[str]) -> Iterator[Finding]:
    """Yield one finding for the hyphens at line ends that nothing in the text could decide."""
    if guesses:
        named = ", ".join(f'"{guess.strip()}"' for guess in guesses[:GUESSES_NAMED])
        yield Finding(
            "hyphen_guessed", f"{len(guesses)} hyphens at line ends were judged by pattern: {named}.", severity="info"
        )


def text_piece(
    text: str, run: Run, known: Vocabulary, labels: Mapping[str, int], guesses: list[str]
) -> Iterator[Piece]:
    """Yield the piece that a run makes, or nothing where the run shows no character."""
    label = REFERENCE.search(run.lines[0].text) if run.kind == "footnote" else None
    read, guessed = read_lines(text, run, known, labels)
    if not read.traced.text:
        return
    guesses += guessed
    piece = Piece(
        text=read.traced.text,
        rows=rows_of(read.traced, run),
        links=read.links,
        lines=(run.lines[0].number, run.lines[-1].number),
        origin=read.traced.origin,
        aside=run.kind,
        level=run.level,
        italics=read.italics,
    )
    if label is not None:
        start = run.lines[0].start + label.start()
        yield labelled(piece, f"[{labels[label[1]]}] ", start)
        return
    wholly_bold = any(end - start >= len(piece.text) for start, end in read.bold)
    yield replace(piece, level=BOLD_LINE) if wholly_bold and run.level is None and run.kind is None else piece


def read_lines(text: str, run: Run, known: Vocabulary, labels: Mapping[str, int]) -> tuple[Resolved, list[str]]:
    """Return a run as one line of text with its marks read, and the hyphens that were a guess."""
    start, end = run.lines[0].start, run.lines[-1].end
    raw = Traced(text[start:end], (Origin(0, start, end - start),))
    signs = [
        Edit(line.start - start, line.start - start + skip)
        for line, skip in zip(run.lines, run.skips, strict=True)
        if skip
    ]
    line, guesses = cleaned(edited(raw, signs), known)
    return resolved(line, labels), guesses


def labelled(piece: Piece, label: str, source: int) -> Piece:
    """Return a footnote's piece with its label as any other note prints it."""
    width = len(label)
    return replace(
        piece,
        text=label + piece.text,
        rows=(label + piece.rows[0], *piece.rows[1:]),
        links=tuple(replace(link, start=link.start + width, end=link.end + width) for link in piece.links),
        italics=tuple((start + width, end + width) for start, end in piece.italics),
        origin=(Origin(0, source, width), *(replace(run, start=run.start + width) for run in piece.origin)),
    )


def rows_of(traced: Traced, run: Run) -> tuple[str, ...]:
    """Return the text cut where the printed lines end."""
    if len(run.lines) == 1:
        return (traced.text,)
    starts = [0]
    k = 0
    for line, skip in zip(run.lines[1:], run.skips[1:], strict=True):
        while k < len(traced.origin) and traced.origin[k].source + traced.origin[k].length <= line.start + skip:
            k += 1
        if k == len(traced.origin):
            break
        here = traced.origin[k]
        starts.append(here.start + max(0, line.start + skip - here.source))
    cuts = zip(starts, [*starts[1:], len(traced.text)], strict=True)
    return tuple(row for start, end in cuts if (row := traced.text[start:end].strip()))


def table_piece(text: str, run: Run, known: Vocabulary, labels: Mapping[str, int]) -> Iterator[Piece]:
    """Yield a table: its cells, and their texts joined by single spaces, row by row."""
    rows = [list(cells_of(text, line, known, labels)) for line in run.lines]
    cells = [cell for row in rows for cell in row]
    if cells:
        whole = join(cells, [" "] * (len(cells) - 1))
        yield replace(
            whole,
            rows=tuple(" ".join(cell.text for cell in row) for row in rows if row),
            aside="table",
            cells=tuple(tuple(cell.text for cell in row) for row in rows if row),
        )


def cells_of(text: str, line: Line, known: Vocabulary, labels: Mapping[str, int]) -> Iterator[Piece]:
    """Yield the cells of one line of a table that hold anything."""
    bars = [found.start() for found in CELL_BAR.finditer(text, line.start, line.end)]
    for left, right in zip([line.start - 1, *bars], [*bars, line.end], strict=True):
        raw = Traced(text[left + 1 : right], (Origin(0, left + 1, right - left - 1),))
        read = resolved(cleaned(raw, known)[0], labels)
        cell = read.traced
        if cell.text:
            place = (line.number, line.number)
            yield Piece(cell.text, (cell.text,), read.links, lines=place, origin=cell.origin, italics=read.italics)
