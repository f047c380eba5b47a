"""Which pages hold their text as a picture, and how a recognised page takes its place among the printed ones."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from monitor.ingest.pdf.printed_page import Glyph, PrintedPage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from monitor.ingest.scans.recognised import RecognisedLine, RecognisedPage, RecognisedWord

FULL_PICTURE = 0.5  # of the page's area under images: the page is a picture
SOME_PICTURE = 0.02  # of it: there is something to look at
STRAY_LETTERS = 200  # on a page that is a picture: a stamp, a running head, a library's note
CURVES = 3_000  # steps of paths on a page without letters: a hundred words set as curves
SOME_CURVES = 40
HIDDEN = 0.2  # of a page's letters that its fonts do not name
OCR_FONT = "GlyphLessFont"  # what Tesseract and OCRmyPDF set their invisible text in
SCAN_FONT, SCAN_BOLD = "Scan", "Scan-Bold"
DESCENT = 0.22  # of the size, from the baseline to a box's lower edge
RAISED_BY, RAISED_SIZE = 0.35, 0.62  # of the line's size: where a note's number stands, and how large it is
SAME_SIZE = 0.08  # share by which sizes of one type may differ on a scan
LEAST_SIZE, LARGEST_SIZE = 1.0, 400.0  # points


class Look(StrEnum):
    """What a page is before anything is recognised on it."""

    TEXT = "text"
    RECOGNISED = "recognised"  # somebody has laid recognised text over its picture
    SCAN = "scan"  # a picture or curves, with hardly a letter
    HIDDEN = "hidden"  # text in fonts that do not say which letters they draw
    DRAWN = "drawn"  # no letter, but something smaller is drawn on it, which may hold text
    DAMAGED = "damaged"  # no letter, since it could not be read to its end
    BLANK = "blank"


NEED = frozenset({Look.SCAN, Look.HIDDEN})  # their text is lost without recognition
MAY_NEED = NEED | {Look.DRAWN, Look.DAMAGED}


def look_of(page: PrintedPage) -> Look:
    """Tell what kind of page this is."""
    letters = sum(glyph.text != " " for glyph in page.glyphs)
    if letters:
        return _look_of_text(page, letters)
    if page.damage:
        return Look.DAMAGED
    if page.image_share >= FULL_PICTURE or page.painted >= CURVES:
        return Look.SCAN
    drawn = page.image_share >= SOME_PICTURE or page.painted >= SOME_CURVES
    return Look.DRAWN if drawn else Look.BLANK


def _look_of_text(page: PrintedPage, letters: int) -> Look:
    if page.unmapped >= HIDDEN * letters:
        return Look.HIDDEN
    if any(glyph.font == OCR_FONT for glyph in page.glyphs):
        return Look.RECOGNISED
    if page.image_share >= FULL_PICTURE:
        if 2 * page.hidden > letters:
            return Look.RECOGNISED
        if letters < STRAY_LETTERS:
            return Look.SCAN
    return Look.TEXT


def as_recognised(page: PrintedPage, read: RecognisedPage, sizes: Sizes, *, keep_own: bool) -> PrintedPage:
    """Return the page with what was recognised on its picture, turned as the picture was and straightened.

    With `keep_own` its own letters stay, and words recognised in their places are left out. Its images, boxes and
    rules go: they are the picture.
    """
    keep_own = keep_own and not (page.turn or read.turned)  # they are on the picture too
    drawn = replace(page, glyphs=page.glyphs if keep_own else ()).turned(-page.turn % 360)
    bare = replace(drawn, pictures=(), boxes=(), rules=(), unmapped=0, rotated=0, damage=None, turn=0)
    upright = bare.turned(read.turned)
    ruler = _Ruler(upright.width / read.width, read.slope, read.width / 2, read.height / 2, sizes)
    words = (letters for line in read.lines for letters in ruler.words(line))
    own = [glyph for glyph in bare.glyphs if glyph.text != " "]
    apart = (glyph for letters in words if not _covered(letters, own) for glyph in letters)
    return replace(upright, glyphs=(*bare.glyphs, *apart))


@dataclass(frozen=True, slots=True)
class _Ruler:
    """From pixels of a picture that lies askew to points of a straight page."""

    scale: float  # points a pixel
    slope: float
    across: float  # the middle of the picture, about which it is straightened
    down: float
    sizes: Sizes

    def words(self, line: RecognisedLine) -> Iterator[list[Glyph]]:
        """Yield the letters of each word: its width shared out evenly, a blank before it."""
        size = min(max(self.sizes.step(line.size) * self.scale, LEAST_SIZE), LARGEST_SIZE)
        # Straightened, all of a line stands on one height: that of its middle.
        middle = (line.words[0].x0 + line.words[-1].x1) / 2
        base = line.base + line.slope * (middle - line.x0) - self.slope * (middle - self.across)
        for word in line.words:
            shift = self.slope * ((word.top + word.bottom) / 2 - self.down)
            place = ((word.x0 + shift) * self.scale, (word.x1 + shift) * self.scale)
            yield list(_letters(word, place, base * self.scale, size))


def _letters(word: RecognisedWord, place: tuple[float, float], base: float, size: float) -> Iterator[Glyph]:
    font = SCAN_BOLD if word.bold else SCAN_FONT
    if word.raised:
        base, size = base - RAISED_BY * size, RAISED_SIZE * size
    x0, bottom = place[0], base + DESCENT * size
    each = (place[1] - x0) / len(word.text)
    if not word.raised:
        yield Glyph(" ", x0, x0, bottom - size, bottom, base, size, font)
    for at, letter in enumerate(word.text):
        yield Glyph(letter, x0 + at * each, x0 + (at + 1) * each, bottom - size, bottom, base, size, font)


def _covered(letters: list[Glyph], own: list[Glyph]) -> bool:
    """Tell whether the page has a letter of its own where a word was recognised."""
    x0, x1, top, bottom = letters[0].x0, letters[-1].x1, letters[-1].top, letters[-1].bottom
    return any(x0 <= (o.x0 + o.x1) / 2 <= x1 and top <= (o.top + o.bottom) / 2 <= bottom for o in own)


class Sizes:
    """The sizes of type in a file: on a scan each line's is measured a little differently."""

    def __init__(self, pages: Iterable[RecognisedPage]) -> None:
        lines = [(line.size, len(word.text)) for page in pages for line in page.lines for word in line.words]
        self._steps = _steps(sorted(lines))

    def step(self, size: float) -> float:
        """Return the size of the type that a line of size `size` is set in, both in pixels."""
        nearest = min(self._steps, key=lambda step: abs(step - size), default=size)
        return nearest if abs(nearest - size) <= 2 * SAME_SIZE * size else size


def _steps(weighted: list[tuple[float, int]]) -> list[float]:
    """Return the sizes that lines gather around, the commonest first taking in all that are like it."""
    steps: list[float] = []
    while weighted:
        counts: dict[float, int] = {}
        for size, letters in weighted:
            counts[size] = counts.get(size, 0) + letters
        most = max(counts, key=lambda size: (counts[size], size))
        steps.append(most)
        weighted = [(size, letters) for size, letters in weighted if abs(size - most) > SAME_SIZE * most]
    return steps
