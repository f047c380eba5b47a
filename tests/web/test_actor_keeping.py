from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from monitor.entities.actor_log import versions_of
from monitor.entities.gazetteer_models import Retagging
from monitor.entities.models import Actor, ActorAlias, ActorRelation
from monitor.entities.naming import add_alias
from tests.entity_rows import make_actor, make_region, name_in, relate
from tests.factories import make_article, make_user
from tests.web.pages import queries_for, words
from tests.web.undone import messages_of, undo

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from monitor.accounts.models import User

    SignIn = Callable[[User | None], Client]

EDIT = "/actors/ardel-army/edit/"
FACTS = {"name": "Ardel Army", "kind": "armed_group", "countries": "", "notes": "", "valid_from": "", "valid_to": ""}


@pytest.fixture
def curator(signed_in: SignIn) -> Client:
    return signed_in(make_user("curator", name="cora"))


@pytest.fixture
def army(db: None) -> Actor:
    return make_actor("Ardel Army", "AA")


def do(client: Client, verb: str, *, slug: str = "ardel-army", **given: object) -> str:
    """Send one of the forms; return the page it leads to as words, with the message about it."""
    answer = client.post(f"/actors/{slug}/edit/{verb}/", given, follow=True)
    return messages_of(answer.content.decode()) + " " + words(answer.content.decode())


def send(client: Client, verb: str, *, slug: str = "ardel-army", **given: object) -> Any:
    return client.post(f"/actors/{slug}/edit/{verb}/", given, follow=True)


def test_facts_are_changed_and_put_back_by_one_button(curator: Client, army: Actor) -> None:
    asia = make_region("south-asia", "South Asia", "macro")
    make_region("PK", "Pakistan", "country", asia)
    page = curator.get(EDIT).content.decode()
    assert 'value="Ardel Army"' in page
    sent = {"name": "Army of Ardel", "countries": "pk\nPakistan", "notes": "In the hills.", "valid_from": "2019-03"}
    answer = send(curator, "change", **{**FACTS, **sent})
    army.refresh_from_db()
    assert (army.name, army.countries, army.notes, army.valid_from) == (
        "Army of Ardel", ["PK"], "In the hills.", "2019-03",
    )  # fmt: skip
    assert set(army.edited) == {"name", "countries", "notes", "valid_from"}
    text = words(answer.content.decode())
    assert "name: Army of Ardel; countries: PK; description: In the hills.; from: 2019-03 cora" in text
    assert list(army.aliases.filter(retired=False).order_by("pk").values_list("text", flat=True)) == [
        "Ardel Army", "AA", "Army of Ardel",
    ]  # fmt: skip
    assert undo(curator, answer).startswith("It is as it was.")
    army.refresh_from_db()
    assert (army.name, army.countries, army.notes, army.valid_from) == ("Ardel Army", [], "", "")
    assert len(versions_of(army)) == 3


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": " "}, "This field is required."),
        ({"name": "…"}, "A name needs letters or digits"),
        ({"countries": "Nowhere"}, "There is no country called “Nowhere”."),
        ({"valid_from": "01/2022"}, "Give a year, a month or a day, like 2022, 2022-01 or 2022-01-11."),
        ({"valid_from": "2022", "valid_to": "2021"}, "This is before the first date."),
        ({"kind": "rumour"}, "rumour"),
    ],
)
def test_facts_that_cannot_be_are_refused_beside_what_was_typed(
    curator: Client, army: Actor, wrong: dict[str, str], said: str
) -> None:
    answer = send(curator, "change", **{**FACTS, "notes": "Kept words.", **wrong})
    assert answer.status_code == 422
    assert said in words(answer.content.decode())
    assert "Kept words." in answer.content.decode()
    army.refresh_from_db()
    assert (army.name, army.notes) == ("Ardel Army", "")


def test_a_name_is_looked_at_before_it_is_added(curator: Client, army: Actor) -> None:
    article = make_article("The Sons of Ardel met. Nobody else.")
    name_in(article, {"Sons of Ardel": make_actor("Sons of Weir", "Sons of Ardel")})
    given = {"text": "Sons of Ardel", "sort": "name", "case": "usual", "source": "Ferry Post"}
    answer = curator.post(f"{EDIT}add-name/", {**given, "look": "1"})
    text = words(answer.content.decode())
    assert (answer.status_code, army.aliases.count()) == (200, 2)
    assert "“Sons of Ardel” may stand in 1 article, with 1 mention by now" in text
    assert "Ambiguous : also a name of Sons of Weir ." in text
    assert 'value="Ferry Post"' in answer.content.decode()
    answer = send(curator, "add-name", **given, lang="ar", script="Latn", valid_from="2019", valid_to="2021-05")
    alias = army.aliases.get(text="Sons of Ardel")
    assert (alias.source, alias.lang, alias.script, alias.valid_from, alias.valid_to) == (
        "Ferry Post", "ar", "Latn", "2019", "2021-05",
    )  # fmt: skip
    assert "Sons of Ardel 2019 to May 2021 ambiguous : also Sons of Weir Ferry Post" in words(answer.content.decode())
    undo(curator, answer)
    alias.refresh_from_db()
    assert alias.retired
    taken_out = words(curator.get(EDIT).content.decode())
    assert "1 name taken out Sons of Ardel 2019 to May 2021 Put back" in taken_out
    answer = send(curator, "restore-name", pk=alias.pk)
    alias.refresh_from_db()
    assert (alias.retired, "Sons of Ardel” is a name of Ardel Army again" in answer.content.decode()) == (False, True)


def test_names_that_cannot_be_are_refused(curator: Client, army: Actor) -> None:
    usual = {"sort": "name", "case": "usual"}
    assert "“AA” is a name of Ardel Army already." in do(curator, "add-name", text="AA", **usual)
    assert "Give the code of a language" in do(curator, "add-name", text="Army", lang="Klingon language", **usual)
    own = army.aliases.get(text="Ardel Army")
    ActorAlias.objects.filter(pk=own.pk).update(source="its own name")
    assert "It is called “Ardel Army”. Give it another name first." in do(curator, "retire-name", pk=own.pk)
    other = make_actor("Weir Front", "WF")
    assert send(curator, "retire-name", pk=other.aliases.get(text="WF").pk).status_code == 404
    assert army.aliases.filter(retired=True).count() == 0


def test_how_far_articles_were_looked_through_is_told_while_it_happens(curator: Client, army: Actor) -> None:
    add_alias(text="Sons of Ardel", by=make_user("curator", name="oren"), actor=army)
    (waiting,) = Retagging.objects.all()
    page = curator.get(EDIT).content.decode()
    assert "Added the name “Sons of Ardel” to Ardel Army. oren" in words(page)
    assert "waits for its turn" in words(page)
    assert 'hx-get="/actors/ardel-army/progress/" hx-trigger="every 2s"' in page
    Retagging.objects.update(articles=40, done=12)
    part = curator.get("/actors/ardel-army/progress/", headers={"HX-Request": "true"}).content.decode()
    assert "12 of 40 articles looked through" in words(part)
    assert '<progress max="40" value="12">' in part
    assert "<html" not in part
    Retagging.objects.update(done=40, changed=3, finished=timezone.now())
    part = curator.get("/actors/ardel-army/progress/", headers={"HX-Request": "true"}).content.decode()
    assert "40 articles looked through, 3 changed" in words(part)
    assert "every 2s" not in part
    assert curator.get("/actors/ardel-army/progress/")["Location"] == EDIT
    assert waiting.pk == Retagging.objects.get().pk


def test_relations_are_added_changed_and_taken_out(curator: Client, army: Actor) -> None:
    front = make_actor("Weir Front", "WF")
    sent = {"relation": "faction_of<", "other": "WF", "valid_from": "2019", "source": "Ferry Post"}
    answer = send(curator, "relate", **sent)
    row = ActorRelation.objects.get()
    assert (row.from_actor, row.type, row.to_actor, row.valid_from) == (front, "faction_of", army, "2019")
    assert "has as faction Weir Front since 2019" in words(answer.content.decode())
    undone = undo(curator, answer)
    row.refresh_from_db()
    assert (undone.startswith("The relation is taken out."), row.retired) == (True, True)
    send(curator, "restore-relation", pk=row.pk)
    answer = send(curator, "change-relation", relation=row.pk, valid_from="2019", valid_to="2021", source="Dawn")
    row.refresh_from_db()
    assert (row.retired, row.valid_to, row.source) == (False, "2021", "Dawn")
    undo(curator, answer)
    row.refresh_from_db()
    assert (row.valid_to, row.source) == ("", "Ferry Post")
    relate(front, "faction_of", army, valid_from="2020")
    said = do(curator, "change-relation", relation=row.pk, valid_from="2020", valid_to="")
    assert "They have this relation from that day on already." in said


def test_relations_that_cannot_be_are_refused(curator: Client, army: Actor) -> None:
    make_actor("Weir Front", "WF")
    make_actor("Water Fund", "WF")
    assert "Nobody is called “Nobody”." in do(curator, "relate", relation="member_of", other="Nobody")
    assert "cannot be related to itself" in do(curator, "relate", relation="member_of", other="AA")
    several = send(curator, "relate", relation="member_of", other="WF").content.decode()
    assert 'type="radio" name="other" value="actor:water-fund"' in several
    assert "Which one? Water Fund Armed group Weir Front Armed group" in words(several)
    assert ActorRelation.objects.count() == 0
    do(curator, "relate", relation="member_of", other="actor:weir-front")
    assert ActorRelation.objects.get().to_actor.slug == "weir-front"


def test_a_proposed_actor_is_confirmed_or_taken_out_and_that_is_undone(curator: Client) -> None:
    lodge = make_actor("Lodge of Nine", status="provisional", origin="text")
    page = words(curator.get("/actors/lodge-of-nine/").content.decode())
    assert "Confirm it Take it out" in page
    answer = send(curator, "confirm", slug="lodge-of-nine")
    lodge.refresh_from_db()
    assert lodge.status == "active"
    undo(curator, answer)
    lodge.refresh_from_db()
    assert lodge.status == "provisional"
    answer = send(curator, "retire", slug="lodge-of-nine")
    lodge.refresh_from_db()
    assert (lodge.status, answer.redirect_chain[-1][0]) == ("retired", "/actors/")
    assert curator.get("/actors/lodge-of-nine/").status_code == 404
    undo(curator, answer)
    lodge.refresh_from_db()
    assert lodge.status == "provisional"


def test_a_version_of_another_actor_is_not_put_back(curator: Client, army: Actor) -> None:
    other = make_actor("Weir Front")
    assert send(curator, "restore", pk=versions_of(other)[0].key).status_code == 404
    assert send(curator, "restore", pk="x").status_code == 422
    assert send(curator, "sing").status_code == 404


def test_names_are_offered_while_somebody_types(curator: Client, signed_in: SignIn, army: Actor) -> None:
    make_actor("Ardel Lodge", status="provisional", origin="text")
    options = curator.get("/actors/known/?other=ard").content.decode()
    assert options == (
        '<option value="Ardel Army">armed group</option><option value="Ardel Lodge">armed group</option>\n'
    )
    assert (
        '<option value="AA">Ardel Army, armed group</option>' in curator.get("/actors/known/?into=aa").content.decode()
    )
    assert curator.get("/actors/known/?other=a").content.decode().strip() == ""
    reader = signed_in(make_user("reader"))
    assert "Ardel Lodge" not in reader.get("/actors/known/?other=ard").content.decode()


def test_who_may_keep_actors(people: dict[str, User], signed_in: SignIn, army: Actor) -> None:
    hidden = make_actor("Hidden Lodge", status="provisional", origin="text")
    key = {"pk": army.aliases.get(text="AA").pk}
    seen = {}
    for role in ("reader", "analyst", "curator", "admin"):
        client = signed_in(people[role])
        answers = [client.get(EDIT), client.get(f"/actors/{hidden.slug}/edit/"), client.get("/actors/nobody/edit/")]
        for verb, given in (
            ("change", FACTS), ("add-name", {"text": f"Name {role}", "sort": "name", "case": "usual"}),
            ("retire-name", key), ("restore-name", key), ("confirm", {}),
        ):  # fmt: skip
            answers.append(client.post(f"{EDIT}{verb}/", given))
        answers.append(client.get("/actors/ardel-army/progress/"))
        seen[role] = [answer.status_code for answer in answers]
    assert seen == {
        "reader": [403] * 9,
        "analyst": [403] * 9,
        "curator": [200, 200, 404, 302, 302, 302, 302, 302, 302],
        "admin": [200, 200, 404, 302, 302, 302, 302, 302, 302],
    }
    visitor = signed_in(None)
    assert {visitor.get(EDIT).status_code, visitor.post(f"{EDIT}change/").status_code} == {302}
    assert signed_in(people["curator"]).get(f"{EDIT}change/").status_code == 405
    assert "Edit" not in words(signed_in(people["reader"]).get("/actors/ardel-army/").content.decode())


def test_queries_of_the_edit_page_do_not_grow(curator: Client, army: Actor) -> None:
    counts = []
    for batch in (1, 2, 5):
        for number in range(batch):
            other = make_actor(f"Friend {batch} {number}", "AA" if number == 0 else f"F{batch}{number}")
            relate(other, "member_of", army, valid_from=str(2000 + 10 * batch + number))
            add_alias(text=f"Name {batch} {number}", by=make_user("curator"), actor=army)
        counts.append(queries_for(curator, EDIT))
    assert max(counts) - min(counts) == 0, counts
    assert counts[0] <= 20
