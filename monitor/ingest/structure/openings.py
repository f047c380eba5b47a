"""How the articles of a typeset issue open: title, names, standfirst, what stands above and between them.

Nothing here is assumed of a house. Titles are what the contents announce, or what is set as these are; without
contents, the largest lines over lines of names; without either, the largest lines over text.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.ingest.structure.announced import Announced, announced, with_hidden_titles, with_torn_titles, wordings
from monitor.ingest.structure.bylines import POST_WORDS
from monitor.ingest.structure.contents import folded, joined, reconciled
from monitor.ingest.structure.houses import (
    ABOVE,
    BELOW,
    LARGER,
    house_of,
    is_display,
    is_names,
    is_quotation,
    known_names,
    may_be_title,
    names_below,
    signs,
)
from monitor.ingest.structure.looks import ends_sentence, is_bare, words
from monitor.ingest.structure.masthead import is_date_row
from monitor.ingest.structure.names_apart import with_names_apart
from monitor.ingest.structure.posts import is_post
from monitor.ingest.structure.signed_titles import titles_without_names
from monitor.ingest.structure.starts import Start
from monitor.ingest.structure.type_looks import is_prose, letters, look_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.ingest.document import ContentsEntry
    from monitor.ingest.periodicals import Profile
    from monitor.ingest.pieces import Piece
    from monitor.ingest.structure.contents import RawEntry
    from monitor.ingest.structure.front import Front
    from monitor.ingest.structure.houses import House

LONGEST_KICKER = 8  # words
OVERLAP = 4.0  # points: letters of one line may reach into the next


def typeset_starts(pieces: Sequence[Piece], front: Front, profile: Profile) -> tuple[tuple[Piece, ...], list[Start]]:
    """Return the pieces after the front, glued titles and names cut free, and where the articles begin, in order."""
    pieces = with_torn_titles(untold_titles(pieces, front.entries), front.entries)
    pieces = with_hidden_titles(pieces, front.entries)
    listed = without_labels(pieces, announced(pieces, front.entries), profile)
    listed = titles_without_names(pieces, listed)
    pieces, listed = with_names_apart(pieces, listed, front)
    house = house_of(pieces, front, profile, listed)
    starts: list[Start] = []
    at, section = 0, None
    by_place = {match.first: match for match in listed}
    while at < len(pieces):
        end = title_end(pieces, at, house, by_place)
        if end is None:
            at += 1
            continue
        start, section = opened(pieces, at, end, house, section, starts[-1].body if starts else 0)
        match = by_place.get(at)
        starts.append(replace(start, listed=entry_for(front.entries[match.entry], pieces[at:end])) if match else start)
        at = max(start.body, end)
    return tuple(pieces), starts


def untold_titles(pieces: Sequence[Piece], entries: Sequence[RawEntry]) -> tuple[Piece, ...]:
    """Return the pieces with titles that a layout took for pull quotes, large and in italics as they may be."""
    known = {wording for entry in entries for wording in wordings(entry)}

    def is_title(k: int) -> bool:
        piece = pieces[k]
        if piece.aside != "pullquote" or not is_bare(piece.text) or is_quotation(piece.text):
            return False
        below = pieces[k + 1] if k + 1 < len(pieces) else None
        return letters(piece.text) in known or (below is not None and (is_names(below) or is_post(below.text)))

    return tuple(replace(piece, aside=None) if is_title(k) else piece for k, piece in enumerate(pieces))


def without_labels(pieces: Sequence[Piece], listed: Sequence[Announced], profile: Profile) -> list[Announced]:
    """Return the titles found without sections that the issue prints once more above their first title, in less type."""
    sizes = [look_of(pieces[match.first]).size for match in listed]

    def is_label(match: Announced, size: float) -> bool:
        below = pieces[match.end] if match.end < len(pieces) else None
        if below is None or below.aside is not None or not is_bare(below.text):
            return False
        if is_names(below) and look_of(below).size < max(sizes):
            # "Local Salt" reads like a name, yet is as large as titles are.
            return False
        section = profile.kind_of_section(joined(piece.text for piece in pieces[match.first : match.end]))
        return look_of(below).size >= LARGER * size and (section is not None or max(sizes) >= LARGER * size)

    return [match for match, size in zip(listed, sizes, strict=True) if not is_label(match, size)]


def entry_for(entry: RawEntry, title: Sequence[Piece]) -> ContentsEntry:
    """Return an entry of the contents with title and authors apart, by the title that was found."""
    return reconciled(entry, [folded(joined(piece.text for piece in title))])[0]


def title_end(pieces: Sequence[Piece], at: int, house: House, listed: dict[int, Announced]) -> int | None:
    """Return where the title ends that begins at `at`, None where none begins there."""
    if at in listed:
        end = listed[at].end
    elif look_of(pieces[at]) in house.titles and may_be_title(pieces[at], house) and over_text(pieces, at, house):
        end = at + 1
        if house.signed and names_below(pieces, at, end, house) is None and at + 1 not in listed:
            return None  # a head set like the titles: these are all listed and signed
    elif is_signed_title(pieces, at, house):
        return at + 1
    else:
        return None
    # A title in a few pieces: set alike, one right after the other.
    while end < len(pieces) and end not in listed and at not in listed and end - at < ABOVE + 1:
        if look_of(pieces[end]) != look_of(pieces[at]) or not may_be_title(pieces[end], house) or is_names(pieces[end]):
            break
        if not stands_below(pieces[end - 1], pieces[end]):
            break
        end += 1
    return end


def is_signed_title(pieces: Sequence[Piece], at: int, house: House) -> bool:
    """Tell whether a line set like heads or like the text is a title all the same: known people sign the text below it.

    A line set like the text may be the end of a paragraph: the piece before it has come to its own end.
    """
    if at + 2 >= len(pieces) or not may_be_title(pieces[at], house):
        return False
    above = pieces[at - 1] if at and not is_display(pieces[at], house) else None
    if above and above.aside is None and not is_display(above, house) and not ends_sentence(above.text):
        return False
    names, text = pieces[at + 1 : at + 3]
    signed = is_names(names) and known_names(names, house) and not is_names(pieces[at])
    return signed and stands_below(pieces[at], names) and (is_prose(text) or is_beside(text))


def stands_below(first: Piece, second: Piece) -> bool:
    """Tell whether a piece stands right under another on its page, as the second line of a title does."""
    if not first.regions or not second.regions or first.regions == second.regions:
        return True
    (x0, _, x1, bottom), (left, top, right, _) = first.regions[-1].bbox, second.regions[0].bbox
    same_page = first.regions[-1].page == second.regions[0].page
    return same_page and top >= bottom - OVERLAP and left < x1 and right > x0


def over_text(pieces: Sequence[Piece], at: int, house: House) -> bool:
    """Tell whether text stands below a title before the issue ends."""
    return any(is_prose(piece) for piece in pieces[at + 1 : at + 1 + 2 * BELOW])


def opened(
    pieces: Sequence[Piece], at: int, end: int, house: House, section: str | None, floor: int
) -> tuple[Start, str | None]:
    """Return the opening around the title `at:end`, and the section under which it stands; nothing before `floor`."""
    byline = names_below(pieces, at, end, house)
    first = at
    while first > max(floor, at - ABOVE) and is_kicker(pieces, first - 1, at, house):
        first -= 1
    if byline is None and first > floor and names_above(pieces, first - 1, house):
        byline = first = first - 1
        while first > max(floor, at - ABOVE - 1) and is_kicker(pieces, first - 1, at, house):
            first -= 1
    elif byline is None:
        byline = next((k for k in range(first, at) if names_above(pieces, k, house)), None)
    for piece in pieces[first:at]:
        section = piece.text if house.profile.kind_of_section(piece.text) else section
    last = byline + 1 if byline is not None and byline >= end else end
    kept = tuple(k for k in range(end, last) if k != byline and not is_beside(pieces[k]))
    body = last
    while body < len(pieces) and body - last < ABOVE and is_beside(pieces[body]):
        body += 1
    return Start(at, end, byline, body, section=section, above=at - first, kept=kept), section


def is_kicker(pieces: Sequence[Piece], k: int, title: int, house: House) -> bool:
    """Tell whether a piece above a title is a label of it: a few words set apart, no names and no end of a text."""
    piece = pieces[k]
    if piece.aside is not None or not is_bare(piece.text) or len(words(piece.text)) > LONGEST_KICKER:
        return False
    if house.profile.kind_of_section(piece.text) is not None:
        return True
    ended = k == 0 or not is_bare(pieces[k - 1].text) or is_kicker_like(pieces[k - 1], house)
    return ended and is_display(piece, house) and not known_names(piece, house) and not signs(piece)


def is_kicker_like(piece: Piece, house: House) -> bool:
    """Tell whether a piece is a few words set apart."""
    return is_display(piece, house) and is_bare(piece.text)


def names_above(pieces: Sequence[Piece], k: int, house: House) -> bool:
    """Tell whether a piece above a title names its authors."""
    return house.named_above and is_names(pieces[k]) and not signs(pieces[k])


def is_beside(piece: Piece) -> bool:
    """Tell whether a line of an opening says where its authors work, how to reach them, or a date."""
    if piece.aside is not None or not is_bare(piece.text):
        return False
    return (
        is_post(piece.text)
        or is_institution(piece)
        or is_date_row(piece.text)
        or ("@" in piece.text and len(words(piece.text)) <= LONGEST_KICKER)
    )


def is_institution(piece: Piece) -> bool:
    """Tell whether a line that is not bold names a house where people work: "Lowland Observatory"."""
    named = words(piece.text)
    bold = piece.style is not None and piece.style.bold
    return not bold and len(named) <= LONGEST_KICKER and any(word.casefold() in POST_WORDS for word in named)
