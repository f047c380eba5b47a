"""Links over the sources of citations made whole: producers leave words between two lines of one link uncovered.

A link that covers only a part of a source stays as it is: that is how some houses print them. Mended is what nobody
prints: two links to one address within one source, also where the first lies right before it, and a link that ends
within a word.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.ingest.apparatus.citations import Member
    from monitor.ingest.pieces import Piece, PieceLink


def with_whole_links(piece: Piece, members: Sequence[Member]) -> Piece:
    """Return a piece whose links to one address within one source are one link; `members` are its citations."""
    links = list(piece.links)
    for member in members:
        start, end = member.start, member.start + len(member.source)
        inside = [link for link in links if link.start < end and link.end > start]
        if member.inherited or not inside or len({link.url for link in inside}) > 1:
            continue
        if any(link.start < start or link.end > end for link in inside):
            continue
        first, last = min(link.start for link in inside), max(link.end for link in inside)
        whole = replace(
            inside[0],
            start=start if _is_within_word(piece.text, first) else first,
            end=end if _is_within_word(piece.text, last) else last,
        )
        drifted = _drifted(piece.text, links, whole, start, members)
        links = _with(links, [*inside, *drifted], replace(whole, start=start) if drifted else whole)
    return replace(piece, links=tuple(links)) if links != list(piece.links) else piece


def _drifted(
    text: str, links: Sequence[PieceLink], whole: PieceLink, start: int, members: Sequence[Member]
) -> list[PieceLink]:
    """Return the first line's part of a link that goes on on the next, where it slid off its words: right before them.

    Producers forget the white that justifying puts between words: the part lies on the date before, and on no source.
    """
    if whole.start <= start:
        return []
    return [
        link
        for link in links
        if link.url == whole.url
        and link.end <= start
        and not text[link.end : start].strip("; ")
        and not any(link.start < one.start + len(one.source) and one.start < link.end for one in members)
    ]


def _with(links: Sequence[PieceLink], parts: Sequence[PieceLink], whole: PieceLink) -> list[PieceLink]:
    """Return links with one in the place of its parts."""
    return sorted([whole, *(link for link in links if link not in parts)], key=lambda link: link.start)


def _is_within_word(text: str, at: int) -> bool:
    """Tell whether a place in a text lies between two letters."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()
