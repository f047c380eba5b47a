"""What is kept of an actor's past, and what puts it back: versions, relations, partings; and regions as rows of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from monitor.entities.actor_log import all_names, judgements_between, judgements_on, version_of, versions_of
from monitor.entities.judgement_models import MentionJudgement
from monitor.entities.judging import judge_mention
from monitor.entities.merging import judge_actors, split_actor, take_back_actors, unsplit
from monitor.entities.naming import (
    change_actor,
    change_relation,
    create_region,
    end_relation,
    relate,
    restore_actor,
    restore_alias,
    retire_actor,
    retire_alias,
    retire_region,
)
from monitor.entities.refusals import NotEmpty, NotYourPart, RelatedAlready, RelatedToItself, TakenBack
from monitor.entities.region_rows import told_regions
from monitor.entities.waiting import Place, place_in, waiting_alike, waiting_mentions
from monitor.library.models import Article
from tests.entity_rows import make_actor, make_region, name_in
from tests.factories import make_article, make_user

if TYPE_CHECKING:
    from monitor.accounts.models import User
    from monitor.entities.models import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def curator() -> User:
    return make_user("curator", name="cora")


@pytest.fixture
def army() -> Actor:
    return make_actor("Ardel Army", "AA")


def test_every_version_of_an_actor_can_be_put_back(curator: User, army: Actor) -> None:
    change_actor(actor=army, by=curator, kind="alliance")
    change_actor(actor=army, by=curator, name="Army of Ardel", countries=["PK"])
    retire_actor(actor=army, by=curator)
    versions = versions_of(army)
    assert [version.changed for version in versions] == [("status",), ("name", "countries"), ("kind",), ()]
    assert versions[1].words == "name: Army of Ardel; countries: PK"
    assert versions[0].words == "state: taken out"
    first = version_of(army, versions[-1].key)
    assert first is not None
    restore_actor(actor=army, facts=first, by=curator)
    army.refresh_from_db()
    assert (army.name, army.kind, army.status, army.countries) == ("Ardel Army", "armed_group", "active", [])
    assert versions_of(army)[0].words == "name: Ardel Army; kind: armed group; state: confirmed; countries: none"
    assert version_of(make_actor("Weir Front"), versions[0].key) is None


def test_relations_are_changed_put_back_and_never_of_one_alone(curator: User, army: Actor) -> None:
    front = make_actor("Weir Front")
    row = relate(start=army, end=front, type="allied_with", by=curator, valid_from="2019")
    other = relate(start=army, end=front, type="allied_with", by=curator, valid_from="2020")
    with pytest.raises(RelatedAlready):
        change_relation(relation=other, by=curator, valid_from="2019")
    end_relation(relation=row, by=curator)
    change_relation(relation=row, by=curator, retired=False, valid_to="2021")
    row.refresh_from_db()
    assert (row.retired, row.valid_to, row.edited) == (False, "2021", ["retired", "valid_to"])
    with pytest.raises(RelatedToItself):
        relate(start=army, end=army, type="allied_with", by=curator)
    judge_actors(one=army, other=front, verdict="same", by=curator)
    front.refresh_from_db()
    with pytest.raises(RelatedToItself):
        relate(start=army, end=front, type="member_of", by=curator)
    with pytest.raises(NotYourPart):
        change_relation(relation=row, by=make_user("analyst"), valid_to="")


def test_judgements_of_two_people_are_told_for_both_actors(curator: User, army: Actor) -> None:
    front, analyst = make_actor("Weir Front"), make_user("analyst", name="oren")
    perhaps = judge_actors(one=front, other=army, verdict="unsure", by=analyst)
    assert [said.is_disputed for said in judgements_on(army)] == [False]
    judge_actors(one=army, other=front, verdict="different", by=curator)
    for one, other in ((army, front), (front, army)):
        said = judgements_on(one)
        assert [(row.judgement.verdict, row.other, row.is_disputed) for row in said] == [
            ("different", other, True),
            ("unsure", other, True),
        ]
        assert [row.by for row in judgements_between(one, other)] == [curator, analyst]
    take_back_actors(judgement=perhaps, by=analyst)
    assert [row.is_disputed for row in judgements_on(army)] == [False, False]
    assert [row.verdict for row in judgements_between(army, front)] == ["different"]


def test_a_merge_is_told_on_the_page_of_the_one_that_stays(curator: User, army: Actor) -> None:
    front = make_actor("Weir Front", "WF")
    judge_actors(one=army, other=front, verdict="same", by=curator, keep=front)
    front.refresh_from_db()
    (said,) = judgements_on(front)
    assert said.other == army
    assert sorted(all_names(front)) == ["AA", "Ardel Army", "WF", "Weir Front", "Weir Front"]


def test_a_parting_is_put_back_as_it_was(curator: User, army: Actor) -> None:
    front = make_actor("Weir Front")
    article = make_article("The Ardel Army met. The AA left.")
    _, second = name_in(article, {"Ardel Army": army, "AA": army})
    alias = army.aliases.get(text="AA")
    alias.valid_from, alias.lang = "2019", "ar"
    alias.save()
    done = split_actor(actor=army, into=front, by=curator, aliases=[alias], mentions=[second.pk])
    ((made, was),) = done.names
    assert (made.actor, made.valid_from, made.lang, was.retired) == (front, "2019", "ar", True)
    assert [row.actor for row in done.judgements] == [front]
    unsplit(names=done.names, judgements=done.judgements, by=curator)
    alias.refresh_from_db()
    made.refresh_from_db()
    assert (alias.retired, made.retired) == (False, True)
    assert MentionJudgement.objects.get().undone is not None
    with pytest.raises(TakenBack):
        unsplit(names=(), judgements=MentionJudgement.objects.all(), by=curator)


def test_names_taken_out_stand_again(curator: User, army: Actor) -> None:
    alias = army.aliases.get(text="AA")
    retire_alias(alias=alias, by=curator)
    restore_alias(alias=alias, by=curator)
    alias.refresh_from_db()
    assert alias.retired is False
    with pytest.raises(NotYourPart):
        restore_alias(alias=alias, by=make_user("analyst"))


def test_an_analyst_takes_out_only_what_they_added(curator: User) -> None:
    land = make_region("PK", "Pakistan", "country", countries=["PK"])
    analyst = make_user("analyst", name="oren")
    village = create_region(name="Vray", kind="place", parent=land, by=analyst)
    with pytest.raises(NotYourPart):
        retire_region(region=village, by=make_user("analyst", name="mara"))
    with pytest.raises(NotYourPart):
        retire_region(region=land, by=analyst)
    with pytest.raises(NotEmpty):
        retire_region(region=land, by=curator)
    retire_region(region=village, by=analyst)
    retire_region(region=land, by=curator)
    assert (village.retired, land.retired) == (True, True)


def test_regions_are_counted_with_what_lies_in_them_each_article_once() -> None:
    asia = make_region("south-asia", "South Asia", "macro")
    land = make_region("PK", "Pakistan", "country", asia, countries=["PK"])
    first = make_region("gn1", "Vray", "city", land, lat=25.5, lon=62.0, coord_basis="point")
    second = make_region("gn2", "Weir", "city", land, lat=26.0, lon=63.0, coord_basis="parent")
    one = make_article("Vray and Weir in Pakistan. Vray again.", title="One")
    name_in(one, {"Vray": first, "Weir": second, "Pakistan": land})
    name_in(make_article("At Vray.", title="Two"), {"Vray": first})
    found = told_regions(Article.objects.values("pk"))
    assert [(row.region.code, row.articles, row.mentions, row.parents, row.point) for row in found] == [
        ("PK", 2, 1, ("south-asia",), None),
        ("gn1", 2, 3, ("PK",), (62.0, 25.5)),
        ("gn2", 1, 1, ("PK",), None),
    ]
    assert [row.region.code for row in told_regions([one.pk], within=[second.pk])] == ["gn2"]
    assert told_regions([]) == []


@pytest.mark.parametrize(
    "words", ["", "x", "1", "1~", "~4", "0.5~x", "0.5~0", "1.5~1", "-0.1~1", "nan~1", "0.5~9223372036854775808"]
)
def test_what_is_no_place_in_the_queue_is_none(words: str) -> None:
    assert place_in(words) is None


def test_groups_stand_where_their_least_certain_mention_does(curator: User, army: Actor) -> None:
    article = make_article("Aaa bbb ccc aaa bbb. Aaa.")
    for words, score in (("bbb", 0.5), ("ccc", 0.4), ("aaa", 0.9), ("Aaa", 0.4)):
        name_in(article, {words: army}, status="suggested", score=score)
    rows = waiting_mentions(curator)
    groups, following = waiting_alike(rows)
    assert [(row.first.surface, row.mentions, row.articles) for row in groups] == [
        ("ccc", 1, 1),
        ("Aaa", 3, 1),
        ("bbb", 2, 1),
    ]
    assert following is None
    place = Place(groups[1].first.score, groups[1].first.pk)
    assert place_in(place.words) == place
    assert [row.first.surface for row in waiting_alike(rows, begin=place)[0]] == ["Aaa", "bbb"]
    judge_mention(mention=groups[0].first, verdict="confirm", by=curator)
    assert [row.first.surface for row in waiting_alike(rows)[0]] == ["Aaa", "bbb"]
