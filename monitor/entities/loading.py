"""The gazetteer's files -> the tables: what is new comes in, what a person changed stays, what is gone is retired.

The second load of the same files writes nothing. A row is known again by its natural key; the columns that a person
changed are named in its `edited`, and rows that a person made are never touched.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from monitor.entities.closure import rebuild_closure
from monitor.entities.data_files import FOLDER, files_digest, read_data
from monitor.entities.folding import folded
from monitor.entities.gazetteer_models import GazetteerLoad
from monitor.entities.kept_rows import Origin
from monitor.entities.locks import LOADING, REGIONS, lock
from monitor.entities.models import Actor, ActorAlias, ActorRelation
from monitor.entities.refusals import RegionCircle
from monitor.entities.region_models import Region, RegionAlias, RegionParent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from django.db.models import Model

    from monitor.entities.data_rows import DataFiles

    Facts = dict[str, Any]
    Key = tuple[Any, ...]

# The row of an actor's own name says so here: a name in the files has a source.
OWN_NAME = "its own name"
AT_ONCE = 2000
POINT_BASIS = {"source": "point"}


@dataclass(frozen=True, slots=True)
class Table:
    """A table that the files fill: the columns by which a row is known again, and what takes it out."""

    model: type[Any]
    key: tuple[str, ...]
    out: tuple[str, Any] = ("retired", True)


ACTORS = Table(Actor, ("slug",), ("status", "retired"))
ALIASES = Table(ActorAlias, ("actor_id", "text", "valid_from"))
RELATIONS = Table(ActorRelation, ("from_actor_id", "type", "to_actor_id", "valid_from"))
REGION_ROWS = Table(Region, ("code",))
SPELLINGS = Table(RegionAlias, ("region_id", "text", "valid_from"))
EDGES = Table(RegionParent, ("child_id", "parent_id"))


@dataclass(slots=True)
class Loaded:
    """How many rows a load wrote, by table and by what was done."""

    counts: Counter[str] = field(default_factory=Counter)
    unchanged: bool = False  # the files were loaded before

    @property
    def written(self) -> int:
        return self.counts.total()

    def __str__(self) -> str:
        if self.unchanged:
            return "The gazetteer's files have been loaded already."
        return ", ".join(f"{number} {what}" for what, number in self.counts.items()) or "Nothing has changed."


def load_files(
    folder: Path | str = FOLDER, *, again: bool = False, tell: Callable[[str], object] | None = None
) -> Loaded:
    """Bring the tables up to these files, unless they have been loaded last; `again` looks through them all the same.

    Actors come first, in a transaction of their own, so that pages have them while the regions, forty times as many, are
    on their way; `tell` hears what is done. Raises DataFileError, and nothing is written, or RegionCircle where a person's
    edits and the files close one: no region is written then, and the next load begins anew.
    """
    folder = Path(folder)
    digest = files_digest(folder)
    if files_are_loaded(folder) and not again:
        return Loaded(unchanged=True)
    data = read_data(folder)
    loaded = Loaded()
    load_actors(data, loaded)
    if tell and loaded.written:
        tell(f"{loaded}.")
    with transaction.atomic():
        lock(LOADING)
        load_regions(data, loaded)
        if loaded.written or not files_are_loaded(folder):
            GazetteerLoad.objects.create(files=digest, written=loaded.written)
    return loaded


def files_are_loaded(folder: Path = FOLDER) -> bool:
    """Tell whether these files are the ones that were loaded last."""
    return GazetteerLoad.objects.values_list("files", flat=True).first() == files_digest(folder)


@transaction.atomic
def load_data(data: DataFiles) -> Loaded:
    """Bring the tables up to rows that are read already, all or none."""
    loaded = Loaded()
    load_actors(data, loaded)
    load_regions(data, loaded)
    return loaded


@transaction.atomic
def load_actors(data: DataFiles, loaded: Loaded) -> None:
    """Bring the actors, their names and relations up to these rows; what is written is counted in `loaded`."""
    lock(LOADING)
    _bring(ACTORS, _actors(data), loaded)
    actors = _keys(Actor, "slug")
    _bring(ALIASES, _aliases(data, actors), loaded)
    _bring(RELATIONS, _relations(data, actors), loaded)


@transaction.atomic
def load_regions(data: DataFiles, loaded: Loaded) -> None:
    """Do the same with the regions, their names, and what lies in what."""
    lock(REGIONS)
    _bring(REGION_ROWS, _regions(data), loaded)
    regions = _keys(Region, "code")
    _bring(SPELLINGS, _spellings(data, regions), loaded)
    if _bring(EDGES, _edges(data, regions), loaded) or loaded.counts["regions added"]:
        _refuse_circles()
        loaded.counts["rows of what lies in what"] += rebuild_closure()


def _actors(data: DataFiles) -> Iterator[Facts]:
    for row in data.actors:
        yield {
            "slug": row.slug,
            "name": row.name,
            "key": folded(row.name),
            "kind": row.kind,
            "status": row.status,
            "countries": list(row.countries),
            "tags": list(row.tags),
            "strict": row.strict,
            "wikidata": row.wikidata,
            "valid_from": row.valid_from or "",
            "valid_to": row.valid_to or "",
            "sources": list(row.sources),
            "notes": row.notes,
        }


def _aliases(data: DataFiles, actors: Mapping[str, int]) -> Iterator[Facts]:
    """Yield the names, and every actor's own."""
    for row in data.aliases:
        yield {
            "actor_id": actors[row.actor],
            "text": row.text,
            "fold": folded(row.text),
            "sort": row.sort,
            "lang": row.lang,
            "script": row.script,
            "case": row.case,
            "needs": list(row.needs),
            "not_near": list(row.not_near),
            "source": row.source,
            "valid_from": row.valid_from or "",
            "valid_to": row.valid_to or "",
            "retired": False,
        }
    written = {(row.actor, row.text) for row in data.aliases}
    for actor in data.actors:
        if (actor.slug, actor.name) not in written:
            own = {"text": actor.name, "fold": folded(actor.name), "sort": "name", "source": OWN_NAME}
            yield {"actor_id": actors[actor.slug], **own, "valid_from": "", "retired": False}


def _relations(data: DataFiles, actors: Mapping[str, int]) -> Iterator[Facts]:
    for row in data.relations:
        yield {
            "from_actor_id": actors[row.start],
            "type": row.type,
            "to_actor_id": actors[row.end],
            "valid_from": row.from_date or "",
            "valid_to": row.to_date or "",
            "source": row.source,
            "retired": False,
        }


def _regions(data: DataFiles) -> Iterator[Facts]:
    for row in data.regions:
        yield {
            "code": row.code,
            "slug": row.slug,
            "name": row.name,
            "key": folded(row.name),
            "kind": row.kind,
            "countries": list(row.countries),
            "population": row.population,
            "lat": row.lat,
            "lon": row.lon,
            "coord_basis": POINT_BASIS.get(row.coord_basis, row.coord_basis),
            "source": row.source,
            "valid_from": row.valid_from or "",
            "valid_to": row.valid_to or "",
            "retired": False,
        }


def _spellings(data: DataFiles, regions: Mapping[str, int]) -> Iterator[Facts]:
    for row in data.regions:
        for one in row.aliases:
            facts = {"region_id": regions[row.code], "text": one.text, "fold": folded(one.text), "sort": one.sort}
            yield {**facts, "needs": list(one.needs), "valid_from": "", "retired": False}


def _edges(data: DataFiles, regions: Mapping[str, int]) -> Iterator[Facts]:
    for row in data.regions:
        for parent in row.parents:
            yield {"child_id": regions[row.code], "parent_id": regions[parent], "retired": False}


def _keys(model: type[Any], name: str) -> dict[str, int]:
    return dict(model.objects.values_list(name, "pk"))


def _bring(table: Table, rows: Iterator[Facts], loaded: Loaded) -> int:
    """Write what differs of one table; of two rows with one key the first counts. Returns how many were written."""
    wanted: dict[Key, Facts] = {}
    for row in rows:
        wanted.setdefault(tuple(row[name] for name in table.key), row)
    standing = _standing(table, wanted)
    new = [facts for key, facts in wanted.items() if key not in standing]
    _copy(table.model, new)
    changed = [_changes(standing[key], facts) for key, facts in wanted.items() if key in standing]
    gone = [_gone(table, row) for key, row in standing.items() if key not in wanted]
    _update(table.model, changed)
    _update(table.model, gone)
    title = str(table.model._meta.verbose_name_plural)  # noqa: SLF001 - Django's own way to ask
    done = {"added": len(new), "changed": sum(map(bool, changed)), "retired": sum(map(bool, gone))}
    loaded.counts.update({f"{title} {what}": number for what, number in done.items() if number})
    return sum(done.values())


def _standing(table: Table, wanted: Mapping[Key, Facts]) -> dict[Key, Facts]:
    columns = dict.fromkeys(["pk", "origin", "edited", *table.key, table.out[0]])
    columns |= dict.fromkeys(next(iter(wanted.values()), {}))
    columns |= dict.fromkeys(name for row in wanted.values() for name in row)
    found = table.model.objects.order_by().values(*columns)
    return {tuple(row[name] for name in table.key): row for row in found}


def _changes(row: Facts, facts: Facts) -> Facts:
    """Return the primary key and the columns to write, or nothing."""
    if row["origin"] != Origin.FILES:
        return {}
    # A fold goes with its text.
    kept = {*row["edited"], *(["key"] if "name" in row["edited"] else [])}
    differing = {name: value for name, value in facts.items() if row[name] != value and name not in kept}
    return {"pk": row["pk"], **differing} if differing else {}


def _gone(table: Table, row: Facts) -> Facts:
    name, value = table.out
    if row["origin"] != Origin.FILES or row[name] == value or name in row["edited"]:
        return {}
    return {"pk": row["pk"], name: value}


def _update(model: type[Any], rows: Sequence[Facts]) -> None:
    by_columns: dict[tuple[str, ...], list[Any]] = {}
    for row in rows:
        if row:
            by_columns.setdefault(tuple(name for name in row if name != "pk"), []).append(model(**row))
    for columns, objects in by_columns.items():
        model.objects.bulk_update(objects, columns, batch_size=AT_ONCE)


def _copy(model: type[Model], rows: Sequence[Facts]) -> None:
    """Write new rows by COPY: a hundred thousand in seconds."""
    if not rows:
        return
    columns = [column for column in model._meta.concrete_fields if not column.primary_key]  # noqa: SLF001
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(column.column)) for column in columns)
    values: list[tuple[str, Callable[[], Any]]] = [(column.attname, column.get_default) for column in columns]
    with connection.cursor() as cursor, cursor.copy(f"copy {quote(model._meta.db_table)} ({names}) from stdin") as copy:  # noqa: SLF001
        for row in rows:
            made = {"origin": Origin.FILES.value, **row}
            copy.write_row([made[name] if name in made else default() for name, default in values])


def _refuse_circles() -> None:
    """Raise RegionCircle where the files and what persons placed lie in each other."""
    above: dict[int, set[int]] = {}
    for child, parent in RegionParent.objects.filter(retired=False).order_by().values_list("child", "parent"):
        above.setdefault(child, set()).add(parent)
    try:
        TopologicalSorter(above).prepare()
    except CycleError as circle:
        first, second, *_ = Region.objects.filter(pk__in=circle.args[1][:2]).values_list("name", flat=True)
        raise RegionCircle(first, second) from circle
