"""Accents drawn as glyphs of their own, over or under their letter: letter and accent become one glyph.

Old TeX sets an acute accent and "e" at one place; other producers fall back to a font for the marks alone. What counts is where
a sign stands: an accent alone, a backtick or a quotation mark stands over no letter.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.ingest.pdf.printed_page import Glyph

COMBINING = {
    "`": "\u0300",
    "\u00b4": "\u0301",
    "'": "\u0301",
    "^": "\u0302",
    "\u02c6": "\u0302",
    "~": "\u0303",
    "\u02dc": "\u0303",
    "\u00af": "\u0304",
    "\u02c9": "\u0304",
    "\u02d8": "\u0306",
    "\u02d9": "\u0307",
    "\u00a8": "\u0308",
    "\u02da": "\u030a",
    "\u00b0": "\u030a",
    "\u02dd": "\u030b",
    "\u02c7": "\u030c",
    "\u00b8": "\u0327",
    "\u02db": "\u0328",
}
BELOW = {".": "\u0323", "\u00af": "\u0331", "\u02c9": "\u0331", ",": "\u0326"}
DOTLESS = str.maketrans("\u0131\u0237", "ij")
# A stroke through a letter has no composed form by Unicode's rules.
STROKED = {"l": "\u0142", "L": "\u0141", "o": "\u00f8", "O": "\u00d8", "d": "\u0111", "D": "\u0110"}
STROKES = frozenset("\u0335\u0336\u0337\u0338")
MARKS = frozenset(COMBINING) | STROKES
NEARBY = 3  # places in the order of drawing in which an accent's letter is looked for first
OVER, UNDER = 0.6, 0.35  # of the size: how far an accent is raised over a capital, or sunk below its letter
FAR_UNDER = 0.8  # the same for a sign drawn next to its letter
INSIDE = 0.12  # of the letter's width, at both ends: an accent's middle does not stand so near the edge
SUNK = 0.08  # of the size: signs so far below the line are accents below
LARGER = 1.5  # sizes of accent and letter differ by no more


def with_accents(glyphs: Sequence[Glyph]) -> Sequence[Glyph]:
    """Return a page's glyphs with each accent drawn apart put on its letter (NFC); the others as they are."""
    marks = [at for at, glyph in enumerate(glyphs) if glyph.text in MARKS or _is_mark(glyph.text)]
    lowered = [at for at, glyph in enumerate(glyphs) if glyph.text in {".", ","} and _sunk(glyphs, at)]
    if not marks and not lowered:
        return glyphs
    page = _Page(glyphs)
    kept: list[Glyph | None] = list(glyphs)
    for at in sorted((*marks, *lowered)):
        letter = page.letter_under(at)
        host = kept[letter] if letter is not None else None
        if letter is None or host is None:
            continue
        whole = _composed(host, glyphs[at])
        if whole:
            kept[letter], kept[at] = whole, None
    return [glyph for glyph in kept if glyph is not None]


def _is_mark(text: str) -> bool:
    return not text.isascii() and unicodedata.combining(text[0]) > 0


def _sunk(glyphs: Sequence[Glyph], at: int) -> bool:
    """Tell whether a stop or comma hangs below the letters drawn just before and after it."""
    mark = glyphs[at]
    beside = (*glyphs[max(0, at - 2) : at], *glyphs[at + 1 : at + 3])
    return any(
        SUNK * glyph.size < mark.base - glyph.base < UNDER * glyph.size and glyph.text.isalpha() for glyph in beside
    )


class _Page:
    """Finds the letter that a mark stands on."""

    def __init__(self, glyphs: Sequence[Glyph]) -> None:
        self._glyphs = glyphs
        self._by_base: list[tuple[float, int]] | None = None

    def letter_under(self, at: int) -> int | None:
        """Return the place of the letter that the mark at `at` stands on, first among those drawn beside it."""
        nearby = [at + step for step in range(-NEARBY, NEARBY + 1) if step and 0 <= at + step < len(self._glyphs)]
        found = self._best(at, nearby)
        return found if found is not None else self._best(at, self._level(at))

    def _level(self, at: int) -> list[int]:
        """Return the glyphs whose baselines are near the mark's."""
        if self._by_base is None:
            self._by_base = sorted((glyph.base, index) for index, glyph in enumerate(self._glyphs))
        mark = self._glyphs[at]
        low = bisect_left(self._by_base, (mark.base - UNDER * mark.size, -1))
        high = bisect_left(self._by_base, (mark.base + OVER * mark.size, -1))
        return [index for _, index in self._by_base[low:high]]

    def _best(self, at: int, places: list[int]) -> int | None:
        mark = self._glyphs[at]
        fitting = [place for place in places if _stands_on(mark, self._glyphs[place], abs(place - at))]
        middle = (mark.x0 + mark.x1) / 2
        return min(
            fitting,
            key=lambda place: abs(middle - (self._glyphs[place].x0 + self._glyphs[place].x1) / 2),
            default=None,
        )


def _stands_on(mark: Glyph, letter: Glyph, steps: int) -> bool:
    """Tell whether a mark stands on a letter drawn so many steps from it.

    One without width may stand at the edge of the letter drawn next to it.
    """
    if not letter.text[-1:].isalpha() or not letter.size / LARGER <= mark.size <= letter.size * LARGER:
        return False
    under = FAR_UNDER if steps <= NEARBY else UNDER
    if not -under * letter.size <= letter.base - mark.base <= OVER * letter.size:
        return False
    width = letter.x1 - letter.x0
    middle = (mark.x0 + mark.x1) / 2
    if _is_mark(mark.text) and steps == 1 and mark.x1 - mark.x0 < SUNK * mark.size:
        return letter.x0 - INSIDE * width <= middle <= letter.x1 + INSIDE * width
    return letter.x0 + INSIDE * width <= middle <= letter.x1 - INSIDE * width


def _composed(letter: Glyph, mark: Glyph) -> Glyph | None:
    """Return the letter with its mark, None where the two make no letter that is known."""
    sunk = mark.base - letter.base > SUNK * letter.size
    if mark.text in STROKES:
        text = STROKED.get(letter.text)
        return letter._replace(text=text) if text else None
    combining = BELOW.get(mark.text) if sunk else None
    combining = combining or COMBINING.get(mark.text) or (mark.text if _is_mark(mark.text) else None)
    if combining is None:
        return None
    base = letter.text.translate(DOTLESS)
    text = unicodedata.normalize("NFC", base + combining)
    known = len(text) == len(base) or _is_mark(mark.text) or sunk
    return letter._replace(text=text) if known else None
