"""What a selection takes of a text: whole words, nothing of the paragraph after it. Pure; offsets are code points."""

from __future__ import annotations

import re
from dataclasses import dataclass
from unicodedata import combining

from monitor.annotations.anchoring.word_edges import whole_words

CONTEXT = 48  # code points kept before and after the words, to tell this place from others like it
MARKER = re.compile(r"\[\d{1,4}\]")
LONGEST_MARKER = 6
LONGEST_WORD = 60  # code points; what is longer is no word, and cut where it was cut


@dataclass(frozen=True, slots=True)
class Passage:
    """`text[start:end]` and the words around it."""

    start: int
    end: int
    quote: str
    prefix: str
    suffix: str


def take_passage(text: str, start: int, end: int) -> Passage | None:
    """Return the passage a selection of `text[start:end]` means, or None if it holds no words.

    Blanks at its ends are left out, and with them the paragraph whose first letter a triple click stops before. Words
    and note markers cut in two are taken whole. Offsets outside the text are clipped.
    """
    start, end = _trimmed(text, max(start, 0), min(end, len(text)))
    if start >= end:
        return None
    start, end = _whole_marker(text, *_widened(text, start, end))
    return Passage(start, end, text[start:end], text[max(start - CONTEXT, 0) : start], text[end : end + CONTEXT])


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _widened(text: str, start: int, end: int) -> tuple[int, int]:
    """Take words whole; after an accent of theirs they may go on."""
    wider = _whole_letters(text, *whole_words(text, start, end, reach=LONGEST_WORD))
    while wider != (start, end):
        start, end = wider
        wider = _whole_letters(text, *whole_words(text, start, end, reach=LONGEST_WORD))
    return wider


def _whole_letters(text: str, start: int, end: int) -> tuple[int, int]:
    """Take accents with their letters."""
    while start > 0 and combining(text[start]):
        start -= 1
    while end < len(text) and combining(text[end]):
        end += 1
    return start, end


def _whole_marker(text: str, start: int, end: int) -> tuple[int, int]:
    left, right = max(start - LONGEST_MARKER, 0), end + LONGEST_MARKER
    for found in MARKER.finditer(text, left, right):
        if found.start() < start < found.end():
            start = found.start()
        if found.start() < end < found.end():
            end = found.end()
    return start, end
