"""Putting the halves of a text together over a page or column break."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.ingest.hyphens import Vocabulary, at_line_end
from monitor.ingest.splicing import cut, join

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.ingest.pieces import Piece

# Text files rarely cut a word at a page break, and then at its own hyphen; typeset columns cut words everywhere.
DROPS_IN_TEXT = frozenset({"drop"})
DROPS_IN_PRINT = frozenset({"drop", "guessed_drop"})


def joined_over_breaks(halves: Sequence[Piece], known: Vocabulary) -> Piece:
    """Return the halves as one piece: a space between them, or nothing after a hyphen or inside an address."""
    if len(halves) == 1:
        return halves[0]
    parts: list[Piece] = []
    between: list[str] = []
    for k, half in enumerate(halves):
        after = halves[k + 1].text if k + 1 < len(halves) else ""
        hyphen = half.text.endswith("-") and half.text[-2:-1].isalnum() and after[:1].isalnum()
        unwanted = DROPS_IN_TEXT if half.style is None else DROPS_IN_PRINT
        drops = hyphen and at_line_end(half.text[-60:], after[:60], known) in unwanted
        parts.append(cut(half, 0, len(half.text) - 1) if drops else half)
        between.append("" if hyphen or half.text.endswith("/") else " ")
    return join(parts, between)
