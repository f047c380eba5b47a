"""Putting the halves of a text together over a page or column break."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from monitor.ingest.layout.line_ends import at_seam
from monitor.ingest.text_file.splicing import cut, join

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.ingest.letters.hyphens import Vocabulary
    from monitor.ingest.pieces import Piece

TAIL = 400  # characters on either side of a break that may matter


def joined_over_breaks(halves: Sequence[Piece], known: Vocabulary) -> Piece:
    """Return the halves as one piece: a space between them, or nothing after a hyphen or inside an address."""
    if len(halves) == 1:
        return halves[0]
    parts: list[Piece] = []
    between: list[str] = []
    for half, after in pairwise(halves):
        end = at_seam(half.text[-TAIL:], after.text[:TAIL].partition(" ")[0], known, _common_address(half, after))
        # Text files rarely cut a word at a page break, and then at its own hyphen; typeset columns cut words anywhere.
        drops = end.seam == "shorten" and (half.style is not None or not end.guess)
        parts.append(cut(half, 0, len(half.text) - 1) if drops else half)
        between.append(" " if end.seam == "space" else "")
    return join([*parts, halves[-1]], [*between, ""])


def _common_address(half: Piece, after: Piece) -> str | None:
    """Return the address of the link that a break cuts, if it cuts one."""
    if not half.links or not after.links or half.links[-1].end < len(half.text) or after.links[0].start:
        return None
    return half.links[-1].url if half.links[-1].url == after.links[0].url else None
