"""Glyphs of a page to words and rows: what stands on one baseline, from left to right, over the whole page.

Rows go by baseline, never by the boxes' lower edges: a fallback font for one letter (an H with a dot below) has another descent, and
the letter would fall out of its word.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from monitor.ingest.pdf.accents import with_accents
from monitor.ingest.pdf.bidi import clusters, has_rtl, reading_order
from monitor.ingest.pdf.raised import marked_in_row, numbers_of, with_raised_rows
from monitor.ingest.pdf.small_capitals import in_own_case
from monitor.ingest.pdf.spacing import apart_again, gap_limits, is_interleaved, is_swallowed, without_twins

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from monitor.ingest.pdf.printed_page import Glyph, PageLink

BASELINE = 0.25  # of the size (held between 4 and 14 points): letters this near stand on one row
OTHER_BASE = 0.08  # of its neighbour's size: a letter so much higher or lower is set apart
MOSTLY_ONCE = 0.7  # of a row's letters: fewer left without twins, and it was printed twice
# TeX's fonts tell their style by two letters or three; the bold Times and Palladio that come with it are called "Medi".
TEX_BOLD = re.compile(r"^(?:cm|sf|ec|la|tc)(?:ss|cs)?(?:bx|b|bxti|bxsl|sx)\d{1,4}$|^nimbus[a-z0-9]{1,20}-medi")
TEX_ITALIC = re.compile(r"^(?:cm|sf|ec|la|tc)(?:ss)?(?:bx|b)?(?:ti|sl|ssi|si|o|i)\d{1,4}$")
NO_LINK = -1
SOFT = "\u00ad"


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
        return joined(reading_order(self.words))


@lru_cache(maxsize=1024)
def is_bold(font: str) -> bool:
    """Tell from a font's name whether it is bold."""
    name = font.lower()
    return any(part in name for part in ("bold", "black", "heavy", "semibold", "demi")) or bool(TEX_BOLD.match(name))


@lru_cache(maxsize=1024)
def is_italic(font: str) -> bool:
    """Tell from a font's name whether it is italic."""
    name = font.lower()
    return any(part in name for part in ("ital", "obli")) or bool(TEX_ITALIC.match(name))


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
    return "".join(f"[{number}]" for number in numbers_of(word.text))


def rows_of(glyphs: Sequence[Glyph], links: Sequence[PageLink] = ()) -> list[Row]:
    """Return the page's rows from top to bottom."""
    owners = _LinkMap(links)
    drawn = with_accents(glyphs)
    order = _Order(drawn)
    rows = [Row(words) for group in _baselines(drawn) if (words := _words(group, owners, order))]
    return with_raised_rows(rows)


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
        self.links = links
        self._links = sorted(((link.top, index, link) for index, link in enumerate(links)), key=lambda x: x[0])
        self._tops = [top for top, _, _ in self._links]
        self._tallest = max((link.bottom - link.top for link in links), default=0.0)

    def part(self, one: int, other: int) -> bool:
        """Tell whether two links make two words: those to an address do, numbers that lead to a note do not."""
        return one != other and any(index != NO_LINK and self.links[index].page is None for index in (one, other))

    def near(self, row: Sequence[Glyph]) -> list[tuple[int, PageLink]]:
        """Return the links that may lie under a row."""
        if not self._links:
            return []
        top, bottom = min(g.top for g in row), max(g.bottom for g in row)
        start = bisect_left(self._tops, top - self._tallest - 1)
        end = bisect_left(self._tops, bottom + 1)
        return [(index, link) for _, index, link in self._links[start:end]]


def _under(glyph: Glyph, links: list[tuple[int, PageLink]]) -> int:
    """Return which of `links` the glyph's centre lies in; a rectangle may be drawn too low or too high by a point."""
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
    for index, link in links:
        if link.x0 <= x <= link.x1 and link.top - 1 <= y <= link.bottom + 1:
            return index
    return NO_LINK


def _whole_words(letters: list[Glyph], limits: list[float], under: list[int]) -> list[int]:
    """Return the links under letters, with no word cut by the edge of one: rectangles drift in justified lines."""
    start = 0
    for at in range(1, len(letters) + 1):
        if at < len(letters) and _one_word(letters[at - 1], letters[at], limits[at]):
            continue
        found = set(under[start:at])
        if len(found) == 2 and NO_LINK in found:
            link = max(found)
            share = sum(g.x1 - g.x0 for g, one in zip(letters[start:at], under[start:at], strict=True) if one == link)
            whole = letters[at - 1].x1 - letters[start].x0
            under[start:at] = [link if 2 * share > whole else NO_LINK] * (at - start)
        start = at
    return under


def _one_word(before: Glyph, glyph: Glyph, limit: float) -> bool:
    letters = before.text[-1:].isalnum() and glyph.text[:1].isalnum()
    near = glyph.x0 - before.x1 <= limit * max(glyph.size, before.size)
    return letters and near and glyph.size == before.size and glyph.base == before.base


class _Order:
    """Knows when each letter was drawn; hardly any page asks."""

    def __init__(self, drawn: Sequence[Glyph]) -> None:
        self._drawn = drawn
        self._places: dict[int, int] | None = None

    def place(self, glyph: Glyph) -> int:
        """Return the letter's place in the order of drawing."""
        if self._places is None:
            self._places = {id(one): at for at, one in enumerate(self._drawn)}
        return self._places[id(glyph)]


def _words(group: list[Glyph], owners: _LinkMap, order: _Order) -> list[Word]:
    """Cut one row's glyphs into words."""
    group.sort(key=lambda g: g.x0)
    links = owners.near(group)
    letters = without_twins(group)
    if is_interleaved(letters):
        # Equal letters that meet by chance are no twins.
        twins = len(letters) < MOSTLY_ONCE * len(group)
        letters = apart_again(sorted(letters if twins else group, key=order.place))
    limits = gap_limits(letters)
    under = _whole_words(letters, limits, [_under(glyph, links) for glyph in letters]) if links else []
    words: list[Word] = []
    part: list[Glyph] = []
    part_link, glued = NO_LINK, False
    blank: Glyph | None = None
    for at, (glyph, limit) in enumerate(zip(letters, limits, strict=True)):
        if glyph.text == " ":
            blank = blank or glyph
            continue
        link = under[at] if links else NO_LINK
        if part:
            last = part[-1]
            gap = glyph.x0 - last.x1
            seen = blank is not None and not is_swallowed(blank, last, glyph)
            # A letter to the left of the one before it begins a run that stands over another.
            apart = seen or gap > limit * max(glyph.size, last.size) or glyph.x0 < last.x0
            if apart or owners.part(link, part_link) or glyph.font != last.font or _other_height(glyph, last):
                words.append(_word(part, part_link, glued=glued))
                part, glued = [], not apart
        part.append(glyph)
        part_link, blank = link, None
    if part:
        words.append(_word(part, part_link, glued=glued))
    # What was parted may overlap a letter drawn over it.
    return in_own_case(sorted(marked_in_row(words), key=lambda word: word.x0))


def _other_height(glyph: Glyph, last: Glyph) -> bool:
    return abs(glyph.size - last.size) > 0.15 * last.size or abs(glyph.base - last.base) > OTHER_BASE * last.size


def _word(part: list[Glyph], link: int, *, glued: bool) -> Word:
    first = part[0]
    text = "".join(glyph.text for glyph in part)
    if not text.isascii():
        # A soft hyphen inside a line is a hyphen: the font calls the one glyph it has for both by one name.
        text = unicodedata.normalize("NFC", text[:-1].replace(SOFT, "-") + text[-1:])
        if has_rtl(text) and len(text) > len(part):
            # A glyph of several letters has them as they are read; a word has its letters as they stand.
            text = "".join("".join(reversed(clusters(g.text))) if has_rtl(g.text) else g.text for g in part)
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
