"""Boxes beside the running text, painted or framed: which of them are asides, and what kind."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

from monitor.ingest.layout.cutouts import Cutout, overlap, taken, without
from monitor.ingest.layout.lines import ends_sentence
from monitor.ingest.layout.strokes import framed
from monitor.ingest.pdf.printed_page import Box
from monitor.ingest.pdf.typefaces import are_alike, design_of, type_of
from monitor.ingest.pdf.words import is_bold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monitor.ingest.layout.cutouts import Painted
    from monitor.ingest.pdf.typefaces import Type
    from monitor.ingest.pdf.words import Row

LEAST_WIDTH, LEAST_HEIGHT = 60.0, 30.0  # points; smaller boxes underline or mark something
LOW, LOW_ROWS = 18.0, 2  # points: lower still, with lines in a type of their own, so many at least
WIDE = 0.8  # of the page's width: wider ones may be bands behind the text, a nameplate's for one
NAMEPLATE = 1.6  # of the body's size: text that large in a wide box makes it one
LARGEST = 0.55  # of the page's area
MOST_OVER = 12  # lines that a box is too small for
LEADING = 1.6  # of the size: lines of one text stand no farther from each other
AS_WIDE = 1.0  # points
MOST_BOXES = 20  # on one page; the rest cannot be read as asides
MOST_PARTS = 200  # boxes of a page that are put together
LEAST_PART = 9.0  # points; what is lower is no title bar
LEAST_WORDS = 3
LARGE = 1.12  # of the body's size
TITLE = 1.3  # of the body's size: larger than the title of a sidebar
LONGEST_TITLE = 25  # words
MOST_BESIDE, LONGEST_BESIDE = 4, 14  # lines of a kicker and of names beside a title, and words in each
LABEL_WORDS = 6
EDGE = 2.0  # points by which the edges of one box's parts may differ
PICTURED = 0.3  # of a box's area: so much picture, and its words are the caption


def boxed(rows: Sequence[Row], painted: Painted, body: Type) -> tuple[list[Row], list[Cutout]]:
    """Part a page's rows into those on the page itself and those inside boxes; `body` is the text's type."""
    left = list(rows)
    found: list[Cutout] = []
    parts = [box for box in painted.boxes if box.x1 - box.x0 >= LEAST_WIDTH and box.bottom - box.top >= LEAST_PART]
    candidates = [box for box in _stacked([*parts, *framed(painted)]) if _may_be_aside(box, painted, LOW)]
    for box in _outermost(candidates):
        outside, inside = taken(left, box)
        if sum(len(row.words) for row in inside) < LEAST_WORDS:
            continue
        if box.bottom - box.top < LEAST_HEIGHT and (len(inside) < LOW_ROWS or not _is_set_apart(inside, body)):
            continue
        if _is_title(inside, body.size) or _is_opening(inside, body.size):
            continue
        if box.x1 - box.x0 <= WIDE * painted.width or _is_set_apart(inside, body):
            kind = "caption" if _is_pictured(box, painted.pictures) else "sidebar"
            kind = "labels" if _is_label(inside) else kind
            over = list(_overflow(outside, inside, box, body)) if kind == "sidebar" else []
            found.append(Cutout(kind, box, (*over[::-1], *inside)))
            left = without(outside, over)
    return left, found


def beside_text(painted: Painted) -> tuple[Box, ...]:
    """Return the boxes that may hold asides, narrower than the page."""
    wide = WIDE * painted.width
    return tuple(box for box in painted.boxes if box.x1 - box.x0 <= wide and _may_be_aside(box, painted))[:MOST_BOXES]


def empty_boxes(rows: Sequence[Row], painted: Painted) -> list[Box]:
    """Return boxes that hold no words: bars and fields of a drawing, each as large as its neighbours make it."""
    found: list[Box] = []
    words = [word for row in rows for word in row.words]
    middles = sorted(((word.top + word.bottom) / 2, (word.x0 + word.x1) / 2) for word in words)
    for box in painted.boxes:
        large = box.x1 - box.x0 >= LEAST_WIDTH / 2 and box.bottom - box.top >= LEAST_HEIGHT / 2
        if large and len(found) < MOST_BOXES and not _any_within(middles, box):
            found.append(box)
    # The end of a column cuts a picture: what is left of it at the head of the next one may be a strip.
    strips = [box for box in painted.boxes if 0 < box.bottom - box.top < LEAST_HEIGHT / 2]
    rests = [strip for strip in strips if any(_is_rest_of(strip, box) for box in found)]
    return found + [strip for strip in rests[: MOST_BOXES - len(found)] if not _any_within(middles, strip)]


def _is_rest_of(strip: Box, box: Box) -> bool:
    """Tell whether a strip stands in the column right of a box and higher, just as wide."""
    as_wide = abs((strip.x1 - strip.x0) - (box.x1 - box.x0)) <= AS_WIDE
    return as_wide and strip.x0 >= box.x1 and strip.bottom < box.top


def _any_within(middles: Sequence[tuple[float, float]], box: Box) -> bool:
    start = bisect_left(middles, (box.top, float("-inf")))
    for y, x in middles[start:]:
        if y > box.bottom:
            return False
        if box.x0 <= x <= box.x1:
            return True
    return False


def _may_be_aside(box: Box, painted: Painted, least: float = LEAST_HEIGHT) -> bool:
    across, down = box.x1 - box.x0, box.bottom - box.top
    large = across >= LEAST_WIDTH and down >= least
    return large and across * down <= LARGEST * painted.width * painted.height


def _is_set_apart(rows: Sequence[Row], body: Type) -> bool:
    """Tell whether the text of a box as wide as the page's is set in a type of its own, and in no nameplate's."""
    small = all(row.size < NAMEPLATE * body.size for row in rows)
    return small and not are_alike(type_of([word for row in rows for word in row.words]), body)


def _is_title(rows: Sequence[Row], body: float) -> bool:
    """Tell whether a box is nothing but the ground of a heading."""
    words = [word for row in rows for word in row.words]
    large = all(word.size >= LARGE * body or is_bold(word.font) for word in words)
    return large and len(words) <= LONGEST_TITLE and not rows[-1].text.endswith((".", "!", "?", "\u201d", '"'))


def _is_opening(rows: Sequence[Row], body: float) -> bool:
    """Tell whether a box is the ground of an article's title with its kicker and its names: no text stands in it."""
    ordered = sorted(rows, key=lambda row: row.base)
    large = [row.size >= TITLE * body for row in ordered]
    words = sum(len(row.words) for row, title in zip(ordered, large, strict=True) if title)
    beside = [row for row, title in zip(ordered, large, strict=True) if not title]
    short = len(beside) <= MOST_BESIDE and all(len(row.words) <= LONGEST_BESIDE for row in beside)
    return 0 < words <= LONGEST_TITLE and short and not any(ends_sentence(row.text) for row in beside)


def _is_label(rows: Sequence[Row]) -> bool:
    """Tell whether the few words in a box are part of a drawing."""
    return sum(len(row.words) for row in rows) <= LABEL_WORDS and not ends_sentence(rows[-1].text)


def _overflow(rows: Sequence[Row], inside: Sequence[Row], box: Box, body: Type) -> Iterator[Row]:
    """Yield from the lowest the lines that a box is too small for: they go on above its edge as below it.

    They are in its own type, which is not the text's, at its own distance; a bold title may stand over them.
    """
    lines = sorted(inside, key=lambda row: row.base)
    own = type_of([word for row in lines for word in row.words])
    pitch = min((b.base - a.base for a, b in pairwise(lines) if b.base - a.base > EDGE), default=0.0)
    first = lines[0]
    for _ in range(MOST_OVER if pitch and not are_alike(own, body) else 0):
        line = _line_above(rows, first, box)
        if line is None or design_of(line.words[0].font) != own.design:
            return
        title = all(is_bold(word.font) for word in line.words) and line.size <= TITLE * own.size
        level = abs(first.base - line.base - pitch) <= EDGE / 2 and are_alike(type_of(line.words), own)
        if title or level:
            yield line
        if title or not level:
            return
        first = line


def _line_above(rows: Sequence[Row], first: Row, box: Box) -> Row | None:
    """Return the line right above another one if all of it stands between the sides of a box."""
    white = LEADING * first.size
    top = first.top - white
    above = taken(rows, Box(box.x0, top, box.x1, first.top))[1]
    line = max(above, key=lambda row: row.base, default=None)
    beside = taken(rows, Box(box.x0 - white, top, box.x1 + white, first.top))[1]
    alone = line is not None and all(len(row.words) == len(line.words) for row in beside if row.base == line.base)
    return line if alone else None


def _is_pictured(box: Box, pictures: Sequence[Box]) -> bool:
    inside = [p for p in pictures if overlap(p, box) > 0 and p.top >= box.top - EDGE and p.bottom <= box.bottom + EDGE]
    area = sum((p.x1 - p.x0) * (p.bottom - p.top) for p in inside)
    return area >= PICTURED * (box.x1 - box.x0) * (box.bottom - box.top)


def _stacked(boxes: Sequence[Box]) -> list[Box]:
    """Put boxes together that stand on each other in one width: a title bar and the box below it."""
    found: list[Box] = []
    for box in sorted(boxes, key=lambda b: b.top):
        at = next((k for k in range(len(found) - 1, -1, -1) if _stands_on(box, found[k])), None)
        if at is None or len(found) > MOST_PARTS:
            found.append(box)
        else:
            above = found[at]
            found[at] = Box(above.x0, above.top, above.x1, max(above.bottom, box.bottom))
    return found


def _stands_on(box: Box, above: Box) -> bool:
    """Tell whether a box begins where another one of its width ends, or within it."""
    one = abs(above.x0 - box.x0) <= EDGE and abs(above.x1 - box.x1) <= EDGE
    return one and box.top <= above.bottom + EDGE


def _outermost(boxes: Sequence[Box]) -> list[Box]:
    """Return the boxes that lie in no other, the largest first."""
    kept: list[Box] = []
    for box in sorted(boxes, key=lambda b: (b.x0 - b.x1) * (b.bottom - b.top)):
        if len(kept) == MOST_BOXES:
            break
        if not any(o.x0 - 1 <= box.x0 and box.x1 <= o.x1 + 1 and o.top - 1 <= box.top <= o.bottom for o in kept):
            kept.append(box)
    return kept
