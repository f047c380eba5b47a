"""The sheet of keys on every page, the page that lists them all, and a person's own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from monitor.accounts.key_map import ACTS, CONTEXTS
from monitor.accounts.models import User
from monitor.web.article_parts import printed_pages
from tests.factories import make_people, make_user
from tests.web.pages import queries_for, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django import Settings

    SignIn = Callable[[User | None], Client]

MOVABLE = [act for act in ACTS if not act.fixed]


def sheet(page: str) -> dict[str, str]:
    """Return the map that scripts read: act to stroke."""
    return dict(re.findall(r'data-act="([^"]*)" data-stroke="([^"]*)"', page))


def filled(**changed: str) -> dict[str, str]:
    """Return what the form sends as it stands, with some fields changed."""
    usual = {act.name: act.stroke.replace("Shift+m", "M").replace("Shift+f", "F") for act in MOVABLE}
    return {"single_keys": "on", **usual, **{name.replace("_", "-"): key for name, key in changed.items()}}


def test_every_page_has_the_map_with_a_persons_own_keys(signed_in: SignIn) -> None:
    client = signed_in(make_user(own_keys={"row-down": "n", "copy": ""}))
    for address in ("/", "/help/", "/account/"):
        found = sheet(client.get(address).content.decode())
        usual = {act.name: act.stroke for act in ACTS}
        assert found == {name: key for name, key in (usual | {"row-down": "n"}).items() if name != "copy"}


def test_keys_switched_off_are_off_on_first_sight(signed_in: SignIn) -> None:
    assert "<page-keys data-off>" in signed_in(make_user(single_keys=False)).get("/").content.decode()
    assert "<page-keys>" in signed_in(make_user()).get("/").content.decode()


def test_arrows_that_scroll_are_not_on_the_page(signed_in: SignIn) -> None:
    page = signed_in(make_user(arrows_scroll=True)).get("/").content.decode()
    assert {"paragraph-down", "paragraph-up"} & set(sheet(page)) == set()


def test_visitor_has_the_usual_keys_and_a_switch(signed_in: SignIn, settings: Settings) -> None:
    settings.ANONYMOUS_READ = True
    page = signed_in(None).get("/").content.decode()
    assert sheet(page) == {act.name: act.stroke for act in ACTS}
    assert ("data-visitor" in page, "data-switch" in page, "/account/keys/" in page) == (True, True, False)


def test_keys_cost_no_query(signed_in: SignIn) -> None:
    plain, own = signed_in(make_user()), signed_in(make_user(own_keys={"copy": "y", "up": "n"}))
    assert (
        queries_for(plain, "/help/keyboard/") == queries_for(own, "/help/keyboard/") == 1
    )  # the session with its person
    assert queries_for(plain, "/account/") == queries_for(own, "/account/")


def test_help_lists_every_act_with_its_key(signed_in: SignIn) -> None:
    page = words(
        signed_in(make_user(own_keys={"row-down": "Shift+n", "copy": ""})).get("/help/keyboard/").content.decode()
    )
    for label in CONTEXTS.values():
        assert label in page
    for act in ACTS:
        assert act.does in page
    assert "Shift N Next row" in page
    assert "no key Copy the paragraph" in page


def test_help_says_when_keys_are_off(signed_in: SignIn) -> None:
    said = "You have switched single keys off"
    assert said in signed_in(make_user(single_keys=False)).get("/help/keyboard/").content.decode()
    assert said not in signed_in(make_user()).get("/help/keyboard/").content.decode()


def test_settings_show_every_act_that_may_move(signed_in: SignIn) -> None:
    page = signed_in(make_user(own_keys={"row-down": "n"})).get("/account/keys/").content.decode()
    fields = dict(re.findall(r'<input type="text" name="([^"]*)"(?: value="([^"]*)")?', page))
    assert list(fields) == [act.name for act in MOVABLE]
    assert (fields["row-down"], fields["marker-back"], fields["paragraph-up"]) == ("n", "M", "↑")
    assert "usually <kbd>j</kbd>" in page
    assert page.count("usually") == 1


def test_settings_are_kept(signed_in: SignIn) -> None:
    reader = make_user()
    client = signed_in(reader)
    answer = client.post("/account/keys/", filled(row_down="N", copy="", paragraph_up="up") | {"arrows_scroll": "on"})
    assert (answer.status_code, answer["Location"]) == (302, "/account/keys/")
    reader.refresh_from_db()
    assert (reader.single_keys, reader.arrows_scroll) == (True, True)
    assert reader.own_keys == {"row-down": "Shift+n", "copy": ""}
    assert "Your keys are kept." in client.get("/account/keys/").content.decode()
    assert "2 of them where you put them" in words(client.get("/account/").content.decode())


def test_settings_switch_single_keys_off(signed_in: SignIn) -> None:
    reader = make_user()
    sent = filled()
    del sent["single_keys"]
    signed_in(reader).post("/account/keys/", sent)
    reader.refresh_from_db()
    assert (reader.single_keys, reader.own_keys) == (False, {})


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("row-down", "k", "“k” already means “Row before”. Give that another key, or choose a free one here."),
        ("row-down", "?", "“?” already means “These keys”. Give that another key, or choose a free one here."),
        ("sheet", "m", "“m” already means “Next note marker”. Give that another key, or choose a free one here."),
        ("copy", "cc", "Type one letter or sign, or the name of an arrow: Up, Down, Left, Right."),
        ("copy", "7", "Digits are kept for the codes of annotations."),
        ("copy", "x" * 21, "Ensure this value has at most 20 characters (it has 21)."),
        ("copy", "\0", "Null characters are not allowed."),
    ],
)
def test_key_that_cannot_be_is_refused_beside_its_field(
    field: str, typed: str, sentence: str, signed_in: SignIn
) -> None:
    reader = make_user()
    answer = signed_in(reader).post("/account/keys/", filled() | {field: typed})
    page = answer.content.decode()
    assert answer.status_code == 422
    found = re.search(rf'id="id_{field}_error">(.*?)</div>', page, re.DOTALL)
    assert found
    assert words(found[1]) == sentence
    assert f'aria-describedby="id_{field}_error"' in page
    reader.refresh_from_db()
    assert reader.own_keys == {}


def test_usual_keys_come_back(signed_in: SignIn) -> None:
    reader = make_user(own_keys={"copy": "y"}, arrows_scroll=True)
    client = signed_in(reader)
    assert client.post("/account/keys/", filled(copy="y") | {"usual": "yes"}).status_code == 302
    reader.refresh_from_db()
    assert (reader.own_keys, reader.arrows_scroll) == ({}, True)
    assert "All keys are the usual ones again." in client.get("/account/keys/").content.decode()


def test_everybody_has_keys_of_their_own_and_nobody_elses(signed_in: SignIn) -> None:
    people = make_people()
    got = {}
    for name, person in [*people.items(), ("anonymous", None)]:
        client = signed_in(person)
        got[name] = (
            client.get("/account/keys/").status_code,
            client.post("/account/keys/", filled(copy="y")).headers.get("Location", ""),
            client.put("/account/keys/").status_code,
        )
    turned_away = (302, "/account/login/?next=/", 302)
    assert [got.pop("anonymous"), got.pop("disabled")] == [turned_away, turned_away]
    assert set(got.values()) == {(200, "/account/keys/", 405)}
    kept = {name: User.objects.get(pk=person.pk).own_keys for name, person in people.items()}
    assert kept == {name: {} if name == "disabled" else {"copy": "y"} for name in people}


def test_settings_stay_closed_to_visitors_of_an_open_site(signed_in: SignIn, settings: Settings) -> None:
    settings.ANONYMOUS_READ = True
    assert signed_in(None).get("/account/keys/")["Location"] == "/account/login/?next=/account/keys/"
    assert signed_in(None).get("/help/keyboard/").status_code == 200


@pytest.mark.parametrize("own", [{"row-down": 7}, ["j"], {"gone": "x"}, {"copy": "u", "up": "u"}, "j", 0])
def test_pages_stand_whatever_is_stored(own: object, signed_in: SignIn) -> None:
    client = signed_in(make_user(own_keys=own))
    for address in ("/", "/account/", "/account/keys/", "/help/keyboard/"):
        assert client.get(address).status_code == 200


# -- Pages of passages -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sheets", "first", "wanted"),
    [
        ([[3], [3, 4], [4]], 3, "3 3-4 4"),
        ([[3], [3, 4], [4]], 45, "45 45-46 46"),  # a journal that counts on through the year
        ([[3], [], [5, 3]], None, "3 0 3-5"),
        ([[], []], 7, ""),
        ([], None, ""),
    ],
)
def test_printed_pages_follow_the_articles_first(sheets: list[list[int]], first: int | None, wanted: str) -> None:
    assert printed_pages([[{"page": sheet} for sheet in found] for found in sheets], first) == wanted
