"""Running heads, feet and page numbers: rows at the edge of the page that come again on others.

They are left out of the text and kept as a list; what they print (the page's own number, the issue's date) is read
first.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from monitor.ingest.layout.cutouts import segments
from monitor.ingest.layout.lines import ends_sentence
from monitor.ingest.layout.lone_heads import LoneHeads, slot_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.ingest.pdf.printed_page import Box
    from monitor.ingest.pdf.words import Row

EDGE = 0.11  # of the page's height, at the top and at the bottom
LONGEST = 200  # characters; a running head is short
LONGEST_ALONE = 25  # letters; a longer row at the edge that does not come again is text
ENOUGH_PAGES = 4  # show where the text of an issue begins and ends
MOST_LINES = 8  # of one text at the edge; more of them are no furniture, though all come again
LARGEST = 1.6  # of the body's size: what is larger is a name or a title, even if it comes again
LEVEL = 0.8  # of the size: text whose baseline is no farther off stands beside a row
NUMBER = re.compile(r"\d{1,4}")
# A page's number by itself ("12", "- 12 -", "Page 2 of 9"); never "2021).", which ends a paragraph.
LONE_NUMBER = re.compile(
    r"^[-\u2013\u2014\u00b7\u2022| ]{0,6}(?:[Pp]age |[Pp]\. ?)?(\d{1,4}|[ivxl]{1,6})(?: (?:of|/) \d{1,4})?"
    r"[-\u2013\u2014\u00b7\u2022| ]{0,6}$"
)
MOST_VOTES, MOST_FOLIOS = 40, 2  # pages that a row is compared with; numbers of a page, or a spread
# Notes so short that they differ by their number alone, as a foot does.
SHORTEST_END = 12  # letters
SHORT_NOTE = re.compile(r"^\[?\d{1,3}[\].]{0,2} ?(?:ibid|idem|id\.|see |cf\.|op\. ?cit)", re.IGNORECASE)
NOTE = re.compile(r"^\[?\d{1,3}[\].]{0,2} ")
SAME_SIZE, SAME_EDGE, NEXT_LINE = 0.2, 2.0, 1.45  # points; of the size: from line to line of one text
COLUMNS_APART = 0.6  # of the size: white that may be a gutter
FIRST_OR_LAST = re.compile(r"^(\d{1,4})\b|\b(\d{1,4})$")


@dataclass(frozen=True, slots=True)
class PageRows:
    """A page's rows, from top to bottom, with its height in points."""

    number: int
    height: float
    rows: tuple[Row, ...]
    boxes: tuple[Box, ...] = ()  # beside the text: a number in one of them may be anything
    tables: tuple[Box, ...] = ()  # drawn with rules: the head of one may come again on the next page


@dataclass(frozen=True, slots=True)
class Cleared:
    """Pages without their furniture, what was taken away, and the numbers the pages print."""

    pages: tuple[PageRows, ...]
    furniture: tuple[str, ...]  # as printed, each once, in order
    printed: dict[int, int]  # physical page -> printed number


def cleared(pages: Sequence[PageRows]) -> Cleared:
    """Take the furniture off all pages of an issue."""
    repeated = _Repeated(pages)
    kept_pages: list[PageRows] = []
    furniture: dict[str, None] = {}
    folios: dict[int, list[int]] = {}
    for page in pages:
        kept: list[Row] = []
        for row in page.rows:
            text = row.text
            edge = _at_edge(row, page.height) and not repeated.is_among_text(page, row)
            edge = edge and not _is_in(page.tables, row)
            if edge and (_is_folio(page, row, text) or repeated.holds(page, row, text)):
                furniture[text] = None
                folios.setdefault(page.number, []).extend(_numbers(text))
            else:
                kept.append(row)
        kept_pages.append(replace(page, rows=tuple(kept)))
    return Cleared(tuple(kept_pages), tuple(furniture), _printed(folios))


def _at_edge(row: Row, height: float) -> bool:
    return row.top < EDGE * height or row.base > (1 - EDGE) * height


def _is_folio(page: PageRows, row: Row, text: str) -> bool:
    """Tell whether a row is a page's number by itself; in a box it may be one of the contents."""
    if not LONE_NUMBER.match(text):
        return False
    return not _is_in(page.boxes, row)


def _is_in(places: Sequence[Box], row: Row) -> bool:
    return any(box.x0 <= row.x0 and row.x1 <= box.x1 and box.top <= row.base <= box.bottom for box in places)


def _key(text: str) -> tuple[str, ...]:
    """Return what two pages' furniture shares: left and right pages set the same words in another order."""
    return tuple(sorted(NUMBER.sub("#", text).casefold().split()))


def _digits(text: str) -> list[int]:
    return [int(number) for number in NUMBER.findall(text)]


def _are_of_one_foot(one: tuple[int, list[int]], other: tuple[int, list[int]]) -> bool:
    """Tell whether the numbers on two pages, in a row of the same words, differ as the pages' own numbers do.

    Footnotes that cite one work again and again differ by their own numbers, and by those of what they cite.
    """
    if one[1] == other[1]:
        return True
    left, right = Counter(one[1]), Counter(other[1])
    mine, theirs = sorted((left - right).elements()), sorted((right - left).elements())
    if len(mine) != len(theirs) or len(mine) > MOST_FOLIOS:
        return False
    pages = one[0] - other[0]
    # A spread has two numbers for each of its pages, and counts by twos.
    return all(a - b in {pages, 2 * pages} for a, b in zip(mine, theirs, strict=True))


class _Repeated:
    """Knows which rows at the edges come again, and where on the page such rows stand."""

    def __init__(self, pages: Sequence[PageRows]) -> None:
        self._needed = min(3, max(2, len(pages) - 1))
        self._votes: dict[tuple[str, ...], dict[int, list[int]]] = defaultdict(dict)
        self._counted: dict[tuple[int, str], int] = {}
        rows = [(page, row, row.text) for page in pages for row in page.rows if _at_edge(row, page.height)]
        for page, _, text in rows:
            if len(text) <= LONGEST:
                self._votes[_key(text)].setdefault(page.number, _digits(text))
        self._lone = LoneHeads([(page.number, page.rows) for page in pages])
        self._outer = {page.number: _outermost(page.rows) for page in pages}
        self._slots = {slot_of(row) for page, row, text in rows if self._voted(page, row, text)}
        self._text: dict[int, tuple[float, float]] = {page.number: (page.height, 0.0) for page in pages}
        for page, row, text in rows:
            if len(text) > LONGEST_ALONE and not self.holds(page, row, text):
                top, bottom = self._text[page.number]
                self._text[page.number] = (min(top, row.base), max(bottom, row.base))
        self._area = _text_area([edges for edges in self._text.values() if edges[1]])

    def is_among_text(self, page: PageRows, row: Row) -> bool:
        """Tell whether text stands beside a row, or between it and the edge of the page, here or on other pages."""
        (top, bottom), reach = self._text[page.number], LEVEL * row.size
        if row.base < page.height / 2:
            return min(top, self._area[0]) < row.base + reach
        return max(bottom, self._area[1]) > row.base - reach

    def holds(self, page: PageRows, row: Row, text: str) -> bool:
        """Tell whether a row is furniture: it comes again, or stands exactly where that of other pages does."""
        if row.size > LARGEST * self._lone.body or _is_sentence(text):
            return False
        if self._voted(page, row, text):
            # The last lines of a text, or of its notes, may read like those of another page.
            inner, inwards = row, 1 if row.base < page.height / 2 else -1
            for _ in range(MOST_LINES):
                if not (near := _next_line(page, inner, inwards)):
                    return True
                if (found := next((line for line in near if self._voted(page, line, line.text)), None)) is None:
                    return False
                inner = found
            return False
        if row not in self._outer[page.number] or len(text) > LONGEST:
            return False
        return slot_of(row) in self._slots or self._lone.holds(page.number, row, text)

    def _voted(self, page: PageRows, row: Row, text: str) -> bool:
        # The first or last text of a page needs two pages only: left and right heads of four pages are two each.
        if _is_sentence(text):
            return False
        votes = self._votes_for(page.number, text)
        return votes >= self._needed or (votes > 1 and row in self._outer[page.number])

    def _votes_for(self, page: int, text: str) -> int:
        """Return on how many pages a text comes again, this one included; no more are counted than are needed."""
        found = self._counted.get((page, text))
        if found is None:
            here = (page, _digits(text))
            others = islice(self._votes[_key(text)].items(), MOST_VOTES)
            alike = (other for other in others if other[0] != page and _are_of_one_foot(here, other))
            found = self._counted[page, text] = 1 + len(list(islice(alike, self._needed)))
        return found


def _is_sentence(text: str) -> bool:
    """Tell whether a row is a note, or the end of a sentence, which may well come again."""
    within = text[:1].islower() or NOTE.match(text)
    return SHORT_NOTE.match(text) is not None or bool(within and len(text) > SHORTEST_END and ends_sentence(text))


def _next_line(page: PageRows, row: Row, inwards: int) -> list[Row]:
    """Return the next line of a row's column, whole and cut at gutters; none without one. `inwards` is 1 down, -1 up.

    Rows run over all columns; between the two may stand lines of others, which begin at other heights.
    """
    near = [other for other in page.rows if 0 < inwards * (other.base - row.base) <= NEXT_LINE * row.size]
    for other in sorted(near, key=lambda other: inwards * other.base):
        if found := [part for part in (other, *segments(other, COLUMNS_APART)) if _are_one_text(row, part)]:
            return found
    return []


def _are_one_text(row: Row, inner: Row) -> bool:
    """Tell whether two rows not far from each other are set alike, one below the other."""
    if row.words[0].font != inner.words[0].font or abs(row.size - inner.size) > SAME_SIZE:
        return False
    over = inner.x0 < row.x1 and inner.x1 > row.x0
    return abs(row.x0 - inner.x0) <= SAME_EDGE or (NOTE.match(row.text) is not None and over)


def _outermost(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the first and the last row of a page that are more than its number."""
    texts = [row for row in rows if not LONE_NUMBER.match(row.text)]
    return (texts[0], texts[-1]) if texts else ()


def _text_area(pages: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return between which baselines the text of most pages stands; nothing where there are too few of them."""
    if len(pages) < ENOUGH_PAGES:
        return float("inf"), 0.0
    place = len(pages) // 4
    return sorted(top for top, _ in pages)[place], sorted((bottom for _, bottom in pages), reverse=True)[place]


def _numbers(text: str) -> list[int]:
    """Return the numbers that may be the page's: alone, or first or last in the row."""
    lone = LONE_NUMBER.match(text)
    if lone:
        return [int(lone[1])] if lone[1].isdigit() else []
    return [int(first or last) for first, last in FIRST_OR_LAST.findall(text)]


def _printed(folios: dict[int, list[int]]) -> dict[int, int]:
    """Return the printed number of each page: the run (number - page) that most pages agree on."""
    shifts: dict[int, int] = defaultdict(int)
    for page, numbers in folios.items():
        for shift in {number - page for number in numbers}:
            shifts[shift] += 1
    if not shifts:
        return {}
    shift = max(shifts, key=lambda s: (shifts[s], -abs(s)))
    agreeing = {page: page + shift for page, numbers in folios.items() if page + shift in numbers}
    return agreeing if len(agreeing) > 1 or len(folios) == 1 else {}
