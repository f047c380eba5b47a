"""A gazetteer of a dozen rows: what tests load in the place of the hundred thousand that come with the site."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Any

from monitor.entities.data_files import ACTORS, ALIASES, DEMONYMS, RELATIONS
from monitor.entities.data_regions import COLUMNS, OVERLAY
from monitor.entities.data_rows import ActorRow, AliasRow, DataFiles, HeadNoun, RegionRow, RelationRow, Spelling

if TYPE_CHECKING:
    from pathlib import Path


def actor(slug: str, name: str, **facts: Any) -> ActorRow:
    plain: dict[str, Any] = {
        "kind": "armed_group",
        "status": "active",
        "countries": (),
        "tags": (),
        "strict": False,
        "wikidata": "",
        "valid_from": None,
        "valid_to": None,
        "sources": ("a list",),
        "notes": "",
    }
    return ActorRow(slug=slug, name=name, **(plain | facts))


def alias(of: str, text: str, **facts: Any) -> AliasRow:
    plain: dict[str, Any] = {
        "sort": "acronym" if text.isupper() else "name",
        "lang": "",
        "script": "",
        "case": "usual",
        "needs": (),
        "not_near": (),
        "valid_from": None,
        "valid_to": None,
        "source": "a list",
    }
    return AliasRow(actor=of, text=text, **(plain | facts))


def relation(start: str, kind: str, end: str, since: str | None = None, until: str | None = None) -> RelationRow:
    return RelationRow(start=start, type=kind, end=end, from_date=since, to_date=until, source="a list")


def region(code: str, name: str, kind: str = "country", parents: tuple[str, ...] = (), **facts: Any) -> RegionRow:
    plain: dict[str, Any] = {
        "slug": f"{name.lower().replace(' ', '-')}-{code.lower()}",
        "countries": (code[:2],) if code[:2].isupper() else (),
        "population": 0,
        "lat": None,
        "lon": None,
        "coord_basis": "",
        "aliases": (),
        "source": "geonames",
    }
    return RegionRow(code=code, name=name, kind=kind, parents=parents, **(plain | facts))


ROWS = DataFiles(
    actors=(
        actor("ardel-army", "Ardel Liberation Army", countries=("AD",)),
        actor("ardel-front", "Ardel Republican Front", countries=("AD",)),
        actor("union", "Union of the Ardel", kind="alliance"),
        actor("ostrian-army", "Ostrian Armed Forces", kind="state_force", countries=("OS",), tags=("military",)),
    ),
    aliases=(
        alias("ardel-army", "ALA"),
        alias("ardel-army", "Ardel Army"),
        alias("ardel-front", "ARF"),
        alias("union", "the Ardel Union", sort="former", valid_to="2021"),
    ),
    relations=(
        relation("ardel-army", "member_of", "union", "2022-01-11"),
        relation("ardel-front", "member_of", "union"),
    ),
    regions=(
        region("east", "The East", "macro"),
        region("rivers", "River Lands", "macro"),
        region("AD", "Ardelia", parents=("east", "rivers"), aliases=(Spelling("Ardel Republic"),)),
        region("OS", "Ostria", parents=("east",), lat=10.5, lon=-20.25, coord_basis="source"),
        region("AD-W", "Weir", "admin1", ("AD",), aliases=(Spelling("Wehr", "misspelling", ("AD",)),)),
        region("gn1", "Lampton", "city", ("AD-W",), population=90_000, lat=1.0, lon=2.0, coord_basis="source"),
    ),
    demonyms=(("OS", "Ostrian"), ("AD", "Ardelian")),
    region_stop_words=("March",),
    head_nouns=(HeadNoun("soldiers", "military"),),
)


def write_files(folder: Path, rows: DataFiles = ROWS) -> Path:
    """Write the rows as the files of a gazetteer; regions are all of the built file."""
    folder.mkdir(exist_ok=True)

    def table(name: str, header: str, lines: list[list[str]]) -> None:
        text = "\n".join([header, *(",".join(line) for line in lines)]) + "\n"
        (folder / name).write_text(text, encoding="utf-8")

    table("actors.csv", ACTORS, [[_cell(getattr(row, name)) for name in ACTORS.split(",")] for row in rows.actors])
    table(
        "actor_aliases.csv",
        ALIASES,
        [[_cell(getattr(row, name)) for name in ALIASES.split(",")] for row in rows.aliases],
    )
    relations = [
        [row.start, row.type, row.end, _cell(row.from_date), _cell(row.to_date), row.source] for row in rows.relations
    ]
    table("actor_relations.csv", RELATIONS, relations)
    table("demonyms.csv", DEMONYMS, [[code, word, "a list"] for code, word in rows.demonyms])
    table("regions_overlay.csv", OVERLAY, [])
    (folder / "region_stop_words.txt").write_text("".join(f"{word}\n" for word in rows.region_stop_words))
    (folder / "head_nouns.txt").write_text("".join(f"{noun.text}\t{noun.role}\n" for noun in rows.head_nouns))
    lines = ["\t".join(_region_cells(row)) for row in sorted(rows.regions, key=lambda row: row.code)]
    (folder / "regions.tsv.gz").write_bytes(gzip.compress(("\n".join(["\t".join(COLUMNS), *lines]) + "\n").encode()))
    return folder


def _region_cells(row: RegionRow) -> list[str]:
    point = [_cell(row.lat), _cell(row.lon), row.coord_basis]
    aliases = "|".join(one.text for one in row.aliases)
    return [
        row.code,
        row.kind,
        row.name,
        "|".join(row.parents),
        "|".join(row.countries),
        str(row.population),
        *point,
        aliases,
    ]


def _cell(value: Any) -> str:
    if isinstance(value, tuple):
        return "|".join(value)
    if isinstance(value, bool):
        return str(int(value))
    return "" if value is None else str(value)
