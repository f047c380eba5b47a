"""The gazetteer that comes with the site, read once by all tests that look at all of it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from monitor.entities.data_files import read_data

if TYPE_CHECKING:
    from monitor.entities.data_rows import DataFiles, RegionRow


@cache
def whole() -> DataFiles:
    return read_data()


@cache
def all_regions() -> dict[str, RegionRow]:
    return {region.code: region for region in whole().regions}


def inside(code: str) -> set[str]:
    """Return the codes of all regions that lie in this one, at any depth, itself left out."""
    return set(_inside_each().get(code, ()))


@cache
def _inside_each() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for region in whole().regions:
        above, seen = list(region.parents), set()
        while above:
            parent = above.pop()
            if parent not in seen:
                seen.add(parent)
                found.setdefault(parent, set()).add(region.code)
                above += all_regions()[parent].parents
    return found
