"""A world map: countries shaded by how many articles tell of them, places as points."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.web.drawing.projection import HEIGHT, WIDTH, place_on_map
from monitor.web.drawing.steps import Step, step_of, steps_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

WORLD_FILE = Path(__file__).parent / "data" / "world.tsv"
SMALL_STATE = 5.0  # radius of a state too small for a shape of its own
LEAST_RADIUS, MOST_RADIUS = 3.5, 11.0  # of places, by their articles
NAMED_IN_SUMMARY = 3


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
class WorldMap:
    """What the template draws; `rest` is one path of all countries that nothing tells of."""

    rest: str
    shapes: tuple[Shape, ...]
    small: tuple[Dot, ...]
    places: tuple[Dot, ...]
    steps: tuple[Step, ...]
    unplaced: tuple[Counted, ...]  # counted, but on no map: they are in the table
    summary: str
    width: int = WIDTH
    height: int = HEIGHT


@cache
def world_shapes() -> Mapping[str, str]:
    """Return the path of each country that the atlas draws, by its code."""
    rows = (line.split("\t") for line in WORLD_FILE.read_text(encoding="utf-8").splitlines())
    return {code: path for code, path in rows if path}


def world_map(countries: Iterable[Counted], places: Iterable[Counted] = ()) -> WorldMap:
    """Return the map of these counts; regions without articles are left out."""
    shapes = world_shapes()
    told = sorted((row for row in countries if row.articles > 0), key=lambda row: (-row.articles, row.name))
    steps = steps_for(row.articles for row in told)
    drawn = {row.code for row in told}
    spots = [row for row in places if row.articles > 0]
    most = max((row.articles for row in spots), default=1)
    small = tuple(
        dot for row in told if row.code not in shapes and (dot := _dot(row, SMALL_STATE, step_of(row.articles, steps)))
    )
    # Larger dots first, so that the small ones lie on top of them.
    spots.sort(key=lambda row: (-row.articles, row.name))
    dots = tuple(dot for row in spots if (dot := _dot(row, _radius(row.articles, most))))
    on_map = drawn & shapes.keys() | {dot.of.code for dot in (*small, *dots)}
    return WorldMap(
        rest="".join(path for code, path in shapes.items() if code not in drawn),
        shapes=tuple(Shape(row, shapes[row.code], step_of(row.articles, steps)) for row in told if row.code in shapes),
        small=small,
        places=dots,
        steps=steps,
        unplaced=tuple(row for row in (*told, *spots) if row.code not in on_map),
        summary=_summary(told, len(spots)),
    )


def _dot(row: Counted, radius: float, step: int = 0) -> Dot | None:
    if row.lon is None or row.lat is None:
        return None
    x, y = place_on_map(row.lon, row.lat)
    return Dot(row, round(x, 1), round(y, 1), radius, step) if y <= HEIGHT else None


def _radius(articles: int, most: int) -> float:
    """Return a radius whose circle grows with the count."""
    return round(max(LEAST_RADIUS, MOST_RADIUS * sqrt(articles / most)), 1)


def _summary(told: Sequence[Counted], places: int) -> str:
    if not told and not places:
        return "World map: no article tells of any country."
    first = ", ".join(f"{row.name} ({row.articles})" for row in told[:NAMED_IN_SUMMARY])
    countries = f"articles on {len(told)} {'country' if len(told) == 1 else 'countries'}"
    most = f", most of them on {first}" if len(told) > NAMED_IN_SUMMARY else f": {first}"
    points = f"{places} {'place' if places == 1 else 'places'} as points"
    parts = ([countries + most] if told else []) + ([points] if places else [])
    return f"World map: {'; '.join(parts)}."
