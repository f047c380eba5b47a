"""The gazetteer's files: what is wrong is said with the file and the line, and rows become what the recogniser reads."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from monitor.entities.data_cells import DataFileError
from monitor.entities.data_files import ACTORS, ALIASES, DEMONYMS, RELATIONS, files_digest, gazetteer_of, read_data
from monitor.entities.data_regions import COLUMNS, OVERLAY, region_slug
from monitor.entities.data_rows import DataFiles, HeadNoun, Spelling
from monitor.entities.descriptions import descriptive_surfaces, standing_for
from monitor.entities.gazetteer import ActorEntry, Surface
from tests.entities.small_gazetteer import ROWS, actor, alias, region, write_files

if TYPE_CHECKING:
    from pathlib import Path

    from monitor.entities.data_rows import RegionRow


def reading(folder: Path, file: str, *lines: str) -> str:
    """Return what is said of a sound gazetteer in which one file holds these lines."""
    write_files(folder)
    (folder / file).write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(DataFileError) as refused:
        read_data(folder)
    return str(refused.value)


def overlaid(folder: Path, *rows: str) -> dict[str, RegionRow]:
    write_files(folder)
    (folder / "regions_overlay.csv").write_text("\n".join([OVERLAY, *rows]) + "\n", encoding="utf-8")
    return {row.code: row for row in read_data(folder).regions}


def test_files_that_were_written_are_read_as_they_were(tmp_path: Path) -> None:
    read = read_data(write_files(tmp_path / "files"))
    assert (read.actors, read.relations, read.head_nouns) == (ROWS.actors, ROWS.relations, ROWS.head_nouns)
    assert read.aliases == ROWS.aliases
    assert [row.code for row in read.regions] == sorted(row.code for row in ROWS.regions)


@pytest.mark.parametrize(
    ("file", "header", "row", "sentence"),
    [
        ("actors.csv", ACTORS, "x,X,army,active,,,0,,,,a,", 'kind is "army", not one of alliance, armed_group, '),
        ("actors.csv", ACTORS, "x,X,person,gone,,,0,,,,a,", 'status is "gone", not one of active, former, '),
        ("actors.csv", ACTORS, ",X,person,active,,,0,,,,a,", "the column slug is empty."),
        ("actors.csv", ACTORS, "x,X,person,active,,,2,,,,a,", 'strict is "2", not one of 0, 1.'),
        ("actors.csv", ACTORS, "x,X,person,active,ML|,,0,,,,a,", "countries has an empty part, one given twice"),
        ("actors.csv", ACTORS, "x,X,person,active,ML|ML,,0,,,,a,", "countries has an empty part, one given twice"),
        ("actors.csv", ACTORS, "x,X,person,active,ML | NE,,0,,,,a,", 'with spaces round it: "ML | NE".'),
        ("actors.csv", ACTORS, "x,X,person,active,,,0,,2022-13,,a,", 'valid_from is "2022-13", not a date as 2022, '),
        ("actors.csv", ACTORS, "x,X,person,active,,,0,,2022,2021-05,a,", "valid_from 2022 is after valid_to 2021-05."),
        ("actors.csv", ACTORS, "x,X,person,active", "4 cells, not 12."),
        ("actor_aliases.csv", ALIASES, "x,,name,,,usual,,,,,a", "the column text is empty."),
        ("actor_aliases.csv", ALIASES, "x,X,nick,,,usual,,,,,a", 'sort is "nick", not one of acronym, descriptive, '),
        ("actor_aliases.csv", ALIASES, "x,X,name,,,loud,,,,,a", 'case is "loud", not one of exact, usual.'),
        ("actor_relations.csv", RELATIONS, "x,knows,y,,,a", 'type is "knows", not one of affiliate_of, allied_with, '),
        ("actor_relations.csv", RELATIONS, "x,member_of,y,1.2.2022,,a", 'from_date is "1.2.2022", not a date '),
        ("demonyms.csv", DEMONYMS, "AD,Ardelian,", "the column source is empty."),
        ("regions_overlay.csv", OVERLAY, "AD,land,,,,,,,,,a", 'kind is "land", not one of '),
        ("regions_overlay.csv", OVERLAY, "AD,,,,,,91,0,,,a", "lat is 91, beyond 90 degrees."),
        ("regions_overlay.csv", OVERLAY, "AD,,,,,,north,0,,,a", 'lat is "north", not a number of degrees.'),
        ("regions_overlay.csv", OVERLAY, "AD,,,,,,9,,,,a", "one of lat and lon is empty."),
        ("regions_overlay.csv", OVERLAY, "AD,,,,,nick: Ardy,,,,,a", '"nick: Ardy" is no alias of the form '),
        ("regions_overlay.csv", OVERLAY, "AD,,,,,Ardy @ad,,,,,a", '"Ardy @ad" is no alias of the form '),
        ("regions_overlay.csv", OVERLAY, "AD,,,nowhere,,,,,,,a", "there is no region nowhere."),
        ("regions_overlay.csv", OVERLAY, "AD,,,,nowhere,,,,,,a", "there is no region nowhere."),
        (
            "regions_overlay.csv",
            OVERLAY,
            "moor,,Moor,,,,,,,,a",
            "moor is not in the built file, so it needs a name and",
        ),
        ("regions_overlay.csv", OVERLAY, "AD,,,,,,,,,,", "the column source is empty."),
    ],
)
def test_row_that_cannot_be_read_is_named(tmp_path: Path, file: str, header: str, row: str, sentence: str) -> None:
    said = reading(tmp_path / "files", file, header, row)
    assert said.startswith(f"{file}, line 2: ")
    assert sentence in said


def test_other_columns_are_refused_with_those_that_belong_there(tmp_path: Path) -> None:
    said = reading(tmp_path / "files", "demonyms.csv", "land,people,source")
    assert said == "demonyms.csv, line 1: the columns are not country,demonyms,source."


def test_quotes_that_do_not_close_are_refused(tmp_path: Path) -> None:
    said = reading(tmp_path / "files", "actors.csv", ACTORS, 'x,"X,person,active,,,0,,,,a,')
    assert said.startswith("actors.csv, line 2: unexpected end of data")


def test_head_noun_without_its_role_is_refused(tmp_path: Path) -> None:
    said = reading(tmp_path / "files", "head_nouns.txt", "# nouns", "army\tmilitary", "navy sailors")
    assert said.startswith('head_nouns.txt, line 3: "navy sailors" is not a noun, a tab and one of')


def test_region_given_twice_in_the_overlay_is_refused(tmp_path: Path) -> None:
    said = reading(tmp_path / "files", "regions_overlay.csv", OVERLAY, "AD,,,,,Ardy,,,,,a", "AD,,,,,Ard,,,,,a")
    assert said == "regions_overlay.csv, line 3: the code AD was given before."


def test_built_file_of_another_form_is_refused(tmp_path: Path) -> None:
    folder = write_files(tmp_path / "files")
    for text, sentence in (
        ("code\tname\n", "regions.tsv.gz, line 1: the columns are not code, kind, name, "),
        ("\t".join(COLUMNS) + "\nAD\tcountry\n", "regions.tsv.gz, line 2: 2 cells, not 10."),
    ):
        (folder / "regions.tsv.gz").write_bytes(gzip.compress(text.encode()))
        with pytest.raises(DataFileError) as refused:
            read_data(folder)
        assert str(refused.value).startswith(sentence)


def test_comments_and_empty_lines_of_lists_are_passed_over(tmp_path: Path) -> None:
    folder = write_files(tmp_path / "files")
    (folder / "region_stop_words.txt").write_text("# words\nOf\n\nMay # the month\n")
    assert read_data(folder).region_stop_words == ("Of", "May")


def test_digest_changes_with_any_file(tmp_path: Path) -> None:
    folder = write_files(tmp_path / "files")
    before = files_digest(folder)
    assert files_digest(folder) == before
    (folder / "region_stop_words.txt").write_text("Other\n")
    assert files_digest(folder) != before


def test_overlay_adds_to_a_built_region_and_keeps_its_old_name_as_another(tmp_path: Path) -> None:
    rows = overlaid(tmp_path / "files", "AD,,Ardel,,,Ardy|former: Old Ardel @AD+BR|misspelling: Adrel,1.5,-2,,,atlas")
    ardel = rows["AD"]
    assert (ardel.name, ardel.slug, ardel.kind) == ("Ardel", "ardel-ad", "country")
    assert (ardel.lat, ardel.lon, ardel.coord_basis, ardel.source) == (1.5, -2.0, "source", "geonames, atlas")
    assert ardel.aliases == (
        Spelling("Ardel Republic"),
        Spelling("Ardelia"),
        Spelling("Ardy"),
        Spelling("Old Ardel", "former", ("AD", "BR")),
        Spelling("Adrel", "misspelling"),
    )


def test_overlay_gives_regions_of_its_own_and_members_get_it_as_parent(tmp_path: Path) -> None:
    rows = overlaid(tmp_path / "files", "moors,macro,The Moors,,AD|AD-W,,3,4,1990,1999-05,atlas")
    moors = rows["moors"]
    assert (moors.slug, moors.countries, moors.coord_basis) == ("moors", (), "source")
    assert (moors.valid_from, moors.valid_to, moors.source) == ("1990", "1999-05", "atlas")
    assert "moors" in rows["AD"].parents
    assert rows["AD-W"].parents == ("AD", "moors")


def test_land_between_countries_lies_in_those_of_its_parents_or_else_of_its_members(tmp_path: Path) -> None:
    rows = overlaid(
        tmp_path / "files",
        "fen,border,Fen Line,AD|moors,,,,,,,atlas",
        "moors,macro,The Moors,,AD-W,,,,,,atlas",
        "weirs,disputed,The Weirs,moors,AD-W,,,,,,atlas",
    )
    assert [rows[code].countries for code in ("fen", "moors", "weirs")] == [("AD",), (), ("AD",)]


@pytest.mark.parametrize(
    ("name", "code", "slug"),
    [
        ("Nineveh", "IQ-NI", "nineveh-iq-ni"),
        ("Şanl\N{LATIN SMALL LETTER DOTLESS I}urfa", "TR-63", "sanliurfa-tr-63"),
        ("Łódź", "PL-10", "lodz-pl-10"),
        ("Panjgur", "gn1168446", "panjgur-gn1168446"),
        ("نينوى", "gn5", "gn5"),
        ("South Asia", "south-asia", "south-asia"),
    ],
)
def test_region_slug_is_its_name_and_code_or_our_own_code(name: str, code: str, slug: str) -> None:
    assert region_slug(name, code) == slug


def data(*, actors: tuple[object, ...] = (), aliases: tuple[object, ...] = (), **rows: object) -> DataFiles:
    plain: dict[str, object] = dict.fromkeys(
        ("relations", "regions", "demonyms", "region_stop_words", "head_nouns"), ()
    )
    return DataFiles(actors=actors, aliases=aliases, **{**plain, **rows})  # type: ignore[arg-type]


ARMY = actor("ardel-army", "Ardel Army", kind="state_force", countries=("AD", "BR"), tags=("state", "military"))
ARDEL = (region("AD", "Ardelia"), region("BR", "Brand"))
NOUNS = (HeadNoun("soldiers", "military"), HeadNoun("police", "police"))


def test_actor_is_found_by_its_name_and_its_aliases() -> None:
    rows = data(
        actors=(actor("red-band", "Red Band", countries=("AD",), strict=True, valid_from="2001"),),
        aliases=(alias("red-band", "RB", case="exact", needs=("AD",), not_near=("music",), valid_to="2010"),),
    )
    gazetteer = gazetteer_of(rows)
    assert gazetteer.actors == (ActorEntry("red-band", "Red Band", "armed_group", ("AD",), strict=True),)
    assert gazetteer.surfaces == (
        Surface("Red Band", "red-band", "actor", valid_from="2001"),
        Surface("RB", "red-band", "actor", "acronym", "exact", ("AD",), ("music",), valid_to="2010"),
    )


def test_alias_of_an_actor_that_does_not_exist_is_refused() -> None:
    with pytest.raises(DataFileError) as refused:
        gazetteer_of(data(aliases=(alias("nobody", "NB"),)))
    assert str(refused.value) == 'actor_aliases.csv: "NB" is of nobody, which actors.csv has not.'


def test_region_is_found_by_its_name_and_its_spellings() -> None:
    weir = region("AD-W", "Weir", "admin1", ("AD",), aliases=(Spelling("Wehr", "misspelling", ("AD",)),))
    assert gazetteer_of(data(regions=(weir,))).surfaces == (
        Surface("Weir", "AD-W", "region"),
        Surface("Wehr", "AD-W", "region", "misspelling", needs=("AD",)),
    )


def test_description_of_a_force_is_made_of_every_demonym_and_the_countrys_name() -> None:
    rows = data(
        actors=(ARMY,),
        regions=ARDEL,
        demonyms=(("AD", "Ardelian"), ("AD", "Ardelians"), ("AD", "Ardic"), ("BR", "Brandish")),
        head_nouns=NOUNS,
    )
    # Not of the plural, not of Brand (the army's second country), and no police, since nobody is it.
    texts = ["Ardelian soldiers", "Ardic soldiers", "Ardelia's soldiers"]
    assert list(descriptive_surfaces(rows)) == [Surface(text, "ardel-army", "actor", "descriptive") for text in texts]


def test_description_that_an_alias_writes_out_is_left_to_it() -> None:
    rows = data(
        actors=(ARMY, actor("ardel-guard", "Ardelian Police", tags=("police",), countries=("AD",))),
        aliases=(alias("ardel-guard", "ardelian soldiers"),),
        regions=ARDEL,
        demonyms=(("AD", "Ardelian"),),
        head_nouns=NOUNS,
    )
    assert [surface.text for surface in descriptive_surfaces(rows)] == ["Ardelia's soldiers", "Ardelia's police"]


def test_force_stands_for_its_first_country() -> None:
    assert standing_for(data(actors=(ARMY, actor("un", "UN", tags=("military",))))) == {
        ("AD", "military"): "ardel-army"
    }
