"""Regions in lists and in their places: what a name means, what lies in what, and where articles tell of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, IntegerField, Q, Value, When

from monitor.entities.folding import folded
from monitor.entities.mention_models import ArticleRegion
from monitor.entities.region_models import PointBasis, Region, RegionAlias, RegionClosure, RegionKind, RegionParent
from monitor.entities.told import counted_mentions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from django.db.models import QuerySet


MOST_MEANT = 30
MOST_PLACES = 80  # points on a map
_ABOVE = "region__above__ancestor"
BROAD = (RegionKind.MACRO, RegionKind.COUNTRY, RegionKind.CROSS_BORDER, RegionKind.BORDER)
# Which region is meant first where several have a name.
WEIGHT: dict[str, int] = {
    RegionKind.MACRO: 0,
    RegionKind.COUNTRY: 1,
    RegionKind.DISPUTED: 2,
    RegionKind.FORMER: 2,
    RegionKind.CROSS_BORDER: 2,
    RegionKind.ADMIN1: 3,
    RegionKind.CITY: 4,
    RegionKind.ADMIN2: 5,
}


@dataclass(frozen=True, slots=True)
class Placed:
    """A region with the number of articles that tell of it or of what lies in it."""

    code: str
    slug: str
    name: str
    kind: str
    articles: int
    lon: float | None = None
    lat: float | None = None


def within(region: Region, *, exact: bool = False) -> Q:
    """Return the condition of a row with a `region` and an `article`: it is in this one, or is this very one."""
    if exact:
        return Q(region=region.pk)
    return Q(region__in=RegionClosure.objects.filter(ancestor=region.pk).values("descendant"))


def above(region: Region) -> list[Region]:
    """Return all that a region lies in, the nearest first; one query."""
    rows = RegionClosure.objects.filter(descendant=region.pk, depth__gt=0).select_related("ancestor")
    return [row.ancestor for row in rows.order_by("depth", "ancestor__key", "ancestor")]


def countries_told(
    articles: Any, *, also: Collection[str] = (), kinds: Collection[str] = (RegionKind.COUNTRY,)
) -> list[Placed]:
    """Return the countries that these articles tell of, with all that lies in them, the most frequent first; two queries.

    `also` are codes of regions that are no countries and are shown as such; `kinds`: other kinds instead, or as well.
    """
    wanted = Region.objects.filter(Q(kind__in=kinds) | Q(code__in=also))
    return _placed(_rolled_up(articles, wanted), _ABOVE)


def places_told(articles: Any, *, condition: Q | None = None) -> list[Placed]:
    """Return the places with a point of their own that these articles name, the most frequent first; one query."""
    pointed = ~Q(region__coord_basis__in=[PointBasis.PARENT, PointBasis.NONE]) & ~Q(region__kind__in=BROAD)
    rows = ArticleRegion.objects.filter(pointed, condition or Q(), article__in=articles, region__lat__isnull=False)
    return _placed(rows, "region", most=MOST_PLACES)


def parts_told(region: Region, articles: Any) -> list[Placed]:
    """Return what lies directly in a region and is told of in these articles, the most frequent first; one query."""
    inside = RegionParent.objects.filter(parent=region.pk, retired=False)
    return _placed(_rolled_up(articles, Region.objects.filter(pk__in=inside.values("child"))), _ABOVE)


def parts_of(region: Region, *, leaving_out: Collection[str] = ()) -> QuerySet[Region]:
    """Return what lies directly in a region, without these codes."""
    inside = RegionParent.objects.filter(parent=region.pk, retired=False).values("child")
    return Region.objects.filter(pk__in=inside, retired=False).exclude(code__in=leaving_out)


def _rolled_up(articles: Any, regions: QuerySet[Region]) -> QuerySet[ArticleRegion]:
    """Return the rows of what lies in these regions; the region itself is at _ABOVE."""
    return ArticleRegion.objects.filter(article__in=articles, region__above__ancestor__in=regions.values("pk"))


def macros_of(codes: Iterable[str]) -> dict[str, set[str]]:
    """Return the codes of the macro-regions that each of these regions lies in; one query."""
    rows = RegionClosure.objects.filter(descendant__code__in=codes, ancestor__kind=RegionKind.MACRO, depth__gt=0)
    found: dict[str, set[str]] = {}
    for code, macro in rows.values_list("descendant__code", "ancestor__code"):
        found.setdefault(code, set()).add(macro)
    return found


def _placed(rows: Any, path: str, *, most: int | None = None) -> list[Placed]:
    """Count articles by the region at `path`; by keys alone, and the regions themselves are fetched afterwards."""
    counted = rows.order_by().values_list(path).annotate(n=Count("article", distinct=True))
    counts = dict(counted.order_by("-n", path)[:most])
    columns = ("code", "slug", "name", "kind", "lon", "lat", "key")
    found = Region.objects.filter(pk__in=counts).order_by().values("pk", *columns)
    ranked = sorted(found, key=lambda row: (-counts[row["pk"]], row["key"], row["code"]))
    return [
        Placed(row["code"], row["slug"], row["name"], row["kind"], counts[row["pk"]], row["lon"], row["lat"])
        for row in ranked
    ]


@dataclass(frozen=True, slots=True)
class MeantRegion:
    """A region that a typed name means, the name of it that matched, and the country it lies in."""

    region: Region
    by: str
    country: Region | None


def regions_meant(name: str, *, beginning: bool = False) -> list[MeantRegion]:
    """Return the regions called `name`, or whose names begin so: parts of the world and countries first, then by people.

    Three queries.
    """
    fold = folded(name)
    compared = "startswith" if beginning else "exact"
    aliases = RegionAlias.objects.filter(**{f"fold__{compared}": fold}, retired=False)
    by_alias = dict(aliases.order_by("-id").values_list("region", "text")[: 10 * MOST_MEANT])
    named = Q(**{f"key__{compared}": fold}) | Q(pk__in=by_alias)
    weight = Case(
        *(When(kind=kind, then=Value(number)) for kind, number in WEIGHT.items()),
        default=Value(9),
        output_field=IntegerField(),
    )
    rows = Region.objects.filter(named, retired=False).annotate(weight=weight)
    found = list(rows.order_by("weight", "-population", "key", "pk")[:MOST_MEANT])
    countries = Region.objects.filter(
        kind=RegionKind.COUNTRY, code__in={code for row in found for code in row.countries}
    )
    by_code = {row.code: row for row in countries}
    return [
        MeantRegion(row, row.name if _is_called(row, fold) else by_alias.get(row.pk, row.name), _only(by_code, row))
        for row in found
    ]


def _only(by_code: Mapping[str, Region], region: Region) -> Region | None:
    """Return the country a region lies in, where there is one and it is not that country itself."""
    return by_code.get(region.countries[0]) if len(region.countries) == 1 and region.code not in by_code else None


def _is_called(region: Region, fold: str) -> bool:
    return region.key.startswith(fold)


def country_names(codes: Iterable[str], *, slugs: bool = False) -> dict[str, str]:
    """Return what these countries are called, by code, or by the slug of their page; one query."""
    rows = Region.objects.filter(code__in=list(codes)).order_by("key")
    return dict(rows.values_list("slug" if slugs else "code", "name"))


def countries_below(region: Region) -> list[str]:
    """Return the codes of the countries in a region, or of those it lies in; at most one query."""
    if region.countries and region.kind != RegionKind.MACRO:
        return list(region.countries)
    below = RegionClosure.objects.filter(ancestor=region.pk, descendant__kind=RegionKind.COUNTRY)
    return list(below.order_by("descendant").values_list("descendant__code", flat=True))


@dataclass(frozen=True, slots=True)
class RegionName:
    """Another name of a region, and how often it stands in articles one may see."""

    alias: RegionAlias
    mentions: int


def names_of_region(region: Region, articles: Any) -> list[RegionName]:
    """Return the other names of a region, the most frequent in these articles first; two queries."""
    found = counted_mentions().filter(article__in=articles, region=region.pk).order_by()
    counts = dict(found.values_list("region_alias").annotate(n=Count("pk")))
    rows = RegionAlias.objects.filter(region=region.pk, retired=False)
    names = [RegionName(row, counts.get(row.pk, 0)) for row in rows]
    return sorted(names, key=lambda row: (-row.mentions, row.alias.text, row.alias.pk))
