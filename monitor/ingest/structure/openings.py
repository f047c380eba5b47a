"""How the articles of a typeset issue open: title, names, standfirst, what stands above and between them.

Nothing here is assumed of a house. Titles are what the contents announce, or what is set as these are; without
contents, the largest lines over lines of names; without either, the largest lines over text.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

from monitor.ingest.apparatus.notes import label_of
from monitor.ingest.structure.announced import Announced, announced, with_hidden_titles, with_torn_titles, wordings
from monitor.ingest.structure.bylines import POST_WORDS, People, bio_names, read_byline
from monitor.ingest.structure.contents import folded, joined, reconciled
from monitor.ingest.structure.looks import STOPS, is_bare, words
from monitor.ingest.structure.masthead import is_date_row
from monitor.ingest.structure.names_apart import with_names_apart
from monitor.ingest.structure.posts import is_post
from monitor.ingest.structure.signatures import without_signs
from monitor.ingest.structure.signed_titles import titles_without_names
from monitor.ingest.structure.starts import COMMONEST_HEADS, Start
from monitor.ingest.structure.styles import Body
from monitor.ingest.structure.type_looks import can_be_title, is_plain, is_prose, letters, look_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.ingest.document import ContentsEntry
    from monitor.ingest.periodicals import Profile
    from monitor.ingest.pieces import Piece
    from monitor.ingest.structure.bylines import Byline
    from monitor.ingest.structure.contents import RawEntry
    from monitor.ingest.structure.front import Front
    from monitor.ingest.structure.type_looks import Look

BELOW = 5  # pieces below a title among which its names are looked for: more lines, a standfirst
ABOVE = 3  # pieces above a title that may belong to it
LONGEST_KICKER = 8  # words
LARGER = 1.08  # of the body's size: surely display
MOST_STANDFIRST = 3  # pieces
OVERLAP = 4.0  # points: letters of one line may reach into the next
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


def house_of(pieces: Sequence[Piece], front: Front, profile: Profile, listed: Sequence[Announced]) -> House:
    """Learn from the whole issue how its titles and lines of names are set."""
    people = People()
    for piece in pieces:
        if not is_bare(piece.text):
            people.add(bio_names(piece.text))
    house = House(Body.of(pieces), profile, people, frozenset(letters(row) for row in front.author_rows()))
    told = {match.first for match in listed}
    named = places_by_names(pieces, house)
    votes = Counter(look_of(pieces[k]) for k in told | {k for k in named if not told or is_large(pieces[k], house)})
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
    """Tell whether a line set like the heads of the issue is a title all the same: known people sign the text below it."""
    if at + 2 >= len(pieces) or not may_be_title(pieces[at], house) or not is_display(pieces[at], house):
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
