"""Note markers in the running text: bracketed, raised, or digits that a conversion has brought down to the line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from monitor.ingest.apparatus.notes import RAISED
from monitor.ingest.document import Block, Marker
from monitor.ingest.structure.looks import BEFORE_NAMES, last_word
from monitor.ingest.text_file.splicing import Edit, rewritten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from monitor.ingest.pieces import Piece

MARKER = re.compile(r"\[(\d{1,3})\]")
# A raised number after a unit is its power: km², m³.
RAISED_DIGITS = re.compile(
    r"(?<=[^\W\d_]|[.,;:!?\"'\u201d\u2019)\] ])(?<![ (]m)(?<![ckdm]m)(?P<n>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})(?![^\W_])"
)
# "tolls.1 The", "“the lake.”1) The", "of these. (1)", "in 2018.1 The"; "3.1" is a number.
LOWERED = re.compile(
    r"(?:(?<=[.,;:!?\"\u201d\u2019)])(?<!\d[.,:;])|(?<=\D(?:1[5-9]|20)\d\d[.,;:]))(?:(?P<n>\d{1,3})\)?| ?\((?P<round>\d{1,3})\))(?=\s|$)"
)
# One number may have been lost on the way.
WIDEST_STEP = 2


def with_bracketed_markers(pieces: Sequence[Piece], numbers: set[int]) -> list[Piece]:
    """Return an article's pieces with their markers in brackets; `numbers` are those of its notes.

    A raised number is a marker where a note has it. Digits on the line are only where the text has no other markers
    and they count up from the first note, since prices and verses stand after stops too.
    """
    raised = [rewritten(piece, edits) if (edits := raised_edits(piece.text, numbers)) else piece for piece in pieces]
    if not numbers or any(MARKER.search(piece.text) for piece in raised):
        return raised
    last = min(numbers) - 1
    result: list[Piece] = []
    for piece in raised:
        edits = []
        for edit, n in lowered_edits(piece.text):
            if n in numbers and last < n <= last + WIDEST_STEP:
                edits.append(edit)
                last = n
        result.append(rewritten(piece, edits) if edits else piece)
    return result


def raised_edits(text: str, numbers: set[int]) -> list[Edit]:
    """Return the edits that put raised numbers of notes into brackets."""
    found = [(raised.span("n"), raised["n"].translate(RAISED)) for raised in RAISED_DIGITS.finditer(text)]
    return [Edit(*span, f"[{n}]") for span, n in found if int(n) in numbers]


def lowered_edits(text: str) -> Iterator[tuple[Edit, int]]:
    """Yield the digits after stops that may be markers, with their numbers."""
    for found in LOWERED.finditer(text):
        if last_word(text[max(0, found.start() - 40) : found.start()]) not in BEFORE_NAMES:
            group = "n" if found["n"] else "round"
            start = found.start() if group == "n" else found.start("round") - 1
            yield Edit(start, found.end(), f"[{found[group]}]"), int(found[group])


def is_marked(text: str) -> bool:
    """Tell whether a text holds a marker of the first note in any form."""
    if any(found[1] == "1" for found in MARKER.finditer(text)):
        return True
    return bool(raised_edits(text, {1})) or any(n == 1 for _, n in lowered_edits(text))


def markers_of(blocks: Iterable[Block]) -> Iterator[Marker]:
    """Yield the note markers of the text in order."""
    for index, block in enumerate(blocks):
        if block.type != "table":
            for found in MARKER.finditer(block.text):
                yield Marker(int(found[1]), index, found.start())
