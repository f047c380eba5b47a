"""Printed pages to pieces in reading order: furniture off, boxes apart, columns, lines, paragraphs, joined text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from monitor.ingest.columns import MAX_ROWS, columns_of
from monitor.ingest.document import Finding, Region
from monitor.ingest.hyphens import Vocabulary, vocabulary
from monitor.ingest.joining import join_lines
from monitor.ingest.line_groups import LineGroup, line_groups
from monitor.ingest.lines import Line, body_size, lines_of, style_of
from monitor.ingest.page_notes import without_footnotes
from monitor.ingest.pages import boxed, with_drop_caps
from monitor.ingest.pieces import PageFacts, Piece
from monitor.ingest.running_heads import PageRows, cleared
from monitor.ingest.words import rows_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from monitor.ingest.pages import BoxedRows
    from monitor.ingest.printed_page import PrintedPage

CONTENTS_PAGES = 2
LEAST_ENTRIES, ENTRY_LINES = 3, 8  # in a column of contents: entries, and lines from one page number to the next
CONTENTS_HEADING = re.compile(r"^(?:(?:table of )?contents|in this issue|inside(?: this issue)?)\b", re.IGNORECASE)
PAGE_NUMBER = re.compile(r"^[0-9]{1,4}$")
PAGE_REFERENCE = re.compile(r"^p\. ?\d{1,4}\b|\bp\. ?\d{1,4}$|[.\u2026] ?\d{1,4}$")
NAMEPLATE = 6  # pieces among which the periodical's name stands
NAMEPLATE_SIZE = 1.6  # of the body's size: the name is larger
TORN = 3.0  # of the size: a gap this wide inside a line belongs to a table, or to columns that were not parted
TORN_LINES = 5  # lines of a page with such gaps before it is worth a look
GUESS_SHOWN = 40  # characters


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
    boxes: dict[int, list[BoxedRows]] = field(default_factory=dict)
    addresses: dict[int, tuple[str, ...]] = field(default_factory=dict)
    sizes: list[tuple[float, float]] = field(default_factory=list)
    labels: dict[int, int] = field(default_factory=dict)

    def add(self, page: PrintedPage) -> None:
        """Keep what the layout needs of a page."""
        rows, boxes = boxed(rows_of(page.glyphs, page.links), page.boxes, page.width, page.height)
        self.rows.append(PageRows(page.number, page.height, tuple(rows)))
        if boxes:
            self.boxes[page.number] = boxes
        self.addresses[page.number] = tuple(link.url for link in page.links)
        self.sizes.append((round(page.width, 2), round(page.height, 2)))
        # A label may be any text, even "²" or five thousand digits.
        if page.label and PAGE_NUMBER.match(page.label):
            self.labels[page.number] = int(page.label)


def laid_out(store: PageStore) -> LaidOut:
    """Return the pieces of all pages in reading order."""
    plain = cleared(store.rows)
    body = body_size([page.rows for page in plain.pages])
    findings: list[Finding] = []
    lines: list[Line] = []
    asides = _aside_lines(store, body)
    column = 0
    for page in plain.pages:
        columns = columns_of(with_drop_caps(page.rows, body), body)
        page_lines = lines_of(columns, page.number, column)
        side = _side_contents(page_lines) if page.number <= CONTENTS_PAGES else []
        if side:
            asides.append(_Aside("contents", tuple(side)))
            page_lines = [line for line in page_lines if line.column != side[0].column]
        column += len(columns)
        footnotes = without_footnotes(page_lines, body, page.height)
        asides += [_Aside("footnote", note) for note in footnotes.notes]
        lines += footnotes.lines
        if _torn(page_lines) or len(page.rows) > MAX_ROWS:
            findings.append(_order_unsure(page.number))
    known = vocabulary(line.text for line in [*lines, *(line for aside in asides for line in aside.lines)])
    builder = _Builder(store, known, findings)
    pieces = _with_asides(builder.pieces(line_groups(lines)), [builder.aside(aside) for aside in asides], body)
    if plain.furniture:
        findings.append(_furniture_dropped(plain.furniture))
    printed = plain.printed or store.labels
    facts = PageFacts(len(store.sizes), tuple(store.sizes), plain.furniture, printed)
    return LaidOut(tuple(pieces), facts, tuple(findings))


@dataclass(frozen=True, slots=True)
class _Aside:
    kind: str
    lines: tuple[Line, ...]


def _aside_lines(store: PageStore, body: float) -> list[_Aside]:
    """Return the boxes' lines; a box in front that holds page references is the contents."""
    asides: list[_Aside] = []
    for number, boxes in store.boxes.items():
        for box in boxes:
            lines = lines_of(columns_of(box.rows, body), number, -1)
            front = number <= CONTENTS_PAGES and is_contents([line.text for line in lines])
            asides.append(_Aside("contents" if front else "sidebar", tuple(lines)))
    return asides


def _side_contents(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a column that holds nothing but contents, if the page has one."""
    columns: dict[int, list[Line]] = {}
    for line in lines:
        columns.setdefault(line.column, []).append(line)
    for found in columns.values():
        marks = [at for at, line in enumerate(found) if PAGE_REFERENCE.search(line.text)]
        if len(columns) > 1 and len(marks) >= LEAST_ENTRIES and marks[0] < ENTRY_LINES > len(found) - marks[-1]:
            return found if all(b - a <= ENTRY_LINES for a, b in pairwise(marks)) else []
    return []


def is_contents(rows: Sequence[str]) -> bool:
    """Tell whether rows are a table of contents: its heading, or two page references."""
    headed = any(CONTENTS_HEADING.match(row) for row in rows[:2])
    return headed or sum(bool(PAGE_REFERENCE.search(row)) for row in rows) > 1


class _Builder:
    """Makes pieces of paragraphs."""

    def __init__(self, store: PageStore, known: Vocabulary, findings: list[Finding]) -> None:
        self._addresses, self._known, self._findings = store.addresses, known, findings

    def pieces(self, paragraphs: Sequence[LineGroup]) -> list[Piece]:
        """Return one piece for each paragraph; one that goes on in the next column is joined here.

        Joining must come before the text: the hyphen at a column's end needs both lines.
        """
        return [self._piece(lines, continues) for lines, continues in _rejoined(paragraphs)]

    def aside(self, aside: _Aside) -> list[Piece]:
        """Return a box as one piece, the contents as one for each way its lines are set."""
        parts = [p.lines for p in line_groups(aside.lines)] if aside.kind == "contents" else [aside.lines]
        return [replace(self._piece(lines, None), aside=aside.kind) for lines in parts]

    def _piece(self, lines: Sequence[Line], continues: bool | None) -> Piece:
        joined = join_lines(lines, self._addresses, self._known)
        self._findings.extend(_hyphen_guessed(guess) for guess in joined.guesses)
        return Piece(
            text=joined.text,
            rows=tuple(line.text for line in lines),
            links=joined.links,
            style=style_of(word for line in lines for word in line.words),
            regions=_regions(lines),
            continues=continues,
            italics=joined.italics,
        )


def _rejoined(paragraphs: Sequence[LineGroup]) -> Iterable[tuple[tuple[Line, ...], bool | None]]:
    """Yield the lines of each paragraph, with those of its parts in later columns."""
    open_lines: list[Line] = []
    continues: bool | None = None
    for paragraph in paragraphs:
        if open_lines and paragraph.continues:
            open_lines += paragraph.lines
            continue
        if open_lines:
            yield tuple(open_lines), continues
        open_lines, continues = list(paragraph.lines), paragraph.continues
    if open_lines:
        yield tuple(open_lines), continues


def _regions(lines: Sequence[Line]) -> tuple[Region, ...]:
    """Return one box for each column of each page that the lines touch, in points rounded to hundredths."""
    groups: dict[tuple[int, int], list[Line]] = {}
    for line in lines:
        groups.setdefault((line.page, line.column), []).append(line)
    return tuple(
        Region(
            page,
            (
                round(min(line.x0 for line in group), 2),
                round(min(line.top for line in group), 2),
                round(max(line.x1 for line in group), 2),
                round(max(line.bottom for line in group), 2),
            ),
        )
        for (page, _), group in groups.items()
    )


def _with_asides(pieces: list[Piece], asides: list[list[Piece]], body: float) -> list[Piece]:
    """Put contents before the text of their page and each other box after the paragraph it interrupts."""
    placed = list(pieces)
    for aside in asides:
        region = aside[0].regions[0]
        contents = aside[0].aside == "contents"
        at = PLACES[aside[0].aside or ""](placed, region)
        if contents and region.page == 1:
            at = at or _nameplate_end(placed, body)
            placed[:at] = [replace(piece, aside=piece.aside or "masthead") for piece in placed[:at]]
        placed[at:at] = aside
    return placed


def _place_of_contents(pieces: Sequence[Piece], region: Region) -> int:
    """Return the place after the last piece that stands wholly above the contents, before their page's text."""
    for at, piece in enumerate(pieces):
        place = piece.regions[0]
        if place.page > region.page or (place.page == region.page and place.bbox[3] > region.bbox[1]):
            return at
    return len(pieces)


def _nameplate_end(pieces: Sequence[Piece], body: float) -> int:
    """Return the number of pieces up to the largest of the first few: the periodical's name beside the contents."""
    front = [piece.style.size if piece.style else 0.0 for piece in pieces[:NAMEPLATE] if piece.page == 1]
    return front.index(max(front)) + 1 if front and max(front) > NAMEPLATE_SIZE * body else 0


def _place_of_box(pieces: Sequence[Piece], region: Region) -> int:
    """Return the place after the last piece above the box in its own columns, or at the end of its page."""
    place, last = 0, 0
    for at, piece in enumerate(pieces, start=1):
        for part in piece.regions:
            if part.page < region.page:
                last = at
            above = part.page == region.page and part.bbox[1] <= region.bbox[1]
            if above and part.bbox[0] < region.bbox[2] and part.bbox[2] > region.bbox[0]:
                place = at
    return place or last


def _place_of_footnote(pieces: Sequence[Piece], region: Region) -> int:
    """Return the place after the last piece that begins on the footnote's page or before it."""
    starts = (at for at, piece in enumerate(pieces) if piece.regions[0].page > region.page)
    return next(starts, len(pieces))


PLACES: dict[str, Callable[[Sequence[Piece], Region], int]] = {
    "contents": _place_of_contents,
    "sidebar": _place_of_box,
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
    return Finding("reading_order_unsure", f"Page {page} has a layout the reader does not know: check its order.")


def _furniture_dropped(furniture: Sequence[str]) -> Finding:
    shown = "; ".join(furniture[:6])
    return Finding("furniture_dropped", f"Left out as running heads and feet: {shown}.", severity="info")


def _hyphen_guessed(guess: str) -> Finding:
    return Finding("hyphen_guessed", f"A hyphen at a line's end was a guess: {guess[:GUESS_SHOWN]}.", severity="info")
