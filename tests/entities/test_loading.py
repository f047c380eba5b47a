"""Loading the gazetteer: everything comes in once, nothing is written twice, what a person did stays."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from monitor.entities.gazetteer_models import GazetteerLoad, GazetteerStamp
from monitor.entities.loading import load_data, load_files
from monitor.entities.models import Actor, ActorAlias, ActorRelation
from monitor.entities.refusals import RegionCircle
from monitor.entities.region_models import Region, RegionAlias, RegionClosure, RegionParent
from tests.entities.small_gazetteer import ROWS, actor, alias, region, write_files

if TYPE_CHECKING:
    from pathlib import Path

    from monitor.entities.data_rows import DataFiles

pytestmark = pytest.mark.django_db


def rows_of(model: type[Any]) -> list[dict[str, Any]]:
    return list(model.objects.order_by("pk").values())


def all_rows() -> list[list[dict[str, Any]]]:
    closure: list[Any] = list(RegionClosure.objects.order_by("descendant", "ancestor").values())
    return [*map(rows_of, (Actor, ActorAlias, ActorRelation, Region, RegionAlias, RegionParent)), closure]


def unstamped(tables: list[list[dict[str, Any]]]) -> list[list[dict[str, Any]]]:
    """Return the rows without the time of their last change."""
    return [[{name: row[name] for name in row if name != "updated"} for row in rows] for rows in tables]


def without(rows: DataFiles, slug: str) -> DataFiles:
    return replace(
        rows,
        actors=tuple(row for row in rows.actors if row.slug != slug),
        aliases=tuple(row for row in rows.aliases if row.actor != slug),
        relations=tuple(row for row in rows.relations if slug not in (row.start, row.end)),
    )


def test_everything_comes_in() -> None:
    loaded = load_data(ROWS)
    assert dict(loaded.counts) == {
        "actors added": 4,
        "actor aliases added": 8,
        "actor relations added": 2,
        "regions added": 6,
        "region aliases added": 2,
        "region parents added": 5,
        "rows of what lies in what": 16,
    }
    army = Actor.objects.get(slug="ardel-army")
    assert (army.key, army.origin, army.canonical_id, army.countries) == (
        "ardel liberation army",
        "files",
        army.pk,
        ["AD"],
    )
    assert set(army.aliases.values_list("text", "fold", "sort")) == {
        ("ALA", "ala", "acronym"),
        ("Ardel Army", "ardel army", "name"),
        ("Ardel Liberation Army", "ardel liberation army", "name"),
    }
    assert list(army.relations.values_list("type", "to_actor__slug", "valid_from")) == [
        ("member_of", "union", "2022-01-11")
    ]
    lampton = Region.objects.get(code="gn1")
    assert (lampton.lat, lampton.lon, lampton.coord_basis, lampton.population) == (1.0, 2.0, "point", 90_000)
    assert set(RegionClosure.objects.filter(descendant=lampton).values_list("ancestor__code", "depth")) == {
        ("gn1", 0),
        ("AD-W", 1),
        ("AD", 2),
        ("east", 3),
        ("rivers", 3),
    }
    assert RegionAlias.objects.get(text="Wehr").needs == ["AD"]


def test_a_second_load_writes_nothing(tmp_path: Path) -> None:
    folder = write_files(tmp_path / "data")
    assert load_files(folder).written == 43
    before, stamp = all_rows(), GazetteerStamp.objects.get().stamp
    passed_over, again = load_files(folder), load_files(folder, again=True)
    assert (passed_over.unchanged, passed_over.written) == (True, 0)
    assert (again.unchanged, again.written, str(again)) == (False, 0, "Nothing has changed.")
    assert all_rows() == before
    assert GazetteerStamp.objects.get().stamp == stamp
    assert GazetteerLoad.objects.count() == 1


def test_a_changed_file_changes_its_rows_alone(tmp_path: Path) -> None:
    load_files(write_files(tmp_path / "one"))
    army, front, *others = ROWS.actors
    changed = replace(ROWS, actors=(replace(army, name="Army of the Ardel", tags=("river",)), front, *others))
    loaded = load_files(write_files(tmp_path / "two", changed))
    assert dict(loaded.counts) == {"actors changed": 1, "actor aliases added": 1, "actor aliases retired": 1}
    assert (Actor.objects.get(slug="ardel-army").key, Actor.objects.get(slug="ardel-army").tags) == (
        "army of the ardel",
        ["river"],
    )


def test_what_a_person_edited_stays() -> None:
    load_data(ROWS)
    Actor.objects.filter(slug="ardel-army").update(name="Our name", key="our name", edited=["name", "countries"])
    Region.objects.filter(code="OS").update(lat=0, lon=0, edited=["lat", "lon"])
    ActorAlias.objects.filter(text="ALA").update(retired=True, edited=["retired"])
    ActorRelation.objects.filter(from_actor__slug="ardel-front").update(retired=True, edited=["retired"])
    before = all_rows()
    assert load_data(ROWS).written == 0
    assert all_rows() == before
    army, *others = ROWS.actors
    newer = replace(ROWS, actors=(replace(army, name="Theirs", countries=("OS",), notes="Seen."), *others))
    load_data(newer)
    row = Actor.objects.get(slug="ardel-army")
    assert (row.name, row.key, row.countries, row.notes) == ("Our name", "our name", ["AD"], "Seen.")


def test_what_a_person_made_is_not_touched() -> None:
    mine = Actor.objects.create(slug="ardel-army", name="The Army here", kind="political")
    ActorAlias.objects.create(actor=mine, text="ALA", sort="former", source="heard")
    load_data(ROWS)
    mine.refresh_from_db()
    assert (mine.name, mine.kind, mine.origin) == ("The Army here", "political", "person")
    assert ActorAlias.objects.get(actor=mine, text="ALA").source == "heard"
    assert mine.aliases.filter(text="Ardel Army", origin="files").exists()
    load_data(without(ROWS, "ardel-army"))
    mine.refresh_from_db()
    assert mine.status == "active"
    assert not ActorAlias.objects.get(actor=mine, text="ALA").retired


def test_what_is_gone_is_retired_and_comes_back() -> None:
    load_data(ROWS)
    before = all_rows()
    load_data(without(ROWS, "ardel-army"))
    assert Actor.objects.get(slug="ardel-army").status == "retired"
    assert set(ActorAlias.objects.filter(actor__slug="ardel-army").values_list("retired", flat=True)) == {True}
    assert ActorRelation.objects.get(from_actor__slug="ardel-army").retired
    load_data(ROWS)
    assert unstamped(all_rows()) == unstamped(before)


def test_a_region_that_moves_takes_all_in_it_along() -> None:
    load_data(ROWS)
    moved = replace(ROWS, regions=tuple(replace(r, parents=("OS",)) if r.code == "AD-W" else r for r in ROWS.regions))
    load_data(moved)
    assert set(RegionClosure.objects.filter(descendant__code="gn1").values_list("ancestor__code", "depth")) == {
        ("gn1", 0),
        ("AD-W", 1),
        ("OS", 2),
        ("east", 3),
    }


def test_of_two_rows_with_one_name_the_first_counts() -> None:
    twice = replace(ROWS, aliases=(*ROWS.aliases, alias("ardel-army", "ALA", sort="former")))
    load_data(twice)
    assert ActorAlias.objects.get(text="ALA").sort == "acronym"
    assert load_data(twice).written == 0


def test_a_circle_is_refused_and_nothing_written() -> None:
    load_data(ROWS)
    RegionParent.objects.create(child=Region.objects.get(code="east"), parent=Region.objects.get(code="gn1"))
    more = replace(ROWS, regions=(*ROWS.regions, region("NW", "Newland", parents=("east",))), actors=(actor("x", "X"),))
    with pytest.raises(RegionCircle, match="cannot lie in"):
        load_data(more)
    assert not Region.objects.filter(code="NW").exists()
    assert not Actor.objects.filter(slug="x").exists()


def test_the_command_says_what_it_did_and_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_files(tmp_path / "data")
    call_command("load_gazetteer", str(folder))
    assert "4 actors added" in capsys.readouterr().out
    call_command("load_gazetteer", str(folder))
    assert capsys.readouterr().out == "The gazetteer's files have been loaded already.\n"
    (folder / "actors.csv").write_text("slug\nx\n")
    with pytest.raises(CommandError, match=r"actors\.csv, line 1"):
        call_command("load_gazetteer", str(folder))
    with pytest.raises(CommandError, match="No such file"):
        call_command("load_gazetteer", str(tmp_path / "nowhere"))


@pytest.mark.django_db(transaction=True)
def test_actors_are_there_before_the_regions_and_a_load_that_failed_goes_on(tmp_path: Path) -> None:
    """A circle stops the regions: the actors have come by then, and are not written again."""
    load_data(replace(ROWS, actors=(), aliases=(), relations=()))
    closing = RegionParent.objects.create(
        child=Region.objects.get(code="east"), parent=Region.objects.get(code="gn1"), origin="person"
    )
    folder = write_files(tmp_path / "data", replace(ROWS, regions=(*ROWS.regions, region("NW", "Newland"))))
    told: list[str] = []
    with pytest.raises(RegionCircle):
        load_files(folder, tell=told.append)
    assert told == ["4 actors added, 8 actor aliases added, 2 actor relations added."]
    assert (Actor.objects.count(), Region.objects.filter(code="NW").exists()) == (4, False)
    assert not GazetteerLoad.objects.exists()
    closing.delete()
    told.clear()
    loaded = load_files(folder, tell=told.append)
    assert (told, loaded.counts["regions added"], loaded.counts["actors added"]) == ([], 1, 0)
    assert load_files(folder).unchanged
