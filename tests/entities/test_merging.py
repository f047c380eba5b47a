"""Actors that are one: joined and parted in any order, with everything as it was before, byte for byte."""

from __future__ import annotations

import json
from dataclasses import replace
from threading import Barrier, Thread
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.entities.gazetteer_models import Retagging
from monitor.entities.judgement_models import ActorJudgement
from monitor.entities.judging import add_mention, judge_mention
from monitor.entities.merging import judge_actors, rebuild_canonical, split_actor, take_back_actors
from monitor.entities.models import Actor, ActorAlias, ActorRelation
from monitor.entities.naming import add_alias, create_actor, relate
from monitor.entities.refusals import NotYourPart, SaidDifferent, SaidSame, TakenBack
from monitor.jobs.find_mentions import find_mentions
from tests.entities.articles import TEXT, actor_of, do_retagging, dump, mention_of, told, told_article
from tests.entities.small_gazetteer import ROWS, alias, relation
from tests.factories import make_user

if TYPE_CHECKING:
    from monitor.accounts.models import User
    from monitor.library.models import Article

pytestmark = pytest.mark.django_db

# Both have a name in common, are related to each other, and both to a third.
SHARED = replace(
    ROWS,
    aliases=(*ROWS.aliases, alias("ardel-front", "Ardel Army")),
    relations=(*ROWS.relations, relation("ardel-army", "allied_with", "ardel-front")),
)


@pytest.fixture
def curator() -> User:
    return make_user("curator", name="cora")


@pytest.fixture
def article() -> Article:
    return told_article(rows=SHARED)


def everything(*articles: Article) -> str:
    """Return all that can be seen of actors, their relations and mentions, as one text."""
    actors = Actor.objects.order_by("slug").values("slug", "name", "status", "canonical__slug", "edited", "tags")
    aliases = ActorAlias.objects.order_by("pk").values("pk", "actor__slug", "text", "retired", "source")
    relations = ActorRelation.objects.order_by("pk").values()
    return json.dumps(
        [list(actors), list(aliases), list(relations), [dump(one) for one in articles]], indent=1, default=str
    )


def work_off() -> None:
    """Do what waits for a worker."""
    for waiting in Retagging.objects.filter(finished=None).order_by("pk"):
        do_retagging(waiting)


def same(one: str, other: str, by: User, **facts: Any) -> ActorJudgement:
    judgement = judge_actors(one=actor_of(one), other=actor_of(other), verdict="same", by=by, **facts)
    work_off()
    return judgement


def part(judgement: ActorJudgement, by: User) -> None:
    take_back_actors(judgement=judgement, by=by)
    work_off()


def heads() -> dict[str, str]:
    return dict(Actor.objects.order_by("slug").values_list("slug", "canonical__slug"))


def test_merging_and_parting_restores_every_byte(article: Article, curator: User) -> None:
    before = everything(article)
    assert [who for words, who, _status in told(article) if words == "Ardel Army"] != ["ardel-army"]
    judgement = same("ardel-army", "ardel-front", curator)
    assert heads()["ardel-front"] == "ardel-army"
    assert [(who, status) for words, who, status in told(article) if words == "Ardel Army"] == [("ardel-army", "auto")]
    assert ActorRelation.objects.count() == 3
    assert everything(article) != before
    part(judgement, curator)
    assert everything(article) == before
    find_mentions(article.issue_id, again=True)
    assert everything(article) == before


def test_the_one_that_is_kept_is_chosen(article: Article, curator: User) -> None:
    judgement = same("ardel-army", "ardel-front", curator, keep=actor_of("ardel-front"))
    assert heads()["ardel-army"] == "ardel-front"
    assert judge_actors(
        one=actor_of("ardel-front"), other=actor_of("ardel-army"), verdict="same", by=curator
    ) == judgement  # fmt: skip


def test_parting_in_any_order(article: Article, curator: User) -> None:
    before = everything(article)
    first = same("ardel-army", "ardel-front", curator)
    second = same("ardel-front", "union", curator)
    assert set(heads().values()) == {"ardel-army", "ostrian-army"}
    part(first, curator)
    assert heads() == {"ardel-army": "ardel-army", "ardel-front": "ardel-front", "ostrian-army": "ostrian-army", "union": "ardel-front"}  # fmt: skip
    part(second, curator)
    assert everything(article) == before
    with pytest.raises(TakenBack):
        take_back_actors(judgement=second, by=curator)


def test_later_edits_outlive_the_parting(article: Article, curator: User) -> None:
    judgement = same("ardel-army", "ardel-front", curator)
    union, front = actor_of("union"), actor_of("ardel-front")
    relate(start=front, end=actor_of("ostrian-army"), type="allied_with", by=curator, valid_from="2022")
    add_alias(actor=front, text="bridge", by=curator, sort="descriptive")
    at = TEXT.index("guns")
    add_mention(article=article, start=at, end=at + 4, by=curator, actor=actor_of("ardel-army"))
    judge_mention(mention=mention_of(article, "ALA"), verdict="relink", by=curator, actor=union)
    work_off()
    part(judgement, curator)
    assert ("guns", "ardel-army", "confirmed") in told(article)
    assert ("ALA", "union", "confirmed") in told(article)
    assert ActorRelation.objects.filter(from_actor=front, valid_from="2022").exists()
    after = everything(article)
    other = same("ardel-army", "ardel-front", curator)
    part(other, curator)
    assert everything(article) == after


def test_a_mention_found_while_they_are_one_stays_with_its_own_name(article: Article, curator: User) -> None:
    judgement = same("ardel-army", "ardel-front", curator)
    later = told_article(rows=None, title="Front and Army")
    find_mentions(later.issue_id)
    assert mention_of(later, "Ardel Republican Front").actor == actor_of("ardel-front")
    part(judgement, curator)
    fresh = dump(later)
    find_mentions(later.issue_id, again=True)
    assert dump(later) == fresh
    assert mention_of(later, "Ardel Republican Front").actor == actor_of("ardel-front")


def test_different_ones_are_not_joined(article: Article, curator: User) -> None:
    army, front, union = actor_of("ardel-army"), actor_of("ardel-front"), actor_of("union")
    different = judge_actors(one=army, other=union, verdict="different", by=curator)
    same("ardel-army", "ardel-front", curator)
    with pytest.raises(SaidDifferent, match="Ardel Liberation Army and Union of the Ardel were judged to be different"):
        judge_actors(one=front, other=union, verdict="same", by=curator)
    assert heads()["union"] == "union"
    with pytest.raises(SaidSame, match="are one by earlier decisions"):
        judge_actors(one=front, other=army, verdict="different", by=curator)
    take_back_actors(judgement=different, by=curator)
    same("ardel-front", "union", curator)
    assert heads()["union"] == "ardel-army"


def test_who_may_decide(article: Article, curator: User) -> None:
    analyst = make_user("analyst")
    army, front = actor_of("ardel-army"), actor_of("ardel-front")
    with pytest.raises(NotYourPart):
        judge_actors(one=army, other=front, verdict="same", by=analyst)
    perhaps = judge_actors(one=army, other=front, verdict="unsure", by=analyst)
    assert (perhaps.keep, heads()["ardel-front"]) == (None, "ardel-front")
    judgement = same("ardel-army", "ardel-front", curator)
    with pytest.raises(NotYourPart):
        take_back_actors(judgement=judgement, by=analyst)
    take_back_actors(judgement=perhaps, by=analyst)


def test_an_actor_that_lumped_two_is_split(article: Article, curator: User) -> None:
    new = create_actor(name="Army of the Weir", kind="armed_group", by=curator)
    lumped = ActorAlias.objects.get(actor__slug="ardel-army", text="ALA")
    front = mention_of(article, "Ardel Republican Front")
    split_actor(actor=actor_of("ardel-front"), into=new, by=curator, mentions=[front.pk])
    split_actor(actor=actor_of("ardel-army"), into=new, by=curator, aliases=[lumped])
    work_off()
    lumped.refresh_from_db()
    assert lumped.retired
    assert new.aliases.get(text="ALA").sort == "acronym"
    assert ("Ardel Republican Front", "army-of-the-weir", "confirmed") in told(article)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.booleans()).filter(lambda p: p[0] != p[1]), max_size=7),
    st.randoms(use_true_random=False),
)
def test_canonical_is_what_the_judgements_say(curator: User, pairs: list[tuple[int, int, bool]], order: Any) -> None:
    slugs = [f"a{number}" for number in range(5)]
    ActorJudgement.objects.all().delete()
    Actor.objects.filter(slug__in=slugs).delete()
    actors = [Actor.objects.create(slug=slug, name=slug) for slug in slugs]
    made = []
    for left, right, keeps_left in pairs:
        keep = actors[left if keeps_left else right]
        made.append(judge_actors(one=actors[left], other=actors[right], verdict="same", keep=keep, by=curator))
        assert rebuild_canonical() == 0
    rest = list(dict.fromkeys(made))
    order.shuffle(rest)
    for judgement in rest:
        take_back_actors(judgement=judgement, by=curator)
        assert rebuild_canonical() == 0
    assert all(slug == head for slug, head in heads().items())


@pytest.mark.django_db(transaction=True)
def test_two_merges_at_once_make_one_group() -> None:
    curator = make_user("curator")
    a, b, c = (Actor.objects.create(slug=slug, name=slug) for slug in "abc")
    ready, failures = Barrier(2), []

    def merge(one: Actor, other: Actor) -> None:
        try:
            ready.wait(timeout=30)
            judge_actors(one=one, other=other, verdict="same", by=curator)
        except Exception as error:  # noqa: BLE001 - told in the test's own thread
            failures.append(error)
        finally:
            connection.close()

    threads = [Thread(target=merge, args=pair) for pair in ((a, b), (c, b))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert failures == []
    assert len(set(heads().values())) == 1
    assert rebuild_canonical() == 0
