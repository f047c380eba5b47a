"""Footnotes broken over a page: the rest, at the next page's foot, goes back to its beginning.

Between the two a new article may begin, to which the rest would be given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.ingest.apparatus.endnotes import goes_into
from monitor.ingest.apparatus.notes import Label, label_of
from monitor.ingest.structure.looks import breaks_off

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.ingest.pieces import Piece


def with_feet_whole(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces with every footnote that has no label of its own right after the unfinished one it goes on."""
    found: list[Piece] = []
    last: int | None = None  # where the last footnote stands
    opened = Label(0, 0, "n")  # of that footnote
    for piece in pieces:
        label = label_of(piece.text)
        if piece.aside != "footnote":
            found.append(piece)
        elif last is not None and _is_rest(piece.text, label, found[last].text, opened):
            last += 1
            found.insert(last, piece)
        else:
            found.append(piece)
            last, opened = len(found) - 1, label or opened
    return found


def _is_rest(text: str, label: Label | None, above: str, opened: Label) -> bool:
    """Tell whether a footnote goes on the unfinished one above; a number it begins with may be a word of that one."""
    return breaks_off(above) and (label is None or goes_into(text, label, above, opened))
