"""What must be settled on a page before its columns are cut: painted boxes, and initials over several lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.ingest.words import Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from monitor.ingest.printed_page import Box
    from monitor.ingest.words import Word

DROP_CAP = 2.1  # of the body's size
CAP_REACH = 1.0  # of the body's size, from the initial to the first letter beside it
LEAST_WIDTH, LEAST_HEIGHT = 60.0, 30.0  # points; smaller boxes underline or mark something
WIDEST = 0.8  # of the page's width: wider ones are bands behind the text, not boxes beside it
LARGEST = 0.55  # of the page's area
LEAST_WORDS = 3


@dataclass(frozen=True, slots=True)
class BoxedRows:
    """Rows that stand inside a painted box."""

    box: Box
    rows: tuple[Row, ...]


def boxed(rows: list[Row], boxes: Sequence[Box], width: float, height: float) -> tuple[list[Row], list[BoxedRows]]:
    """Part a page's rows into those on the page itself and those inside boxes; `width`, `height` in points."""
    candidates = _outermost([box for box in boxes if _is_aside(box, width, height)])
    found: list[BoxedRows] = []
    for box in candidates:
        inside: list[Row] = []
        outside: list[Row] = []
        for row in rows:
            words = [word for word in row.words if _within(word, box)]
            if words:
                inside.append(Row(words))
            rest = [word for word in row.words if not _within(word, box)] if words else row.words
            if rest:
                outside.append(Row(rest))
        if sum(len(row.words) for row in inside) >= LEAST_WORDS:
            found.append(BoxedRows(box, tuple(inside)))
            rows = outside
    return rows, found


def _is_aside(box: Box, width: float, height: float) -> bool:
    across, down = box.x1 - box.x0, box.bottom - box.top
    large = across >= LEAST_WIDTH and down >= LEAST_HEIGHT
    return large and across <= WIDEST * width and across * down <= LARGEST * width * height


def _outermost(boxes: Sequence[Box]) -> list[Box]:
    """Return the boxes that lie in no other; at most twenty, as the rest cannot be read as asides."""
    kept: list[Box] = []
    for box in sorted(boxes, key=lambda b: (b.x0 - b.x1) * (b.bottom - b.top)):
        if not any(o.x0 - 1 <= box.x0 and box.x1 <= o.x1 + 1 and o.top - 1 <= box.top <= o.bottom for o in kept):
            kept.append(box)
    return kept[:20]


def _within(word: Word, box: Box) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return box.x0 <= x <= box.x1 and box.top <= y <= box.bottom


def with_drop_caps(rows: Iterable[Row], body: float) -> list[Row]:
    """Return rows in which an initial over several lines stands before the first of them, without a space."""
    kept = list(rows)
    for row in list(kept):
        for cap in [word for word in row.words if _is_cap(word, body)]:
            host = _beside(kept, cap, body)
            if host is None:
                continue
            row.words.remove(cap)
            first = next(word for word in host.words if word.x0 >= cap.x1 - 1)
            at = host.words.index(first)
            shrunk = cap._replace(size=first.size, base=first.base, top=first.top, bottom=first.bottom)
            host.words[at : at + 1] = [shrunk, first._replace(glued=True)]
    return [row for row in kept if row.words]


def _is_cap(word: Word, body: float) -> bool:
    return word.size >= DROP_CAP * body and len(word.text.strip("\"'\u2018\u201c")) == 1 and word.text[-1:].isalpha()


def _beside(rows: Sequence[Row], cap: Word, body: float) -> Row | None:
    """Return the topmost row that begins just right of the initial, within its height."""
    for row in rows:
        inside = [word for word in row.words if word.x0 >= cap.x1 - 1 and word.size < DROP_CAP * body]
        if inside and inside[0].x0 - cap.x1 <= CAP_REACH * body and cap.top - 0.8 * body <= inside[0].top < cap.bottom:
            return row
    return None
