"""Where a typeset issue prints the titles that its contents announce, whatever they are set in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from monitor.ingest.structure.bylines import read_byline
from monitor.ingest.structure.contained import contained
from monitor.ingest.structure.contents import SAME_TITLE, cuts_before, inline_cuts, joined
from monitor.ingest.structure.row_cuts import cut_rows
from monitor.ingest.structure.styles import LARGER, Body
from monitor.ingest.structure.type_looks import LONGEST_TITLE, letters, look_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monitor.ingest.pieces import Piece
    from monitor.ingest.structure.contents import RawEntry

MOST_PIECES = 4  # of one title: larger leading parts its lines
SHORTEST = 4  # letters
SIGNS = ("\u2014", "\u2013", "- ", "By ", "BY ", "by ")
SURE = 99.0  # the likeness of a title all of whose words the entry holds, with names beside them
ELSEWHERE = 6.0  # what standing on another page than announced takes off the likeness
FIRST_ROWS = 12
FARTHEST = 40  # pieces between the lines of a torn title
LONGEST_BESIDE = 1.35  # a line may hold a title and a little more


@dataclass(frozen=True, slots=True)
class Announced:
    """Pieces `first:end` print the title of entry `entry`."""

    first: int
    end: int
    entry: int
    likeness: float


def wordings(entry: RawEntry) -> tuple[str, ...]:
    """Return the letters of every title that an entry may mean: its authors may stand before, after or beside it."""
    texts = [row.text for row in entry.rows]
    whole = joined(texts)
    cuts = [joined(texts[low:high]) for low in range(min(3, len(texts))) for high in range(low + 1, len(texts) + 1)]
    cuts += (part for before, after in inline_cuts(whole) for part in (before, after))
    cuts += (before for before, _ in cuts_before(whole, frozenset()))
    nameless = [text for text in cuts if read_byline(text) is None]
    found = (letters(text) for text in (nameless or cuts))
    return tuple(dict.fromkeys(text for text in found if len(text) >= SHORTEST))


def announced(pieces: Sequence[Piece], entries: Sequence[RawEntry]) -> list[Announced]:
    """Return the titles of the contents found among the pieces, in order, no piece twice.

    Where one wording stands in several places, that counts which agrees with the page announced; by how much printed
    and physical pages differ is estimated from all entries.
    """
    body = Body.of(pieces)
    found = [match for k, entry in enumerate(entries) for match in matches(pieces, entry, k, body)]
    shift = page_shift(pieces, entries, found)

    def rank(match: Announced) -> tuple[float, int]:
        page, here = entries[match.entry].page, pieces[match.first].page
        away = shift is not None and page is not None and here is not None and here - page != shift
        return match.likeness - (ELSEWHERE if away else 0), match.end - match.first

    chosen: list[Announced] = []
    for match in sorted(found, key=rank, reverse=True):
        free = all(match.entry != one.entry and (match.end <= one.first or match.first >= one.end) for one in chosen)
        chosen += [match] if free else []
    return sorted(chosen, key=lambda match: match.first)


def is_strong(piece: Piece, body: Body) -> bool:
    """Tell whether a piece is set as no line of names is: bold, or larger than the text."""
    style = piece.style
    return style is not None and body.size is not None and (style.bold or style.size >= LARGER * body.size)


def matches(pieces: Sequence[Piece], entry: RawEntry, number: int, body: Body) -> Iterator[Announced]:
    """Yield the runs of pieces that print a title like one of an entry's wordings."""
    known = wordings(entry)
    longest = max(map(len, known), default=0)
    whole = joined(row.text for row in entry.rows)
    within = letters(whole)
    for first, piece in enumerate(pieces):
        if piece.aside is not None or piece.style is None or len(piece.text) > LONGEST_TITLE:
            continue
        text = printed = ""
        for end in range(first, min(len(pieces), first + MOST_PIECES)):
            after = pieces[end]
            if after.aside is not None or len(after.text) > LONGEST_TITLE or (text and after.style != piece.style):
                break
            text += letters(after.text)
            printed = joined([printed, after.text]) if printed else after.text
            if len(text) > longest * 1.2 + SHORTEST:
                break
            best = max((fuzz.ratio(text, one, score_cutoff=SAME_TITLE) for one in known), default=0.0)
            if best < SURE and text[:SHORTEST] in within and contained(whole, printed) is not None:
                best = SURE
            if not best:
                continue
            strong = is_strong(piece, body) and not piece.text.startswith(SIGNS)
            if strong or read_byline(printed) is None or is_signed(pieces, first, end + 1, entry):
                yield Announced(first, end + 1, number, best)


def is_signed(pieces: Sequence[Piece], first: int, end: int, entry: RawEntry) -> bool:
    """Tell whether what reads like names is a title: an entry has it as a line of its own, and names those below it."""
    if end >= len(pieces) or pieces[end].aside is not None or read_byline(pieces[end].text) is None:
        return False
    title = letters(joined(piece.text for piece in pieces[first:end]))
    rows = [letters(row.text) for row in entry.rows]
    return title in rows[:-1] and letters(pieces[end].text.removeprefix("By ")) in rows[rows.index(title) + 1 :]


def page_shift(pieces: Sequence[Piece], entries: Sequence[RawEntry], found: Sequence[Announced]) -> int | None:
    """Return by how many the physical page of most announced titles is above the printed one."""
    shifts: Counter[int] = Counter()
    for match in found:
        page, here = entries[match.entry].page, pieces[match.first].page
        if page is not None and here is not None:
            shifts[here - page] += 1
    return max(shifts, key=lambda shift: (shifts[shift], -abs(shift))) if shifts else None


def with_torn_titles(pieces: Sequence[Piece], entries: Sequence[RawEntry]) -> list[Piece]:
    """Return the pieces with the lines of a title side by side that the order of columns has torn apart.

    Only two lines set alike that together are a title of the contents are moved: the first one to the second.
    """
    result = list(pieces)
    found = {match.entry for match in announced(result, entries)}
    for number, entry in enumerate(entries):
        known = wordings(entry) if number not in found else ()
        for torn in [place for wording in known if (place := torn_places(result, wording)) is not None][:1]:
            first, second = torn
            result.insert(second - 1, result.pop(first))
    return result


def torn_places(pieces: Sequence[Piece], wording: str) -> tuple[int, int] | None:
    """Return the places of two lines set alike, not far from each other, that make one wording of a title."""
    for first, piece in enumerate(pieces):
        begun = letters(piece.text) if is_line(piece) and len(piece.text) <= LONGEST_TITLE else ""
        if len(begun) < SHORTEST or not wording.startswith(begun) or begun == wording:
            continue
        for second in range(first + 1, min(len(pieces), first + FARTHEST)):
            other = pieces[second]
            if is_line(other) and look_of(other) == look_of(piece) and begun + letters(other.text) == wording:
                return first, second
    return None


def is_line(piece: Piece) -> bool:
    """Tell whether a piece is a typeset line of the flow."""
    return piece.aside is None and piece.style is not None


def with_hidden_titles(pieces: Sequence[Piece], entries: Sequence[RawEntry]) -> tuple[Piece, ...]:
    """Return the pieces with titles cut free that stand among the first lines of a longer piece.

    Only titles that no piece prints by itself are looked for, and only where the contents say they stand.
    """
    found = announced(pieces, entries)
    shift = page_shift(pieces, entries, found)
    missing = [wordings(entry) for k, entry in enumerate(entries) if all(match.entry != k for match in found)]
    pages = [entry.page for k, entry in enumerate(entries) if all(match.entry != k for match in found)]
    if not missing:
        return tuple(pieces)
    result: list[Piece] = []
    for piece in pieces:
        here = [
            known
            for known, page in zip(missing, pages, strict=True)
            if page is None or shift is None or piece.page is None or piece.page - page == shift
        ]
        result += parted(piece, here) if here and piece.aside is None and piece.style is not None else [piece]
    return tuple(result)


def parted(piece: Piece, wanted: Sequence[tuple[str, ...]]) -> list[Piece]:
    """Return a piece cut around the printed lines that together are one of the wanted titles."""
    if len(piece.rows) < 2:
        return [piece]
    for low in range(min(len(piece.rows), FIRST_ROWS)):
        text = ""
        for high in range(low, min(len(piece.rows), low + MOST_PIECES)):
            text += letters(piece.rows[high])
            if any(one and fuzz.ratio(text, one) >= 95 for known in wanted for one in known):
                return cut_rows(piece, low, high + 1)
    return [piece]
