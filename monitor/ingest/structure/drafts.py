"""Articles as stretches of pieces: title, authors, paragraphs, notes and biographies, each piece in one place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from monitor.ingest.apparatus.endnotes import PrintedNote, footnotes, is_notes_heading, read_zone, zone_start
from monitor.ingest.apparatus.notes import label_of
from monitor.ingest.structure.bylines import bio_names, is_bio_of, printed_name, read_byline
from monitor.ingest.structure.contents import joined
from monitor.ingest.structure.looks import breaks_off, is_bare
from monitor.ingest.structure.paragraphs import Paragraph, Setting, mended
from monitor.ingest.structure.signatures import BIO_HEADINGS, bios_apart, signature_apart, with_bio_apart, without_signs
from monitor.ingest.structure.type_looks import is_capitals, letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from monitor.ingest.document import ContentsEntry
    from monitor.ingest.periodicals import Profile
    from monitor.ingest.pieces import Piece
    from monitor.ingest.structure.starts import Start

UNTITLED = "Untitled"
BIO_GOES_ON = ("He ", "She ", "They ", "His ", "Her ", "Their ", "Prior to ", "Previously", "Before ")
MOST_BIO_PARAGRAPHS = 12
MOST_NAMES = 200
SAME_SIZE = 0.5  # points


@dataclass(frozen=True, slots=True)
class Draft:
    """One article whose citations and markers are not yet read."""

    title: str
    authors: tuple[str, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    notes: tuple[PrintedNote, ...] = ()
    bios: tuple[Piece, ...] = ()
    page: int | None = None  # physical page of the title
    left_over: tuple[str, ...] = ()  # printed lines that belong to no part
    title_level: int = 0  # rank of the title where the file has ranks
    named: bool = True  # the title is printed
    section: str | None = None  # the heading above it that it shares with others
    brief: bool = False  # one of many short pieces that nobody signs
    recased: bool = False  # its title is printed in capitals and has another case here
    after_notes: bool = False  # text stands behind its notes


@dataclass(frozen=True, slots=True)
class Stretch:
    """An article's pieces, before anything is joined."""

    title: tuple[Piece, ...]
    byline: Piece | None
    pieces: tuple[Piece, ...]
    around: tuple[str, ...] = ()  # lines about the title that are no part of the article: its section, its date
    section: str | None = None
    brief: bool = False
    listed: ContentsEntry | None = None  # what the contents say of it


def stretches(pieces: Sequence[Piece], starts: Sequence[Start]) -> Iterator[Stretch]:
    """Yield the stretch of each article."""
    ends = [start.first for start in starts[1:]]
    for start, end in zip(starts, [*ends, len(pieces)], strict=False):
        byline = pieces[start.byline] if start.byline is not None else None
        title = tuple(pieces[start.title : start.title_end])
        kept = tuple(pieces[k] for k in start.kept)
        places = (*range(start.first, start.title), *range(start.title_end, start.body))
        around = tuple(pieces[k].text for k in places if k != start.byline and k not in start.kept)
        yield Stretch(
            title, byline, (*kept, *pieces[start.body : end]), around, start.section, start.brief, start.listed
        )


def drafts(stretch: Stretch, profile: Profile, setting: Setting, spellings: Sequence[str]) -> Iterator[Draft]:
    """Yield the article that a stretch holds, and after it one without a title for text that follows its notes."""
    signature, inner = signature_apart(stretch.pieces, profile) if stretch.byline is None else (None, stretch.pieces)
    byline = stretch.byline or signature
    authors = authors_of(byline, stretch, spellings)
    boxed, inner = bios_apart(inner, authors, setting.body)
    # Whose biography is set apart has no second one in the text.
    told = [name for name in authors if not any(is_bio_of(bio.text, [name]) for bio in boxed.bios)]
    feet, flow = parted(inner, profile)
    zone_at = zone_start(flow, profile)
    body = with_bio_apart(flow[: zone_at[0]] if zone_at else flow, told)
    zone = read_zone(flow[zone_at[1] :], told, setting.words) if zone_at else None
    paragraphs = mended(body, setting, lambda piece: is_bio_of(piece.text, told))
    paragraphs, bios, dropped = without_bios(paragraphs, told)
    after = list(zone.others) if zone else []
    bios += [piece for piece in after if is_bio_of(piece.text, told)]
    after = [piece for piece in after if not is_bio_of(piece.text, told)]
    strays, after = parted_strays(after)
    behind: list[Paragraph] = []
    if after and setting.body.size is not None:
        # Nothing parts a typeset article but a title: text behind its notes is its own, read out of order.
        behind, more, heading = without_bios(mended(after, setting, lambda piece: is_bio_of(piece.text, told)), told)
        bios, dropped, after = [*bios, *more], [*dropped, *heading], []
    title = title_of(stretch)
    yield Draft(
        title=title,
        authors=authors,
        paragraphs=(*paragraphs, *behind),
        notes=(*(zone.notes if zone else ()), *footnotes(feet, setting.words)),
        bios=by_author([*bios, *boxed.bios], authors),
        page=stretch.title[0].page if stretch.title else None,
        left_over=(*stretch.around, *beside_names(byline), *dropped, *boxed.headings, *strays),
        title_level=stretch.title[0].level or 0,
        section=stretch.section,
        brief=stretch.brief,
        recased=title != joined(piece.text for piece in stretch.title),
        after_notes=bool(behind),
    )
    if after:
        yield untitled(after, profile, setting)


def by_author(bios: Sequence[Piece], authors: Sequence[str]) -> tuple[Piece, ...]:
    """Return biographies in the order in which their people sign, where several were found apart."""
    places = [next((k for k, author in enumerate(authors) if is_bio_of(bio.text, [author])), None) for bio in bios]
    if None in places:
        return tuple(bios)
    return tuple(bio for _, bio in sorted(zip(places, bios, strict=True), key=lambda pair: pair[0] or 0))


def title_of(stretch: Stretch) -> str:
    """Return an article's title as printed; one in capitals takes the case it has in the contents, if it is there."""
    printed = joined(piece.text for piece in stretch.title)
    other = stretch.listed.title if stretch.listed else printed
    hidden = is_capitals(printed) and not is_capitals(other)
    return other if hidden and letters(other) == letters(printed) else printed


def parted(pieces: Iterable[Piece], profile: Profile) -> tuple[list[Piece], list[Piece]]:
    """Return the footnotes and the rest; a foot without label before any labelled one stays in the text.

    A piece right after a footnote that lacks its stop goes on it; a heading over nothing but footnotes goes.
    """
    feet: list[Piece] = []
    flow: list[Piece] = []
    after_foot = False
    for piece in pieces:
        is_foot = piece.aside == "footnote" and (bool(feet) or label_of(piece.text) is not None)
        goes_on = after_foot and piece.aside is None and goes_on_foot(feet[-1], piece)
        if is_foot or goes_on:
            if not after_foot and flow and is_notes_heading(flow[-1], profile):
                flow.pop()
            feet.append(replace(piece, aside=None))
        else:
            flow.append(replace(piece, aside=None) if piece.aside == "footnote" else piece)
        after_foot = is_foot or goes_on
    return feet, flow


def goes_on_foot(foot: Piece, piece: Piece) -> bool:
    """Tell whether a piece may go on a footnote that lacks its stop: it is no head, and set in the same size."""
    if piece.level is not None or not breaks_off(foot.text):
        return False
    if piece.style is None or foot.style is None:
        return True
    return abs(piece.style.size - foot.style.size) <= SAME_SIZE and not piece.style.bold


def parted_strays(pieces: Sequence[Piece]) -> tuple[list[str], list[Piece]]:
    """Return bare lines after the notes where no text stands among them, else nothing and all the pieces."""
    if any(not is_bare(piece.text) or piece.aside is not None for piece in pieces):
        return [], list(pieces)
    return [piece.text for piece in pieces], []


def authors_of(line: Piece | None, stretch: Stretch, spellings: Sequence[str]) -> tuple[str, ...]:
    """Return the authors of an article; names in capitals take the spelling they have elsewhere.

    Where no line of names was found, they are those whom the contents name.
    """
    byline = read_byline(without_signs(line.text)) if line else None
    listed = stretch.listed.authors if stretch.listed else ()
    if byline is None:
        return listed
    names = (name for piece in stretch.pieces for name in bio_names(without_signs(piece.text)))
    known = [*listed, *spellings, *names][:MOST_NAMES]
    return tuple(printed_name(name, known) for name in byline.names)


def beside_names(line: Piece | None) -> Iterator[str]:
    """Yield what a line of authors says beside their names: a post, a date."""
    byline = read_byline(without_signs(line.text)) if line else None
    if byline is not None and byline.rest:
        yield byline.rest


def without_bios(paragraphs: list[Paragraph], authors: Sequence[str]) -> tuple[list[Paragraph], list[Piece], list[str]]:
    """Return the paragraphs before the biographies, these, and the heading over them."""
    first = None
    for k in range(len(paragraphs) - 1, max(-1, len(paragraphs) - 1 - MOST_BIO_PARAGRAPHS), -1):
        paragraph = paragraphs[k]
        if first is not None and is_plainer(paragraph.piece, paragraphs[first].piece):
            # Text that begins with the author's name, above a biography in italics or small print.
            break
        if paragraph.role == "para" and is_bio_of(paragraph.piece.text, authors):
            first = k
        elif paragraph.role != "para" or not paragraph.piece.text.startswith(BIO_GOES_ON):
            break
    if first is None:
        return paragraphs, [], []
    bios = [paragraph.piece for paragraph in paragraphs[first:]]
    heading = paragraphs[first - 1].piece.text if first else ""
    if heading.strip(" :*").casefold() in BIO_HEADINGS:
        return paragraphs[: first - 1], bios, [heading]
    return paragraphs[:first], bios, []


def is_plainer(piece: Piece, bio: Piece) -> bool:
    """Tell whether a paragraph is upright or larger where the biography below it is in italics or smaller."""
    if piece.style is None or bio.style is None:
        return False
    return (bio.style.italic and not piece.style.italic) or piece.style.size > bio.style.size + SAME_SIZE


def untitled(pieces: Sequence[Piece], profile: Profile, setting: Setting) -> Draft:
    """Return text that stands under no title and no authors as an article of its own, so that it is not lost."""
    feet, flow = parted(pieces, profile)
    titled = bool(flow) and flow[0].aside is None and (flow[0].level is not None or is_bare(flow[0].text))
    titled = titled and len(flow) > 1
    zone_at = zone_start(flow, profile)
    body = flow[int(titled) : zone_at[0] if zone_at else len(flow)]
    zone = read_zone(flow[zone_at[1] :], (), setting.words) if zone_at else None
    trailing = mended(zone.others, setting) if zone else []
    return Draft(
        title=flow[0].text if titled else UNTITLED,
        paragraphs=(*mended(body, setting), *trailing),
        notes=(*(zone.notes if zone else ()), *footnotes(feet, setting.words)),
        page=flow[0].page if flow else feet[0].page,
        title_level=(flow[0].level or 0) if titled else 0,
        named=titled,
    )
