"""What a typeset issue itself teaches of its openings: how its titles and lines of names are set, and whom it names."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from monitor.ingest.apparatus.notes import label_of
from monitor.ingest.structure.bylines import People, bio_names, read_byline
from monitor.ingest.structure.looks import STOPS, is_bare
from monitor.ingest.structure.signatures import without_signs
from monitor.ingest.structure.starts import COMMONEST_HEADS
from monitor.ingest.structure.styles import Body
from monitor.ingest.structure.type_looks import can_be_title, is_plain, is_prose, letters, look_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.ingest.periodicals import Profile
    from monitor.ingest.pieces import Piece
    from monitor.ingest.structure.announced import Announced
    from monitor.ingest.structure.bylines import Byline
    from monitor.ingest.structure.front import Front
    from monitor.ingest.structure.type_looks import Look

BELOW = 5  # pieces below a title among which its names are looked for: more lines, a standfirst
ABOVE = 3  # pieces above a title that may belong to it
LARGER = 1.08  # of the body's size: surely display
MOST_STANDFIRST = 3  # pieces
ENOUGH_LISTED = 2  # titles that the contents announce
HALF = 0.5
OPENING, CLOSING = "\"'\u201c\u2018\u201e\u00ab\u00bb", "\"'\u201d\u2019\u201c\u00bb\u00ab"


@dataclass(slots=True)
class House:
    """What the issue itself teaches of its openings."""

    body: Body
    profile: Profile
    people: People
    author_rows: frozenset[str]
    titles: set[Look] = field(default_factory=set)  # looks that are kept for titles
    names: Counter[Look] = field(default_factory=Counter)  # looks of the lines of names
    named_above: bool = False  # names stand above their titles
    signed: bool = False  # every title of the contents has names below it


def house_of(pieces: Sequence[Piece], front: Front, profile: Profile, listed: Sequence[Announced]) -> House:
    """Learn from the whole issue how its titles and lines of names are set."""
    people = People()
    for piece in pieces:
        if not is_bare(piece.text):
            people.add(bio_names(piece.text))
    house = House(Body.of(pieces), profile, people, frozenset(letters(row) for row in front.author_rows()))
    told = {match.first for match in listed}
    named = places_by_names(pieces, house)
    looks_told = {look_of(pieces[k]) for k in told}
    voting = {k for k in named if not told or is_large(pieces[k], house) or look_of(pieces[k]) in looks_told}
    votes = Counter(look_of(pieces[k]) for k in told | voting)
    counts = Counter(look_of(piece) for piece in pieces if may_be_title(piece, house))
    house.titles = {
        look for look, n in votes.items() if n >= HALF * counts[look] and not is_text_look(look, house.body)
    }
    if not house.titles and not listed:
        house.titles = largest_over_text(pieces, house)
    places = [k for k in range(len(pieces)) if look_of(pieces[k]) in house.titles]
    for k in places:
        looks = (look_of(pieces[j]) for j in below(pieces, k + 1, house) if is_names(pieces[j]))
        house.names.update(islice(looks, 1))
    house.named_above = are_named_above(pieces, places, house)
    below_all = all(names_below(pieces, match.first, match.end, house) is not None for match in listed)
    house.signed = below_all and len(listed) >= ENOUGH_LISTED and not house.named_above
    return house


def are_named_above(pieces: Sequence[Piece], titles: Sequence[int], house: House) -> bool:
    """Tell whether the house prints names above titles: more often than below, and above the first title too.

    Where names are signatures at articles' ends, they stand above all titles but the first.
    """
    first = titles[0] if titles else 0
    above = [any(is_names(pieces[j]) and not signs(pieces[j]) for j in range(max(0, k - 2), k)) for k in titles]
    return first > 0 and above[0] and sum(above) > sum(house.names.values())


def is_text_look(look: Look, body: Body) -> bool:
    """Tell whether a look is that of running text, so that it can tell no titles."""
    plain = not look.bold and not look.italic and not look.capitals and look.family in {body.family, ""}
    return plain and body.size is not None and abs(look.size - body.size) <= HALF


def may_be_title(piece: Piece, house: House) -> bool:
    """Tell whether a piece has the shape of a title and the words of none of the usual heads."""
    text = piece.text.strip(" :*").casefold()
    usual = text in COMMONEST_HEADS or text in (*house.profile.notes_headings, *house.profile.contents_headings)
    if usual or not can_be_title(piece, house.body) or is_quotation(piece.text):
        return False
    return label_of(piece.text) is None or is_numbered_title(piece, house)


def is_numbered_title(piece: Piece, house: House) -> bool:
    """Tell whether a line that begins with a number is larger than the text: "1. The Ferry"."""
    size = house.body.size
    return size is not None and look_of(piece).size >= LARGER * size and not piece.text.startswith("[")


def is_quotation(text: str) -> bool:
    """Tell whether a text is a sentence in quotation marks, as pull quotes are: no title ends in a stop inside them."""
    return text[:1] in OPENING and text[-1:] in CLOSING and text[-2:-1] in STOPS


def is_names(piece: Piece) -> bool:
    """Tell whether a piece is a line of names."""
    return piece.aside is None and byline_of(piece) is not None


def byline_of(piece: Piece) -> Byline | None:
    """Return the names of a piece, the sign of a footnote after them left aside."""
    return read_byline(without_signs(piece.text))


def below(pieces: Sequence[Piece], at: int, house: House) -> list[int]:
    """Return the places from `at` on that may still belong to an opening: up to the first piece of running text."""
    found: list[int] = []
    for k in range(at, min(len(pieces), at + BELOW)):
        piece = pieces[k]
        if piece.aside is not None:
            continue
        if is_plain(piece, house.body) and is_prose(piece):
            break
        found.append(k)
    return found


def places_by_names(pieces: Sequence[Piece], house: House) -> set[int]:
    """Return the places of the largest lines beside lines of names."""
    found: set[int] = set()
    for k, piece in enumerate(pieces):
        if not is_names(piece):
            continue
        above = largest(pieces, before(pieces, k, house), house)
        title = above if above is not None else largest(pieces, below(pieces, k + 1, house)[:ABOVE], house)
        if title is not None and is_display(pieces[title], house):
            found.add(title)
    return found


def is_large(piece: Piece, house: House) -> bool:
    """Tell whether a piece is larger than running text."""
    return house.body.size is not None and look_of(piece).size >= LARGER * house.body.size


def is_display(piece: Piece, house: House) -> bool:
    """Tell whether a piece is set otherwise than running text is."""
    return not is_text_look(look_of(piece), house.body)


def before(pieces: Sequence[Piece], at: int, house: House) -> list[int]:
    """Return the places before `at` that may belong to one opening with it, nearest first."""
    found: list[int] = []
    for k in range(at - 1, max(-1, at - 1 - BELOW), -1):
        piece = pieces[k]
        if is_plain(piece, house.body) and is_prose(piece):
            break
        found.append(k)
    return found


def largest(pieces: Sequence[Piece], places: Sequence[int], house: House) -> int | None:
    """Return the place of the largest line that may be a title, the first of equals; None where none may be."""
    able = [k for k in places if may_be_title(pieces[k], house) and is_display(pieces[k], house)]
    return max(able, key=lambda k: (look_of(pieces[k]).size, look_of(pieces[k]).bold), default=None)


def largest_over_text(pieces: Sequence[Piece], house: House) -> set[Look]:
    """Return the look of the largest lines that stand over text, where they are larger than it."""
    sizes: defaultdict[Look, int] = defaultdict(int)
    for k, piece in enumerate(pieces[:-1]):
        if may_be_title(piece, house) and house.body.size and look_of(piece).size >= LARGER * house.body.size:
            sizes[look_of(piece)] += any(is_prose(after) for after in pieces[k + 1 : k + BELOW])
    over = [look for look, count in sizes.items() if count]
    return {max(over, key=lambda look: (look.size, look.bold))} if over else set()


def signs(piece: Piece) -> bool:
    """Tell whether a piece is a signature at an article's end."""
    return piece.text.startswith(("\u2014", "\u2013", "-")) and read_byline(piece.text) is not None


def known_names(piece: Piece, house: House) -> bool:
    """Tell whether the contents or a biography name the people of a piece, or it says "By"."""
    byline = byline_of(piece)
    if byline is None:
        return False
    listed = any(letters(name) in row for name in byline.names for row in house.author_rows)
    return byline.signed or listed or any(house.people.know(name) for name in byline.names)


def names_below(pieces: Sequence[Piece], at: int, end: int, house: House) -> int | None:
    """Return the line of names below a title: known people first, then one set as those of other articles, then any."""
    places = [k for k in below(pieces, end, house) if is_names(pieces[k]) and k - end <= MOST_STANDFIRST]
    places = [k for k in places if look_of(pieces[k]) not in house.titles or look_of(pieces[k]) == look_of(pieces[at])]
    for asks in (
        lambda k: known_names(pieces[k], house),
        lambda k: house.names[look_of(pieces[k])] > 1,
        lambda k: k == end,
    ):
        if (found := next(filter(asks, places), None)) is not None:
            return found
    return places[0] if places else None
