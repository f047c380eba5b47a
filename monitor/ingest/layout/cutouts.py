"""What stands on a page beside its running text, and taking its words out of the rows before columns are cut."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.ingest.pdf.printed_page import Box
from monitor.ingest.pdf.words import Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from monitor.ingest.pdf.printed_page import Rule
    from monitor.ingest.pdf.words import Word

CELL_GAP = 0.9  # of the size: words farther apart are not of one line of prose
LEAST_GAP = 5.0  # points

Cells = tuple[tuple[tuple[Row, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Painted:
    """What a page shows beside its letters; sizes in points."""

    width: float
    height: float
    boxes: tuple[Box, ...] = ()
    rules: tuple[Rule, ...] = ()
    pictures: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Cutout:
    """Rows taken out of a page: `kind` is an aside's, or "labels" for words inside a picture, or "picture"."""

    kind: str
    place: Box
    rows: tuple[Row, ...] = ()
    cells: Cells = ()  # tables: rows of cells, each one with its rows of words
    unsure: bool = False  # what are cells and what are lines within them is a guess


def taken(rows: Sequence[Row], place: Box) -> tuple[list[Row], list[Row]]:
    """Part rows into what stands outside a place and what stands in it, word by word."""
    outside: list[Row] = []
    inside: list[Row] = []
    for row in rows:
        words = [word for word in row.words if is_within(word, place)]
        if not words:
            outside.append(row)
            continue
        inside.append(Row(words))
        rest = [word for word in row.words if not is_within(word, place)]
        if rest:
            outside.append(Row(rest))
    return outside, inside


def without(rows: Sequence[Row], gone: Iterable[Row]) -> list[Row]:
    """Return rows without the words of others, which are parts of them."""
    ids = {id(word) for row in gone for word in row.words}
    if not ids:
        return list(rows)
    kept = (Row([word for word in row.words if id(word) not in ids]) for row in rows)
    return [row for row in kept if row.words]


def is_within(word: Word, place: Box) -> bool:
    """Tell whether the middle of a word lies in a place."""
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return place.x0 <= x <= place.x1 and place.top <= y <= place.bottom


def segments(row: Row, cell_gap: float = CELL_GAP) -> list[Row]:
    """Cut a row where its words stand too far apart for prose: at gutters, and between the cells of a table.

    `cell_gap` is how far, in sizes.
    """
    found: list[Row] = []
    for word in row.words:
        last = found[-1].words[-1] if found else None
        gap = max(LEAST_GAP, cell_gap * min(word.size, last.size)) if last else 0.0
        if last and (word.glued or word.x0 - last.x1 <= gap):
            found[-1].words.append(word)
        else:
            found.append(Row([word]))
    return found


def around(rows: Iterable[Row]) -> Box:
    """Return the place that rows (at least one) take up."""
    words = [word for row in rows for word in row.words]
    return Box(
        min(word.x0 for word in words),
        min(word.top for word in words),
        max(word.x1 for word in words),
        max(word.bottom for word in words),
    )


def overlap(one: Box | Row, other: Box | Row) -> float:
    """Return how far two things stand above each other, in points; negative where they do not."""
    return min(one.x1, other.x1) - max(one.x0, other.x0)
