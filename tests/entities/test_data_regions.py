"""The regions that come with the site: the traps of their sources, the parts of the world, and how places are spelled."""

from __future__ import annotations

from collections import Counter
from functools import cache
from graphlib import TopologicalSorter

import pytest

from tests.entities.whole_gazetteer import all_regions, inside, whole


def called(name: str) -> set[str]:
    """Return the codes of all regions that are written so, without any condition."""
    return _names().get(name, set())


@cache
def _names() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for region in whole().regions:
        for name in (region.name, *(one.text for one in region.aliases if not one.needs)):
            found.setdefault(name, set()).add(region.code)
    return found


def countries_in(code: str) -> set[str]:
    return {one for one in inside(code) if all_regions()[one].kind == "country"}


def test_present_countries_alone_keep_their_codes() -> None:
    kept = {"AI": "Anguilla", "BY": "Belarus", "GE": "Georgia", "SK": "Slovakia"}
    assert {code: all_regions()[code].name for code in kept} == kept
    assert not {"CS", "SU", "YU", "ZR", "BU", "DD", "TP"} & set(all_regions())
    assert Counter(region.kind for region in whole().regions)["country"] == 250


def test_former_countries_are_brought_back() -> None:
    assert called("USSR") == called("Soviet Union") == {"soviet-union"}
    assert called("Yugoslavia") == {"yugoslavia"}
    assert called("Burma") == {"MM"}
    assert "CD" in called("Zaire")
    assert all_regions()["soviet-union"].kind == all_regions()["yugoslavia"].kind == "former"
    assert all_regions()["soviet-union"].valid_to == "1991-12-26"
    sorts = {one.text: one.sort for code in ("MM", "CD") for one in all_regions()[code].aliases}
    assert (sorts["Burma"], sorts["Zaire"]) == ("former", "former")


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("SY", "Syria"),
        ("RU", "Russia"),
        ("IR", "Iran"),
        ("KP", "North Korea"),
        ("KR", "South Korea"),
        ("LA", "Laos"),
        ("VN", "Vietnam"),
        ("TZ", "Tanzania"),
        ("BO", "Bolivia"),
        ("VE", "Venezuela"),
        ("MD", "Moldova"),
        ("PS", "Palestine"),
        ("TW", "Taiwan"),
        ("CD", "Democratic Republic of the Congo"),
        ("CG", "Republic of the Congo"),
        ("US", "United States"),
        ("GB", "United Kingdom"),
    ],
)
def test_country_bears_its_usual_name(code: str, name: str) -> None:
    assert all_regions()[code].name == name


def test_georgia_is_the_country_and_the_state_where_the_united_states_are_named() -> None:
    assert called("Georgia") == {"GE"}
    assert ("Georgia", ("US",)) in {(one.text, one.needs) for one in all_regions()["US-GA"].aliases}


def test_congo_alone_is_neither_without_a_neighbour() -> None:
    assert not called("Congo") & {"CD", "CG"}
    needs = {code: [one.needs for one in all_regions()[code].aliases if one.text == "Congo"] for code in ("CD", "CG")}
    assert all(len(conditions) == 1 for conditions in needs.values())
    assert "CD" in needs["CD"][0]
    assert "CG" in needs["CG"][0]


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("US", ("U.S.", "US", "USA", "United States of America")),
        ("GB", ("U.K.", "UK", "Britain", "Great Britain")),
        ("AE", ("UAE", "U.A.E.", "United Arab Emirates")),
        ("CD", ("DRC", "DR Congo")),
        ("PK-BA", ("Baluchistan", "Balochistan")),
        ("gn6641960", ("Noshki",)),
        ("IQ-SD", ("Salahuddin", "Salah al-Din", "Salah ad Din")),
        ("IQ-NI", ("Nineveh",)),
        ("SY-HA", ("al-Hasakah", "Hasakah", "Hasakeh")),
        ("AF-NIM", ("Nimruz", "Nimroz")),
        ("YE-HU", ("Hodeidah", "al-Hudaydah", "Hudaydah")),
        ("liptako-gourma", ("Liptako-Gourma",)),
        ("durand-line", ("Durand Line",)),
        ("fata", ("FATA",)),
        ("waziristan", ("Waziristan",)),
        ("donbas", ("Donbas",)),
        ("crimea", ("Crimea",)),
        ("puntland", ("Puntland",)),
        ("somaliland", ("Somaliland",)),
        ("gn1168446", ("Panjgur",)),
    ],
)
def test_region_is_found_by_what_the_press_prints(code: str, names: tuple[str, ...]) -> None:
    assert [name for name in names if code not in called(name)] == []


def test_tri_border_region_is_each_only_beside_its_countries() -> None:
    needs = {
        code: {one.needs for one in all_regions()[code].aliases if one.text.lower().startswith("tri-border")}
        for code in ("liptako-gourma", "triple-frontier")
    }
    assert needs["liptako-gourma"] == {("BF", "ML", "NE")}
    assert () not in needs["triple-frontier"]


@pytest.mark.parametrize(
    ("code", "countries"),
    [
        ("south-asia", "AF BD BT IN LK MV NP PK"),
        ("sahel", "BF ML MR NE TD"),
        ("levant", "IL JO LB PS SY"),
        ("gulf-states", "AE BH KW OM QA SA"),
        ("middle-east", "AE BH EG IL IQ IR JO KW LB OM PS QA SA SY TR YE"),
        ("maghreb", "DZ EH LY MA MR TN"),
        ("central-asia", "KG KZ TJ TM UZ"),
        ("south-caucasus", "AM AZ GE"),
        ("horn-of-africa", "DJ ER ET SO"),
    ],
)
def test_part_of_the_world_holds_its_countries(code: str, countries: str) -> None:
    assert all_regions()[code].kind == "macro"
    assert countries_in(code) == set(countries.split())


def test_parts_of_the_world_hold_each_other() -> None:
    within = {
        "mena": {"middle-east", "maghreb", "north-africa", "levant", "gulf-states"},
        "africa": {"west-africa", "east-africa", "central-africa", "southern-africa", "horn-of-africa", "sahel"},
        "asia": {"south-asia", "southeast-asia", "east-asia", "central-asia", "middle-east"},
        "caucasus": {"north-caucasus", "south-caucasus"},
        "latin-america": {"central-america", "south-america", "caribbean"},
        "europe": {"balkans", "western-europe", "eastern-europe"},
    }
    assert [(code, missing) for code, parts in within.items() if (missing := parts - inside(code))] == []
    assert {"NG-BO", "TD-LC", "CM-EN"} <= inside("lake-chad-basin")


def test_country_may_lie_in_several_parts_of_the_world() -> None:
    parents = {code: set(all_regions()[code].parents) for code in ("BF", "RU", "PK", "EG")}
    assert {"west-africa", "sahel"} <= parents["BF"]
    assert {"europe", "eurasia"} <= parents["RU"]
    assert "south-asia" in parents["PK"]
    assert {"middle-east", "north-africa"} <= parents["EG"]


def test_every_country_with_people_lies_in_some_part_of_the_world() -> None:
    alone = [row.code for row in whole().regions if row.kind == "country" and not row.parents]
    # Islands and ice that no periodical on conflicts writes of as a part of anything.
    assert " ".join(alone) == "AQ AX BV CC CX FO GG GS HM IM IO JE NF PN RE SH SJ TF TK UM YT"


def test_part_of_the_world_and_a_district_of_its_name_are_two_regions() -> None:
    assert {all_regions()[code].kind for code in called("Sahel")} == {"macro", "admin1"}


def test_every_parent_exists_and_none_lies_in_itself() -> None:
    parents = {row.code: row.parents for row in whole().regions}
    assert [(code, parent) for code, above in parents.items() for parent in above if parent not in parents] == []
    TopologicalSorter(parents).prepare()


def test_subdivision_is_below_its_own_country() -> None:
    abroad = [
        (row.code, row.parents)
        for row in whole().regions
        if row.kind in {"admin1", "admin2", "admin3"} and not set(row.countries) & inside_countries(row.parents[0])
    ]
    assert abroad == []


def inside_countries(code: str) -> set[str]:
    return set(all_regions()[code].countries)


def test_levels_are_kinds_and_as_many_as_the_source_has() -> None:
    kinds = Counter(row.kind for row in whole().regions)
    assert (kinds["admin1"], kinds["admin2"], kinds["admin3"]) == (4248, 47398, 66)
    assert all_regions()["gn1168444"].parents == ("PK-BA",)


def test_code_is_iso_3166_or_geonames_or_our_own() -> None:
    odd = [
        row.code
        for row in whole().regions
        if not (row.code.isupper() or (row.code.startswith("gn") and row.code[2:].isdigit()) or row.code == row.slug)
    ]
    assert odd == []


def test_point_says_where_it_is_from() -> None:
    rows = whole().regions
    assert {row.coord_basis for row in rows} == {"source", "cities", "parent", ""}
    assert [row.code for row in rows if (row.lat is None) != (row.coord_basis == "")] == []
    assert {row.coord_basis for row in rows if row.kind == "city"} == {"source", "parent"}
    # Subdivisions without a city have their parent's point, and no dot of their own.
    row = next(row for row in rows if row.kind == "admin2" and row.coord_basis == "parent")
    above = all_regions()[row.parents[0]]
    assert above.lat is None or row.lat is not None


def test_regions_across_the_date_line_lie_there_and_not_in_africa() -> None:
    for code in ("FJ", "FJ-E", "RU-CHU", "KI"):
        assert abs(all_regions()[code].lon or 0) > 170, code


def test_points_are_on_the_globe() -> None:
    points = [(row.lat, row.lon) for row in whole().regions if row.lat is not None and row.lon is not None]
    assert len(points) > 100_000
    assert all(-90 <= lat <= 90 and -180 <= lon <= 180 for lat, lon in points)


def test_population_of_none_is_unknown_and_small_towns_are_kept_where_wars_are() -> None:
    panjgur = all_regions()["gn1168446"]
    assert (panjgur.kind, panjgur.population, panjgur.countries) == ("city", 0, ("PK",))


def test_disputed_and_cross_border_lands_know_their_countries() -> None:
    lands = {
        code: all_regions()[code].countries
        for code in ("kashmir", "liptako-gourma", "durand-line", "af-pak", "sy-rojava")
    }
    assert lands == {
        "kashmir": ("IN", "PK"),
        "liptako-gourma": ("BF", "ML", "NE"),
        "durand-line": ("AF", "PK"),
        "af-pak": ("AF", "PK"),
        "sy-rojava": ("SY",),
    }
    assert [row.code for row in whole().regions if row.kind in {"disputed", "border"} and not row.countries] == []
    assert [row.code for row in whole().regions if row.kind == "macro" and row.countries] == ["north-caucasus"]


def test_every_region_has_a_source_and_an_address() -> None:
    assert [row.code for row in whole().regions if not row.source or not row.slug] == []
    assert Counter(row.source.startswith("geonames") for row in whole().regions)[True] > 100_000


def test_stop_words_are_no_countries() -> None:
    countries = {row.name for row in whole().regions if row.kind in {"country", "macro"}}
    assert set(whole().region_stop_words) & countries == set()
