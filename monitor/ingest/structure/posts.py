"""Lines below the authors that say where they work: no part of the text, and no head."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.ingest.structure.bylines import POST_WORDS, read_byline
from monitor.ingest.structure.front import is_running
from monitor.ingest.structure.looks import is_bare, words
from monitor.ingest.text_file.splicing import cut

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monitor.ingest.pieces import Piece

LONGEST_POST = 20  # words
JOINTS = frozenset({"of", "at", "for"})


def posts_apart(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the pieces of a text file, with the authors' posts above an article's text told as furniture."""
    for k, piece in enumerate(pieces):
        over_text = k + 1 < len(pieces) and is_running(pieces[k + 1])
        if not over_text or piece.style is not None or piece.aside is not None or piece.level is not None:
            yield piece
        elif len(piece.rows) > 1 and read_byline(piece.rows[0]) and all(map(is_post, piece.rows[1:])):
            names = len(piece.rows[0])
            yield cut(piece, 0, names)
            yield replace(cut(piece, names + 1, len(piece.text)), aside="furniture")
        elif k and pieces[k - 1].aside is None and read_byline(pieces[k - 1].text) and is_post(piece.text):
            yield replace(piece, aside="furniture")
        else:
            yield piece


def is_post(row: str) -> bool:
    """Tell whether a bare line says where somebody works: "Department of History, University of Sarn"."""
    printed = words(row[:200])
    folded = {word.casefold() for word in printed}
    if not is_bare(row) or len(printed) > LONGEST_POST or not POST_WORDS & folded:
        return False
    # A head like "The Naval Academy" has neither.
    return "," in row or bool(JOINTS & folded) or bool(POST_WORDS.intersection(printed))
