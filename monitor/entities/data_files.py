"""The gazetteer's files -> rows, and rows -> the `Gazetteer` that the recogniser reads. No Django, no table.

What the columns mean and how to add a row: docs/gazetteer.md.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from monitor.entities.data_cells import DataFileError, lines, words
from monitor.entities.data_regions import read_regions
from monitor.entities.data_rows import (
    ACTOR_KINDS,
    ACTOR_STATUSES,
    RELATION_TYPES,
    ROLES,
    SORTS,
    ActorRow,
    AliasRow,
    DataFiles,
    HeadNoun,
    RelationRow,
)
from monitor.entities.descriptions import descriptive_surfaces
from monitor.entities.gazetteer import ActorEntry, Gazetteer, RegionEntry, Surface

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor.entities.data_cells import Line
    from monitor.entities.gazetteer import CaseRule, SurfaceSort

FOLDER = Path(__file__).parent / "data"
ACTORS = "slug,name,kind,status,countries,tags,strict,wikidata,valid_from,valid_to,sources,notes"
ALIASES = "actor,text,sort,lang,script,case,needs,not_near,valid_from,valid_to,source"
RELATIONS = "from,type,to,from_date,to_date,source"
DEMONYMS = "country,demonyms,source"
FILES = (
    "actor_aliases.csv",
    "actor_relations.csv",
    "actors.csv",
    "demonyms.csv",
    "head_nouns.txt",
    "region_stop_words.txt",
    "regions.tsv.gz",
    "regions_overlay.csv",
)


def files_digest(folder: Path = FOLDER) -> str:
    """Return the sha256, in hexadecimal, of all files: tells whether they have changed since they were last read."""
    digest = sha256()
    for name in FILES:
        digest.update(sha256((folder / name).read_bytes()).digest())
    return digest.hexdigest()


def read_data(folder: Path = FOLDER) -> DataFiles:
    """Read every file and join them. Raises DataFileError, with the file and the line, for whatever is not of its form.

    Whether rows agree with each other is asked by `monitor.entities.data_checks`.
    """
    with _no_collecting():
        return DataFiles(
            actors=tuple(_actor(line) for line in lines(folder / "actors.csv", ACTORS)),
            aliases=tuple(_alias(line) for line in lines(folder / "actor_aliases.csv", ALIASES)),
            relations=tuple(_relation(line) for line in lines(folder / "actor_relations.csv", RELATIONS)),
            regions=read_regions(folder / "regions.tsv.gz", folder / "regions_overlay.csv"),
            **read_word_lists(folder),
        )


def read_word_lists(folder: Path = FOLDER) -> dict[str, Any]:
    """Return `demonyms`, `region_stop_words` and `head_nouns`, which are in no table, as DataFiles has them."""
    return {
        "demonyms": tuple(_demonyms(folder / "demonyms.csv")),
        "region_stop_words": tuple(word for _number, word in words(folder / "region_stop_words.txt")),
        "head_nouns": tuple(_head_nouns(folder / "head_nouns.txt")),
    }


def read_gazetteer(folder: Path = FOLDER) -> Gazetteer:
    """Return the files as the recogniser reads them, descriptions of state forces ("Iraqi soldiers") included."""
    return gazetteer_of(read_data(folder))


def gazetteer_of(data: DataFiles) -> Gazetteer:
    """Return the rows as the recogniser reads them; an actor's own name is one of its surfaces."""
    with _no_collecting():
        return Gazetteer(
            actors=tuple(
                ActorEntry(actor.slug, actor.name, actor.kind, actor.countries, actor.strict) for actor in data.actors
            ),
            regions=tuple(
                RegionEntry(
                    region.code,
                    region.slug,
                    region.name,
                    region.kind,
                    region.parents,
                    region.countries,
                    region.population,
                    region.lat,
                    region.lon,
                )
                for region in data.regions
            ),
            surfaces=(*_actor_surfaces(data), *_region_surfaces(data), *descriptive_surfaces(data)),
            demonyms=data.demonyms,
            region_stop_words=data.region_stop_words,
            head_nouns=tuple(noun.text for noun in data.head_nouns),
        )


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Hundreds of thousands of small rows live on: looking through them for garbage would double the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _actor(line: Line) -> ActorRow:
    valid_from, valid_to = line.period("valid_from", "valid_to")
    return ActorRow(
        slug=line.needed("slug"),
        name=line.needed("name"),
        kind=line.one_of("kind", ACTOR_KINDS),
        status=line.one_of("status", ACTOR_STATUSES),
        countries=line.several("countries"),
        tags=line.several("tags"),
        strict=line.flag("strict"),
        wikidata=line.text("wikidata"),
        valid_from=valid_from,
        valid_to=valid_to,
        sources=line.several("sources"),
        notes=line.text("notes"),
    )


def _alias(line: Line) -> AliasRow:
    valid_from, valid_to = line.period("valid_from", "valid_to")
    return AliasRow(
        actor=line.needed("actor"),
        text=line.needed("text"),
        sort=cast("SurfaceSort", line.one_of("sort", SORTS)),
        lang=line.text("lang"),
        script=line.text("script"),
        case=cast("CaseRule", line.one_of("case", ("usual", "exact"))),
        needs=line.several("needs"),
        not_near=line.several("not_near"),
        valid_from=valid_from,
        valid_to=valid_to,
        source=line.text("source"),
    )


def _relation(line: Line) -> RelationRow:
    from_date, to_date = line.period("from_date", "to_date")
    return RelationRow(
        start=line.needed("from"),
        type=line.one_of("type", RELATION_TYPES),
        end=line.needed("to"),
        from_date=from_date,
        to_date=to_date,
        source=line.text("source"),
    )


def _demonyms(file: Path) -> Iterator[tuple[str, str]]:
    for line in lines(file, DEMONYMS):
        line.needed("source")
        for word in line.several("demonyms"):
            yield line.needed("country"), word


def _head_nouns(file: Path) -> Iterator[HeadNoun]:
    for number, text in words(file):
        noun, _tab, role = text.partition("\t")
        if role not in ROLES:
            raise DataFileError(f'{file.name}, line {number}: "{text}" is not a noun, a tab and one of {ROLES}.')
        yield HeadNoun(noun, role)


def _actor_surfaces(data: DataFiles) -> Iterator[Surface]:
    by_slug = {actor.slug: actor for actor in data.actors}
    for actor in data.actors:
        yield Surface(actor.name, actor.slug, "actor", valid_from=actor.valid_from, valid_to=actor.valid_to)
    for alias in data.aliases:
        yield Surface(
            alias.text,
            alias.actor,
            "actor",
            alias.sort,
            alias.case,
            alias.needs,
            alias.not_near,
            alias.valid_from,
            alias.valid_to,
        )
        if alias.actor not in by_slug:
            raise DataFileError(f'actor_aliases.csv: "{alias.text}" is of {alias.actor}, which actors.csv has not.')


def _region_surfaces(data: DataFiles) -> Iterator[Surface]:
    for region in data.regions:
        yield Surface(region.name, region.code, "region")
        for spelling in region.aliases:
            yield Surface(spelling.text, region.code, "region", spelling.sort, needs=spelling.needs)
