"""Regions, with their names and what they lie in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Q
from django.urls import reverse

from monitor.api.rows.kinds import Kind, beginning, in_json, keyed, plain, several
from monitor.entities.mention_models import ArticleRegion
from monitor.entities.region_models import Region, RegionAlias, RegionClosure
from monitor.library.keyset import Key
from monitor.library.managers import may_read
from monitor.library.queries import count_of, standing_articles

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from monitor.api.links import Links
    from monitor.api.rows.kinds import Person, Row, Said


def seen_regions(person: Person) -> Any:
    return Region.objects.filter(retired=False) if may_read(person) else Region.objects.none()


def regions_called(keys: Sequence[str]) -> Any:
    """Return the regions with these numbers, codes or slugs; codes may be written small."""
    codes = {*keys, *(key.upper() for key in keys)}
    return Region.objects.filter(keyed(keys, "slug") | Q(code__in=codes), retired=False)


def regions_meant(person: Person, key: str) -> Any:
    """Return the region that one may see with this number, code or slug."""
    return regions_called([key]) if may_read(person) else Region.objects.none()


def _columns(person: Person) -> Mapping[str, Any]:
    own = ("pk", "uid", "created", "updated", "key", "code", "name", "slug", "kind", "countries", "population")
    rows = ArticleRegion.objects.filter(article__in=standing_articles(person))
    return {**plain(*own, "lat", "lon", "coord_basis"), "named_count": count_of(rows, "region")}


def _region(row: Row, links: Links) -> Said:
    own = ("code", "name", "slug", "kind", "countries", "population", "lat", "lon", "coord_basis", "named_count")
    return {
        **beginning(row, links, "regions", reverse("region", args=[row["slug"]])),
        "uid": str(row["uid"]),
        **{name: row[name] for name in own},
    }


def _more(person: Person) -> Mapping[str, Any]:
    names = RegionAlias.objects.filter(region=OuterRef("pk"), retired=False).order_by("pk")
    above = RegionClosure.objects.filter(descendant=OuterRef("pk"), depth__gt=0, ancestor__retired=False)
    ancestor = {name: f"ancestor__{path}" for name, path in (("id", "pk"), ("code", "code"), ("name", "name"))}
    above = several(above.order_by("depth", "ancestor__key", "ancestor_id"), depth="depth", **ancestor)
    return {
        "beside": in_json(aliases=several(names, name="text", kind="sort", lang="lang", script="script"), above=above)
    }


def _told_more(row: Row, links: Links) -> Said:
    above = [{**one, "url": links.api("regions", one["id"])} for one in row["beside"]["above"] or ()]
    return {"aliases": row["beside"]["aliases"] or [], "lies_in": above}


REGIONS = Kind(
    "regions",
    seen_regions,
    _columns,
    _region,
    order=(Key("key", "text"), Key("pk", "number")),
    more=_more,
    told_more=_told_more,
)
