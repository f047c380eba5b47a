"""Changing names by hand: who may, what stays, and that only the articles that it concerns are looked through."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from monitor.entities.engine import current_runs, ready_engine
from monitor.entities.gazetteer_models import Retagging
from monitor.entities.loading import load_data
from monitor.entities.mention_models import Mention, RecognisedArticle
from monitor.entities.models import Actor, ActorAlias
from monitor.entities.naming import (
    add_alias,
    change_actor,
    confirm_actor,
    create_actor,
    create_region,
    end_relation,
    relate,
    retire_actor,
    retire_alias,
)
from monitor.entities.refusals import NameTaken, NotAName, NotYourPart, OwnName
from monitor.entities.region_models import Region, RegionClosure
from monitor.entities.renaming import preview
from monitor.entities.storing import current_articles
from monitor.jobs import queue
from monitor.jobs.find_mentions import find_mentions, take_up_unrecognised
from monitor.library.models import Article
from tests.entities.articles import actor_of, do_retagging, dump, region_of, told, told_article
from tests.entities.small_gazetteer import ROWS
from tests.factories import make_user

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor.accounts.models import User

pytestmark = pytest.mark.django_db

OTHER = "Nobody crossed the river for a week, and the ferry lay at its rope."
LANTERN = "The Lantern Brigade held the mill in Ardelia. ARF men were seen near the Lantern Brigade."


@pytest.fixture
def curator() -> User:
    return make_user("curator", name="cora")


@pytest.fixture
def analyst() -> User:
    return make_user("analyst", name="ann")


def work_off() -> Retagging:
    return do_retagging(Retagging.objects.get(finished=None))


def up_to_date() -> set[int]:
    """Return the articles that are, without the recogniser being made."""
    return current_articles(Article.objects.all(), current_runs())


def test_a_new_name_has_the_articles_with_its_words_read(curator: User) -> None:
    lantern = told_article(LANTERN, title="A Mill")
    other = told_article(OTHER, rows=None, title="A River")
    before = [dump(lantern), dump(other)]
    assert up_to_date() == {lantern.pk, other.pk}
    alias = add_alias(actor=actor_of("ardel-front"), text="Lantern Brigade", by=curator, sort="translation")
    assert up_to_date() == set()
    done = work_off()
    assert (done.articles, done.done, done.changed, done.finished is None) == (1, 1, 1, False)
    assert {who for words, who, _s in told(lantern) if words.endswith("Lantern Brigade")} == {"ardel-front"}
    assert Mention.objects.filter(article=lantern, actor_alias=alias.pk).count() == 2
    # The other article is up to date without having been read.
    assert up_to_date() == {lantern.pk, other.pk}
    assert RecognisedArticle.objects.get(article=lantern).run == ready_engine().run
    assert RecognisedArticle.objects.get(article=other).run != ready_engine().run
    assert take_up_unrecognised() == 0
    after = [dump(lantern), dump(other)]
    assert (do_retagging(done).changed, [dump(lantern), dump(other)]) == (0, after)
    for article in (lantern, other):
        find_mentions(article.issue_id, again=True)
    assert [dump(lantern), dump(other)] == after
    retire_alias(alias=alias, by=curator)
    assert work_off().changed == 1
    assert [dump(lantern), dump(other)] == before


def test_changes_that_follow_at_once_leave_nothing_behind(curator: User) -> None:
    """Nobody makes the recogniser between two changes: the second does not know any run of the names before it."""
    lantern = told_article(LANTERN, title="A Mill")
    other = told_article(OTHER, rows=None, title="A River")
    third = told_article("The Rope Men came.", rows=None, title="A Rope")
    add_alias(actor=actor_of("ardel-front"), text="Lantern Brigade", by=curator, sort="translation")
    add_alias(actor=actor_of("ardel-army"), text="Rope Men", by=curator)
    first, second = Retagging.objects.order_by("pk")
    assert do_retagging(first).articles == 1
    assert up_to_date() <= {lantern.pk}
    assert do_retagging(second).articles == 1
    assert up_to_date() == {lantern.pk, other.pk, third.pk}
    assert [who for _w, who, _s in told(third)] == ["ardel-army"]
    rows = [dump(article) for article in (lantern, other, third)]
    for article in (lantern, other, third):
        find_mentions(article.issue_id, again=True)
    assert [dump(article) for article in (lantern, other, third)] == rows


def test_a_change_of_files_beside_leaves_all_to_be_looked_through(curator: User) -> None:
    lantern = told_article(LANTERN, title="A Mill")
    told_article(OTHER, rows=None, title="A River")
    add_alias(actor=actor_of("ardel-front"), text="Lantern Brigade", by=curator, sort="translation")
    Actor.objects.filter(slug="union").update(strict=True)  # nobody said which names it concerns
    work_off()
    assert up_to_date() == {lantern.pk}
    ProcrastinateJob.objects.filter(task_name=queue.FIND_MENTIONS).update(status="succeeded")
    assert take_up_unrecognised() == 1


def test_a_preview_counts_what_one_may_see(curator: User) -> None:
    told_article(LANTERN, title="A Mill")
    told_article(LANTERN, rows=None, title="A Mill again")
    hidden = told_article(LANTERN, rows=None, title="A Mill withheld")
    hidden.state = "withdrawn"
    hidden.save()
    reader = make_user("reader")
    assert (preview("Lantern Brigade", reader).articles, preview("Lantern Brigade", curator).articles) == (2, 3)
    here = Mention.objects.filter(article=hidden, fold="lantern brigade").count()
    assert [preview("Lantern Brigade", one).mentions for one in (reader, curator)] == [2 * here, 3 * here]
    assert (preview("ARF", reader).articles, here > 0) == (2, True)
    assert preview("arf", reader).articles == 2
    assert preview("Nowhere Men", reader).articles == 0
    counts = set()
    for name in ("ARF", "Lantern Brigade", "Ferry"):
        with CaptureQueriesContext(connection) as queries:
            preview(name, reader)
        counts.add(len(queries))
    assert counts == {2}


def test_an_acronym_is_not_looked_for_in_every_article_with_the_word(curator: User) -> None:
    told_article("It is said that it is so.", title="A Saying")
    told_article("The IS is here.", rows=None, title="Three Letters")
    assert preview("IS", curator).articles == 1


def test_a_proposed_actor_is_confirmed_or_taken_out(curator: User) -> None:
    article = told_article(LANTERN, title="A Mill")
    proposed = Actor.objects.get(status="provisional")
    assert {status for _w, who, status in told(article) if who == proposed.slug} == {"suggested"}
    confirm_actor(actor=proposed, by=curator)
    work_off()
    assert {status for _w, who, status in told(article) if who == proposed.slug} == {"auto"}
    assert proposed.aliases.get().text == "Lantern Brigade"
    retire_actor(actor=proposed, by=curator)
    work_off()
    assert proposed.slug not in {who for _w, who, _s in told(article)}
    find_mentions(article.issue_id, again=True)
    assert proposed.slug not in {who for _w, who, _s in told(article)}


def test_a_renamed_actor_keeps_its_former_name(curator: User) -> None:
    load_data(ROWS)
    front = change_actor(actor=actor_of("ardel-front"), by=curator, name="Front of the  Ardel", notes="Seen.")
    assert (front.name, front.key, front.edited) == ("Front of the Ardel", "front of the ardel", ["name", "notes"])
    assert set(front.aliases.values_list("text", "source")) == {
        ("ARF", "a list"),
        ("Ardel Republican Front", "its name before"),
        ("Front of the Ardel", "its own name"),
    }
    before = list(Actor.objects.order_by("pk").values())
    load_data(ROWS)
    assert list(Actor.objects.order_by("pk").values()) == before
    with pytest.raises(OwnName, match="It is called"):
        retire_alias(alias=front.aliases.get(source="its own name"), by=curator)


def test_a_name_comes_back_and_is_not_given_twice(curator: User) -> None:
    load_data(ROWS)
    alias = ActorAlias.objects.get(text="ARF")
    with pytest.raises(NameTaken, match="“ARF” is a name of Ardel Republican Front already"):
        add_alias(actor=actor_of("ardel-front"), text="ARF", by=curator)
    retire_alias(alias=alias, by=curator)
    load_data(ROWS)
    alias.refresh_from_db()
    assert alias.retired
    assert add_alias(actor=actor_of("ardel-front"), text="ARF", by=curator) == alias
    assert not ActorAlias.objects.get(pk=alias.pk).retired


@pytest.mark.parametrize("text", ["", "  ", "…", "x" * 201])
def test_what_is_no_name_is_refused(curator: User, text: str) -> None:
    load_data(ROWS)
    with pytest.raises(NotAName):
        add_alias(actor=actor_of("union"), text=text, by=curator)
    with pytest.raises(NotAName):
        create_actor(name=text, kind="person", by=curator)
    with pytest.raises(NotAName):
        create_region(name=text, kind="city", parent=region_of("AD"), by=curator)
    with pytest.raises(NotAName):
        change_actor(actor=actor_of("union"), name=text, by=curator)
    assert Retagging.objects.count() == 0


def test_who_may_change_the_authority_file(analyst: User, curator: User) -> None:
    load_data(ROWS)
    union, land = actor_of("union"), region_of("AD")
    refused: list[Callable[[], object]] = [
        lambda: add_alias(actor=union, text="X", by=analyst),
        lambda: create_actor(name="X", kind="person", by=analyst),
        lambda: confirm_actor(actor=union, by=analyst),
        lambda: retire_actor(actor=union, by=analyst),
        lambda: change_actor(actor=union, name="X", by=analyst),
        lambda: retire_alias(alias=union.aliases.all()[0], by=analyst),
        lambda: relate(start=union, end=actor_of("ardel-army"), type="allied_with", by=analyst),
        lambda: create_region(name="X", kind="macro", parent=land, by=analyst),
        lambda: create_region(name="X", kind="city", parent=land, by=make_user("reader")),
    ]
    for act in refused:
        with pytest.raises(NotYourPart):
            act()
    relation = relate(start=union, end=actor_of("ardel-army"), type="allied_with", by=curator, source="heard")
    end_relation(relation=relation, by=curator)
    assert (relation.retired, relation.edited, relation.source) == (True, ["retired", "source"], "heard")


def test_an_analyst_adds_a_village(analyst: User) -> None:
    article = told_article("The bridge at Little Brackle burnt.", title="A Bridge")
    place = create_region(name="Little Brackle", kind="place", parent=region_of("AD-W"), by=analyst, lat=1.5, lon=2.5)
    assert (place.code, place.countries, place.coord_basis) == ("little-brackle", ["AD"], "point")
    assert set(RegionClosure.objects.filter(descendant=place).values_list("ancestor__code", flat=True)) == {
        "little-brackle", "AD-W", "AD", "east", "rivers",
    }  # fmt: skip
    work_off()
    assert Mention.objects.filter(article=article, region=place).exists()
    assert (
        create_region(name="Little Brackle", kind="place", parent=region_of("OS"), by=analyst).code
        == "little-brackle-2"
    )
    assert load_data(ROWS).written == 0
    assert Region.objects.filter(retired=False).count() == 8
