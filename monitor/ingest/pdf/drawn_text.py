"""The letters a page's program draws: which ones a reader sees, where they stand and in which direction they run.

The letters are gathered while the page is running, so that a page of two million glyphs ends early. Nothing here
knows pdfminer: fonts and matrices come as it hands them over, and are only looked at.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING, Any, Literal

from monitor.ingest.pdf.fonts import RAISED, SOFT_HYPHEN, UNKNOWN, cleaned, superior_digits, width_of
from monitor.ingest.pdf.printed_page import Glyph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from monitor.ingest.pdf.frame import Matrix, PageFrame

LONGEST_ACTUAL = 30  # glyphs; a longer passage with a text of its own is left as drawn
SUBSET_PREFIX = re.compile(r"^[A-Z]{6}\+")
UPRIGHT = 0.2  # of the run: how far a line of text may climb and still be level (a scan laid down askew)
SIDEWAYS, SIDEWAYS_LEAST = 2.0, 100  # times as many letters in another direction, so many in all: the page is turned
INVISIBLE = 3  # PDF's text rendering mode that draws nothing
USUAL_WIDTH = 0.48  # of the size, of a letter among letters
USUAL_WIDTHS = (0.2, 1.2)  # of the size: a drawn font beyond them counts in units of its own

Ink = Literal["seen", "white", "invisible"]


class TooMuchOnPage(Exception):
    """A page shows more glyphs or forms than any honest one; `what` is the refusal's code, "" for forms."""

    def __init__(self, what: str) -> None:
        super().__init__(what or "more pictures and forms than a page can hold")
        self.what = what


@dataclass(frozen=True, slots=True)
class PageText:
    """The letters of a page that are read, and counts of the others."""

    glyphs: tuple[Glyph, ...]
    turn: int  # degrees clockwise by which a reader turns the page before reading
    rotated: int  # letters that run in another direction
    hidden: int  # letters drawn invisibly, read or not
    unseen: int  # letters left out because nobody sees them
    unmapped: int


@dataclass(slots=True)
class _FontFacts:
    font: Any  # kept: its id must not be given to another font while the page is running
    name: str
    descent: float
    superiors: frozenset[int]
    em: float = 1.0  # the letters' size where the text's size is 1


@dataclass(slots=True)
class _Tag:
    actual: str | None
    starts: dict[tuple[Ink, int], int] = field(default_factory=dict)


class DrawnText:
    """Gathers letters. `read(font, code)` returns what a font says a code is, None where it does not say."""

    def __init__(self, frame: PageFrame, limit: int, read: Callable[[Any, int], str | None]) -> None:
        self._frame, self._limit, self._read = frame, limit, read
        self._lists: dict[tuple[Ink, int], list[Glyph]] = {}
        self._ink: Ink = "seen"
        self._upright = self._list("seen", 0)
        self._askew = self._seen = 0
        self._known: dict[tuple[int, int], tuple[str, float]] = {}
        self._fonts: dict[int, _FontFacts] = {}
        self._tags: list[_Tag] = []

    def use_ink(self, mode: int, *, white: bool) -> None:
        """Note how the letters to come are painted."""
        self._ink = "invisible" if mode == INVISIBLE else "white" if white and mode in {0, 4} else "seen"
        self._upright = self._list(self._ink, 0)

    def show(
        self,
        matrix: Matrix,
        font: Any,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        _space: Any = None,
        _state: Any = None,
    ) -> float:
        """Keep one glyph; return how far the pen moves (text space). The signature is pdfminer's `render_char`."""
        self._seen += 1
        if self._seen > self._limit:
            raise TooMuchOnPage("too_many_characters")
        key = (id(font), cid)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._letter(font, cid)
        text, width = known
        advance = width * fontsize * scaling
        if text:
            a, b, c, d, e, f = matrix
            run, climb = a * fontsize * scaling, b * fontsize * scaling
            frame = self._frame
            if abs(climb) <= run * UPRIGHT and run > 0:
                x0 = e + c * rise - frame.left
                base = frame.upper - f - d * rise
                place = (x0, x0 + a * advance, base, abs(d * fontsize))
                self._keep(text, font, place, self._upright, (frame.width, frame.height))
            else:
                self._keep_turned(text, font, (a, b, c, d, e, f), (run, climb), (fontsize, rise, advance))
        return advance

    def _keep_turned(
        self,
        text: str,
        font: Any,
        matrix: Matrix,
        direction: tuple[float, float],
        pen: tuple[float, float, float],
    ) -> None:
        """Keep a letter of a line that is not level in the frame of a page turned so that it is."""
        a, b, c, d, e, f = matrix
        run, climb = direction
        fontsize, rise, advance = pen
        width, height = self._frame.width, self._frame.height
        x, y = e + c * rise - self._frame.left, self._frame.upper - (f + d * rise)
        if run < 0 and abs(climb) <= -run * UPRIGHT:
            x0 = width - x
            place, turn = (x0, x0 - a * advance, height - y, abs(d * fontsize)), 180
        elif climb > 0 and abs(run) <= climb * UPRIGHT:
            x0 = height - y
            place, turn, (width, height) = (x0, x0 + b * advance, x, abs(c * fontsize)), 90, (height, width)
        elif climb < 0 and abs(run) <= -climb * UPRIGHT:
            place, turn = (y, y - b * advance, width - x, abs(c * fontsize)), 270
            width, height = height, width
        else:
            self._askew += text != " "
            return
        self._keep(text, font, place, self._list(self._ink, turn), (width, height))

    def _keep(
        self,
        text: str,
        font: Any,
        place: tuple[float, float, float, float],
        into: list[Glyph],
        page: tuple[float, float],
    ) -> None:
        """Keep a letter; `place` is x0, x1, baseline and size."""
        x0, x1, base, size = place
        facts = self._fonts[id(font)]
        size *= facts.em
        # Comparisons with NaN are false, so that a place beyond all numbers is outside too.
        if size > 0 and -1 <= (x0 + x1) / 2 <= page[0] + 1 and -1 <= base <= page[1] + size:
            bottom = base - facts.descent * size
            into.append(Glyph(text, x0, x1, bottom - size, bottom, base, size, facts.name))

    def _list(self, ink: Ink, turn: int) -> list[Glyph]:
        return self._lists.setdefault((ink, turn), [])

    def _letter(self, font: Any, cid: int) -> tuple[str, float]:
        """Return what glyph `cid` reads as ("" for nothing) and its width (of a size of 1)."""
        text = self._read(font, cid)
        facts = self._fonts.get(id(font)) or self._font(font)
        plain = cleaned(UNKNOWN if text is None else text)
        return (plain.translate(RAISED) if cid in facts.superiors else plain), width_of(font, cid, plain)

    def _font(self, font: Any) -> _FontFacts:
        name = font.fontname.decode("latin-1") if isinstance(font.fontname, bytes) else str(font.fontname)
        descent = min(max(float(font.get_descent()), -1.0), 0.0)
        facts = _FontFacts(font, SUBSET_PREFIX.sub("", name), descent, superior_digits(font), _em(font))
        self._fonts[id(font)] = facts
        return facts

    def begin_tag(self, actual: str | None) -> None:
        """Remember what the letters to come stand for, where the file says it (a hyphen: printed or soft)."""
        starts = {key: len(found) for key, found in self._lists.items()} if actual is not None else {}
        self._tags.append(_Tag(actual, starts))

    def end_tag(self) -> None:
        """Put that text in the place of the letters."""
        tag = self._tags.pop() if self._tags else _Tag(None)
        if tag.actual is None:
            return
        for key, found in self._lists.items():
            start = tag.starts.get(key, 0)
            if len(found) > start:
                found[start:] = _standing_for(tag.actual, found[start:])
                return

    def settled(self, on_ground: Callable[[Glyph], bool], *, scanned: bool) -> PageText:
        """Return what is read of the page.

        `on_ground` says where something dark lies under a letter, so that a white one is seen; `scanned` that a
        picture fills the page, so that invisible letters are those recognised in it.
        """
        hidden = sum(_letters(found) for (ink, _), found in self._lists.items() if ink == "invisible")
        seen = sum(_letters(found) for (ink, _), found in self._lists.items() if ink == "seen")
        kept: dict[int, list[Glyph]] = {}
        unseen = 0
        for (ink, turn), found in self._lists.items():
            read = found
            if ink == "white" and _letters(found) < seen:
                read = [glyph for glyph in found if turn or on_ground(glyph)]
            elif ink == "invisible" and (hidden <= seen or not (scanned or not seen)):
                read = []
            unseen += _letters(found) - _letters(read)
            kept.setdefault(turn, []).extend(read)
        counts = {turn: _letters(found) for turn, found in kept.items()}
        best = max(counts, key=lambda turn: counts[turn])
        turned = counts[best] > SIDEWAYS * counts[0] and (counts[best] >= SIDEWAYS_LEAST or not counts[0])
        turn = best if turned else 0
        glyphs = tuple(kept[turn])
        rotated = sum(counts.values()) - counts[turn] + self._askew
        return PageText(glyphs, turn, rotated, hidden, unseen, sum(glyph.text == UNKNOWN for glyph in glyphs))


def _letters(glyphs: Iterable[Glyph]) -> int:
    return sum(glyph.text != " " for glyph in glyphs)


def _standing_for(actual: str, drawn: list[Glyph]) -> list[Glyph]:
    """Return the glyph that `actual` is, in the place of those drawn; these as they are where it says no more."""
    if len(drawn) > LONGEST_ACTUAL or drawn[0].base != drawn[-1].base:
        return drawn
    shown = [glyph.text for glyph in drawn]
    text = SOFT_HYPHEN if not actual and shown[-1] == "-" else cleaned(actual)
    if text in {"".join(shown), "".join(reversed(shown))}:
        return drawn
    x0, x1 = min(glyph.x0 for glyph in drawn), max(glyph.x1 for glyph in drawn)
    return [drawn[0]._replace(text=text, x0=x0, x1=x1)] if text else []


def _em(font: Any) -> float:
    """Return the size of a font's letters where the text's size is 1.

    Only fonts whose letters are drawings (Type 3) count in units of their own; old TeX files count in pixels.
    """
    if not hasattr(font, "matrix"):
        return 1.0
    widths = [abs(width) * abs(font.hscale) for width in font.widths.values() if isinstance(width, (int, float))]
    usual = median([width for width in widths if width] or [USUAL_WIDTH])
    known = USUAL_WIDTHS[0] <= usual <= USUAL_WIDTHS[1] or not math.isfinite(usual)
    return 1.0 if known else usual / USUAL_WIDTH
