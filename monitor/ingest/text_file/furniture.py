"""Running heads and page numbers that a text conversion left among the paragraphs."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.ingest.structure.looks import is_bare
from monitor.ingest.structure.masthead import is_issue_row
from monitor.ingest.text_file.page_edges import LONE_NUMBER, masked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.ingest.pieces import PageFacts, Piece

LONGEST_HEAD = 160
OFTEN = 3
SHORTEST_NAME = 3
EDGE = 0.12  # of the page's height, at the top and at the bottom


def without_furniture(pieces: Sequence[Piece], names: Sequence[str]) -> tuple[tuple[Piece, ...], tuple[str, ...]]:
    """Return the pieces that are text, and the lines that are running heads or page numbers.

    A line is a running head when it comes again and names the periodical or the issue, or comes three times with
    another number; heads like "Conclusion" and authors who sign twice come again too and stay.
    """
    lines = [piece for piece in pieces if may_be_furniture(piece)]
    seen = Counter(masked(piece.text) for piece in lines)
    forms: dict[str, set[str]] = {}
    for piece in lines:
        forms.setdefault(masked(piece.text), set()).add(piece.text)
    folded_names = [masked(name) for name in names if len(name) > SHORTEST_NAME]

    def is_furniture(piece: Piece) -> bool:
        if not may_be_furniture(piece):
            return False
        key = masked(piece.text)
        if LONE_NUMBER.match(piece.text):
            return True
        says_so = any(name in key for name in folded_names) or is_issue_row(piece.text)
        return (seen[key] > 1 and says_so) or (seen[key] >= OFTEN and len(forms[key]) >= OFTEN)

    verdicts = [is_furniture(piece) for piece in pieces]
    if all(verdicts):
        return tuple(pieces), ()
    kept = tuple(piece for piece, verdict in zip(pieces, verdicts, strict=True) if not verdict)
    dropped = (piece.text for piece, verdict in zip(pieces, verdicts, strict=True) if verdict)
    return kept, tuple(dict.fromkeys(dropped))


def may_be_furniture(piece: Piece) -> bool:
    """Tell whether a piece of a text file is a bare line (a layout has taken its own furniture out already)."""
    if piece.style is not None or piece.aside is not None or len(piece.text) > LONGEST_HEAD:
        return False
    return is_bare(piece.text)


def at_edges(
    pieces: Sequence[Piece], names: Sequence[str], pages: PageFacts
) -> tuple[tuple[Piece, ...], tuple[str, ...]]:
    """Return a typeset issue's pieces without the lines at a page's edge that name the periodical or the issue.

    A layout drops what comes again on other pages; one page cannot vote, and needs the names on the masthead.
    """
    folded_names = [masked(name) for name in names if len(name) > SHORTEST_NAME]

    def is_head(piece: Piece) -> bool:
        if piece.style is None or piece.aside is not None or len(piece.text) > LONGEST_HEAD or not is_bare(piece.text):
            return False
        key = masked(piece.text)
        return stands_at_edge(piece, pages) and (any(name in key for name in folded_names) or is_issue_row(piece.text))

    kept: list[Piece] = []
    heads: dict[str, None] = {}
    after_head = False
    for piece in pieces:
        if is_head(piece):
            heads[piece.text] = None
        else:
            # The geometry has set it against the head; against the text before that, its words must tell.
            kept.append(replace(piece, continues=None) if after_head else piece)
        after_head = is_head(piece)
    return tuple(kept), tuple(heads)


def stands_at_edge(piece: Piece, pages: PageFacts) -> bool:
    """Tell whether a piece stands where running heads and feet do."""
    if len(piece.regions) != 1 or piece.regions[0].page > len(pages.sizes):
        return False
    region = piece.regions[0]
    height = pages.sizes[region.page - 1][1]
    return region.bbox[3] < EDGE * height or region.bbox[1] > (1 - EDGE) * height
