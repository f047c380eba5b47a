"""Lines of names below titles, cut free of the text and made whole: by the names in contents and biographies.

A layout runs names and text together when they touch, parts names over several lines, and reads small capitals in a
mixture of cases; the letters are the same.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.ingest.structure.bylines import BY, bio_names, people_of, read_byline
from monitor.ingest.structure.contents import folded, joined, reconciled
from monitor.ingest.structure.row_cuts import cut_rows
from monitor.ingest.structure.signatures import without_signs
from monitor.ingest.structure.styles import Body
from monitor.ingest.structure.type_looks import LONGEST_TITLE, can_be_title, is_capitals, letters

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from monitor.ingest.pieces import Piece
    from monitor.ingest.structure.announced import Announced
    from monitor.ingest.structure.contents import RawEntry
    from monitor.ingest.structure.front import Front

BETWEEN = re.compile(r" (?:and|et|und|with) | & |, ", re.IGNORECASE)
# "rourKe", "TOweH": a capital behind a small letter. "McAllister" and "DeLong" are names.
MIXED = re.compile(r"(?<!\bMc)(?<!\bMac)(?<!\bDe)(?<!\bLe)(?<!\bLa)(?<!\bFitz)(?<=[^\W\d_A-Z])[A-Z]")
SEVERAL = 2
MOST_ROWS = 4
MOST_PIECES = 3


def name_letters(text: str) -> str:
    """Return the letters of a line of names without "by", "and" and the like."""
    sign = BY.match(text)
    return letters(BETWEEN.sub(" ", without_signs(text[sign.end() :] if sign else text)))


def with_names_apart(
    pieces: Sequence[Piece], listed: Sequence[Announced], front: Front
) -> tuple[tuple[Piece, ...], list[Announced]]:
    """Return the pieces with each line of names below a title as one piece of its own.

    The names are those that the contents print with the title, or those of a biography; or the line says "By".
    """
    entries = {match.end: front.entries[match.entry] for match in listed}
    starts = {match.first for match in listed}
    known = {name_letters(" ".join(names)): names for piece in pieces for names in people_of(piece.text)}
    body = Body.of(pieces)
    result: list[Piece] = []
    places: list[int] = []  # where each piece has gone
    k = 0
    while k < len(pieces):
        under = (k in entries or (k > 0 and can_be_title(pieces[k - 1], body))) and not bio_names(pieces[k].text)
        parts, taken = (
            parted(pieces[k : k + MOST_PIECES], entries.get(k), title_above(pieces, k, listed), known)
            if under
            else ([pieces[k]], 1)
        )
        if starts.intersection(range(k + 1, k + taken)):
            parts, taken = [pieces[k]], 1
        places += [len(result)] * taken
        result += parts
        k += taken
    places.append(len(result))
    return tuple(result), [replace(match, first=places[match.first], end=places[match.end]) for match in listed]


def title_above(pieces: Sequence[Piece], k: int, listed: Sequence[Announced]) -> str:
    """Return the listed title that ends right above a piece, "" where none does."""
    return next((joined(piece.text for piece in pieces[match.first : k]) for match in listed if match.end == k), "")


def parted(
    pieces: Sequence[Piece], entry: RawEntry | None, title: str, known: Mapping[str, tuple[str, ...]]
) -> tuple[list[Piece], int]:
    """Return the pieces below a title with the names as one, and how many of the given ones these are."""
    names = reconciled(entry, [folded(title)])[0].authors if entry else ()
    wanted = {**known, name_letters(" ".join(names)): names} if names else known
    rows = [(k, row) for k, piece in enumerate(pieces) if is_text(piece) for row in (piece.rows or (piece.text,))]
    rows = [(k, row) for at, (k, row) in enumerate(rows[:MOST_ROWS]) if k <= at]
    for count in range(len(rows), 0, -1):
        printed = joined(row for _, row in rows[:count])
        if len(printed) <= LONGEST_TITLE and (found := wanted.get(name_letters(printed))):
            return with_line(pieces, rows[count - 1][0], count, spelt(printed, found))
    lines = names_lead(pieces[0], entry)
    return (cut_rows(pieces[0], lines) if lines else [pieces[0]]), 1


def is_text(piece: Piece) -> bool:
    """Tell whether a piece is a typeset line of the flow."""
    return piece.aside is None and piece.style is not None


def with_line(pieces: Sequence[Piece], last: int, rows: int, text: str) -> tuple[list[Piece], int]:
    """Return the pieces up to number `last` with their first rows as one line of names, and how many they were."""
    inside = rows - sum(len(piece.rows) for piece in pieces[:last])
    cut = cut_rows(pieces[last], inside)
    if len(cut) == 1 and inside < len(pieces[last].rows):
        return [pieces[0]], 1
    line = pieces[0] if last else cut[0]
    regions = tuple(region for piece in (*pieces[:last], cut[0]) for region in piece.regions)
    return [replace(line, text=text, rows=(text,), regions=regions), *cut[1:]], last + 1


def spelt(printed: str, names: Sequence[str]) -> str:
    """Return a line of names as printed, or in the issue's other spelling where small capitals mixed its cases."""
    if not is_capitals(printed) and MIXED.search(printed) and not MIXED.search(" ".join(names)):
        return ", ".join(names)
    return printed if read_byline(without_signs(printed)) or is_capitals(printed) else ", ".join(names)


def names_lead(piece: Piece, entry: RawEntry | None) -> int:
    """Return how many of a piece's first lines name the authors: they say so, or the contents name them; else 0."""
    if piece.aside is not None or piece.style is None or len(piece.rows) < SEVERAL:
        return 0
    listed = letters(" ".join(row.text for row in entry.rows)) if entry else ""

    def names(lines: int) -> bool:
        byline = read_byline(without_signs(joined(piece.rows[:lines])))
        if byline is None:
            return False
        found = [letters(name) in listed for name in byline.names]
        return all(found) or ((byline.signed or any(found)) and lines == 1)

    return next((lines for lines in range(min(MOST_ROWS, len(piece.rows) - 1), 0, -1) if names(lines)), 0)
