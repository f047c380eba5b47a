"""A world map: countries shaded by how many articles tell of them, places as points."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.web.drawing.projection import HEIGHT, WIDTH, place_on_map
from monitor.web.drawing.steps import Step, step_of, steps_for

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

WORLD_FILE = Path(__file__).parent / "data" / "world.tsv"
# Sizes in thousandths of the picture's width, so that a map of one country has the same dots as one of the world.
SMALL_STATE = 5.0  # radius of a state too small for a shape of its own
LEAST_RADIUS, MOST_RADIUS = 3.5, 11.0  # of places, by their articles
MANY = 9  # articles: a place with fewer is never drawn as large as that
GRAIN = 6.0  # of the patterns that tell the shades apart
LEAST_FRAME = 260.0  # units: nearer, the shapes would be too coarse
AIR = 0.12  # of a frame's width, round what it shows
NAMED_IN_SUMMARY = 3
NUMBER = re.compile(r"-?\d+")


@dataclass(frozen=True, slots=True)
class Counted:
    """A region with the number of articles, and where it stands; countries need no point."""

    code: str
    name: str
    address: str
    articles: int
    lon: float | None = None
    lat: float | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """A shaded country."""

    of: Counted
    path: str
    step: int


@dataclass(frozen=True, slots=True)
class Dot:
    """A place, or a state without a shape: then with the step of its shade."""

    of: Counted
    x: float
    y: float
    radius: float
    step: int = 0


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the map that a picture shows, in units."""

    x: float = 0
    y: float = 0
    width: float = WIDTH
    height: float = HEIGHT

    @property
    def unit(self) -> float:
        """Return a thousandth of the picture's width."""
        return round(self.width / 1000, 3)

    @property
    def grain(self) -> float:
        return round(GRAIN * self.unit, 2)


@dataclass(frozen=True, slots=True)
class WorldMap:
    """What the template draws; `rest` is one path of all countries that nothing tells of."""

    rest: str
    shapes: tuple[Shape, ...]
    small: tuple[Dot, ...]
    places: tuple[Dot, ...]
    steps: tuple[Step, ...]
    unplaced: tuple[Counted, ...]  # counted, but on no map: they are in the table
    summary: str
    frame: Frame

    @property
    def rows(self) -> tuple[Counted, ...]:
        """Return all that is counted, the highest first: for the table beside the picture."""
        shown = [shape.of for shape in self.shapes] + [dot.of for dot in (*self.small, *self.places)]
        return tuple(sorted([*shown, *self.unplaced], key=lambda row: (-row.articles, row.name)))


@cache
def world_shapes() -> Mapping[str, str]:
    """Return the path of each country that the atlas draws, by its code."""
    rows = (line.split("\t") for line in WORLD_FILE.read_text(encoding="utf-8").splitlines())
    return {code: path for code, path in rows if path}


def world_map(
    countries: Iterable[Counted], places: Iterable[Counted] = (), *, near: Collection[str] | None = None
) -> WorldMap:
    """Return the map of these counts; regions without articles are left out.

    With `near`, codes of countries, the picture shows only the part of the world that they lie in and the places.
    """
    shapes = world_shapes()
    told = sorted((row for row in countries if row.articles > 0), key=lambda row: (-row.articles, row.name))
    steps = steps_for(row.articles for row in told)
    drawn = {row.code for row in told}
    spots = [row for row in places if row.articles > 0]
    frame = Frame() if near is None else _frame([shapes[code] for code in near if code in shapes], spots)
    most = max((row.articles for row in spots), default=MANY)
    small = _dots((row for row in told if row.code not in shapes), lambda row: SMALL_STATE * frame.unit, steps)
    # Larger dots first, so that the small ones lie on top of them.
    spots.sort(key=lambda row: (-row.articles, row.name))
    dots = _dots(spots, lambda row: _radius(row.articles, most) * frame.unit)
    on_map = drawn & shapes.keys() | {dot.of.code for dot in (*small, *dots)}
    return WorldMap(
        rest="".join(path for code, path in shapes.items() if code not in drawn),
        shapes=tuple(Shape(row, shapes[row.code], step_of(row.articles, steps)) for row in told if row.code in shapes),
        small=small,
        places=dots,
        steps=steps,
        unplaced=tuple(row for row in (*told, *spots) if row.code not in on_map),
        summary=_summary(told, len(spots)),
        frame=frame,
    )


def _dots(rows: Iterable[Counted], radius: Callable[[Counted], float], steps: tuple[Step, ...] = ()) -> tuple[Dot, ...]:
    placed = ((row, place_on_map(row.lon, row.lat)) for row in rows if row.lon is not None and row.lat is not None)
    return tuple(
        Dot(row, round(x, 1), round(y, 1), round(radius(row), 1), step_of(row.articles, steps))
        for row, (x, y) in placed
        if y <= HEIGHT
    )


def _radius(articles: int, most: int) -> float:
    """Return a radius whose circle grows with the count."""
    return max(LEAST_RADIUS, MOST_RADIUS * sqrt(articles / max(most, MANY)))


def _frame(paths: Iterable[str], spots: Iterable[Counted]) -> Frame:
    """Return a frame round these shapes and spots, in the proportions of the world; the world where there is neither."""
    points: list[tuple[float, float]] = [point for path in paths for point in points_of(path)]
    points += [place_on_map(row.lon, row.lat) for row in spots if row.lon is not None and row.lat is not None]
    if not points:
        return Frame()
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    width = max((right - left) * (1 + 2 * AIR), (bottom - top) * (1 + 2 * AIR) * WIDTH / HEIGHT, LEAST_FRAME)
    width = min(width, WIDTH)
    height = width * HEIGHT / WIDTH
    x = min(max((left + right - width) / 2, 0), WIDTH - width)
    y = min(max((top + bottom - height) / 2, 0), HEIGHT - height)
    return Frame(round(x, 1), round(y, 1), round(width, 1), round(height, 1))


@cache
def points_of(path: str) -> tuple[tuple[int, int], ...]:
    """Return the corners of a path of world.tsv: rings of "Mx y", then steps."""
    corners = []
    for ring in path.split("M")[1:]:
        start, _, steps = ring.rstrip("z").partition("l")
        x, y = map(int, NUMBER.findall(start))
        corners.append((x, y))
        numbers = [int(number) for number in NUMBER.findall(steps)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            corners.append((x, y))
    return tuple(corners)


def _summary(told: Sequence[Counted], places: int) -> str:
    if not told and not places:
        return "World map: no article tells of any country."
    first = ", ".join(f"{row.name} ({row.articles})" for row in told[:NAMED_IN_SUMMARY])
    countries = f"articles on {len(told)} {'country' if len(told) == 1 else 'countries'}"
    most = f", most of them on {first}" if len(told) > NAMED_IN_SUMMARY else f": {first}"
    points = f"{places} {'place' if places == 1 else 'places'} as points"
    parts = ([countries + most] if told else []) + ([points] if places else [])
    return f"World map: {'; '.join(parts)}."
