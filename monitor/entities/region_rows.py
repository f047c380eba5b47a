"""The regions of some articles as rows of a file: each that is named, with what lies in it counted, and where it lies."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count

from monitor.entities.mention_models import ArticleRegion, EntityKind
from monitor.entities.newest import key_rows
from monitor.entities.region_models import PointBasis, Region, RegionClosure, RegionParent
from monitor.entities.told import counted_mentions

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_REGIONS = 5_000


@dataclass(frozen=True, slots=True)
class ToldRegion:
    """A region that articles name: in how many it or what lies in it is named, and how often it is named itself."""

    region: Region
    parents: tuple[str, ...]
    articles: int
    mentions: int

    @property
    def point(self) -> tuple[float, float] | None:
        """Return (longitude, latitude) in degrees; None where it has but the point of what it lies in."""
        has_own = self.region.coord_basis not in {PointBasis.PARENT, PointBasis.NONE}
        if not has_own or self.region.lon is None or self.region.lat is None:
            return None
        return self.region.lon, self.region.lat


def told_regions(articles: Any, *, within: Any = None) -> list[ToldRegion]:
    """Return the regions that these articles name, the most frequent first, at most MOST_REGIONS; four queries.

    `articles` as for `article__in`; `within`: keys of the regions that are asked for, all where None.
    """
    named = ArticleRegion.objects.filter(article__in=articles)
    if within is not None:
        named = named.filter(region__in=within)
    itself = named.order_by().values("region").annotate(n=Count("article", distinct=True)).order_by("-n", "region")
    keys = [row["region"] for row in itself[:MOST_REGIONS]]
    inside = RegionClosure.objects.filter(ancestor__in=key_rows(keys), descendant__in=named.values("region"))
    counts = _rolled_up(inside, named)
    mentions = counted_mentions().filter(article__in=articles, kind=EntityKind.REGION).order_by()
    own = dict(mentions.values_list("region").annotate(n=Count("pk")))
    parents: dict[int, list[str]] = defaultdict(list)
    edges = RegionParent.objects.filter(child__in=key_rows(keys), retired=False).order_by("parent__code")
    for child, code in edges.values_list("child", "parent__code"):
        parents[child].append(code)
    regions = Region.objects.in_bulk(keys)
    found = [ToldRegion(regions[key], tuple(parents[key]), counts[key], own.get(key, 0)) for key in keys]
    return sorted(found, key=lambda row: (-row.articles, row.region.key, row.region.code))


def _rolled_up(inside: Any, named: Any) -> Mapping[int, int]:
    """Return for each region in how many articles it or what lies in it is named."""
    held: dict[int, set[int]] = defaultdict(set)
    for region, article in named.order_by().values_list("region", "article"):
        held[region].add(article)
    found: dict[int, set[int]] = defaultdict(set)
    for ancestor, descendant in inside.values_list("ancestor", "descendant"):
        found[ancestor] |= held[descendant]
    return {key: len(articles) for key, articles in found.items()}
