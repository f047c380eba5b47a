"""Glyphs of a page to words and rows: what stands on one baseline, from left to right, over the whole page.

Rows go by baseline, never by the boxes' lower edges: a fallback font for one letter (an H with a dot below) has another descent, and
the letter would fall out of its word.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from monitor.ingest.printed_page import Glyph, PageLink

SPACE = 0.18  # of the size: a wider gap parts two words
LOOSE = 0.10  # of the size: a wider median gap between letters means letter-spacing
BASELINE = 0.25  # of the size (held between 4 and 14 points): letters this near stand on one row
SMALL = 0.78  # of its neighbour's size: below it a digit may be a superscript
SMALL_RAISED = 0.88  # the same where it stands in a row of its own, so much higher that nothing else can be meant
RAISED = 0.08  # of its neighbour's size: above it it is one
REACH = 0.8  # of the host's size: how far a superscript's baseline may lie above its row's
BESIDE = 0.6  # of the host's size: how far it may stand from the letter before it
NO_LINK = -1
SOFT = "\u00ad"
DIGITS = re.compile(r"^[0-9]{1,3}(?:[,\u2013-][0-9]{1,3}){0,4}[,;]?$")
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
UNITS = frozenset({"km", "m", "cm", "mm", "mi", "ft", "in", "yd", "ha", "sq", "CO", "H"})


class Word(NamedTuple):
    """Letters of one font and size without a gap; `glued` to the word before it where no space stands between."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    base: float
    size: float
    font: str
    glued: bool = False
    link: int = NO_LINK  # index among the page's links
    marker: bool = False  # a raised note number, `text` its digits


@dataclass(slots=True)
class Row:
    """Words on one baseline."""

    words: list[Word] = field(default_factory=list)

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)

    @property
    def base(self) -> float:
        return max(self.words, key=lambda word: word.size).base

    @property
    def size(self) -> float:
        """Return the largest size in the row, in points."""
        return max(word.size for word in self.words)

    @property
    def text(self) -> str:
        return joined(self.words)


@lru_cache(maxsize=1024)
def is_bold(font: str) -> bool:
    """Tell from a font's name whether it is bold."""
    return any(part in font.lower() for part in ("bold", "black", "heavy", "semibold", "demi"))


@lru_cache(maxsize=1024)
def is_italic(font: str) -> bool:
    """Tell from a font's name whether it is italic."""
    return any(part in font.lower() for part in ("ital", "obli"))


@lru_cache(maxsize=1024)
def family(font: str) -> str:
    """Return a font's family: its name without the style."""
    return re.split(r"[-,]", font, maxsplit=1)[0]


def joined(words: Iterable[Word]) -> str:
    """Return the words as text, markers as `[n]`."""
    return "".join(("" if word.glued else " ") + shown(word) for word in words).strip()


def shown(word: Word) -> str:
    """Return a word as it is read: a raised note number in brackets."""
    if not word.marker:
        return word.text
    numbers = re.split(r"[,;]", word.text.rstrip(",;"))
    return "".join(f"[{number}]" for number in numbers)


def rows_of(glyphs: Sequence[Glyph], links: Sequence[PageLink] = ()) -> list[Row]:
    """Return the page's rows from top to bottom."""
    owners = _LinkMap(links)
    rows = [Row(words) for group in _baselines(glyphs) if (words := _words(group, owners))]
    return _with_superscripts(rows)


def _baselines(glyphs: Sequence[Glyph]) -> Iterable[list[Glyph]]:
    """Group glyphs that share a baseline, from the top down."""
    row: list[Glyph] = []
    first = tolerance = 0.0
    for glyph in sorted(glyphs, key=lambda g: g.base):
        if row and glyph.base - first > tolerance:
            yield row
            row = []
        if not row:
            first = glyph.base
            tolerance = BASELINE * min(max(glyph.size, 4.0), 14.0)
        row.append(glyph)
    if row:
        yield row


class _LinkMap:
    """Finds the link under a glyph; few links a page, looked up by height first."""

    def __init__(self, links: Sequence[PageLink]) -> None:
        self._links = sorted(((link.top, index, link) for index, link in enumerate(links)), key=lambda x: x[0])
        self._tops = [top for top, _, _ in self._links]
        self._tallest = max((link.bottom - link.top for link in links), default=0.0)

    def near(self, row: Sequence[Glyph]) -> list[tuple[int, PageLink]]:
        """Return the links that may lie under a row."""
        if not self._links:
            return []
        top, bottom = min(g.top for g in row), max(g.bottom for g in row)
        start = bisect_left(self._tops, top - self._tallest - 1)
        end = bisect_left(self._tops, bottom + 1)
        return [(index, link) for _, index, link in self._links[start:end]]


def _under(glyph: Glyph, links: list[tuple[int, PageLink]]) -> int:
    """Return which of `links` the glyph's centre lies in, with a point of slack."""
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
    for index, link in links:
        if link.x0 - 1 <= x <= link.x1 + 1 and link.top - 1 <= y <= link.bottom + 1:
            return index
    return NO_LINK


def _words(group: list[Glyph], owners: _LinkMap) -> list[Word]:
    """Cut one row's glyphs into words."""
    group.sort(key=lambda g: g.x0)
    links = owners.near(group)
    letters = _without_twins(group)
    gap_limit = _gap_limit(letters)
    words: list[Word] = []
    part: list[Glyph] = []
    part_link, glued, blank = NO_LINK, False, False
    for glyph in letters:
        if glyph.text == " ":
            blank = True
            continue
        link = _under(glyph, links) if links else NO_LINK
        if part:
            last = part[-1]
            apart = blank or glyph.x0 - last.x1 > gap_limit * max(glyph.size, last.size)
            if apart or link != part_link or glyph.font != last.font or _other_height(glyph, last):
                words.append(_word(part, part_link, glued=glued))
                part, glued = [], not apart
        part.append(glyph)
        part_link, blank = link, False
    if part:
        words.append(_word(part, part_link, glued=glued))
    return _same_row_markers(words)


def _other_height(glyph: Glyph, last: Glyph) -> bool:
    return abs(glyph.size - last.size) > 0.15 * last.size or abs(glyph.base - last.base) > RAISED * last.size


def _without_twins(group: list[Glyph]) -> list[Glyph]:
    """Drop letters printed twice at one place: how some files make bold."""
    kept: list[Glyph] = []
    for glyph in group:
        if kept and glyph.text != " ":
            last = kept[-1]
            if glyph.text == last.text and glyph.x0 - last.x0 < 0.3 * (last.x1 - last.x0):
                continue
        kept.append(glyph)
    return kept


def _gap_limit(letters: list[Glyph]) -> float:
    """Return the gap that parts words, in sizes: wider where a whole title is letter-spaced."""
    gaps = sorted((b.x0 - a.x1) / a.size for a, b in itertools.pairwise(letters) if a.text != " " != b.text)
    if len(gaps) < 4:
        return SPACE
    median = gaps[len(gaps) // 2]
    return SPACE + median if median > LOOSE else SPACE


def _word(part: list[Glyph], link: int, *, glued: bool) -> Word:
    first = part[0]
    text = "".join(glyph.text for glyph in part)
    if not text.isascii():
        # A soft hyphen inside a line is a hyphen: the font calls the one glyph it has for both by one name.
        text = unicodedata.normalize("NFC", text[:-1].replace(SOFT, "-") + text[-1:])
    return Word(
        text=text,
        x0=first.x0,
        x1=max(glyph.x1 for glyph in part),
        top=min(glyph.top for glyph in part),
        bottom=max(glyph.bottom for glyph in part),
        base=first.base,
        size=first.size,
        font=first.font,
        glued=glued,
        link=link,
    )


def _same_row_markers(words: list[Word]) -> list[Word]:
    """Mark raised digits whose baseline is still within the row's tolerance, and digits raised by the font."""
    marked: list[Word] = []
    for word in words:
        marked += _with_font_superscript(word)
        if len(marked) < 2:
            continue
        host, last = marked[-2], marked[-1]
        small = last.size < SMALL * host.size and host.base - last.base > RAISED * host.size
        if small and last.glued and _is_note_number(last, host):
            marked[-1] = last._replace(marker=True)
    return marked


def _with_font_superscript(word: Word) -> list[Word]:
    """Part a word from superscript letters of the font at its end ("winter.¹"), or before it ("¹See")."""
    leading = len(word.text) - len(word.text.lstrip("⁰¹²³⁴⁵⁶⁷⁸⁹"))
    if 0 < leading < len(word.text):
        cut = word.x0 + (word.x1 - word.x0) * leading / (len(word.text) + 1)
        label = word._replace(text=word.text[:leading].translate(SUPERSCRIPTS), x1=cut, marker=True)
        return [label, word._replace(text=word.text[leading:], x0=cut, glued=False)]
    digits = len(word.text) - len(word.text.rstrip("⁰¹²³⁴⁵⁶⁷⁸⁹"))
    if not digits or digits == len(word.text):
        return [word]
    stem, raised = word.text[:-digits], word.text[-digits:].translate(SUPERSCRIPTS)
    cut = word.x1 - (word.x1 - word.x0) * digits / (len(word.text) + 1)
    host = word._replace(text=stem, x1=cut)
    marker = word._replace(text=raised, x0=cut, glued=True)
    return [host, marker._replace(marker=True)] if _is_note_number(marker, host) else [word]


def _is_note_number(word: Word, host: Word) -> bool:
    """Tell a note's number from an exponent ("km²", "10⁶")."""
    return bool(DIGITS.match(word.text)) and not host.text[-1:].isdigit() and host.text not in UNITS


def _with_superscripts(rows: list[Row]) -> list[Row]:
    """Move small raised (or lowered) words from rows of their own into the rows they belong to."""
    for index, row in enumerate(rows):
        small = [word for word in row.words if DIGITS.match(word.text)]
        if not small:
            continue
        kept: list[Word] = []
        for word in row.words:
            place = _host(rows, index, word) if word in small else None
            if place is None:
                kept.append(word)
                continue
            target, at, host = place
            number = host.base > word.base and _is_note_number(word, host)
            gap = word.x0 - host.x1 if host.x0 < word.x0 else 0.0
            glued = number or gap < SPACE * host.size
            words = rows[target].words
            words.insert(at, word._replace(marker=number, glued=glued))
            following = words[at + 1] if at + 1 < len(words) else None
            if following and not number and following.x0 - word.x1 < SPACE * host.size:
                words[at + 1] = following._replace(glued=True)
        row.words = kept
    return [row for row in rows if row.words]


def _host(rows: list[Row], index: int, word: Word) -> tuple[int, int, Word] | None:
    """Return the row, the place in it and the word that the small `word` of row `index` belongs to."""
    for step in (1, 2, 3, -1):
        target = index + step
        if not 0 <= target < len(rows) or not rows[target].words:
            continue
        words = rows[target].words
        at = bisect_left([other.x0 for other in words], word.x0)
        before = words[at - 1] if at else None
        if before and _belongs(word, before) and word.x0 - before.x1 <= BESIDE * before.size:
            return target, at, before
        # A note's own number at the start of its line is raised too, with nothing before it.
        after = words[at] if at < len(words) else None
        leads = after and after.base > word.base and _belongs(word, after)
        if after and leads and 0 <= after.x0 - word.x1 <= BESIDE * after.size:
            return target, at, after
    return None


def _belongs(word: Word, host: Word) -> bool:
    rise = host.base - word.base
    small = SMALL_RAISED if rise > BASELINE * host.size else SMALL
    return word.size < small * host.size and -0.35 * host.size <= rise <= REACH * host.size
