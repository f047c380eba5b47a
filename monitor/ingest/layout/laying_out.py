"""Printed pages to pieces in reading order: furniture off, asides apart, columns, lines, paragraphs, joined text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from monitor.ingest.document import Finding
from monitor.ingest.layout.boxes import beside_text
from monitor.ingest.layout.broken_tables import with_whole_tables
from monitor.ingest.layout.column_breaks import with_rests
from monitor.ingest.layout.column_ends import ended_early
from monitor.ingest.layout.columns import MAX_ROWS
from monitor.ingest.layout.cutouts import Painted
from monitor.ingest.layout.grids import drawn_tables
from monitor.ingest.layout.line_groups import line_groups
from monitor.ingest.layout.page_echoes import without_echoes
from monitor.ingest.layout.page_notes import Before
from monitor.ingest.layout.page_parts import Aside, cell_lines, page_parts
from monitor.ingest.layout.piece_making import PieceMaker
from monitor.ingest.layout.placing import interrupted, spot_of
from monitor.ingest.layout.running_heads import PageRows, cleared
from monitor.ingest.layout.set_apart import parted
from monitor.ingest.letters.hyphens import Vocabulary, vocabulary
from monitor.ingest.pdf.link_echoes import Under, echoes, overflows, what_is_under
from monitor.ingest.pdf.printed_page import Box, PageLink
from monitor.ingest.pdf.typefaces import TypeCount
from monitor.ingest.pdf.words import rows_of
from monitor.ingest.pieces import PageFacts, Piece

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from monitor.ingest.document import Region
    from monitor.ingest.layout.lines import Line
    from monitor.ingest.pdf.printed_page import PrintedPage

PAGE_NUMBER = re.compile(r"^[0-9]{1,4}$")
NAMEPLATE = 6  # pieces among which the periodical's name stands
NAMEPLATE_SIZE = 1.6  # of the body's size: the name is larger
TITLE_SIZE = 1.3  # of the body's size: the title of the first article
CONTENTS_HEADING = re.compile(r"^(?:table of )?contents|^in(?:side)? this", re.IGNORECASE)
TORN = 3.0  # of the size: a gap this wide inside a line belongs to a table, or to columns that were not parted
NOWHERE = PageLink(0.0, -1.0, 0.0, -1.0, "")  # in the place of a link that is none
TORN_LINES = 5  # lines of a page with such gaps before it is worth a look


@dataclass(frozen=True, slots=True)
class LaidOut:
    """What `structure` needs of a PDF."""

    pieces: tuple[Piece, ...]
    pages: PageFacts
    findings: tuple[Finding, ...] = ()


@dataclass(slots=True)
class PageStore:
    """Takes pages one at a time and keeps their rows: glyphs are many and need not stay."""

    rows: list[PageRows] = field(default_factory=list)
    painted: dict[int, Painted] = field(default_factory=dict)
    addresses: dict[int, tuple[str | int, ...]] = field(default_factory=dict)
    under: list[Under] = field(default_factory=list)  # what stands under the links
    sizes: list[tuple[float, float]] = field(default_factory=list)
    labels: dict[int, int] = field(default_factory=dict)

    def add(self, page: PrintedPage) -> None:
        """Keep what the layout needs of a page."""
        painted = Painted(page.width, page.height, page.boxes, page.rules, page.pictures)
        self.painted[page.number] = painted
        under = what_is_under(page.number, page.glyphs, page.links)
        gone = {index for _, index in echoes(under)} | overflows(under)
        self.under += [one for one in under if one.place not in gone]
        links = [NOWHERE if at in gone else link for at, link in enumerate(page.links)]
        rows = tuple(rows_of(page.glyphs, links))
        self.rows.append(PageRows(page.number, page.height, rows, beside_text(painted), drawn_tables(painted)))
        self.addresses[page.number] = tuple(link.target for link in page.links)
        self.sizes.append((round(page.width, 2), round(page.height, 2)))
        # A label may be any text, even "²" or five thousand digits.
        if page.label and PAGE_NUMBER.match(page.label):
            self.labels[page.number] = int(page.label)

    def own_addresses(self) -> dict[int, tuple[str | int | None, ...]]:
        """Return the links' targets on each page, None for those that only echo a link of another page."""
        gone = echoes(self.under)
        return {
            page: tuple(None if (page, at) in gone else target for at, target in enumerate(targets))
            for page, targets in self.addresses.items()
        }


def laid_out(store: PageStore) -> LaidOut:
    """Return the pieces of all pages in reading order."""
    plain = cleared(without_echoes(store.rows))
    types = TypeCount(row for page in plain.pages for row in page.rows)
    text = _Text(store, types, vocabulary(row.text for page in plain.pages for row in page.rows))
    for page in plain.pages:
        text.add(page)
    text.part()
    maker = PieceMaker(store.own_addresses(), vocabulary(text.printed()))
    pieces = text.pieces(maker)
    findings = [*text.findings, *maker.findings]
    if plain.furniture:
        findings.append(_furniture_dropped(plain.furniture))
    printed = plain.printed or store.labels
    facts = PageFacts(len(store.sizes), tuple(store.sizes), plain.furniture, printed)
    return LaidOut(tuple(pieces), facts, tuple(findings))


class _Text:
    """The issue's running text, growing page by page, and what stands beside it."""

    def __init__(self, store: PageStore, types: TypeCount, known: Vocabulary) -> None:
        self._store, self._types, self._known = store, types, known
        self._body = types.body()
        self._before = Before()
        self._columns = 0
        self._lines: list[Line] = []
        self._asides: list[tuple[int, Aside]] = []  # with the number of the line that follows
        self._beside: list[Aside] = []  # contents and footnotes
        self._holes: dict[int, list[Box]] = {}
        self.findings: list[Finding] = []

    def add(self, page: PageRows) -> None:
        """Take a page apart and append its text."""
        painted = self._store.painted[page.number]
        parts = page_parts(page, painted, self._body, self._known, self._before, self._columns)
        self._columns += parts.columns
        first = len(self._lines)
        for aside in parts.asides:
            spot = spot_of(aside.place, parts.lines, first) if aside.place else first
            self._asides.append((spot, aside))
        self._lines += parts.lines
        self._beside += [*parts.contents, *parts.footnotes]
        self._holes[page.number] = parts.holes
        if _torn(parts.lines) or len(page.rows) > MAX_ROWS:
            self.findings.append(_order_unsure(page.number))

    def part(self) -> None:
        """Take out of the text what is set apart in it, and part the columns that anything interrupts."""
        flow, apart = parted(self._lines, self._types)
        left = {id(line): at for at, line in enumerate(flow)}
        moved = _moved(self._lines, left)
        spots = [(moved[spot], aside) for spot, aside in self._asides]
        spots += [
            (one.spot, Aside(one.kind, one.lines, cells=cell_lines(one.cells, one.lines[0].page))) for one in apart
        ]
        tables = with_whole_tables(sorted(spots, key=lambda spot: (spot[0], spot[1].lines[0].page)), flow)
        whole = with_rests(tables.asides, flow, self._body)
        kept = [line for line in flow if id(line) not in tables.gone | whole.gone]
        moved = _moved(flow, {id(line): at for at, line in enumerate(kept)})
        self._asides = [(moved[spot], aside) for spot, aside in whole.asides]
        self._lines = interrupted(kept, self._holes, (moved[one.spot] for one in apart))

    def _early(self) -> set[int]:
        """Return the ids of the lines after which their column has room left."""
        beside = {page: list(places) for page, places in self._holes.items()}
        for aside in [*(aside for _, aside in self._asides), *self._beside]:
            for line in aside.lines:
                beside.setdefault(line.page, []).append(Box(line.x0, line.top, line.x1, line.bottom))
        return ended_early(self._lines, beside)

    def printed(self) -> Iterator[str]:
        """Yield the text of every line."""
        asides = [*(aside for _, aside in self._asides), *self._beside]
        yield from (line.text for line in self._lines)
        yield from (line.text for aside in asides for line in aside.lines)

    def pieces(self, maker: PieceMaker) -> list[Piece]:
        """Return all pieces, each aside after the paragraph it interrupts."""
        found: list[Piece] = []
        asides = [(spot, maker.of_aside(aside)) for spot, aside in self._asides]
        at = taken = 0
        for piece, count in maker.of_groups(line_groups(self._lines, self._early())):
            while taken < len(asides) and asides[taken][0] <= at:
                found += asides[taken][1]
                taken += 1
            found.append(piece)
            at += count
        found += [piece for _, pieces in asides[taken:] for piece in pieces]
        return _with_beside(found, [maker.of_aside(aside) for aside in self._beside], self._body.size)


def _moved(lines: Sequence[Line], left: dict[int, int]) -> list[int]:
    """Return for each line the number it has, or the next one has, once others are gone; and for the end."""
    moved: list[int] = []
    at = 0
    for line in lines:
        moved.append(at)
        at += id(line) in left
    return [*moved, at]


def _with_beside(pieces: list[Piece], beside: list[list[Piece]], body: float) -> list[Piece]:
    """Put contents before the text of their page, and footnotes after it."""
    placed = list(pieces)
    for aside in beside:
        region = aside[0].regions[0]
        contents = aside[0].aside == "contents"
        at = PLACES[aside[0].aside or ""](placed, region)
        if contents and region.page == 1:
            own = max((piece.style.size for piece in aside if piece.style), default=0.0)
            at = at or _nameplate_end(placed, max(body, own / NAMEPLATE_SIZE))
            named = _masthead_end(placed[:at], body)
            placed[:named] = [replace(piece, aside=piece.aside or "masthead") for piece in placed[:named]]
        placed[at:at] = aside
    return placed


def _place_of_contents(pieces: Sequence[Piece], region: Region) -> int:
    """Return the place after the last piece that stands wholly above the contents, before their page's text."""
    for at, piece in enumerate(pieces):
        place = piece.regions[0]
        if place.page > region.page or (place.page == region.page and place.bbox[3] > region.bbox[1]):
            return at
    return len(pieces)


def _masthead_end(pieces: Sequence[Piece], body: float) -> int:
    """Return how many of the pieces above the contents are no article's title, with its byline.

    The contents may stand in a column below the first title. A title is large, and comes after the issue's number.
    """
    small = False
    for at, piece in enumerate(pieces):
        size = piece.style.size if piece.style else body
        if small and size >= TITLE_SIZE * body and not CONTENTS_HEADING.match(piece.text):
            return at
        small = small or (at > 0 and size < TITLE_SIZE * body and any(c.isdecimal() for c in piece.text))
    return len(pieces)


def _nameplate_end(pieces: Sequence[Piece], body: float) -> int:
    """Return the number of pieces up to the largest of the first few: the periodical's name beside the contents.

    `body` is the text's size, or more where the contents hold the name themselves.
    """
    front = [piece.style.size if piece.style else 0.0 for piece in pieces[:NAMEPLATE] if piece.page == 1]
    return front.index(max(front)) + 1 if front and max(front) > NAMEPLATE_SIZE * body else 0


def _place_of_footnote(pieces: Sequence[Piece], region: Region) -> int:
    """Return the place after the last piece that begins on the footnote's page or before it."""
    starts = (at for at, piece in enumerate(pieces) if piece.regions[0].page > region.page)
    return next(starts, len(pieces))


PLACES: dict[str, Callable[[Sequence[Piece], Region], int]] = {
    "contents": _place_of_contents,
    "footnote": _place_of_footnote,
}


def _torn(lines: Sequence[Line]) -> bool:
    """Tell whether many lines of a page have gaps that no prose has."""
    torn = sum(
        any(b.x0 - a.x1 > TORN * line.style.size for a, b in zip(line.words, line.words[1:], strict=False))
        for line in lines
    )
    return torn >= TORN_LINES


def _order_unsure(page: int) -> Finding:
    message = f"Page {page} has a layout the reader does not know: check its order."
    return Finding("reading_order_unsure", message, page=page)


def _furniture_dropped(furniture: Sequence[str]) -> Finding:
    shown = "; ".join(furniture[:6])
    return Finding("furniture_dropped", f"Left out as running heads and feet: {shown}.", severity="info")
