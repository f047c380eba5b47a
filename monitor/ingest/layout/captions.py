"""What stands in and at a picture: its labels, and the lines below or above it that say what it shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from monitor.ingest.layout.cutouts import Cutout, around, overlap, segments, taken, without
from monitor.ingest.layout.jump_lines import is_jump
from monitor.ingest.pdf.printed_page import Box
from monitor.ingest.pdf.typefaces import SAME_SIZE, are_alike, type_of
from monitor.ingest.pdf.words import is_italic

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from monitor.ingest.layout.cutouts import Painted
    from monitor.ingest.pdf.typefaces import Type
    from monitor.ingest.pdf.words import Row

LARGEST = 0.5  # of the page's area: what is larger lies behind the text
MOST_LABELS, LONGEST_LABEL = 80, 5.0  # words in a picture, and words of its rows in the mean
PART_GAP, MOST_PARTS = 30.0, 60  # points between parts of one figure; so many parts are looked at on a page
REACH = 2.2  # of the body's size, from a picture to its caption
LEADING = 1.75  # of the size: lines of one caption stand no farther from each other
LONGEST = 14  # lines of a caption
MARGIN = 6.0  # points that a caption may stand out beside its picture
CAPTION = re.compile(
    r"^(?:(?:fig(?:ure|\.)?|map|table|chart|graph|plate|exhibit|box|photo(?:graph)?|image|picture|illustration) ?"
    r"(?:\d{1,3}|[IVX]{1,5})\b|(?:photo(?:graph)?|image|picture|map|source|credit|courtesy)s?\b ?(?::|by |courtesy |\u00a9))",
    re.IGNORECASE,
)
NOTE = re.compile(r"^\[?\d{1,3}[\]. ]")
WORD = re.compile(r"[^\W\d_]{3,40}")
LEAST_WORDS = 2


def at_pictures(
    rows: Sequence[Row], painted: Painted, pictures: Sequence[Box], body: Type
) -> tuple[list[Row], list[Cutout]]:
    """Part a page's rows into those of its text, and labels and captions of its pictures."""
    left = list(rows)
    found: list[Cutout] = []
    for picture in _figures(left, pictures, body):
        if (picture.x1 - picture.x0) * (picture.bottom - picture.top) > LARGEST * painted.width * painted.height:
            continue
        outside, inside = taken(left, picture)
        if inside and not _are_labels(inside, body):
            continue
        found.append(Cutout("labels" if inside else "picture", picture, tuple(inside)))
        left = outside
        caption = caption_at(left, picture, body)
        if caption:
            found.append(Cutout("caption", around(caption), tuple(caption)))
            left = without(left, caption)
    return left, found


def _figures(rows: Sequence[Row], pictures: Sequence[Box], body: Type) -> list[Box]:
    """Put pictures together that stand near each other with nothing but labels between them: parts of one figure."""
    found: list[Box] = []
    for picture in sorted(pictures, key=lambda p: p.top)[:MOST_PARTS]:
        whole = picture
        for at in range(len(found) - 1, -1, -1):
            both = _both(found[at], whole)
            if _near(found[at], whole) and _are_labels(taken(rows, both)[1], body):
                whole = both
                del found[at]
        found.append(whole)
    return found


def _near(one: Box, other: Box) -> bool:
    across = max(one.x0, other.x0) - min(one.x1, other.x1)
    return across <= PART_GAP and max(one.top, other.top) - min(one.bottom, other.bottom) <= PART_GAP


def _both(one: Box, other: Box) -> Box:
    return Box(min(one.x0, other.x0), min(one.top, other.top), max(one.x1, other.x1), max(one.bottom, other.bottom))


def _are_labels(rows: Sequence[Row], body: Type) -> bool:
    """Tell whether words inside a picture belong to it: a few words here and there, no running text over it."""
    words = sum(len(row.words) for row in rows)
    if not words:
        return True
    if words > MOST_LABELS or any(row.size > 2 * body.size for row in rows):
        return False
    parts = [part for row in rows for part in segments(row)]
    return words <= LONGEST_LABEL * len(parts)


def caption_at(rows: Sequence[Row], place: Box, body: Type) -> list[Row]:
    """Return the lines of a caption right below a place or right above it, in any of the ways a caption is set."""
    # A last line of one word may stand beside a narrow picture: only the first line must stand at it.
    parts = [part for row in rows for part in segments(row) if not is_jump(part.text)]
    near = REACH * body.size
    lower = sorted((part for part in parts if part.top >= place.bottom - MARGIN / 2), key=lambda part: part.base)
    below = _from_first(lower, place)
    if below and below[0].top - place.bottom <= near:
        block = _block(below, body)
        if block and _is_caption(block, place, body, sure=False):
            return block
    upper = sorted((part for part in parts if part.bottom <= place.top + MARGIN / 2), key=lambda part: -part.base)
    above = _from_first(upper, place)
    if above and place.top - above[0].bottom <= near:
        block = _block(above, body)[::-1]
        if block and _is_caption(block, place, body, sure=True):
            return block
    return []


def _from_first(parts: Sequence[Row], place: Box) -> Sequence[Row]:
    """Return parts from the first that stands above or below a place."""
    return parts[next((at for at, part in enumerate(parts) if overlap(part, place) > 0), len(parts)) :]


def _block(parts: Sequence[Row], body: Type) -> list[Row]:
    """Return the lines from the first on that are set alike and follow each other."""
    first = parts[0]
    kind, slanted = type_of(first.words), _is_slanted(first)
    block = [first]
    for part in parts[1:]:
        last = block[-1]
        if part.base > last.base and CAPTION.match(part.text):
            break
        if part.base < last.base and CAPTION.match(last.text):
            break
        if abs(part.base - last.base) > LEADING * max(part.size, last.size):
            break
        if overlap(part, around(block)) <= 0:
            continue  # of the next column
        small = part.size <= body.size - SAME_SIZE and first.size <= body.size - SAME_SIZE
        if not (are_alike(type_of(part.words), kind) and _is_slanted(part) == slanted) and not small:
            break
        block.append(part)
    return block


def _is_slanted(row: Row) -> bool:
    return 2 * sum(len(word.text) for word in row.words if is_italic(word.font)) > sum(len(w.text) for w in row.words)


def _is_caption(block: Sequence[Row], place: Box, body: Type, *, sure: bool) -> bool:
    """Tell whether lines at a picture are its caption; `sure` asks for more than another type."""
    here = type_of([word for row in block for word in row.words])
    beside = around(block)
    wide = beside.x0 < place.x0 - max(MARGIN, 0.25 * (place.x1 - place.x0)) and beside.x1 > place.x1 + MARGIN
    if len(block) > LONGEST or wide or here.size > body.size + SAME_SIZE:
        return False
    text = text_of(block)
    if CAPTION.match(text):
        return True
    if len(WORD.findall(text[:400])) < LEAST_WORDS:
        return False
    other = here.design != body.design or here.size <= body.size - SAME_SIZE
    if sure:
        return here.design != body.design and here.size <= body.size - SAME_SIZE / 2 and not NOTE.match(text)
    return (other or all(map(_is_slanted, block))) and not NOTE.match(text)


def text_of(rows: Iterable[Row]) -> str:
    """Return rows as one line of text."""
    return " ".join(row.text for row in rows)
