"""How typeset lines look, and which looks an issue keeps for its titles: learnt from the issue, never assumed."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from monitor.ingest.structure.looks import is_bare, words

if TYPE_CHECKING:
    from monitor.ingest.pieces import Piece
    from monitor.ingest.structure.styles import Body

LONGEST_TITLE = 300
REMEMBERED = 20_000
SAME_SIZE = 0.5  # points
SMALLEST = 0.85  # of the body's size: smaller lines are notes, credits and captions, never titles
SENTENCE = 8  # words


class Look(NamedTuple):
    """What makes two lines look alike; `size` to half a point."""

    size: float
    bold: bool
    italic: bool
    family: str
    capitals: bool


def look_of(piece: Piece) -> Look:
    """Return how a typeset piece looks. A text file's pieces all look alike."""
    style = piece.style
    if style is None:
        return Look(0.0, bold=False, italic=False, family="", capitals=False)
    return Look(round(style.size * 2) / 2, style.bold, style.italic, style.family, is_capitals(piece.text))


@lru_cache(maxsize=REMEMBERED)
def is_capitals(text: str) -> bool:
    """Tell whether all letters of a text that have cases are capitals."""
    return text.upper() == text and text.lower() != text


@lru_cache(maxsize=REMEMBERED)
def letters(text: str) -> str:
    """Return the letters and digits of a text, folded: what stays the same in capitals and between wide letters."""
    folded = unicodedata.normalize("NFKC", text[:600]).casefold()
    return "".join(character for character in folded if character.isalnum())


def is_plain(piece: Piece, body: Body) -> bool:
    """Tell whether a piece is set exactly as running text: body size, upright, neither bold nor in capitals."""
    style = piece.style
    if style is None or body.size is None:
        return False
    plain = not style.bold and not style.italic and not is_capitals(piece.text)
    return plain and abs(style.size - body.size) <= SAME_SIZE and style.family in {body.family, ""}


def is_prose(piece: Piece) -> bool:
    """Tell whether a piece reads as sentences, however it is set."""
    return not is_bare(piece.text) and len(words(piece.text[:300])) >= SENTENCE


def can_be_title(piece: Piece, body: Body) -> bool:
    """Tell whether a typeset piece has the shape of a title."""
    style = piece.style
    if piece.aside is not None or style is None or body.size is None or len(piece.text) > LONGEST_TITLE:
        return False
    return style.size >= SMALLEST * body.size and is_bare(piece.text) and any(map(str.isalpha, piece.text))
