"""Level and upright lines of a page, each in one piece, and the frames and grids in which they cross."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.ingest.pdf.printed_page import Box

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from monitor.ingest.layout.cutouts import Painted

SHORTEST = 12.0  # points; shorter rules are no part of a table or a frame
TOUCH = 3.0  # points by which rules may miss each other
MOST_RULES = 800  # more of them are a drawing
WHOLE = 0.8  # of a place's width or height: a rule that long goes all over it
LARGEST = 0.8  # of the page's width and height: what is painted larger is its background


@dataclass(frozen=True, slots=True)
class Stroke:
    """A level or upright line: where it stands, from where to where it goes."""

    at: float
    start: float
    end: float


def strokes_of(painted: Painted, *, boxes: bool = True) -> tuple[list[Stroke], list[Stroke]]:
    """Return the page's level and upright lines, those of painted cells with them, in one piece each."""
    level: list[Stroke] = []
    upright: list[Stroke] = []
    for rule in painted.rules:
        if rule.x1 - rule.x0 >= max(SHORTEST, rule.bottom - rule.top):
            level.append(Stroke((rule.top + rule.bottom) / 2, rule.x0, rule.x1))
        elif rule.bottom - rule.top >= SHORTEST / 2:
            upright.append(Stroke((rule.x0 + rule.x1) / 2, rule.top, rule.bottom))
    for box in painted.boxes if boxes else ():
        across, down = box.x1 - box.x0, box.bottom - box.top
        if across >= SHORTEST and not (across > LARGEST * painted.width and down > LARGEST * painted.height / 2):
            level += [Stroke(y, box.x0, box.x1) for y in (box.top, box.bottom)]
            upright += [Stroke(x, box.top, box.bottom) for x in (box.x0, box.x1)]
    return _whole(level), _whole(upright)


def _whole(strokes: list[Stroke]) -> list[Stroke]:
    """Put together what lies on one line: some producers draw each cell's edges."""
    found: list[Stroke] = []
    group: list[Stroke] = []
    for stroke in sorted(strokes, key=lambda s: s.at):
        if group and stroke.at - group[0].at > TOUCH / 1.5:
            found += _joined(group)
            group = []
        group.append(stroke)
    return [*found, *_joined(group)]


def _joined(group: list[Stroke]) -> list[Stroke]:
    found: list[Stroke] = []
    for stroke in sorted(group, key=lambda s: s.start):
        last = found[-1] if found else None
        if last and stroke.start <= last.end + TOUCH:
            found[-1] = Stroke(last.at, last.start, max(last.end, stroke.end))
        else:
            found.append(stroke)
    return found


def _crosses(level: Stroke, upright: Stroke) -> bool:
    across = level.start - TOUCH <= upright.at <= level.end + TOUCH
    return across and upright.start - TOUCH <= level.at <= upright.end + TOUCH


Ruled = tuple[Box, list[float], list[float]]  # a place, and where rules cross it: heights, widths


def grids_of(level: Sequence[Stroke], upright: Sequence[Stroke]) -> Iterable[Ruled]:
    """Yield the places where rules cross, with the heights and the widths at which they do."""
    taken_up: set[int] = set()
    for first in range(len(upright)):
        if first in taken_up:
            continue
        ups, downs = {first}, set()
        fresh = [upright[first]]
        while fresh:
            levels = {k for k, stroke in enumerate(level) if k not in downs and any(_crosses(stroke, u) for u in fresh)}
            downs |= levels
            more = {k for k, u in enumerate(upright) if k not in ups and any(_crosses(level[at], u) for at in levels)}
            ups |= more
            fresh = [upright[k] for k in more]
        taken_up |= ups
        if downs and _is_one([level[k] for k in downs], [upright[k] for k in ups]):
            yield ruled([level[k] for k in downs], [upright[k] for k in ups])


def _is_one(level: Sequence[Stroke], upright: Sequence[Stroke]) -> bool:
    """Tell whether rules that cross are those of one thing: some go all over it, and so both ways."""
    place, _, _ = ruled(level, upright)
    across = sum(s.end - s.start >= WHOLE * (place.x1 - place.x0) for s in level)
    down = sum(s.end - s.start >= WHOLE * (place.bottom - place.top) for s in upright)
    return across > 0 < down and across + down > 2


def ruled(level: Sequence[Stroke], upright: Sequence[Stroke]) -> Ruled:
    x0 = min([s.start for s in level] + [s.at for s in upright])
    x1 = max([s.end for s in level] + [s.at for s in upright])
    top = min([s.at for s in level] + [s.start for s in upright])
    bottom = max([s.at for s in level] + [s.end for s in upright])
    return (
        Box(x0, top, x1, bottom),
        _distinct([top, *(s.at for s in level), bottom]),
        _distinct([x0, *(s.at for s in upright), x1]),
    )


def _distinct(places: Iterable[float]) -> list[float]:
    """Return places in order, those that are nearly one as one."""
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > TOUCH:
            found.append(place)
    return found


def framed(painted: Painted) -> list[Box]:
    """Return the rectangles that four rules enclose."""
    level, upright = strokes_of(painted, boxes=False)
    if not level or len(level) + len(upright) > MOST_RULES:
        return []
    return [place for place, ys, xs in grids_of(level, upright) if len(xs) == 2 and _closed(place, level, upright)]


def _closed(place: Box, level: Sequence[Stroke], upright: Sequence[Stroke]) -> bool:
    """Tell whether rules run along all four sides of a place."""
    return all(
        any(abs(s.at - at) <= TOUCH and s.start <= start + TOUCH and s.end >= end - TOUCH for s in strokes)
        for strokes, at, start, end in (
            (level, place.top, place.x0, place.x1),
            (level, place.bottom, place.x0, place.x1),
            (upright, place.x0, place.top, place.bottom),
            (upright, place.x1, place.top, place.bottom),
        )
    )
