"""What names in a query mean: nothing is chosen silently, nothing is told that one may not see."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from monitor.annotations.codebook import make_tag
from monitor.annotations.tag_models import Tag
from monitor.entities.merging import judge_actors
from monitor.entities.models import Actor
from monitor.entities.region_models import Region
from monitor.library.models import State
from monitor.search.names import Name, meanings
from tests.annotations.people_and_texts import House, make_house
from tests.entity_rows import make_actor, make_region
from tests.factories import make_issue, make_read_article, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return make_house()


def meant(person: object, kind: str, value: str, *, exact: bool = False) -> list[str]:
    name = Name(kind, value, exact)
    return [one.slug for one in meanings([name], person)[name].meant]  # type: ignore[arg-type]


def region(code: str, name: str, *, slug: str, **facts: Any) -> Region:
    made: Region = Region.objects.create(code=code, name=name, slug=slug, kind="admin1", **facts)
    return made


def test_an_actor_is_meant_by_any_of_its_names_and_under_a_merged_entry(house: House) -> None:
    taliban = make_actor("Tehrik-i-Taliban Pakistan", "TTP", countries=["PK"])
    other = make_actor("Pakistani Taliban")
    for value in ("TTP", "ttp", "tehrik-i-taliban pakistan", "Tehrik\u2010i\u2010Taliban  Pakistan"):
        assert meant(house.author, "actor", value) == [taliban.slug], value
    judge_actors(one=taliban, other=other, verdict="same", by=house.curator, keep=taliban)
    taliban.refresh_from_db()
    sets = {tuple(meant(house.author, "actor", value)) for value in ("TTP", "Pakistani Taliban", "pakistani-taliban")}
    assert sets == {(Actor.objects.get(pk=other.pk).canonical.slug,)}
    name = Name("actor", "Pakistani Taliban")
    (one,) = meanings([name], house.author)[name].meant
    assert (one.name, one.by, one.is_by_other_name) == ("Tehrik-i-Taliban Pakistan", "Pakistani Taliban", True)


@pytest.mark.parametrize("acronym", ["BLA", "ADF", "SNA"])
def test_an_acronym_of_several_actors_means_all_of_them_and_says_where_they_are(house: House, acronym: str) -> None:
    make_region("PK", "Pakistan", "country")
    make_region("PG", "Papua New Guinea", "country")
    make_actor("First of the Name", acronym, countries=["PK"])
    make_actor("Second of the Name", acronym, countries=["PG"])
    name = Name("actor", acronym)
    found = meanings([name], house.author)[name]
    assert [(one.name, one.by, one.detail) for one in found.meant] == [
        ("First of the Name", acronym, "Pakistan"),
        ("Second of the Name", acronym, "Papua New Guinea"),
    ]
    assert found.is_open
    for chosen in ("First of the Name", "first-of-the-name"):
        assert meant(house.author, "actor", chosen, exact=True) == ["first-of-the-name"]
    assert meant(house.author, "actor", acronym, exact=True) == []


def test_a_name_written_so_goes_before_the_same_letters_in_other_capitals(house: House) -> None:
    make_actor("Islamic State", "IS", slug="is")
    make_actor("Is", slug="the-is-party")
    assert meant(house.author, "actor", "IS") == ["is"]
    assert meant(house.author, "actor", "Is") == ["the-is-party"]
    assert meant(house.author, "actor", "iS") == ["is"]  # an acronym goes first
    Actor.objects.filter(slug="the-is-party").update(status="retired")
    assert meant(house.author, "actor", "Is") == ["is"]


def test_a_region_is_meant_by_name_code_and_address_and_a_country_before_its_namesakes(house: House) -> None:
    georgia = make_region("GE", "Georgia", "country", aliases=("Sakartvelo",))
    america = make_region("US", "United States", "country")
    state = region("US-GA", "Georgia", slug="georgia-us", countries=[america.code])
    punjab = region("PK-PB", "Punjab", slug="punjab-pakistan")
    region("IN-PB", "Punjab", slug="punjab-india")
    for value in ("Georgia", "georgia", "GE", "ge", "Sakartvelo"):
        assert meant(house.author, "region", value) == [georgia.slug], value
    name = Name("region", "Georgia")
    assert [(one.slug, one.detail) for one in meanings([name], house.author)[name].others] == [
        ("georgia-us", "United States")
    ]
    assert meant(house.author, "region", "georgia-us") == [state.slug]
    assert meant(house.author, "region", "US-GA") == [state.slug]
    assert meant(house.author, "region", "Punjab") == ["punjab-pakistan", "punjab-india"]
    assert meant(house.author, "region", "PK-PB") == [punjab.slug]


def test_a_source_author_or_periodical_is_meant_as_far_as_one_may_read_what_names_it(house: House) -> None:
    made: dict[str, Any] = {
        "authors": ("Zia Ur Rehman", "Ana Rehmani"),
        "cited": {"Secret Post, January 21": "2022-01-21"},
    }
    text = "Nobody held the gate (Secret Post, January 21)."
    make_issue(make_read_article(text, **made), publication="Hidden Letter", state=State.DRAFT)
    asked = {"source": "secret post", "author": "Zia Ur Rehman", "periodical": "hidden letter"}
    for kind, value in asked.items():
        assert meant(house.author, kind, value) == [], kind
        assert len(meant(house.curator, kind, value)) == 1, kind
    assert meant(house.curator, "author", "Rehman") == ["zia-ur-rehman"]
    assert meant(house.curator, "author", "Rehman", exact=True) == []
    for value in ("Ferry Post", "ferry-post", "ferrypost.com", "FERRY POST"):
        assert meant(house.author, "source", value) == ["ferry-post"], value
    assert meant(house.author, "periodical", "Tidewater Letter") == ["tidewater-letter"]


def test_tags_are_meant_by_path_then_by_name_and_only_those_one_may_use(house: House) -> None:
    make_tag(name="violence/escape", by=house.curator)
    make_tag(name="boats/escape", by=house.curator)
    make_tag(name="canary", by=house.author, private=True)
    make_tag(name="canary of the team", by=house.author, team=house.team)
    assert meant(house.reader, "tag", "escape") == ["violence/escape", "boats/escape"]
    assert meant(house.reader, "tag", "violence / Escape") == ["violence/escape"]
    assert meant(house.author, "tag", "canary") == ["canary"]
    assert meant(house.mate, "tag", "canary of the team") == ["canary-of-the-team"]
    for who in ("mate", "curator", "reader"):
        assert meant(getattr(house, who), "tag", "canary") == [], who
    assert meant(house.outsider, "tag", "canary of the team") == []


def test_a_tag_brings_what_lies_below_it_and_nothing_that_only_begins_alike(house: House) -> None:
    for name in ("violence/escape/boat", "violence", "violence-free/zone"):
        make_tag(name=name, by=house.curator)
    hidden = make_tag(name="violence/canary", by=house.author, private=True)
    asked = Name("tag", "violence")

    def below(person: object) -> set[str]:
        return set(Tag.objects.filter(pk__in=meanings([asked], person)[asked].below).values_list("path", flat=True))  # type: ignore[arg-type]

    assert below(house.mate) == {"violence/escape", "violence/escape/boat"}
    assert below(house.author) == {"violence/escape", "violence/escape/boat", hidden.path}


def test_people_are_meant_only_where_one_sees_what_they_marked(house: House) -> None:
    assert meant(house.outsider, "by", "author") == []
    house.mark("lamps")
    assert meant(house.outsider, "by", "author") == []
    assert meant(house.author, "by", "me") == ["author"]
    house.mark("gate", visibility="everyone")
    assert meant(house.outsider, "by", "Author") == ["author"]
    assert meant(AnonymousUser(), "by", "me") == []


def test_all_names_of_a_query_take_one_statement(house: House) -> None:
    kinds = ("actor", "region", "source", "author", "periodical", "tag", "by")
    names = [Name(kind, f"x{number}") for kind in kinds for number in range(4)]
    with CaptureQueriesContext(connection) as caught:
        found = meanings(names, house.author)
    assert len(caught) == 1
    assert set(found) == set(names)
    assert not any(meaning.meant for meaning in found.values())
    with CaptureQueriesContext(connection) as caught:
        assert meanings([], house.author) == {}
        assert meanings([Name("colour", "red")], make_user())[Name("colour", "red")].meant == ()
    assert len(caught) == 1  # the new person alone
