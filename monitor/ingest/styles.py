"""What the setting of a piece says where a layout gives it: titles are larger and bold, heads bold, notes small."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.ingest.pieces import Piece

# Measured on typeset issues, in sizes of the body.
TITLE_SIZE = 1.14
LARGE_SIZE = 1.5
NOTE_SIZE = 0.93
LONGEST_HEAD = 120
LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class Body:
    """The size of an issue's running text in points, None for text files."""

    size: float | None

    @staticmethod
    def of(pieces: Sequence[Piece]) -> Body:
        """Return the size in which most characters of the pieces are set, to half a point."""
        sizes: Counter[float] = Counter()
        for piece in pieces:
            if piece.style is not None:
                sizes[round(piece.style.size * 2) / 2] += len(piece.text)
        return Body(sizes.most_common(1)[0][0] if sizes else None)


def is_title_like(piece: Piece, body: Body) -> bool:
    """Tell whether a piece is set as a title: bold and larger than the body, or much larger."""
    style = piece.style
    if style is None or body.size is None or style.italic or len(piece.text) > LONGEST_TITLE:
        return False
    return style.size >= LARGE_SIZE * body.size or (style.bold and style.size >= TITLE_SIZE * body.size)


def is_head_like(piece: Piece, body: Body) -> bool:
    """Tell whether a piece is set as a head: bold, in one short line without a stop."""
    style = piece.style
    if style is None or body.size is None or not style.bold or len(piece.text) > LONGEST_HEAD:
        return False
    return style.size >= NOTE_SIZE * body.size and not piece.text.endswith((".", ";", ","))


def is_body_like(piece: Piece, body: Body) -> bool:
    """Tell whether a piece is set as running text is, so that no rule of words may make a head of it."""
    style = piece.style
    return style is not None and body.size is not None and not style.bold and abs(style.size - body.size) <= 1
