from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from monitor.web.drawing.projection import HEIGHT, WIDTH
from monitor.web.drawing.steps import STEPS, step_of, steps_for
from monitor.web.drawing.world import Counted, Frame, points_of, world_map, world_shapes


def country(code: str, articles: int, *, lon: float | None = None, lat: float | None = None) -> Counted:
    return Counted(code, f"Land {code}", f"/regions/{code}/", articles, lon, lat)


@given(st.lists(st.integers(0, 10**6), max_size=40))
def test_steps_have_no_gap_and_hold_every_count(counts: list[int]) -> None:
    steps = steps_for(counts)
    assert len(steps) <= STEPS
    if not steps:
        assert max(counts, default=0) == 0
        return
    assert (steps[0].least, steps[-1].most, steps[-1].number) == (1, max(counts), STEPS)
    assert all(low.most + 1 == high.least and low.number < high.number for low, high in itertools.pairwise(steps))
    for count in counts:
        number = step_of(count, steps)
        assert number == 0 if count == 0 else any(s.number == number and s.least <= count <= s.most for s in steps)


def test_steps_grow_by_powers() -> None:
    assert [step.words for step in steps_for([1, 7, 1000])] == [
        "1 to 4",
        "5 to 16",
        "17 to 63",
        "64 to 251",
        "252 to 1000",
    ]
    assert [(step.words, step.number) for step in steps_for([1, 2])] == [("1", 2), ("2", 5)]
    assert [(step.words, step.number) for step in steps_for([1])] == [("1", 5)]


def test_countries_are_shaded_and_the_rest_is_one_path() -> None:
    drawn = world_map([country("PK", 9), country("IQ", 1), country("FR", 0)])
    assert [(shape.of.code, shape.step) for shape in drawn.shapes] == [("PK", 5), ("IQ", 1)]
    assert drawn.shapes[0].path == world_shapes()["PK"]
    assert world_shapes()["FR"] in drawn.rest
    assert world_shapes()["PK"] not in drawn.rest
    assert drawn.summary == "World map: articles on 2 countries: Land PK (9), Land IQ (1)."


def test_a_state_too_small_for_a_shape_is_a_shaded_point() -> None:
    drawn = world_map([country("BH", 3, lon=50.58, lat=26.22), country("PK", 1)])
    (bahrain,) = drawn.small
    assert (bahrain.of.code, bahrain.step, round(bahrain.x), round(bahrain.y)) == ("BH", 5, 1267, 290)
    assert drawn.unplaced == ()


def test_what_has_no_place_is_named_beside_the_map() -> None:
    sahel, nowhere = Counted("sahel", "Sahel", "/regions/sahel/", 4), country("QQ", 2)
    drawn = world_map([nowhere], [sahel])
    assert drawn.unplaced == (nowhere, sahel)
    assert (drawn.small, drawn.places) == ((), ())
    south = world_map([], [Counted("base", "South", "/", 1, 0, -89)])
    assert [row.code for row in south.unplaced] == ["base"]


def test_places_grow_with_their_articles_and_small_ones_lie_on_top() -> None:
    places = [Counted(str(n), f"Place {n}", "/", n, float(n), 10.0) for n in (1, 100, 25)]
    drawn = world_map([], places)
    assert [(dot.of.articles, dot.radius) for dot in drawn.places] == [(100, 22.0), (25, 11.0), (1, 7.0)]
    assert drawn.summary == "World map: 3 places as points."


def test_an_empty_archive_has_a_map_of_land() -> None:
    drawn = world_map([])
    assert drawn.rest == "".join(world_shapes().values())
    assert drawn.summary == "World map: no article tells of any country."
    assert drawn.steps == ()


def test_the_map_is_light_however_much_is_on_it() -> None:
    everywhere = world_map([country(code, 3) for code in world_shapes()])
    assert everywhere.rest == ""
    assert len(everywhere.shapes) == len(world_shapes())
    assert everywhere.summary.startswith(
        f"World map: articles on {len(world_shapes())} countries, most of them on Land "
    )


def test_a_near_map_frames_its_countries_in_the_proportions_of_the_world() -> None:
    drawn = world_map([country("PK", 1)], [Counted("c", "City", "/", 1, 67.0, 30.2)], near=["PK"])
    frame = drawn.frame
    assert round(frame.width / frame.height, 2) == round(WIDTH / HEIGHT, 2)
    corners = points_of(world_shapes()["PK"])
    assert all(frame.x < x < frame.x + frame.width and frame.y < y < frame.y + frame.height for x, y in corners)
    assert frame.width < 400
    # The dots keep their size on the screen.
    assert drawn.places[0].radius == round(11 / 3 * frame.width / 1000, 1)


def test_a_near_map_of_nothing_is_the_world() -> None:
    assert world_map([], near=[]).frame == Frame()
    assert world_map([], near=["no-such-land"]).frame == Frame()


@given(st.sets(st.sampled_from(sorted(world_shapes())), min_size=1, max_size=8))
def test_every_frame_lies_on_the_map(near: set[str]) -> None:
    frame = world_map([], near=sorted(near)).frame
    assert frame.x >= 0
    assert frame.y >= 0
    assert frame.x + frame.width <= WIDTH + 0.2
    assert frame.y + frame.height <= HEIGHT + 0.2
    assert frame.width >= 260
