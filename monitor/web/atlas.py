"""Maps of what articles tell of: the rows of `entities.region_lists` drawn by `drawing.world`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from monitor.entities.region_lists import countries_told, places_told
from monitor.entities.region_models import RegionKind
from monitor.web.drawing.world import Counted, WorldMap, world_map, world_shapes

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import Q

    from monitor.entities.region_lists import Placed

ISO_LENGTH = 2


def map_of(articles: Any, *, condition: Q | None = None, near: Collection[str] | None = None) -> WorldMap:
    """Return the map of these articles (a queryset of their keys); four queries.

    `condition`, on a row with a `region`, narrows its points; `near` are the countries that it shows nearer.
    """
    places = places_told(articles, condition=condition)
    return world_map(map(_counted, countries_told(articles, also=_also())), map(_counted, places), near=near)


def map_and_parts(articles: Any) -> tuple[WorldMap, list[Placed]]:
    """Return the map of these articles, and the countries and parts of the world they tell of; counted together."""
    broad = countries_told(articles, also=_also(), kinds=(RegionKind.COUNTRY, RegionKind.MACRO))
    countries = (row for row in broad if row.kind != RegionKind.MACRO)
    return world_map(map(_counted, countries), map(_counted, places_told(articles))), broad


def _also() -> list[str]:
    """Return the codes of shapes that are no country to ISO: Somaliland, Northern Cyprus."""
    return [code for code in world_shapes() if len(code) > ISO_LENGTH]


def _counted(row: Placed) -> Counted:
    return Counted(row.code, row.name, reverse("region", args=[row.slug]), row.articles, row.lon, row.lat)
