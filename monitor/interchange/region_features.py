"""Regions that articles tell of, as rows of a GeoJSON file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.interchange.geojson import RegionRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from monitor.entities.region_rows import ToldRegion


def feature_rows(found: Iterable[ToldRegion], site: str) -> Iterator[RegionRow]:
    """Yield a row of each region. `site` is the address the site is reached at, or "" if that is not known."""
    for told in found:
        region, (lon, lat) = told.region, told.point or (None, None)
        url = f"{site}{region.get_absolute_url()}"
        counts = (told.parents, told.articles, told.mentions)
        yield RegionRow(region.code, region.name, region.kind, url, *counts, lon, lat)
