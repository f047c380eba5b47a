"""Running heads that come too seldom to be voted on: an issue of four pages prints its left head once or twice.

Such a row stands apart from the text at the very edge of its page, and says what the first page says of the issue, or
stands where the rows of other pages do that no text ever reaches.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from monitor.ingest.pdf.words import is_bold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from monitor.ingest.pdf.words import Row

APART = 1.6  # of the size: running heads stand farther from the text than its lines from each other
LARGER = 1.12  # of the body's size: titles are, running heads are not
SMALLER = 0.4  # points below the body's size
LEAST_LETTERS, LEAST_PART = 6, 3  # letters of a row and of each part of it, to be found on the first page
PARTS = re.compile(r"[^\w\s,.:;'\u2019&-]|[|]|\s{2,9}")
# Rows of the contents: with their page behind or before them, or under a page by itself.
LISTED = re.compile(r"\D\d{1,3}$|^(?:pp?\. ?)?\d{1,3}\.? {0,3}[^\W\d_]")
PAGE_ALONE = re.compile(r"^(?:pp?\.|page)? ?\d{1,3}\.?$", re.IGNORECASE)
ISSUE = re.compile(r"(?:issue|number|numero|no|nr|vol|volume|[a-z]{3,9}day,? [a-z]{3,9})\W{0,3}\d{1,3}$", re.IGNORECASE)
NO_LETTERS = re.compile(r"[\W\d_]+")

Slot = tuple[int, float, str]


def letters_of(text: str) -> str:
    """Return the letters of a text, in small ones."""
    return NO_LETTERS.sub("", text).casefold()


class LoneHeads:
    """Knows what the first page says, and how the edges of the other pages are set."""

    def __init__(self, pages: Sequence[tuple[int, Sequence[Row]]]) -> None:
        """Take the rows of all pages, from top to bottom, with the pages' numbers."""
        self._front = pages[0][0] if pages else 0
        front = pages[0][1] if pages else ()
        self._said = " ".join(letters_of(row.text) for row in front)
        texts = [row.text for row in front]
        self._listed = [letters_of(text) for text in texts if LISTED.search(text) and not ISSUE.search(text)]
        self._listed += [letters_of(text) for above, text in pairwise(texts) if PAGE_ALONE.match(above)]
        self.body, self._font = _commonest(row for _, rows in pages for row in rows)
        self._seen: defaultdict[Slot, set[int]] = defaultdict(set)
        self._apart: set[int] = set()
        for number, rows in pages:
            if number != self._front:
                for row, other in _edges(rows):
                    self._see(number, row, other)

    def _see(self, number: int, row: Row, other: Row) -> None:
        far = abs(other.base - row.base) >= APART * max(row.size, min(other.size, LARGER * row.size))
        if row.size > LARGER * self.body or not far:
            return
        self._apart.add(id(row))
        if row.size < self.body - SMALLER or not all(is_bold(word.font) for word in row.words):
            self._seen[slot_of(row)].add(number)

    def holds(self, number: int, row: Row, text: str) -> bool:
        """Tell whether a row at the edge of page `number` is a head."""
        if number == self._front or id(row) not in self._apart:
            return False
        own = row.words[0].font != self._font or row.size < self.body - SMALLER
        if row.size >= self.body - SMALLER and self._is_listed(text):
            return False
        return self._repeats_front(text) or (own and len(self._seen[slot_of(row)]) > 1)

    def _is_listed(self, text: str) -> bool:
        """Tell whether the contents print a text as a title."""
        wanted = letters_of(text)
        return len(wanted) >= LEAST_LETTERS and any(wanted in row[: len(wanted) + 1] for row in self._listed)

    def _repeats_front(self, text: str) -> bool:
        """Tell whether every part of a text stands on the first page."""
        pieces = [PARTS.split(text)]
        if any(character.isdecimal() for character in text):
            pieces.append(text.split(", "))  # "The Quay Letter, June 10, 2020"
        return any(self._says([part for piece in split if (part := letters_of(piece))]) for split in pieces)

    def _says(self, parts: Sequence[str]) -> bool:
        long = sum(map(len, parts)) >= LEAST_LETTERS
        return long and all(len(part) >= LEAST_PART and part in self._said for part in parts)


def slot_of(row: Row) -> Slot:
    """Return where a row stands and how it is set, whatever it says."""
    return round(row.base), round(row.size, 1), row.words[0].font


def _edges(rows: Sequence[Row]) -> Iterable[tuple[Row, Row]]:
    """Yield the first and the last row of a page that hold words, each with the row next to it."""
    worded = [row for row in rows if letters_of(row.text)]
    if len(worded) > 1:
        yield worded[0], worded[1]
        yield worded[-1], worded[-2]


def _commonest(rows: Iterable[Row]) -> tuple[float, str]:
    """Return the size and the font that most words have, the size to half a point."""
    counts: Counter[tuple[float, str]] = Counter()
    for row in rows:
        for word in row.words:
            counts[round(word.size * 2) / 2, word.font] += 1
    return max(counts, key=lambda kind: (counts[kind], kind), default=(10.0, ""))
