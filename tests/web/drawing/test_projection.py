from __future__ import annotations

from math import cos, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.web.drawing.projection import HEIGHT, NORTHMOST, SOUTHMOST, WIDTH, place_on_map

degrees_east = st.floats(-180, 180)
drawn_north = st.floats(SOUTHMOST, NORTHMOST)


def test_known_points_stand_where_the_projection_puts_them() -> None:
    assert place_on_map(0, 0) == pytest.approx((1000, 482.38), abs=0.01)
    assert place_on_map(180, 0) == pytest.approx((2000, 482.38), abs=0.01)
    assert place_on_map(0, NORTHMOST) == pytest.approx((1000, 0))
    # Half of the Earth's surface lies within 30 degrees of the equator, and so it does here.
    top, bottom = place_on_map(0, 90)[1], place_on_map(0, -90)[1]
    assert place_on_map(0, -30)[1] - place_on_map(0, 30)[1] < (bottom - top) / 2


@given(degrees_east, drawn_north)
def test_what_is_drawn_lies_on_the_map(lon: float, lat: float) -> None:
    x, y = place_on_map(lon, lat)
    assert 0 <= round(x, 6) <= WIDTH
    assert -0.01 <= y <= HEIGHT + 1


@given(degrees_east, drawn_north)
def test_east_is_right_and_west_its_mirror(lon: float, lat: float) -> None:
    x, y = place_on_map(lon, lat)
    mirrored = place_on_map(-lon, lat)
    assert (x >= WIDTH / 2 - 1e-9) == (lon >= 0) or abs(lon) < 1e-9
    assert mirrored == pytest.approx((WIDTH - x, y))


@given(degrees_east, st.floats(-1000, 1000))
def test_points_beyond_the_poles_are_brought_back(lon: float, lat: float) -> None:
    assert place_on_map(lon, lat) == place_on_map(lon, max(-90.0, min(90.0, lat)))


@pytest.mark.parametrize("lat", [-50, -20, 0, 20, 45, 70])
def test_areas_keep_their_proportions(lat: float) -> None:

    (left, top), (right, bottom) = place_on_map(-0.5, lat + 0.5), place_on_map(0.5, lat - 0.5)
    (left_0, top_0), (right_0, bottom_0) = place_on_map(-0.5, 0.5), place_on_map(0.5, -0.5)
    size = (right - left) * (bottom - top) / ((right_0 - left_0) * (bottom_0 - top_0))
    assert size == pytest.approx(cos(radians(lat)), rel=0.02)
