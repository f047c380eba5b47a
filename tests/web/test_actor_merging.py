from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from monitor.entities.judgement_models import ActorJudgement, MentionJudgement
from monitor.entities.mention_models import Mention
from monitor.entities.merging import judge_actors
from monitor.entities.models import Actor, ActorAlias
from tests.entity_rows import make_actor, name_in, relate
from tests.factories import make_article, make_issue, make_read_article, make_user
from tests.web.pages import queries_for, words
from tests.web.undone import undo

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from monitor.accounts.models import User

    SignIn = Callable[[User | None], Client]

ARMY, FRONT = "/actors/ardel-army/", "/actors/weir-front/"


@pytest.fixture
def cora(db: None) -> User:
    return make_user("curator", name="cora")


@pytest.fixture
def curator(signed_in: SignIn, cora: User) -> Client:
    return signed_in(cora)


@pytest.fixture
def army(db: None) -> Actor:
    return make_actor("Ardel Army", "AA", kind="armed_group")


@pytest.fixture
def front(db: None) -> Actor:
    return make_actor("Weir Front", "AA", "WF", kind="alliance")


def test_both_are_shown_side_by_side_before_anybody_decides(curator: Client, army: Actor, front: Actor) -> None:
    relate(army, "member_of", make_actor("Great Lodge"), valid_from="2019")
    article = make_article("The Ardel Army met the Weir Front. The WF left.", title="A Meeting")
    name_in(article, {"Ardel Army": army, "Weir Front": front, "WF": front}, about=True)
    assert "by any of its names" in words(curator.get(f"{ARMY}same/").content.decode())
    text = words(curator.get(f"{ARMY}same/?other=WF").content.decode())
    assert "Ardel Army Armed group Names" in text
    assert "AA both" in text
    assert "member of Great Lodge since 2019" in text
    assert (
        "Weir Front Alliance Names Weir Front 1 mention WF 1 mention AA both Relations None Articles 1 article" in text
    )
    assert text.count("A Meeting") == 2
    assert "Both are named in 1 article. 1 name in common." in text
    assert "They are one They are two Perhaps one" in text


def test_what_was_typed_is_understood_or_answered_by_a_sentence(curator: Client, army: Actor, front: Actor) -> None:
    make_actor("Water Fund", "WF")
    nobody = curator.get(f"{ARMY}same/?other=Nobody")
    assert (nobody.status_code, "Nobody is called “Nobody”." in words(nobody.content.decode())) == (422, True)
    itself = curator.get(f"{ARMY}same/?other=Ardel+Army")
    assert (itself.status_code, "That is this actor itself" in words(itself.content.decode())) == (422, True)
    several = curator.get(f"{ARMY}same/?other=WF").content.decode()
    assert 'href="?other=actor:weir-front"' in several
    assert "“WF” is the name of several: which one? Water Fund Armed group Weir Front Alliance" in words(several)
    # A name of its own among several is not one of those to choose from.
    assert "?other=actor:ardel-army" not in curator.get(f"{ARMY}same/?other=AA").content.decode()
    assert "They are one" in curator.get(f"{ARMY}same/?other=actor:weir-front").content.decode()


def test_a_merge_is_made_told_and_undone(curator: Client, army: Actor, front: Actor) -> None:
    before = dict(Actor.objects.values_list("slug", "canonical__slug"))
    given = {"other": "weir-front", "verdict": "same", "keep": "weir-front"}
    answer = curator.post(f"{ARMY}judge/", given, follow=True)
    assert answer.redirect_chain[-1][0] == FRONT
    page = answer.content.decode()
    assert "Ardel Army and Weir Front are one now." in page
    assert "The same, or another? One with Ardel Army cora" in words(page)
    assert "Undo merge" in words(page)
    army.refresh_from_db()
    assert army.canonical == front
    assert curator.get(ARMY)["Location"] == FRONT
    assert undo(curator, answer) == "Taken back: Ardel Army and Weir Front are as they were before."
    assert dict(Actor.objects.values_list("slug", "canonical__slug")) == before
    text = words(curator.get(ARMY).content.decode())
    assert "One with Weir Front cora" in text
    assert "taken back by cora" in text
    assert "Undo merge" not in text


def test_two_people_who_disagree_are_both_told(
    curator: Client, cora: User, signed_in: SignIn, army: Actor, front: Actor
) -> None:
    analyst = signed_in(make_user("analyst", name="oren"))
    said = analyst.post(f"{ARMY}judge/", {"other": "weir-front", "verdict": "unsure"}, follow=True)
    assert "Kept: Ardel Army and Weir Front may be the same." in said.content.decode()
    curator.post(f"{ARMY}judge/", {"other": "weir-front", "verdict": "different"})
    text = words(curator.get(f"{ARMY}same/?other=actor:weir-front").content.decode())
    assert "cora says that Ardel Army and Weir Front are different." in text
    assert "oren says that Ardel Army and Weir Front may be the same." in text
    assert "Not Weir Front disputed cora" in words(curator.get(ARMY).content.decode())
    assert "Perhaps Weir Front disputed oren" in words(curator.get(ARMY).content.decode())
    refused = curator.post(f"{ARMY}judge/", {"other": "weir-front", "verdict": "same"})
    assert refused.status_code == 422
    assert "were judged to be different. Take that back first." in words(refused.content.decode())
    mine = ActorJudgement.objects.get(by__username="oren")
    assert analyst.post(f"/actors/judgements/{mine.pk}/undo/").status_code == 302
    theirs = ActorJudgement.objects.get(by=cora)
    assert analyst.post(f"/actors/judgements/{theirs.pk}/undo/").status_code == 403
    twice = curator.post(f"/actors/judgements/{mine.pk}/undo/")
    assert (twice.status_code, "taken back already" in words(twice.content.decode())) == (422, True)


def test_names_and_mentions_are_parted_and_put_back(curator: Client, army: Actor, front: Actor) -> None:
    article = make_article("The Ardel Army met. The AA left.", title="A Meeting")
    _, second = name_in(article, {"Ardel Army": army, "AA": army})
    alias = army.aliases.get(text="AA")
    page = words(curator.get(f"{ARMY}split/").content.decode())
    assert "Names AA acronym Mentions The Ardel Army met. The AA left. A Meeting" in page
    given = {"into": "Weir Front", "mentions": [second.pk]}
    answer = curator.post(f"{ARMY}split/do/", given, follow=True)
    assert answer.redirect_chain[-1][0] == FRONT
    assert Mention.objects.get(surface="AA").actor == front
    assert undo(curator, answer) == "Taken back: it is all Ardel Army again."
    assert Mention.objects.get(surface="AA").actor == army
    answer = curator.post(f"{ARMY}split/do/", {"new_name": "Sons of AA", "aliases": [alias.pk]}, follow=True)
    made = Actor.objects.get(slug="sons-of-aa")
    assert list(made.aliases.filter(retired=False).order_by("pk").values_list("text", flat=True)) == [
        "Sons of AA",
        "AA",
    ]
    alias.refresh_from_db()
    assert alias.retired
    undo(curator, answer)
    alias.refresh_from_db()
    made.refresh_from_db()
    assert (alias.retired, made.status) == (False, "retired")
    assert not ActorAlias.objects.filter(actor=made, text="AA", retired=False).exists()


def test_parting_needs_something_to_part_and_one_to_have_it(curator: Client, army: Actor, front: Actor) -> None:
    alias = army.aliases.get(text="AA")
    for given, said in (
        ({"into": "Weir Front"}, "Choose the names or mentions that are those of another."),
        ({"aliases": [alias.pk]}, "Name either an actor that is known or a new one."),
        (
            {"aliases": [alias.pk], "into": "Weir Front", "new_name": "X"},
            "Name either an actor that is known or a new one.",
        ),
        ({"aliases": [alias.pk], "into": "Weir Front"}, "“AA” is a name of Weir Front already."),
        ({"aliases": [front.aliases.get(text="WF").pk], "into": "Weir Front"}, "Select a valid choice."),
        ({"aliases": [alias.pk], "into": "Nobody"}, "Nobody is called “Nobody”."),
    ):
        answer = curator.post(f"{ARMY}split/do/", given)
        assert (answer.status_code, said in words(answer.content.decode())) == (422, True), said
    alias.refresh_from_db()
    assert (alias.retired, MentionJudgement.objects.count()) == (False, 0)
    kept = curator.post(f"{ARMY}split/do/", {"aliases": [alias.pk]}).content.decode()
    assert f'name="aliases" value="{alias.pk}" checked' in kept


def test_who_may_decide_which_are_one(people: dict[str, User], signed_in: SignIn, army: Actor, front: Actor) -> None:
    hidden = make_actor("Hidden Lodge", status="provisional", origin="text")
    article = make_issue(make_read_article("The Hidden Lodge met.", notes=()), state="draft").articles.get()
    name_in(article, {"Hidden Lodge": hidden})
    seen = {}
    for role in ("reader", "analyst", "curator", "admin"):
        client = signed_in(people[role])
        judgement = judge_actors(one=army, other=front, verdict="unsure", by=people["curator"])
        answers = [
            client.get(f"{ARMY}same/?other=actor:weir-front"),
            client.get(f"{ARMY}same/?other=Hidden+Lodge"),
            client.get("/actors/hidden-lodge/same/"),
            client.post(f"{ARMY}judge/", {"other": "weir-front", "verdict": "unsure"}),
            client.post(f"{ARMY}judge/", {"other": "weir-front", "verdict": "different"}),
            client.post(f"{ARMY}judge/", {"other": "hidden-lodge", "verdict": "unsure"}),
            client.post(f"/actors/judgements/{judgement.pk}/undo/"),
            client.get(f"{ARMY}split/"),
            client.post(f"{ARMY}split/do/", {}),
            client.post(f"{ARMY}split/undo/", {}),
        ]
        seen[role] = [answer.status_code for answer in answers]
    assert seen == {
        "reader": [403] * 10,
        "analyst": [200, 404, 404, 302, 403, 404, 403, 403, 403, 403],
        "curator": [200, 200, 200, 302, 302, 302, 302, 200, 422, 302],
        "admin": [200, 200, 200, 302, 302, 302, 302, 200, 422, 302],
    }
    client = signed_in(people["curator"])
    wrong = ({"other": "weir-front", "verdict": "x"}, {"other": "ardel-army", "verdict": "same"}, {"verdict": "same"})
    assert [client.post(f"{ARMY}judge/", given).status_code for given in wrong] == [404, 404, 404]
    visitor = signed_in(None)
    assert [visitor.get(f"{ARMY}same/").status_code, visitor.get("/actors/known/?q=aa").status_code] == [302, 302]
    reader = words(signed_in(people["reader"]).get(ARMY).content.decode())
    assert ("Not Weir Front" in reader, "Undo merge" in reader, "Same as" in reader) == (True, False, False)


def test_queries_do_not_grow_with_what_the_two_have(curator: Client, cora: User, army: Actor, front: Actor) -> None:
    counts: dict[str, list[int]] = {"same": [], "page": [], "split": []}
    for batch in (1, 2, 5):
        for number in range(batch):
            other = make_actor(f"Friend {batch} {number}", f"F{batch}{number}")
            relate(other, "member_of", army)
            relate(front, "allied_with", other)
            ActorAlias.objects.create(actor=army, text=f"Army {batch} {number}")
            article = make_article("The Ardel Army met the Weir Front.", title=f"Piece {batch} {number}")
            name_in(article, {"Ardel Army": army, "Weir Front": front})
            judge_actors(one=army, other=other, verdict="unsure", by=cora)
        counts["same"].append(queries_for(curator, f"{ARMY}same/?other=actor:weir-front"))
        counts["page"].append(queries_for(curator, ARMY))
        counts["split"].append(queries_for(curator, f"{ARMY}split/"))
    assert {name: max(found) - min(found) for name, found in counts.items()} == dict.fromkeys(counts, 0), counts
    assert max(map(max, counts.values())) <= 26, counts
