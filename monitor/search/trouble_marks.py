"""A query's text in pieces, so that what is odd about it can be shown under the place where it is. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.search.query_tree import Parsed, Trouble

# Control characters and halves of characters cannot be shown, or not even sent.
_UNSHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
SHOWN_INSTEAD = "\ufffd"
MOST_SHOWN = 300  # code points; of a longer query the surroundings of its troubles are shown
_AROUND = 40


@dataclass(frozen=True, slots=True)
class MarkedPiece:
    """A run of the text and the numbers of the troubles that are there, from 0; none: nothing is odd."""

    text: str
    troubles: tuple[int, ...] = ()
    is_gap: bool = False  # text was left out here


def marked_pieces(text: str, troubles: Sequence[Trouble]) -> tuple[MarkedPiece, ...]:
    """Return the text cut where troubles begin and end; joined they are as long as the text, and show the same."""
    borders = sorted({0, len(text), *(border for trouble in troubles for border in (trouble.start, trouble.end))})
    return tuple(
        MarkedPiece(
            _UNSHOWN.sub(SHOWN_INSTEAD, text[start:end]),
            tuple(at for at, trouble in enumerate(troubles) if trouble.start <= start and end <= trouble.end),
        )
        for start, end in pairwise(borders)
    )


def shown_pieces(text: str, troubles: Sequence[Trouble], longest: int = MOST_SHOWN) -> tuple[MarkedPiece, ...]:
    """Return the pieces as a page shows them: what is long is cut short, gaps being marked as such."""
    pieces = marked_pieces(text, troubles)
    if len(text) <= longest:
        return pieces
    return tuple(short for piece in pieces for short in _shortened(piece))


def _shortened(piece: MarkedPiece) -> tuple[MarkedPiece, ...]:
    if len(piece.text) <= 2 * _AROUND:
        return (piece,)
    head, tail = piece.text[:_AROUND], piece.text[-_AROUND:]
    gap = MarkedPiece("\u2026", piece.troubles, is_gap=True)
    return MarkedPiece(head, piece.troubles), gap, MarkedPiece(tail, piece.troubles)


def with_instead(parsed: Parsed, trouble: Trouble) -> str:
    """Return the query's text with what may have been meant in the place of a trouble."""
    return parsed.text[: trouble.start] + trouble.instead + parsed.text[trouble.end :]
