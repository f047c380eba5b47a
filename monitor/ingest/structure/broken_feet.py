"""Footnotes broken over a page: the rest, at the next page's foot, goes back to its beginning.

Between the two a new article may begin, to which the rest would be given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.ingest.apparatus.notes import label_of
from monitor.ingest.structure.looks import ends_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.ingest.pieces import Piece


def with_feet_whole(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces with every footnote that has no label right after the unfinished one that it goes on."""
    found: list[Piece] = []
    last: int | None = None  # where the last footnote stands
    for piece in pieces:
        if piece.aside != "footnote":
            found.append(piece)
        elif last is not None and label_of(piece.text) is None and not ends_sentence(found[last].text):
            last += 1
            found.insert(last, piece)
        else:
            found.append(piece)
            last = len(found) - 1
    return found
