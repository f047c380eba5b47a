"""Regions in lists and in their places: what a name means, what lies in what, and where articles tell of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from monitor.entities.folding import folded
from monitor.entities.mention_models import ArticleRegion
from monitor.entities.region_models import PointBasis, Region, RegionAlias, RegionClosure, RegionKind, RegionParent
from monitor.entities.told import counted_mentions
from monitor.library.queries import standing_articles

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from django.db.models import QuerySet

    from monitor.entities.told import Person

MOST_MEANT = 30
MOST_PLACES = 80  # points on a map
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


def countries_told(articles: Any, *, also: Collection[str] = ()) -> list[Placed]:
    """Return the countries that these articles tell of, with all that lies in them, the most frequent first; one query.

    `also` are codes of regions that are no countries and are shown as such.
    """
    wanted = Q(region__above__ancestor__kind=RegionKind.COUNTRY) | Q(region__above__ancestor__code__in=also)
    return _placed(ArticleRegion.objects.filter(wanted, article__in=articles), "region__above__ancestor__")


def places_told(articles: Any, *, condition: Q | None = None) -> list[Placed]:
    """Return the places with a point of their own that these articles name, the most frequent first; one query."""
    pointed = ~Q(region__coord_basis__in=[PointBasis.PARENT, PointBasis.NONE]) & ~Q(region__kind__in=BROAD)
    rows = ArticleRegion.objects.filter(pointed, condition or Q(), article__in=articles, region__lat__isnull=False)
    return _placed(rows, "region__", most=MOST_PLACES)


def parts_told(region: Region, person: Person) -> list[Placed]:
    """Return what lies directly in a region and is told of, the most frequent first; one query."""
    parts = RegionParent.objects.filter(parent=region.pk, retired=False).values("child")
    rows = ArticleRegion.objects.filter(article__in=standing_articles(person), region__above__ancestor__in=parts)
    return _placed(rows, "region__above__ancestor__")


def parts_of(region: Region, *, leaving_out: Collection[str] = ()) -> QuerySet[Region]:
    """Return what lies directly in a region, without these codes."""
    inside = RegionParent.objects.filter(parent=region.pk, retired=False).values("child")
    return Region.objects.filter(pk__in=inside, retired=False).exclude(code__in=leaving_out)


def roots_told(person: Person) -> list[Placed]:
    """Return the parts of the world that articles tell of, by name; one query."""
    rows = ArticleRegion.objects.filter(
        article__in=standing_articles(person), region__above__ancestor__kind=RegionKind.MACRO
    )
    return sorted(_placed(rows, "region__above__ancestor__"), key=lambda row: folded(row.name))


def macros_of(codes: Iterable[str]) -> dict[str, set[str]]:
    """Return the codes of the macro-regions that each of these regions lies in; one query."""
    rows = RegionClosure.objects.filter(descendant__code__in=codes, ancestor__kind=RegionKind.MACRO, depth__gt=0)
    found: dict[str, set[str]] = {}
    for code, macro in rows.values_list("descendant__code", "ancestor__code"):
        found.setdefault(code, set()).add(macro)
    return found


def _placed(rows: Any, path: str, *, most: int | None = None) -> list[Placed]:
    columns = {name: F(f"{path}{name}") for name in ("code", "slug", "name", "kind", "lon", "lat", "key")}
    renamed = {f"of_{name}": column for name, column in columns.items()}
    counted = rows.order_by().values(**renamed).annotate(n=Count("article", distinct=True))
    return [
        Placed(row["of_code"], row["of_slug"], row["of_name"], row["of_kind"], row["n"], row["of_lon"], row["of_lat"])
        for row in counted.order_by("-n", "of_key", "of_code")[:most]
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


def names_of_region(region: Region, person: Person) -> list[RegionName]:
    """Return the other names of a region, the most frequent first; one query."""
    found = counted_mentions().filter(article__in=standing_articles(person), region_alias=OuterRef("pk"))
    counted = found.order_by().values("region_alias").annotate(n=Count("pk")).values("n")
    rows = RegionAlias.objects.filter(region=region.pk, retired=False)
    named = rows.annotate(n=Coalesce(Subquery(counted, output_field=IntegerField()), Value(0)))
    return [RegionName(row, row.n) for row in named.order_by("-n", "text", "pk")]
