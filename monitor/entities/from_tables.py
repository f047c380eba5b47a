"""The tables -> the gazetteer that the recogniser reads, each name with the key of its row.

In two parts: regions are nearly all of the names, and change far less often than actors do.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from django.db import connection

from monitor.entities.data_files import FOLDER, gazetteer_of, read_word_lists
from monitor.entities.data_rows import ActorRow, AliasRow, DataFiles, RegionRow
from monitor.entities.gazetteer import Gazetteer, RegionEntry, Surface
from monitor.entities.loading import OWN_NAME
from monitor.entities.models import Actor, ActorAlias, ActorStatus
from monitor.entities.region_models import Region, RegionKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    Names = dict[tuple[str, str, str, str], int]

REGIONS = """
SELECT region.code, region.slug, region.name, region.kind, coalesce(edges.parents, '{}'), region.countries,
    region.population, region.lat, region.lon
FROM monitor_region region
LEFT JOIN (
    SELECT edge.child_id, array_agg(parent.code ORDER BY parent.code) AS parents
    FROM monitor_regionparent edge JOIN monitor_region parent ON parent.id = edge.parent_id
    WHERE NOT edge.retired AND NOT parent.retired
    GROUP BY edge.child_id
) edges ON edges.child_id = region.id
WHERE NOT region.retired
ORDER BY region.code"""
SPELLINGS = """
SELECT spelling.text, region.code, spelling.sort, spelling.needs, spelling.id
FROM monitor_regionalias spelling JOIN monitor_region region ON region.id = spelling.region_id
WHERE NOT spelling.retired AND NOT region.retired
ORDER BY spelling.id"""

# Provisional actors are what the recogniser proposed: it is not to learn from itself.
KNOWN = (ActorStatus.ACTIVE, ActorStatus.FORMER)


def read_actors(folder: Path = FOLDER) -> Gazetteer:
    """Return what the tables say of actors, with the word lists of the files in `folder`; without regions."""
    gazetteer = gazetteer_of(_data(folder))
    names = _actor_names()
    actors = (surface for surface in gazetteer.surfaces if surface.kind == "actor")
    keyed = tuple(_with_key(surface, names) for surface in _without_doubles(actors))
    return replace(gazetteer, regions=(), surfaces=keyed)


def read_places() -> Gazetteer:
    """Return what the tables say of regions, and nothing else."""
    with connection.cursor() as cursor:
        cursor.execute(REGIONS)
        regions = tuple(
            RegionEntry(code, slug, name, kind, tuple(parents), tuple(countries), *facts)
            for code, slug, name, kind, parents, countries, *facts in cursor.fetchall()
        )
        cursor.execute(SPELLINGS)
        spellings = [
            Surface(text, code, "region", sort, needs=tuple(needs), alias_id=key)
            for text, code, sort, needs, key in cursor.fetchall()
        ]
    written = {(one.text, one.entity): one.alias_id for one in spellings}
    own = (
        Surface(region.name, region.code, "region", alias_id=written.get((region.name, region.code)))
        for region in regions
    )
    return Gazetteer(regions=regions, surfaces=(*own, *spellings))


def _data(folder: Path) -> DataFiles:
    return DataFiles(
        actors=tuple(_actors()),
        aliases=tuple(_aliases()),
        relations=(),
        regions=tuple(_countries()),  # whose names descriptions are made of
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


def _countries() -> Iterator[RegionRow]:
    for code, slug, name in Region.objects.filter(kind=RegionKind.COUNTRY, retired=False).values_list(
        "code", "slug", "name"
    ):
        yield RegionRow(code, slug, name, "country", (), (code,), 0, None, None, "", (), "")


def _without_doubles(found: Iterable[Surface]) -> list[Surface]:
    """Leave a name that several actors share, who were judged to be one, to the one that is kept.

    It would be ambiguous otherwise, though everybody knows who is meant.
    """
    surfaces = list(found)
    canonical = dict(Actor.objects.filter(status__in=KNOWN).values_list("slug", "canonical__slug"))
    merged = {slug for slug, kept in canonical.items() if slug != kept}
    written = {(one.text, one.entity) for one in surfaces}
    return [one for one in surfaces if one.entity not in merged or (one.text, canonical[one.entity]) not in written]


def _actor_names() -> Names:
    rows = ActorAlias.objects.filter(actor__status__in=KNOWN, retired=False)
    keys = rows.values_list("actor__slug", "text", "valid_from", "pk")
    return {("actor", slug, text, since): pk for slug, text, since, pk in keys}


def _with_key(surface: Surface, names: Names) -> Surface:
    since = surface.valid_from or ""
    key = names.get((surface.kind, surface.entity, surface.text, since))
    if key is None and surface.kind == "actor":
        # The row of an actor's own name has no dates: those are the actor's.
        key = names.get(("actor", surface.entity, surface.text, ""))
    return surface if key is None else replace(surface, alias_id=key)
