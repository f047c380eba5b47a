"""The number of one's own annotations beside issues and articles: whose it is, what it costs, and when a kept page goes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.test import Client

from monitor.annotations.actions import Draft, create_annotation, delete_annotation, restore_annotation
from tests.annotations.people_and_texts import House, make_house
from tests.factories import make_issue
from tests.web.pages import queries_for

if TYPE_CHECKING:
    from monitor.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return make_house()


def sign_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def pages_of(house: House) -> list[str]:
    return ["/", "/?view=list", "/articles/", "/authors/ines-varrow/", house.article.issue.get_absolute_url()]


def mine(client: Client, address: str) -> list[str]:
    return re.findall(r"(\d+) mine</", client.get(address).content.decode())


def test_lists_say_how_many_are_ones_own(house: House) -> None:
    for words, scope in (("lamps", "private"), ("gate", "everyone")):
        house.mark(words, visibility=scope)
    house.mark(by=house.mate, visibility="everyone")
    client = sign_in(house.author)
    assert {address: mine(client, address) for address in pages_of(house)} == {
        address: ["2"] for address in pages_of(house)
    }
    draft = Draft(issue=house.article.issue, comment="of the issue")
    create_annotation(uid=uuid4(), by=house.author, draft=draft)
    assert (mine(client, "/"), mine(client, "/articles/")) == (["3"], ["2"])
    other = sign_in(house.outsider)
    assert {tuple(mine(other, address)) for address in pages_of(house)} == {()}


def test_a_kept_page_goes_with_ones_own_and_stays_with_others(house: House) -> None:
    client = sign_in(house.author)
    for address in pages_of(house):
        client.get(address)  # the first page brings a token of its own, and no validator
        kept = client.get(address)["ETag"]
        house.mark(by=house.mate)  # private: nobody may notice
        assert client.get(address, headers={"If-None-Match": kept}).status_code == 304, address
        mark = house.mark()
        answer = client.get(address, headers={"If-None-Match": kept})
        assert (answer.status_code, "1 mine" in answer.content.decode()) == (200, True), address
        kept = answer["ETag"]
        delete_annotation(mark=mark, by=house.author)
        answer = client.get(address, headers={"If-None-Match": kept})
        assert (answer.status_code, " mine<" in answer.content.decode()) == (200, False), address
        restore_annotation(mark=mark, by=house.author)
        assert client.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 200, address
        type(mark).objects.filter(owner=house.author).delete()


def test_queries_do_not_grow_with_issues_and_annotations(house: House) -> None:
    client, counted = sign_in(house.author), []
    for more in (1, 2, 12):
        for _ in range(more):
            issue = make_issue()
            shown = House(issue.articles.get(), house.team, *(house.author,) * 7)
            shown.mark()
        counted.append([queries_for(client, address) for address in ("/", "/articles/", "/authors/ines-varrow/")])
    assert counted[0] == counted[1] == counted[2]


def test_visitors_have_no_counts(house: House, settings: object, client: Client) -> None:
    settings.ANONYMOUS_READ = True  # type: ignore[attr-defined]
    house.mark(visibility="everyone")
    assert [mine(client, address) for address in ("/", "/articles/")] == [[], []]
