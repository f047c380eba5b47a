"""Lines that lead from one page to another: "Continued on page 5", "Continued from page 2". They are no text."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from monitor.ingest.pieces import Piece

AROUND = " ()[]<>\u2014\u2013-\u00bb\u00ab\u2192\u25b6\u25ba\u25c4.\u2026*"
JUMP = re.compile(
    r"(?:(?:article |story |text )?(?:is )?(?:continued|continues|cont['\u2019]?d\.?|cont\.)"
    r"(?: (?:from|on|to|at|in))?(?: the)?(?: (?:previous|next|following|opposite))?(?: overleaf)?(?: (?:pages?|pp?\.)(?: ?\d{1,4})?)?(?: overleaf)?"
    r"|(?:see|turn to|go to|more on|from) (?:page|p\.) ?\d{1,4}"
    r"|(?:suite|fortsetzung|contin\u00faa|viene)(?: (?:de|en|auf|von|\u00e0))?(?: la)?(?: (?:page|seite|p\u00e1gina|p\.|s\.) ?\d{1,4}))",
    re.IGNORECASE,
)
LONGEST_JUMP = 60  # characters
# Signs by themselves on a line part articles or sections: "* * *", "***", "~", or a row of dashes.
ORNAMENT = re.compile(
    r"(?=.{0,40}[*\u2022\u00b7\u2042\u2766\u2767\u2726\u2727\u25c6\u25a0\u25cf\u25cb~#]|[-\u2013\u2014_=]{3})[*\u2022\u00b7\u2042\u2766\u2767\u2726\u2727\u25c6\u25a0\u25cf\u25cb~#=_\u2013\u2014 -]{1,40}"
)


def is_jump(text: str) -> bool:
    """Tell whether a line says nothing but where a text goes on or comes from."""
    bare = text.strip(AROUND)
    if len(text) > LONGEST_JUMP or not bare:
        return False
    found = JUMP.fullmatch(bare)
    # "Continued" alone may be a head.
    return found is not None and (" " in bare or bare != text.strip())


def is_ornament(text: str) -> bool:
    """Tell whether a line is nothing but signs that part what stands above it from what stands below."""
    return ORNAMENT.fullmatch(text) is not None


def without_jumps(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the pieces, lines that lead to another page told as furniture."""
    for piece in pieces:
        yield replace(piece, aside="furniture") if piece.aside is None and is_jump(piece.text) else piece
