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
CAPITALS_SIZE = 0.8  # capitals are set smaller to look as large as the text
LARGER = 1.08
LONGEST_HEAD = 120
LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class Body:
    """How an issue's running text is set: its size in points (None for text files) and its family of type."""

    size: float | None
    family: str = ""

    @staticmethod
    def of(pieces: Sequence[Piece]) -> Body:
        """Return the size in which most characters of the pieces are set, to half a point, and their family."""
        sizes: Counter[float] = Counter()
        families: Counter[tuple[float, str]] = Counter()
        for piece in pieces:
            if piece.style is not None:
                size = round(piece.style.size * 2) / 2
                sizes[size] += len(piece.text)
                families[size, piece.style.family] += len(piece.text)
        if not sizes:
            return Body(None)
        size = sizes.most_common(1)[0][0]
        return Body(size, max((count, family) for (at, family), count in families.items() if at == size)[1])


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


def is_set_apart(piece: Piece, body: Body) -> bool:
    """Tell whether a piece is set otherwise than running text: another size, slant or family, or in capitals."""
    style = piece.style
    if style is None or body.size is None or len(piece.text) > LONGEST_HEAD:
        return False
    other = style.size >= LARGER * body.size or style.family not in {body.family, ""}
    capitals = piece.text.upper() == piece.text and piece.text.lower() != piece.text
    least = CAPITALS_SIZE if capitals else NOTE_SIZE
    return style.size >= least * body.size and (other or style.italic or capitals)


def is_body_like(piece: Piece, body: Body) -> bool:
    """Tell whether a piece is set as running text is, so that no rule of words may make a head of it."""
    style = piece.style
    plain = style is not None and body.size is not None and not style.bold and abs(style.size - body.size) <= 1
    return plain and not is_set_apart(piece, body)
