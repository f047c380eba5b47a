"""Run-in heads: bold words that begin a paragraph's first line, on which the text goes on in roman.

A layout judges lines by most of their letters, so that such a line looks like a head of its own, cut off its paragraph.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.ingest.structure.looks import begins_lower, dangles
from monitor.ingest.structure.styles import Body

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.ingest.pieces import Piece

# A sentence ends inside the line and another one begins: "Offices and Officers. What began as".
INNER_STOP = re.compile(r"[^\W\d_]{3}[.:?!][\"'\u201d\u2019)]{0,2} [\"'\u201c\u2018(]{0,2}[^\W\d_]")
SAME_SIZE = 0.5  # points


def with_run_in_heads(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return the pieces with the first lines of paragraphs that begin in bold put back to them, as their beginning."""
    body = Body.of(pieces)
    result = list(pieces[:1])
    for piece, after in itertools.pairwise(pieces):
        if is_run_in(piece, after, body):
            style = replace(after.style, bold=False) if after.style else None
            result[-1] = replace(piece, style=style)
            result.append(replace(after, continues=True))
        else:
            result.append(after)
    return tuple(result)


def is_run_in(piece: Piece, after: Piece, body: Body) -> bool:
    """Tell whether a bold line is only the beginning of the paragraph right below it."""
    style, below = piece.style, after.style
    if style is None or below is None or body.size is None or not style.bold or below.bold:
        return False
    if piece.aside is not None or after.aside is not None or len(piece.rows) != 1:
        return False
    if abs(style.size - body.size) > SAME_SIZE or abs(below.size - style.size) > SAME_SIZE:
        return False
    unfinished = begins_lower(after.text) or dangles(piece.text) or piece.text.endswith(("-", ","))
    return unfinished and INNER_STOP.search(piece.text) is not None
