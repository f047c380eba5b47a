"""Cutting a typeset piece at its printed lines: layouts run a title, names and text together when they touch."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.ingest.text_file.splicing import cut

if TYPE_CHECKING:
    from monitor.ingest.pieces import Piece


def cut_rows(piece: Piece, *at: int) -> list[Piece]:
    """Return a piece cut before the printed lines with the given numbers; uncut where its lines cannot be told."""
    starts = row_starts(piece)
    edges = [0, *(k for k in sorted(set(at)) if 0 < k < len(piece.rows)), len(piece.rows)]
    if starts is None or len(edges) < 3:
        return [piece]
    parts: list[Piece] = []
    for low, high in itertools.pairwise(edges):
        start = starts[low] if low else 0
        end = starts[high] if high < len(starts) else len(piece.text)
        part = replace(cut(piece, start, end if end == len(piece.text) else end - 1), rows=piece.rows[low:high])
        parts.append(part if not low else replace(part, continues=False))
    return parts


def row_starts(piece: Piece) -> list[int] | None:
    """Return where each printed line begins in a piece's text, counted by letters; None where they do not agree.

    Hyphens at line ends and blanks are not the same in the lines and in the text; letters are.
    """
    counts: list[int] = []
    total = 0
    for row in piece.rows:
        counts.append(total)
        total += sum(map(str.isalnum, row))
    at = [k for k, character in enumerate(piece.text) if character.isalnum()]
    if total != len(at) or any(count >= total for count in counts):
        return None
    return [row_start(piece.text, at[count], row) for count, row in zip(counts, piece.rows, strict=True)]


def row_start(text: str, at: int, row: str) -> int:
    """Return where a printed line begins whose first letter stands at `at`: its dash or quotation mark goes with it."""
    signs = next((k for k, character in enumerate(row) if character.isalnum()), 0)
    return at - signs if signs and text[max(0, at - signs) : at] == row[:signs] else word_start(text, at)


def word_start(text: str, at: int) -> int:
    """Return where the signs before a letter begin: its opening quotation marks and brackets."""
    while at and not text[at - 1].isspace() and not text[at - 1].isalnum():
        at -= 1
    return at
