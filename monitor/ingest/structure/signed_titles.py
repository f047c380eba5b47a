"""Titles that touch the names below them, set alike: one piece for a layout, two lines for a reader.

The issue's biographies tell which of its lines name people.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.ingest.structure.bylines import People, bio_names, read_byline
from monitor.ingest.structure.contents import joined
from monitor.ingest.structure.looks import is_bare
from monitor.ingest.structure.row_cuts import cut_rows
from monitor.ingest.structure.styles import Body
from monitor.ingest.structure.type_looks import LONGEST_TITLE, is_capitals, is_plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.ingest.pieces import Piece
    from monitor.ingest.structure.announced import Announced

MOST_ROWS = 6  # of a title with its names
MOST_NAME_ROWS = 2


def with_signed_titles_apart(pieces: Sequence[Piece]) -> list[Piece]:
    """Return typeset pieces with the names of known people cut off the titles they stand under."""
    people, body = _people_of(pieces), Body.of(pieces)
    return [part for piece in pieces for part in _parted(piece, people, body)]


def titles_without_names(pieces: Sequence[Piece], listed: Sequence[Announced]) -> list[Announced]:
    """Return the titles found by the contents without the names of known people below them, which entries print too."""
    people = _people_of(pieces)
    found: list[Announced] = []
    for match in listed:
        end = match.end
        while end - 1 > match.first and _names_known(pieces[end - 1].text, people):
            end -= 1
        found.append(replace(match, end=end))
    return found


def _people_of(pieces: Sequence[Piece]) -> People:
    """Return the people whose biographies the issue prints."""
    people = People()
    for piece in pieces:
        if not is_bare(piece.text):
            people.add(bio_names(piece.text))
    return people


def _names_known(text: str, people: People) -> bool:
    byline = read_byline(text)
    return byline is not None and all(map(people.know, byline.names))


def _parted(piece: Piece, people: People, body: Body) -> list[Piece]:
    rows = len(piece.rows)
    if piece.aside is not None or piece.style is None or not 1 < rows <= MOST_ROWS or len(piece.text) > LONGEST_TITLE:
        return [piece]
    capitals = is_capitals(piece.rows[-1]) and not is_capitals(piece.rows[0])  # then plain lines may be a title too
    if (is_plain(piece, body) and not capitals) or not is_bare(piece.text):
        return [piece]
    for count in range(1, min(MOST_NAME_ROWS, rows - 1) + 1):
        title = joined(piece.rows[:-count])
        if _names_known(joined(piece.rows[-count:]), people) and is_bare(title) and not _names_known(title, people):
            return cut_rows(piece, rows - count)
    return [piece]
