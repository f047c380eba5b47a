"""What a page's program paints beside letters: boxes, rules and pictures, in the page's own frame.

A producer has many ways to draw one thing: a rule is a stroke, a thin filled rectangle or a thin polygon; a frame is
a stroked rectangle or two filled ones; corners may be rounded. What is neither rule nor box is part of a drawing, and
parts that touch are one picture.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from monitor.ingest.pdf.frame import transformed
from monitor.ingest.pdf.printed_page import Box, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monitor.ingest.pdf.frame import Matrix, PageFrame, Rect
    from monitor.ingest.pdf.printed_page import Glyph

MAX_BOXES, MAX_RULES, MAX_DRAWINGS = 2_000, 4_000, 200  # on one page; more draw a pattern or a map
THIN = 4.0  # points; what is thinner is a rule, however it is painted
SHORTEST_RULE = 6.0  # points
LEVEL = 0.5  # points by which a rule may slope
STRAIGHT = 0.5  # of its outline: a box may have rounded corners, but is no ellipse
NEAR = 8.0  # points between parts of one drawing
PICTURE_WIDTH, PICTURE_HEIGHT = 40.0, 28.0  # points; what is smaller is an ornament or a logo
SCAN = 0.5  # of the page's area: pictures that fill as much are the page itself
LONGEST_OUTLINE = 400  # steps of a path; no box or rule has more

Point = tuple[float, float]


class Drawings:
    """Gathers what is painted while a page's program runs."""

    def __init__(self, frame: PageFrame) -> None:
        self._frame = frame
        self.boxes: list[Box] = []
        self.rules: list[Rule] = []
        self._pictures: list[Box] = []
        self._drawn: list[Box] = []
        self.image_share = 0.0  # of the page's area, by all images together
        self.painted = 0  # steps of painted paths
        self.shaded = False  # a shading is painted, nobody says where
        self.clip: Box | None = None  # only what lies inside is shown

    def lies_under(self, glyph: Glyph) -> bool:
        """Tell whether something painted lies under a letter: then white letters can be read."""
        x, y = (glyph.x0 + glyph.x1) / 2, glyph.base - glyph.size / 4
        full = self.shaded or len(self.boxes) == MAX_BOXES or max(len(self._pictures), len(self._drawn)) == MAX_DRAWINGS
        grounds: list[Box | Rule] = [*self.boxes, *self.rules, *self._pictures, *self._drawn]
        return full or any(b.x0 <= x <= b.x1 and b.top <= y <= b.bottom for b in grounds)

    def fill_page(self) -> bool:
        """Tell whether pictures fill most of the page, as in a scan."""
        return self.image_share >= SCAN

    def pictures(self) -> tuple[Box, ...]:
        """Return images and drawings that are large enough to be looked at."""
        found = [*self._pictures, *_merged(self._drawn)]
        return tuple(b for b in found if b.x1 - b.x0 >= PICTURE_WIDTH and b.bottom - b.top >= PICTURE_HEIGHT)

    def clip_to(self, path: Sequence[Any], ctm: Matrix) -> None:
        """Show only what lies inside a path as well, taken by its outline."""
        places = [self._placed(transformed(ctm, _around(figure))) for figure in _figures(path)]
        found = [place for place in places if place]
        if len(found) == 1:
            self.clip = _common(found[0], self.clip)

    def add_image(self, ctm: Matrix) -> None:
        """Keep the place of an image, as far as it is shown: the unit square as `ctm` moves it."""
        place = self._placed(transformed(ctm, (0, 0, 1, 1)))
        place = _common(place, self.clip) if place else None
        if place and (place.x1 <= place.x0 or place.bottom <= place.top):
            return
        if place:
            self.image_share = min(1.0, self.image_share + self._share(place))
        if place and len(self._pictures) < MAX_DRAWINGS:
            self._pictures.append(place)

    def _share(self, place: Box) -> float:
        frame = self._frame
        across = min(place.x1, frame.width) - max(place.x0, 0)
        down = min(place.bottom, frame.height) - max(place.top, 0)
        return max(across, 0) * max(down, 0) / (frame.width * frame.height)

    def add_path(self, path: Sequence[Any], ctm: Matrix, *, filled: bool) -> None:
        """Keep what a path paints, by its filling or only by its strokes."""
        self.painted += len(path)
        before: Box | None = None  # a rectangle that waits for one within it: both together are a border
        for figure in _figures(path):
            upright = _upright(figure) if len(figure) <= LONGEST_OUTLINE else None
            place = self._placed(transformed(ctm, upright or _around(figure)))
            border = _border(before, place) if before and upright and place else None
            if border:
                self._keep_border(*border)
                before = None
                continue
            if before:
                self._box(before)
            before = place if upright else None
            if place and not upright:
                self._figure(figure, place, ctm, filled=filled)
        if before:
            self._box(before)

    def _figure(self, figure: list[Any], place: Box, ctm: Matrix, *, filled: bool) -> None:
        if len(figure) > LONGEST_OUTLINE:
            self._draw(place)
        elif filled and _thin(figure):
            self._rule(place)
        elif not filled and _is_straight(figure) and _level(figure):
            for stroke in _strokes(figure):
                self._rule(self._placed(transformed(ctm, stroke)))
        else:
            self._draw(place)

    def _keep_border(self, outer: Box, inner: Box) -> None:
        """Keep the sides of a border that have any width; all four of them are a frame."""
        sides = (
            Box(outer.x0, outer.top, outer.x1, inner.top),
            Box(outer.x0, inner.bottom, outer.x1, outer.bottom),
            Box(outer.x0, outer.top, inner.x0, outer.bottom),
            Box(inner.x1, outer.top, outer.x1, outer.bottom),
        )
        drawn = [side for side in sides if min(side.x1 - side.x0, side.bottom - side.top) > LEVEL / 10]
        if len(drawn) == len(sides):
            self._box(outer)
        else:
            for side in drawn:
                self._rule(side)

    def _box(self, box: Box) -> None:
        if min(box.x1 - box.x0, box.bottom - box.top) <= THIN:
            self._rule(box)
        elif len(self.boxes) < MAX_BOXES:
            self.boxes.append(box)

    def _rule(self, box: Box | None) -> None:
        long = box is not None and max(box.x1 - box.x0, box.bottom - box.top) >= SHORTEST_RULE
        if box and long and len(self.rules) < MAX_RULES:
            self.rules.append(Rule(*box))

    def _draw(self, part: Box) -> None:
        """Grow the drawing that a part touches, or begin another."""
        for at in range(len(self._drawn) - 1, -1, -1):
            if _touch(self._drawn[at], part):
                self._drawn[at] = _both(self._drawn[at], part)
                return
        if len(self._drawn) < MAX_DRAWINGS:
            self._drawn.append(part)

    def _placed(self, rect: Rect) -> Box | None:
        """Return what of a rectangle is on the page, None where nothing is or where it is beyond all numbers."""
        if not all(map(math.isfinite, rect)):
            return None
        left, upper = self._frame.left, self._frame.upper
        x0, x1 = max(rect[0] - left, 0.0), min(rect[2] - left, self._frame.width)
        top, bottom = max(upper - rect[3], 0.0), min(upper - rect[1], self._frame.height)
        return Box(x0, top, x1, bottom) if x0 <= x1 and top <= bottom else None


def _common(one: Box, other: Box | None) -> Box:
    """Return what two boxes have in common; of nothing in common its sides are the wrong way round."""
    if other is None:
        return one
    return Box(max(one.x0, other.x0), max(one.top, other.top), min(one.x1, other.x1), min(one.bottom, other.bottom))


def _figures(path: Sequence[Any]) -> Iterator[list[Any]]:
    """Yield a path's figures: some producers paint all boxes of a page at once."""
    starts = [at for at, step in enumerate(path) if step[0] == "m"]
    for start, end in pairwise([*starts, len(path)]):
        if end - start > 1:
            yield list(path[start:end])


def _points(figure: Sequence[Any]) -> list[Point]:
    """Return where a figure's steps end."""
    return [(round(step[-2], 3), round(step[-1], 3)) for step in figure if step[0] != "h"]


def _around(figure: Sequence[Any]) -> Rect:
    points = _points(figure)
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _upright(figure: Sequence[Any]) -> Rect | None:
    """Return a figure as an upright rectangle, its corners rounded or not, if it is one."""
    points = _points(figure)
    if len(points) < 4:
        return None
    x0, y0, x1, y1 = rect = _around(figure)
    if not all(min(abs(x - x0), abs(x - x1), abs(y - y0), abs(y - y1)) < LEVEL / 5 for x, y in points):
        return None
    kinds = [step[0] for step in figure if step[0] != "h"][1:]
    straight = sum(
        abs(a[0] - b[0]) + abs(a[1] - b[1])
        for (a, b), kind in zip(pairwise([*points, points[0]]), [*kinds, "l"], strict=True)
        if kind == "l" and (a[0] == b[0] or a[1] == b[1])
    )
    corners = {(x, y) for x in (x0, x1) for y in (y0, y1)}
    rounded = any(kind != "l" for kind in kinds)
    whole = straight >= STRAIGHT * 2 * (x1 - x0 + y1 - y0)
    return rect if whole and (rounded or corners <= set(points)) else None


def _border(one: Box, other: Box) -> tuple[Box, Box] | None:
    """Return two rectangles, the outer one first, if one lies closely within the other: only a border is painted."""
    for outer, inner in ((one, other), (other, one)):
        sides = (inner.x0 - outer.x0, inner.top - outer.top, outer.x1 - inner.x1, outer.bottom - inner.bottom)
        if all(-LEVEL / 10 <= side <= 2 * THIN for side in sides) and max(sides) > LEVEL / 10:
            return outer, inner
    return None


def _thin(figure: Sequence[Any]) -> bool:
    """Tell whether a filled figure is a rule: a border may be a thin trapezium."""
    x0, y0, x1, y1 = _around(figure)
    return min(x1 - x0, y1 - y0) <= THIN and _is_straight(figure)


def _is_straight(figure: Sequence[Any]) -> bool:
    return all(step[0] in {"m", "l", "h"} for step in figure)


def _strokes(figure: Sequence[Any]) -> Iterator[Rect]:
    """Yield the straight strokes of a figure, as rectangles without thickness."""
    points = _points(figure)
    closed = [*points, points[0]] if figure[-1][0] == "h" else points
    for (ax, ay), (bx, by) in pairwise(closed):
        yield min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _level(figure: Sequence[Any]) -> bool:
    """Tell whether all strokes of a figure are level or upright."""
    return all(min(x1 - x0, y1 - y0) <= LEVEL for x0, y0, x1, y1 in _strokes(figure))


def _touch(one: Box, other: Box) -> bool:
    across = one.x0 - NEAR <= other.x1 and other.x0 - NEAR <= one.x1
    return across and one.top - NEAR <= other.bottom and other.top - NEAR <= one.bottom


def _both(one: Box, other: Box) -> Box:
    return Box(min(one.x0, other.x0), min(one.top, other.top), max(one.x1, other.x1), max(one.bottom, other.bottom))


def _merged(parts: Sequence[Box]) -> list[Box]:
    """Return drawings of which no two touch: growing parts may have met."""
    found: list[Box] = []
    for part in parts:
        whole, apart = part, []
        for other in found:
            if _touch(whole, other):
                whole = _both(whole, other)
            else:
                apart.append(other)
        found = [*apart, whole]
    return found
