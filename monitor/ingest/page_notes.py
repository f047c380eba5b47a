"""Footnotes at the foot of a page: small lines from the first that begins with a number to the column's end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.ingest.lines import Line

SMALL = 0.92  # of the body's size: footnotes are set smaller
UPPER = 0.4  # of the page's height: footnotes stand below it
SAME_SIZE = 0.6  # points
NUMBERED = re.compile(r"^\d{1,3}\.? (?=\S)")


@dataclass(frozen=True, slots=True)
class Footnotes:
    """A page's lines without its footnotes, and these one by one; the first may go on one of the page before."""

    lines: tuple[Line, ...]
    notes: tuple[tuple[Line, ...], ...]


def without_footnotes(lines: Sequence[Line], body: float, height: float) -> Footnotes:
    """Part one page's footnotes from its text; `body` is the issue's commonest size, `height` the page's, in points."""
    columns: dict[int, list[Line]] = {}
    for line in lines:
        columns.setdefault(line.column, []).append(line)
    kept: list[Line] = []
    notes: list[tuple[Line, ...]] = []
    for column in columns.values():
        start = _zone(column, body, height)
        kept += column[:start]
        notes += _parted(column[start:])
    return Footnotes(tuple(kept), tuple(notes))


def _zone(column: Sequence[Line], body: float, height: float) -> int:
    """Return where the footnotes of a column begin, its length where it has none."""
    start = len(column)
    for at in range(len(column) - 1, -1, -1):
        line = column[at]
        if line.style.size > SMALL * body or line.style.bold or line.base < UPPER * height:
            break
        start = at
    # A column of nothing but small print is no foot of anything, unless raised numbers lead its lines.
    labels = [at for at in range(start, len(column)) if _is_label(column[at], raised=start == 0)]
    return start if labels and _alike(column[start : labels[0] + 1]) else len(column)


def _is_label(line: Line, *, raised: bool) -> bool:
    if line.words[0].marker:
        return True
    return not raised and NUMBERED.match(line.text) is not None


def _alike(lines: Sequence[Line]) -> bool:
    """Tell whether the lines before the first number could be the end of a note from the page before."""
    return all(abs(line.style.size - lines[-1].style.size) <= SAME_SIZE for line in lines)


def _parted(lines: Sequence[Line]) -> list[tuple[Line, ...]]:
    notes: list[list[Line]] = []
    for line in lines:
        if not notes or _is_label(line, raised=notes[0][0].words[0].marker):
            notes.append([])
        notes[-1].append(line)
    return [tuple(note) for note in notes]
