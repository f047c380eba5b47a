"""Regions as GeoJSON (RFC 7946): points with what articles tell of them; those without a point have no geometry.

Pure: rows come in, text goes out, the same bytes for the same rows.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

MEDIA_TYPE = "application/geo+json"
CREDIT = "Places from GeoNames (https://www.geonames.org/), CC BY 4.0, modified."
DECIMALS = 5  # about a metre
ISO_LENGTH = 2


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A region: its code (the id of its feature), what it lies in (codes), and in how many articles it is told of.

    `articles` counts what lies in it as well, `mentions` counts its own name. `lon` and `lat` in degrees, or both None.
    """

    code: str
    name: str
    kind: str
    url: str
    parents: tuple[str, ...] = ()
    articles: int = 0
    mentions: int = 0
    lon: float | None = None
    lat: float | None = None


def feature_collection(rows: Iterable[RegionRow], *, partial: str = "") -> str:
    """Return a FeatureCollection in the order of the rows; `partial` says what was left out, if anything was."""
    whole: dict[str, Any] = {"type": "FeatureCollection", "attribution": CREDIT}
    if partial:
        whole["partial"] = partial
    whole["features"] = [_feature(row) for row in rows]
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n"


def _feature(row: RegionRow) -> dict[str, Any]:
    properties: dict[str, Any] = {
        "name": row.name,
        "kind": row.kind,
        "iso": row.code if _is_iso(row.code) else None,
        "parents": list(row.parents),
        "articles": row.articles,
        "mentions": row.mentions,
        "url": row.url,
    }
    return {"type": "Feature", "id": row.code, "geometry": _point(row), "properties": properties}


def _point(row: RegionRow) -> dict[str, Any] | None:
    if row.lon is None or row.lat is None:
        return None
    return {"type": "Point", "coordinates": [round(row.lon, DECIMALS), round(row.lat, DECIMALS)]}


def _is_iso(code: str) -> bool:
    """Return whether a code is of ISO 3166: two capitals, or those with a part behind a hyphen (PK-BA)."""
    country, _, part = code.partition("-")
    is_country = len(country) == ISO_LENGTH and country.isascii() and country.isalpha() and country.isupper()
    return is_country and (not part or part.isalnum())
