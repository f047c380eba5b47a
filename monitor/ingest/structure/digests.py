"""Issues that are nothing but short unsigned pieces: no names, no contents, no ranks say where one begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.ingest.structure.front import is_running
from monitor.ingest.structure.looks import is_bare
from monitor.ingest.structure.starts import COMMONEST_HEADS, Start

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.ingest.pieces import Piece

FEWEST = 6
# An essay has longer sections than this between its heads, in paragraphs for each.
MOST_PARAGRAPHS = 1.5


def digest_starts(pieces: Sequence[Piece]) -> list[Start]:
    """Return a start for every bare line where an issue is a row of such lines with a paragraph under each.

    An essay with heads looks alike; what tells it is that it opens with more than one paragraph, or has longer
    sections, or heads that every essay has. Nothing is returned then.
    """
    texts = sum(map(is_running, pieces))
    titles = [k for k, piece in enumerate(pieces[:-1]) if is_title(piece) and is_running(pieces[k + 1])]
    bare = sum(map(is_title, pieces))
    if len(titles) < FEWEST or titles[0] != 0 or bare > len(titles) or texts > MOST_PARAGRAPHS * len(titles):
        return []
    if any(pieces[k].text.strip(" :").casefold() in COMMONEST_HEADS for k in titles):
        return []
    return [Start(k, k + 1, None, k + 1, brief=True) for k in titles]


def is_title(piece: Piece) -> bool:
    """Tell whether a piece is a bare line of a text file without ranks."""
    return piece.style is None and piece.aside is None and piece.level is None and is_bare(piece.text)
