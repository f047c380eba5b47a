from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.interchange.geojson import CREDIT, RegionRow, feature_collection

VRAY = RegionRow(
    "gn1",
    "Vray",
    "city",
    "https://h.example/regions/vray/",
    ("PK-BA",),
    articles=3,
    mentions=7,
    lon=62.123456789,
    lat=25.5,
)


def written(*rows: RegionRow, **facts: str) -> Any:
    return json.loads(feature_collection(rows, **facts))


def test_a_region_is_a_feature_with_what_is_told_of_it() -> None:
    assert written(VRAY) == {
        "type": "FeatureCollection",
        "attribution": CREDIT,
        "features": [
            {
                "type": "Feature",
                "id": "gn1",
                "geometry": {"type": "Point", "coordinates": [62.12346, 25.5]},
                "properties": {
                    "name": "Vray",
                    "kind": "city",
                    "iso": None,
                    "parents": ["PK-BA"],
                    "articles": 3,
                    "mentions": 7,
                    "url": "https://h.example/regions/vray/",
                },
            }
        ],
    }


def test_a_region_without_a_point_has_no_geometry() -> None:
    (feature,) = written(RegionRow("sahel", "Sahel", "macro", "https://h.example/regions/sahel/"))["features"]
    assert (feature["geometry"], feature["properties"]["parents"]) == (None, [])
    (half,) = written(RegionRow("x", "X", "place", "u", lon=1.0))["features"]
    assert half["geometry"] is None


@pytest.mark.parametrize(
    ("code", "iso"),
    [("PK", "PK"), ("PK-BA", "PK-BA"), ("gn1", None), ("sahel", None), ("me", None), ("ÄÖ", None), ("PK-", "PK-")],
)
def test_codes_of_iso_are_told_as_such(code: str, iso: str | None) -> None:
    (feature,) = written(RegionRow(code, "X", "country", "u"))["features"]
    assert feature["properties"]["iso"] == iso


def test_what_was_left_out_is_said_and_nothing_else_is() -> None:
    assert written(VRAY, partial="Newest 2000.")["partial"] == "Newest 2000."
    assert list(written(VRAY)) == ["type", "attribution", "features"]
    assert written()["features"] == []


names = st.text(max_size=8)
places = st.tuples(st.floats(-180, 180), st.floats(-90, 90))


@given(st.lists(st.tuples(names, names, st.none() | places), max_size=3))
def test_any_name_comes_back_as_it_was_and_in_its_order(
    rows: list[tuple[str, str, tuple[float, float] | None]],
) -> None:
    made = [
        RegionRow(code, name, "place", "u", lon=point[0] if point else None, lat=point[1] if point else None)
        for code, name, point in rows
    ]
    text = feature_collection(made)
    found = json.loads(text)["features"]
    assert [(row["id"], row["properties"]["name"]) for row in found] == [(code, name) for code, name, _ in rows]
    assert [row["geometry"] is None for row in found] == [point is None for _, _, point in rows]
    for row, (_, _, point) in zip(found, rows, strict=True):
        if point:
            assert row["geometry"]["coordinates"] == pytest.approx(point, abs=1e-5)
    assert text == feature_collection(made)
    assert text.endswith("\n")
