"""Maps of what articles tell of: the rows of `entities.region_lists` drawn by `drawing.world`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from monitor.entities.region_lists import countries_told, places_told
from monitor.web.drawing.world import Counted, WorldMap, world_map, world_shapes

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import Q

    from monitor.entities.region_lists import Placed

ISO_LENGTH = 2


def map_of(articles: Any, *, condition: Q | None = None, near: Collection[str] | None = None) -> WorldMap:
    """Return the map of these articles (a queryset of their keys); two queries.

    `condition`, on a row with a `region`, narrows its points; `near` are the countries that it shows nearer.
    """
    # Shapes that are no country to ISO: Somaliland, Northern Cyprus.
    also = [code for code in world_shapes() if len(code) > ISO_LENGTH]
    places = places_told(articles, condition=condition)
    return world_map(map(_counted, countries_told(articles, also=also)), map(_counted, places), near=near)


def _counted(row: Placed) -> Counted:
    return Counted(row.code, row.name, reverse("region", args=[row.slug]), row.articles, row.lon, row.lat)
