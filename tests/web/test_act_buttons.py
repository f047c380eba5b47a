"""A button that takes an act back names it: another one is never taken back in its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from monitor.annotations.actions import change_annotation
from tests.annotations.people_and_texts import House, make_house
from tests.web.undone import messages_of

if TYPE_CHECKING:
    from typing import Any

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def house() -> House:
    return make_house()


@pytest.fixture
def client(house: House) -> Client:
    client = Client()
    client.force_login(house.author)
    return client


def acts(answer: Any) -> list[str]:
    return re.findall(r'name="act" value="([^"]*)"', answer.content.decode())


def made(client: Client, house: House, words: str) -> Any:
    uid = f"00000000-0000-4000-8000-{len(words):012}"
    sent = {"uid": uid, "article": house.article.pk, "quote": words, "paragraph": 1}
    return client.post(reverse("mark-create"), sent, headers=HTMX)


def test_a_new_mark_is_undone_by_its_own_button_whatever_came_after(client: Client, house: House) -> None:
    (first,) = acts(made(client, house, "lamps"))
    made(client, house, "before dusk")
    client.post(reverse("undo-mark"), {"act": first}, headers=HTMX)
    assert [mark.spans.get().quote for mark in house.article.annotations.filter(deleted=None)] == ["before dusk"]
    again = client.post(reverse("undo-mark"), {"act": first}, headers=HTMX)
    assert "This was undone already." in again.content.decode()
    assert house.article.annotations.filter(deleted=None).count() == 1


def test_what_was_changed_since_is_not_undone_by_an_older_button(client: Client, house: House) -> None:
    (act,) = acts(made(client, house, "lamps"))
    mark = house.article.annotations.get()
    change_annotation(mark=mark, by=house.author, revision=1, comment="Later")
    answer = client.post(reverse("undo-mark"), {"act": act}, headers=HTMX)
    assert "cannot be undone: the annotation was changed since" in answer.content.decode()
    mark.refresh_from_db()
    assert (mark.deleted, mark.comment) == (None, "Later")


def test_saving_without_a_change_offers_no_undo_of_something_else(client: Client, house: House) -> None:
    mark = house.mark(comment="As it is", colour="teal")
    sent = {"revision": 1, "comment": "As it is", "colour": "teal", "tags": ""}
    assert acts(client.post(reverse("change-mark", args=[mark.uid]), sent, headers=HTMX)) == []
    page = client.get(client.post(reverse("change-mark", args=[mark.uid]), {**sent, "revision": 2})["Location"])
    assert (messages_of(page.content.decode()), acts(page)) == ("Saved.", [])


def test_what_was_undone_is_done_again_by_its_own_button(client: Client, house: House) -> None:
    (act,) = acts(made(client, house, "lamps"))
    page = client.get(client.post(reverse("undo-mark"), {"act": act})["Location"]).content.decode()
    assert "Undone: marked a passage." in messages_of(page)
    (again,) = re.findall(r'name="act" value="([^"]*)"', page)
    client.post(reverse("redo-mark"), {"act": again})
    assert house.article.annotations.filter(deleted=None).count() == 1


@pytest.mark.parametrize("act", ["0", "9" * 18, "9" * 40, "x:y", "not-a-uid:1", ":", "\u0661", "1:2:3"])
def test_an_act_that_is_not_there_or_nobodys_undoes_nothing_of_others(client: Client, house: House, act: str) -> None:
    foreign = house.mark(by=house.mate)
    client.post(reverse("undo-mark"), {"act": act})
    client.post(reverse("redo-mark"), {"act": act})
    foreign.refresh_from_db()
    assert foreign.deleted is None


def test_another_persons_act_is_not_taken_back(client: Client, house: House) -> None:
    foreign = house.mark(by=house.mate, visibility="everyone")
    for act in (str(house.mate.operations.get().pk), f"{foreign.uid}:1"):
        client.post(reverse("undo-mark"), {"act": act})
    foreign.refresh_from_db()
    assert foreign.deleted is None
