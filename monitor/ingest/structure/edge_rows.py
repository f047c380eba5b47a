"""Lines at the edges of a paragraph that are none of its own: a heading below it, an institute's name above it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.ingest.structure.bylines import POST_WORDS
from monitor.ingest.structure.looks import ends_sentence, is_bare, words
from monitor.ingest.structure.row_cuts import cut_rows
from monitor.ingest.structure.signatures import BIO_HEADINGS
from monitor.ingest.text_file.splicing import cut

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monitor.ingest.periodicals import Profile
    from monitor.ingest.pieces import Piece

LONGEST_POST = 12  # words
SEVERAL = 2
SHORTEST_TEXT = 20  # letters above a heading
BESIDE = frozenset({None, "footnote", "sidebar"})


def with_edges_apart(pieces: Sequence[Piece], profile: Profile) -> tuple[Piece, ...]:
    """Return the pieces with headings of notes and biographies, and posts in italics, cut off the text they touch."""
    return tuple(part for piece in pieces for part in parted(piece, profile))


def parted(piece: Piece, profile: Profile) -> Iterator[Piece]:
    """Yield a typeset paragraph without the lines at its edges that are none of its own, and these."""
    if piece.style is None or piece.aside not in BESIDE:
        yield piece
        return
    for part in with_top_apart(piece, profile):
        at = closing_heading(part, profile)
        if at:
            yield replace(cut(part, 0, at - 1), rows=())
            heading = cut(part, at, len(part.text))
            yield replace(heading, aside=None, continues=False, rows=(heading.text,))
        else:
            yield part


def with_top_apart(piece: Piece, profile: Profile) -> list[Piece]:
    """Return a piece cut below the heading or the post that it begins with, whole where it begins with neither."""
    if piece.aside is not None or len(piece.rows) < SEVERAL:
        return [piece]
    headed = is_heading(piece.rows[0], profile) and not ends_sentence(piece.rows[0])
    return cut_rows(piece, 1 if headed else posts(piece))


def closing_heading(piece: Piece, profile: Profile) -> int:
    """Return where the heading begins with which a piece ends, behind a finished sentence; 0 without such a heading."""
    for named in (*profile.notes_headings, *BIO_HEADINGS):
        bare = piece.text.rstrip(" :*")
        at = len(bare) - len(named)
        if (
            at > SHORTEST_TEXT
            and bare[at - 1] == " "
            and is_heading(bare[at:], profile)
            and ends_sentence(bare[: at - 1])
        ):
            return at
    return 0


def is_heading(row: str, profile: Profile) -> bool:
    """Tell whether a line is the heading over notes or biographies; such words inside a text begin small."""
    named = row.strip(" :*").casefold()
    return row[:1].isupper() and (named in profile.notes_headings or named in BIO_HEADINGS)


def posts(piece: Piece) -> int:
    """Return how many of a piece's first lines are a post wholly in italics, all that follows being roman; mostly 0."""
    if len(piece.italics) != 1 or piece.italics[0][0] > 0:
        return 0
    end, length = piece.italics[0][1], 0
    for count, row in enumerate(piece.rows[:-1], start=1):
        length += len(row) + 1
        if abs(end + 1 - length) <= 1:
            text = piece.text[:end].strip()
            named = words(text)
            fits = is_bare(text) and len(named) <= LONGEST_POST
            return count if fits and any(word.casefold() in POST_WORDS for word in named) else 0
    return 0
