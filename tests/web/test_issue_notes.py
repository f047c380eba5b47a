"""Annotations on a whole issue, on its page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.urls import reverse

from monitor.annotations.actions import Draft, change_annotation, create_annotation
from monitor.annotations.replies import reply_to
from tests.annotations.people_and_texts import House, make_house
from tests.web.pages import queries_for, words
from tests.web.test_mark_page import faults_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from monitor.accounts.models import User
    from monitor.annotations.models import Annotation

    SignIn = Callable[[User | None], Client]

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return make_house()


def note_on_issue(house: House, comment: str = "A thin issue.", visibility: str = "private") -> Annotation:
    draft = Draft(issue=house.article.issue, comment=comment, visibility=visibility)
    return create_annotation(uid=uuid4(), by=house.author, draft=draft)[0]


def test_the_form_on_the_issue_page_makes_a_note_there(house: House, signed_in: SignIn) -> None:
    client, address = signed_in(house.author), house.article.issue.get_absolute_url()
    page = client.get(address).content.decode()
    assert faults_of(page) == []
    uid = page.partition('name="uid" value="')[2].partition('"')[0]
    data = {"uid": uid, "issue": house.article.issue.pk, "comment": "A thin issue.", "tags": "weight"}
    assert client.post(reverse("mark-create"), data)["Location"] == f"{address}#a{uid}"
    after = client.get(address).content.decode()
    assert (f'id="a{uid}"' in after, "A thin issue." in words(after), faults_of(after)) == (True, True, [])


def test_notes_on_an_issue_are_seen_by_whom_they_are_for(house: House, signed_in: SignIn) -> None:
    note_on_issue(house, "canary")
    note_on_issue(house, "for all to read", "everyone")
    page = signed_in(house.outsider).get(house.article.issue.get_absolute_url()).content.decode()
    assert ("canary" in page, "for all to read" in page) == (False, True)


def test_a_refused_note_comes_back_as_typed(house: House, signed_in: SignIn) -> None:
    data = {"uid": str(uuid4()), "issue": house.article.issue.pk, "comment": "x" * 20_001, "tags": "kept"}
    answer = signed_in(house.author).post(reverse("mark-create"), data)
    html = answer.content.decode()
    assert (answer.status_code, faults_of(html)) == (422, [])
    assert "x" * 20_001 in html
    assert 'value="kept"' in html
    assert "Words to mark" not in html


def test_the_page_is_unchanged_until_a_note_one_sees_changes(house: House, signed_in: SignIn) -> None:
    client, address = signed_in(house.reader), house.article.issue.get_absolute_url()
    note = note_on_issue(house, "one", "everyone")
    client.get(address)
    etag = client.get(address)["ETag"]

    def status() -> int:
        return client.get(address, headers={"If-None-Match": etag}).status_code

    note_on_issue(house, "private")
    house.mark(visibility="everyone")
    assert status() == 304
    change_annotation(mark=note, by=house.author, revision=1, comment="two")
    assert status() == 200


@pytest.mark.parametrize("of_all", ["private", "everyone"])
def test_the_page_costs_the_same_queries_however_many_notes(house: House, signed_in: SignIn, of_all: str) -> None:
    client, address = signed_in(house.author), house.article.issue.get_absolute_url()
    counts = set()
    for more in (1, 2):
        for _ in range(more):
            note = note_on_issue(house, visibility=of_all)
            reply_to(uid=uuid4(), mark=note, by=house.author, comment="Yes.")
        counts.add(queries_for(client, address))
    assert len(counts) == 1
