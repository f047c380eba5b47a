"""Short stretches of a text around its hits, each holding the hits it is shown for. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    Span = tuple[int, int]

LONGEST = 260  # code points of a snippet; a hit that is longer is shown whole
BEFORE = 80  # code points before its first hit, at most
DOTS = "…"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; a hit is marked."""

    text: str
    is_hit: bool = False


def snippet_of(text: str, hits: Sequence[Span], *, first: int = 0, longest: int = LONGEST) -> tuple[Piece, ...]:
    """Return the stretch of `text` around the hit numbered `first` (from 0), with all hits that lie in it whole.

    `hits` are half-open, in order and disjoint. A stretch begins and ends between words where it can; what is left out
    is told by dots. Without hits it is the beginning of the text.
    """
    start, end = _stretch(text, hits[first] if hits else (0, 0), longest)
    inside = [(max(begin, start), stop) for begin, stop in hits if begin >= start and stop <= end]
    pieces, at = ([Piece(DOTS)] if text[:start].strip() else []), start
    for begin, stop in inside:
        pieces += [Piece(text[at:begin])] if begin > at else []
        pieces.append(Piece(text[begin:stop], is_hit=True))
        at = stop
    pieces += [Piece(text[at:end])] if end > at else []
    return (*pieces, *([Piece(DOTS)] if text[end:].strip() else []))


def _stretch(text: str, hit: Span, longest: int) -> Span:
    if len(text) <= longest:
        return 0, len(text)
    begin, stop = hit
    start = max(0, min(begin - BEFORE, len(text) - longest))
    if stop - start > longest:
        start = max(0, min(begin, stop - longest))
    end = min(len(text), max(start + longest, stop))
    return _to_word_begin(text, start, begin), _to_word_end(text, end, stop)


def _to_word_begin(text: str, at: int, latest: int) -> int:
    """Return the first beginning of a word from here on, as far as it lies before the hit; else here."""
    if at == 0:
        return 0
    blank = next((place for place in range(at - 1, latest) if text[place].isspace()), None)
    return at if blank is None else min(blank + 1, latest)


def _to_word_end(text: str, at: int, earliest: int) -> int:
    if at >= len(text):
        return len(text)
    blank = next((place for place in range(at, earliest - 1, -1) if text[place].isspace()), None)
    return at if blank is None else max(blank, earliest)
