"""Authors away from their title: a signature at an article's end, a biography in a box or at the first page's foot."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.ingest.apparatus.endnotes import zone_start
from monitor.ingest.structure.bylines import WHAT_ONE_IS, bio_names, is_bio_of, read_byline
from monitor.ingest.structure.contents import joined
from monitor.ingest.structure.looks import ends_sentence, is_bare, words
from monitor.ingest.structure.row_cuts import cut_rows
from monitor.ingest.structure.styles import NOTE_SIZE, Body
from monitor.ingest.text_file.splicing import cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.ingest.periodicals import Profile
    from monitor.ingest.pieces import Piece

BIO_HEADINGS = frozenset(
    ["about the author", "about the authors", "author", "authors", "the author", "the authors", "contributors"]
)
SIGNS = "*\u2020\u2021\u00a7\u00b6\u2016\u2225\u2051"
DASHES = ("\u2014", "\u2013", "-")
LABEL = re.compile(rf"[{SIGNS}]{{1,3}} ?|\[[{SIGNS}]{{1,3}}\] ?")
ASIDES = frozenset({"sidebar", "footnote", "caption"})
LONGEST_SIGNATURE = 12  # words
NO_BODY = Body(None)
SEVERAL = 2
MOST_BIO_ROWS = 12
LONGEST_NAMES = 160
MOST_BELOW = 8  # pieces below a signature: biographies


@dataclass(frozen=True, slots=True)
class Apart:
    """Biographies found away from the article's end, and the headings over them."""

    bios: tuple[Piece, ...] = ()
    headings: tuple[str, ...] = ()


def without_signs(text: str) -> str:
    """Return a line of names without the footnote signs before, after and between them."""
    bare = text.strip(f" {SIGNS}")
    return re.sub(rf" ?[{SIGNS}]{{1,3}}(?=[ ,]|$)", "", bare) if any(sign in bare for sign in SIGNS) else bare


def without_label(piece: Piece) -> Piece:
    """Return a footnote without the sign that it begins with."""
    found = LABEL.match(piece.text)
    return cut(piece, found.end(), len(piece.text)) if found else piece


def signature_apart(pieces: Sequence[Piece], profile: Profile) -> tuple[Piece | None, tuple[Piece, ...]]:
    """Return the line of names that ends an unsigned article's text, and the other pieces.

    Below it stand only biographies and notes. In a text file a bare line at the end may be anything, so that it must
    begin with a dash there.
    """
    plain = [piece for piece in pieces if piece.aside is None]
    zone = zone_start(plain, profile)
    last = pieces.index(plain[zone[0]]) if zone else len(pieces)
    for k in range(last - 1, max(-1, last - 1 - MOST_BELOW), -1):
        piece = pieces[k]
        if is_signature(piece):
            return piece, (*pieces[:k], *pieces[k + 1 :])
        glued = cut_rows(piece, len(piece.rows) - 1) if piece.aside is None and len(piece.rows) > 1 else []
        if len(glued) > 1 and glued[-1].text.startswith(DASHES) and is_signature(glued[-1]):
            return glued[-1], (*pieces[:k], *glued[:-1], *pieces[k + 1 :])
        below = piece.aside is not None or bio_names(piece.text) or piece.text.strip(" :").casefold() in BIO_HEADINGS
        if not below:
            break
    return None, tuple(pieces)


def is_signature(piece: Piece) -> bool:
    """Tell whether a piece is nothing but names."""
    if piece.aside is not None or not is_bare(piece.text) or len(words(piece.text)) > LONGEST_SIGNATURE:
        return False
    signed = piece.text.startswith(DASHES) or piece.style is not None
    return signed and read_byline(without_signs(piece.text)) is not None


def bios_apart(
    pieces: Sequence[Piece], authors: Sequence[str], body: Body = NO_BODY
) -> tuple[Apart, tuple[Piece, ...]]:
    """Return the biographies that stand in boxes, at a page's foot, or set otherwise than the text, and the rest."""
    bios: list[Piece] = []
    headings: list[str] = []
    kept: list[Piece] = []
    for piece in pieces:
        heading = heading_of(piece)
        bare = without_label(cut(piece, len(heading), len(piece.text)) if heading else piece)
        start = len(bare.text) - len(bare.text.lstrip())
        bare = cut(bare, start, len(bare.text)) if start else bare
        apart = piece.aside in ASIDES or bare is not piece or is_small_print(piece, body)
        if apart and bare.text and is_bio_of(bare.text, authors):
            bios.append(bare)
            headings += [heading] if heading else []
        else:
            kept.append(piece)
    return Apart(tuple(bios), tuple(headings)), tuple(kept)


def with_bio_apart(pieces: Sequence[Piece], authors: Sequence[str]) -> list[Piece]:
    """Return an article's text with the biography cut off that touches its last paragraph.

    It begins a line with an author's full name, behind a finished sentence, and says in a few words who that is.
    """
    last = next((k for k in range(len(pieces) - 1, -1, -1) if pieces[k].aside is None), None)
    if last is None or pieces[last].style is None or len(pieces[last].rows) < SEVERAL:
        return list(pieces)
    rows = pieces[last].rows
    for k in range(max(1, len(rows) - MOST_BIO_ROWS), len(rows)):
        rest = joined(rows[k:])
        begins = ends_sentence(rows[k - 1]) and rest.startswith(tuple(authors)) and is_bio_of(rest, authors)
        if begins and WHAT_ONE_IS.search(rest[:LONGEST_NAMES]):
            return [*pieces[:last], *cut_rows(pieces[last], k), *pieces[last + 1 :]]
    return list(pieces)


def is_small_print(piece: Piece, body: Body) -> bool:
    """Tell whether a whole paragraph is set in italics or smaller than the text."""
    style = piece.style
    if piece.aside is not None or style is None or body.size is None or not ends_sentence(piece.text):
        return False
    return style.italic or style.size < NOTE_SIZE * body.size


def heading_of(piece: Piece) -> str:
    """Return the heading "About the Author" with which a box begins, "" where it begins otherwise."""
    first = piece.rows[0] if piece.rows and piece.aside in ASIDES else ""
    return first if first.strip(" :*").casefold() in BIO_HEADINGS and piece.text.startswith(first) else ""
