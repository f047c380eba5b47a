"""Regions of regions.tsv.gz (built from GeoNames), joined with regions_overlay.csv (written by hand)."""

from __future__ import annotations

import gzip
import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from monitor.entities.data_cells import DataFileError, lines
from monitor.entities.data_rows import REGION_KINDS, SORTS, RegionRow, Spelling
from monitor.entities.folding import LETTERS

if TYPE_CHECKING:
    from pathlib import Path

    from monitor.entities.data_cells import Line
    from monitor.entities.gazetteer import SurfaceSort

COLUMNS = ["code", "kind", "name", "parents", "country", "population", "lat", "lon", "coord_basis", "aliases"]
OVERLAY = "code,kind,name,parents,members,aliases,lat,lon,valid_from,valid_to,source"
# "former: Zaire", "Georgia @GE|RU": a sort before a name, countries of which one is named in the article after it.
MARKED = re.compile(r"(?:(?P<sort>[a-z]+): )?(?P<text>[^@]+?)(?: @(?P<needs>[A-Z]{2}(?:\+[A-Z]{2})*))?")
UNPARTED = str.maketrans(LETTERS)  # dotless i, stroked l and their like
NOT_IN_SLUGS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class OverlayRow:
    """A row of the overlay: what it adds to a region of the built file, or a region of its own."""

    line: Line
    code: str
    kind: str
    name: str
    parents: tuple[str, ...]
    members: tuple[str, ...]
    aliases: tuple[Spelling, ...]
    lat: float | None
    lon: float | None
    valid_from: str | None
    valid_to: str | None
    source: str


def read_regions(built: Path, overlay: Path) -> tuple[RegionRow, ...]:
    """Return all regions, sorted by code; an overlay's members are turned into parents of those members.

    Raises DataFileError for a row of the wrong form, a code given twice or a parent or member that does not exist.
    """
    regions = {region.code: region for region in _built(built)}
    rows = _overlay(overlay)
    for row in rows:
        known = regions.get(row.code)
        regions[row.code] = _added(known, row) if known else _own(row)
    for row in rows:
        _check(row, regions)
        for member in row.members:
            _give_parent(regions, member, row.code)
    countries = {row.code: _countries(row, regions) for row in rows if not regions[row.code].countries}
    for code, found in countries.items():
        regions[code] = _placed(replace(regions[code], countries=found), regions)
    return tuple(regions[code] for code in sorted(regions))


def _built(file: Path) -> list[RegionRow]:
    with gzip.open(file, "rt", encoding="utf-8", newline="\n") as opened:
        rows = opened.read().split("\n")
    if rows[0].split("\t") != COLUMNS:
        raise DataFileError(f"{file.name}, line 1: the columns are not {', '.join(COLUMNS)}.")
    return [_region(file.name, number, row.split("\t")) for number, row in enumerate(rows[1:-1], start=2)]


def _region(file: str, number: int, cells: list[str]) -> RegionRow:
    if len(cells) != len(COLUMNS):
        raise DataFileError(f"{file}, line {number}: {len(cells)} cells, not {len(COLUMNS)}.")
    code, kind, name, parents, country, population, lat, lon, basis, aliases = cells
    # By position: a hundred thousand calls with fourteen names each take half as long again.
    return RegionRow(
        code,
        region_slug(name, code),
        name,
        kind,
        tuple(parents.split("|")) if parents else (),
        (country,),
        int(population) if population else 0,
        float(lat) if lat else None,
        float(lon) if lon else None,
        basis,
        tuple([Spelling(alias) for alias in aliases.split("|")]) if aliases else (),
        "geonames",
    )


def region_slug(name: str, code: str) -> str:
    """Return its place in an address: `nineveh-iq-ni`; the name alone where the code is our own or a country's."""
    if not name.isascii():
        bare = unicodedata.normalize("NFKD", name.lower().translate(UNPARTED))
        name = "".join(letter for letter in bare if letter.isascii())
    plain = NOT_IN_SLUGS.sub("-", name.lower()).strip("-")
    return code if code.islower() and not code.startswith("gn") else f"{plain}-{code.lower()}".strip("-")


def _overlay(file: Path) -> list[OverlayRow]:
    rows = [_overlay_row(line) for line in lines(file, OVERLAY)]
    seen: set[str] = set()
    for row in rows:
        if row.code in seen:
            raise row.line.wrong(f"the code {row.code} was given before.")
        seen.add(row.code)
    return rows


def _overlay_row(line: Line) -> OverlayRow:
    valid_from, valid_to = line.period("valid_from", "valid_to")
    lat, lon = line.degrees("lat", 90), line.degrees("lon", 180)
    if (lat is None) != (lon is None):
        raise line.wrong("one of lat and lon is empty.")
    return OverlayRow(
        line,
        code=line.needed("code"),
        kind=line.one_of("kind", {*REGION_KINDS, ""}),
        name=line.text("name"),
        parents=line.several("parents"),
        members=line.several("members"),
        aliases=tuple(_spelling(line, alias) for alias in line.several("aliases")),
        lat=lat,
        lon=lon,
        valid_from=valid_from,
        valid_to=valid_to,
        source=line.needed("source"),
    )


def _spelling(line: Line, alias: str) -> Spelling:
    found = MARKED.fullmatch(alias)
    if not found or (found["sort"] or "name") not in SORTS:
        raise line.wrong(f'"{alias}" is no alias of the form "former: Zaire" or "Georgia @GE".')
    needs = tuple(found["needs"].split("+")) if found["needs"] else ()
    return Spelling(found["text"], cast("SurfaceSort", found["sort"] or "name"), needs)


def _own(row: OverlayRow) -> RegionRow:
    if not row.name or not row.kind:
        raise row.line.wrong(f"{row.code} is not in the built file, so it needs a name and a kind.")
    return RegionRow(
        code=row.code,
        slug=region_slug(row.name, row.code),
        name=row.name,
        kind=row.kind,
        parents=row.parents,
        countries=(),
        population=0,
        lat=row.lat,
        lon=row.lon,
        coord_basis="source" if row.lat is not None else "",
        aliases=row.aliases,
        source=row.source,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def _added(known: RegionRow, row: OverlayRow) -> RegionRow:
    """Return the built region with the overlay's name, parents, aliases and point; its old name becomes an alias."""
    name = row.name or known.name
    texts = {spelling.text for spelling in row.aliases} | {name}
    former_name = (Spelling(known.name),) if known.name not in texts else ()
    kept = tuple(spelling for spelling in known.aliases if spelling.text not in texts)
    return replace(
        known,
        name=name,
        slug=region_slug(name, known.code),
        kind=row.kind or known.kind,
        parents=(*known.parents, *(parent for parent in row.parents if parent not in known.parents)),
        aliases=(*kept, *former_name, *row.aliases),
        lat=known.lat if row.lat is None else row.lat,
        lon=known.lon if row.lon is None else row.lon,
        coord_basis=known.coord_basis if row.lat is None else "source",
        source=f"{known.source}, {row.source}",
    )


def _check(row: OverlayRow, regions: dict[str, RegionRow]) -> None:
    for code in (*row.parents, *row.members):
        if code not in regions:
            raise row.line.wrong(f"there is no region {code}.")


def _give_parent(regions: dict[str, RegionRow], member: str, parent: str) -> None:
    region = regions[member]
    if parent not in region.parents:
        regions[member] = replace(region, parents=(*region.parents, parent))


def _placed(region: RegionRow, regions: dict[str, RegionRow]) -> RegionRow:
    """Return the region with its first parent's point where it has none: it gets no dot of its own on the map."""
    for parent in (regions[code] for code in region.parents):
        if region.lat is None and parent.lat is not None:
            return replace(region, lat=parent.lat, lon=parent.lon, coord_basis="parent")
    return region


def _countries(row: OverlayRow, regions: dict[str, RegionRow]) -> tuple[str, ...]:
    """Return the countries that a region of our own lies in: of its parents, else of its members (Kashmir's: IN, PK).

    A part of the world lies in no country, so that naming it names none.
    """
    above = _countries_up(row.code, regions)
    if above or row.kind == "macro":
        return above
    return tuple(sorted({country for member in row.members for country in _countries_up(member, regions)}))


def _countries_up(code: str, regions: dict[str, RegionRow]) -> tuple[str, ...]:
    """Return the countries of a region and of its parents, up to the countries themselves."""
    found: set[str] = set()
    waiting = [code]
    seen: set[str] = set()
    while waiting:
        region = regions[waiting.pop()]
        if region.code not in seen:
            seen.add(region.code)
            found.update(region.countries)
            waiting += () if region.countries else region.parents
    return tuple(sorted(found))
