"""Raised numbers of a typeset text, once its notes are known: a note's marker, or the power of a unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.ingest.text_file.splicing import Edit, rewritten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.ingest.pieces import Piece

TO_RAISED = str.maketrans("0123456789", "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079")
BRACKETED = re.compile(r"\[(\d{1,6})\]$")
LONGEST_NOTE = 3  # digits


@dataclass(frozen=True, slots=True)
class Settled:
    """Pieces whose raised numbers are markers or digits, and those that agree with no note: piece and place."""

    pieces: tuple[Piece, ...]
    unmatched: tuple[tuple[int, int, int], ...] = ()


def settled(pieces: Sequence[Piece], numbers: set[int]) -> Settled:
    """Return an article's pieces with raised numbers taken for markers only where a note bears the number.

    A number that goes on the run of markers before it is one too, its note being lost; two that touch ("34") are
    parted where notes 3 and 4 wait for their markers. All others are printed digits again: km², 10⁶.
    """
    last = 0
    done: list[Piece] = []
    unmatched: list[tuple[int, int, int]] = []
    for index, piece in enumerate(pieces):
        edits: list[Edit] = []
        moved = 0
        for raised in sorted(piece.superscripts, key=lambda one: one.start):
            found = BRACKETED.match(piece.text[raised.start : raised.end])
            if found is None:
                continue
            n = int(found[1])
            parts = parted(found[1], last, numbers) if n not in numbers else []
            if n in numbers or (len(found[1]) <= LONGEST_NOTE and n == last + 1):
                last = max(last, n)
            elif parts:
                edits.append(Edit(raised.start, raised.end, "".join(f"[{part}]" for part in parts)))
                moved += len(edits[-1].text) - (raised.end - raised.start)
                last = parts[-1]
            else:
                edits.append(Edit(raised.start, raised.end, found[1].translate(TO_RAISED)))
                unmatched.append((index, raised.start + moved, raised.start + moved + len(found[1])))
                moved -= 2
        done.append(rewritten(piece, edits) if edits else piece)
    return Settled(tuple(done), tuple(unmatched))


def parted(digits: str, last: int, numbers: set[int]) -> list[int]:
    """Return two notes' numbers that digits run together, the first one going on the run; none where they do not."""
    for at in range(1, len(digits)):
        first, second = int(digits[:at]), int(digits[at:])
        if first in numbers and second in numbers and last < first < second and not digits[at:].startswith("0"):
            return [first, second]
    return []
