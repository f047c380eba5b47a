"""The tables -> the gazetteer that the recogniser reads, each name with the key of its row."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from monitor.entities.data_files import FOLDER, gazetteer_of, read_word_lists
from monitor.entities.data_rows import ActorRow, AliasRow, DataFiles, RegionRow, RelationRow, Spelling
from monitor.entities.loading import OWN_NAME
from monitor.entities.models import Actor, ActorAlias, ActorRelation, ActorStatus
from monitor.entities.region_models import Region, RegionAlias, RegionParent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from monitor.entities.gazetteer import Gazetteer, Surface

    Names = dict[tuple[str, str, str, str], int]

# Provisional actors are what the recogniser proposed: it is not to learn from itself.
KNOWN = (ActorStatus.ACTIVE, ActorStatus.FORMER)


def read_tables(folder: Path = FOLDER) -> Gazetteer:
    """Return what stands in the tables, with the word lists of the files in `folder`."""
    gazetteer = gazetteer_of(_data(folder))
    own = _without_doubles(gazetteer.surfaces)
    names = {**_actor_names(), **_region_names()}
    keyed = tuple(_with_key(surface, names) for surface in own)
    return replace(gazetteer, surfaces=keyed)


def _data(folder: Path) -> DataFiles:
    return DataFiles(
        actors=tuple(_actors()),
        aliases=tuple(_aliases()),
        relations=tuple(_relations()),
        regions=tuple(_regions()),
        **read_word_lists(folder),
    )


def _actors() -> Iterator[ActorRow]:
    for row in Actor.objects.filter(status__in=KNOWN).order_by("slug"):
        yield ActorRow(
            slug=row.slug,
            name=row.name,
            kind=row.kind,
            status=row.status,
            countries=tuple(row.countries),
            tags=tuple(row.tags),
            strict=row.strict,
            wikidata=row.wikidata,
            valid_from=row.valid_from or None,
            valid_to=row.valid_to or None,
            sources=tuple(row.sources),
            notes=row.notes,
        )


def _aliases() -> Iterator[AliasRow]:
    rows = ActorAlias.objects.filter(actor__status__in=KNOWN, retired=False).exclude(source=OWN_NAME)
    for row in rows.order_by("actor__slug", "pk").select_related("actor"):
        yield AliasRow(
            actor=row.actor.slug,
            text=row.text,
            sort=cast("Any", row.sort),
            lang=row.lang,
            script=row.script,
            case=cast("Any", row.case),
            needs=tuple(row.needs),
            not_near=tuple(row.not_near),
            valid_from=row.valid_from or None,
            valid_to=row.valid_to or None,
            source=row.source,
        )


def _relations() -> Iterator[RelationRow]:
    rows = ActorRelation.objects.filter(retired=False).order_by("pk")
    for row in rows.values_list("from_actor__slug", "type", "to_actor__slug", "valid_from", "valid_to", "source"):
        start, kind, end, since, until, source = row
        yield RelationRow(start, kind, end, since or None, until or None, source)


def _regions() -> Iterator[RegionRow]:
    parents, spellings = defaultdict(list), defaultdict(list)
    edges = RegionParent.objects.filter(retired=False, parent__retired=False).order_by("parent__code")
    for child, parent in edges.values_list("child", "parent__code"):
        parents[child].append(parent)
    aliases = RegionAlias.objects.filter(retired=False).order_by("pk")
    for region, text, sort, needs in aliases.values_list("region", "text", "sort", "needs"):
        spellings[region].append(Spelling(text, cast("Any", sort), tuple(needs)))
    columns = ("pk", "code", "slug", "name", "kind", "countries", "population", "lat", "lon", "coord_basis", "source")
    dates = ("valid_from", "valid_to")
    for key, code, slug, name, kind, countries, *rest in (
        Region.objects.filter(retired=False).order_by("code").values_list(*columns, *dates)
    ):
        population, lat, lon, basis, source, since, until = rest
        yield RegionRow(
            code,
            slug,
            name,
            kind,
            tuple(parents[key]),
            tuple(countries),
            population,
            lat,
            lon,
            basis,
            tuple(spellings[key]),
            source,
            since or None,
            until or None,
        )


def _without_doubles(surfaces: Iterable[Surface]) -> list[Surface]:
    """Leave a name that several actors share, who were judged to be one, to the one that is kept.

    It would be ambiguous otherwise, though everybody knows who is meant.
    """
    canonical = dict(Actor.objects.filter(status__in=KNOWN).values_list("slug", "canonical__slug"))
    merged = {slug for slug, kept in canonical.items() if slug != kept}
    written = {(one.text, one.entity) for one in surfaces if one.kind == "actor"}
    return [
        one
        for one in surfaces
        if one.kind != "actor" or one.entity not in merged or (one.text, canonical[one.entity]) not in written
    ]


def _actor_names() -> Names:
    rows = ActorAlias.objects.filter(actor__status__in=KNOWN, retired=False)
    keys = rows.values_list("actor__slug", "text", "valid_from", "pk")
    return {("actor", slug, text, since): pk for slug, text, since, pk in keys}


def _region_names() -> Names:
    rows = RegionAlias.objects.filter(retired=False).values_list("region__code", "text", "pk")
    return {("region", code, text, ""): pk for code, text, pk in rows}


def _with_key(surface: Surface, names: Names) -> Surface:
    since = surface.valid_from or ""
    key = names.get((surface.kind, surface.entity, surface.text, since))
    if key is None and surface.kind == "actor":
        # The row of an actor's own name has no dates: those are the actor's.
        key = names.get(("actor", surface.entity, surface.text, ""))
    return surface if key is None else replace(surface, alias_id=key)
