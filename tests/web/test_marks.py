"""Annotations made and changed through the site's own pages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from monitor.annotations.actions import change_annotation
from monitor.annotations.models import Annotation
from tests.annotations.people_and_texts import House, make_house
from tests.web.pages import masked

if TYPE_CHECKING:
    from monitor.accounts.models import User

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def house() -> House:
    return make_house()


def sign_in(client: Client, person: User) -> Client:
    client.force_login(person)
    return client


def passages(house: House, *words: str) -> str:
    asked = []
    for one in words:
        start = house.body.index(one)
        asked.append({"start": start, "end": start + len(one), "quote": one, "version": 1})
    return json.dumps(asked)


def make(client: Client, house: House, words: str = "lamps", **fields: Any) -> Any:
    data = {"uid": str(uuid4()), "article": house.article.pk, "passages": passages(house, words), **fields}
    return client.post(reverse("mark-create"), data, headers=HTMX)


def page_of(client: Client, house: House) -> str:
    return client.get(house.article.get_absolute_url()).content.decode()


def test_a_script_gets_the_changed_paragraph_and_the_card(client: Client, house: House) -> None:
    answer = make(sign_in(client, house.author), house, comment="Dusk.", colour="teal")
    mark = Annotation.objects.get()
    assert answer.status_code == 200
    html = answer.content.decode()
    assert '<template data-redraws="p1"><p id="p1">' in html
    assert f'id="a{mark.uid}"' in html
    assert f'data-ids="{mark.uid.hex[:10]}" data-colour="teal"' in html
    assert 'data-redraws="p2"' not in html


def test_a_form_leads_back_to_the_page_at_the_mark(client: Client, house: House) -> None:
    sign_in(client, house.author)
    data = {
        "uid": str(uuid4()),
        "article": house.article.pk,
        "quote": "Nobody held",
        "paragraph": "3",
        "comment": "So.",
    }
    answer = client.post(reverse("mark-create"), data)
    mark = Annotation.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"{house.article.get_absolute_url()}#a{mark.uid}")
    assert mark.spans.get().quote == "Nobody held"
    assert f'id="a{mark.uid}"' in page_of(client, house)


def test_a_retry_makes_no_second_mark(client: Client, house: House) -> None:
    sign_in(client, house.author)
    uid = str(uuid4())
    assert [make(client, house, uid=uid).status_code for _ in range(2)] == [200, 200]
    assert Annotation.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"passages": "[{]"}, "These passages cannot be read"),
        ({"passages": '[{"start": -1, "end": 2}]'}, "These passages cannot be read"),
        ({"passages": '[{"start": 1e3, "end": 2}]'}, "These passages cannot be read"),
        ({"passages": '[{"start": 0, "end": 5, "quote": "\\u0000"}]'}, "These passages cannot be read"),
        ({"passages": '[{"start": 0, "end": 5, "quote": "\\ud800"}]'}, "These passages cannot be read"),
        ({"passages": "[" * 5000}, "These passages cannot be read"),
        ({"passages": '[{"start": 0, "end": 5, "quote": "dragons"}]'}, "not in the text as it stands now"),
        ({"passages": ""}, "Mark some words, or write something"),
        ({"uid": "nonsense"}, "Uid"),
        ({"colour": "mauve"}, "mauve"),
        ({"visibility": "moon"}, "moon"),
        ({"comment": "x" * 20_001}, "at most 20,000 characters"),
        ({"tags": ", ".join(f"t{n}" for n in range(51))}, "at most 50 tags"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_a_sentence(
    client: Client, house: House, fields: dict[str, str], said: str
) -> None:
    answer = make(sign_in(client, house.author), house, **fields)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Annotation.objects.exists()


def test_tags_are_named_between_commas(client: Client, house: House) -> None:
    make(sign_in(client, house.author), house, tags="violence/raid,  Boats , violence/raid,")
    assert {use.tag.path for use in Annotation.objects.get().taggings.all()} == {"violence/raid", "boats"}


def test_the_second_editor_sees_both_texts(client: Client, house: House) -> None:
    mark = house.mark(comment="first words")
    change_annotation(mark=mark, by=house.author, revision=1, comment="words of another window")
    sign_in(client, house.author)
    data = {"revision": 1, "comment": "my own words", "colour": "yellow", "tags": ""}
    answer = client.post(reverse("change-mark", args=[mark.uid]), data)
    html = answer.content.decode()
    assert answer.status_code == 412
    assert "words of another window" in html
    assert "my own words" in html
    mark.refresh_from_db()
    assert mark.comment == "words of another window"
    data["revision"] = 2
    assert client.post(reverse("change-mark", args=[mark.uid]), data).status_code == 302
    mark.refresh_from_db()
    assert mark.comment == "my own words"


def test_undo_and_redo_also_after_a_reload(client: Client, house: House) -> None:
    sign_in(client, house.author)
    make(client, house)
    assert 'data-ids="' in page_of(client, house)
    undone = client.post(reverse("undo-mark"), headers=HTMX)
    assert "Undone: marked a passage." in undone.content.decode()
    assert 'data-ids="' not in page_of(client, house)
    client.post(reverse("redo-mark"), headers=HTMX)
    assert 'data-ids="' in page_of(client, house)
    for _ in range(2):
        answer = client.post(reverse("undo-mark"), headers=HTMX)
    assert "There is nothing to undo." in answer.content.decode()


def test_hits_stay_in_a_paragraph_that_is_drawn_anew(client: Client, house: House) -> None:
    sign_in(client, house.author)
    data = {"uid": str(uuid4()), "article": house.article.pk, "passages": passages(house, "lamps")}
    here = f"http://testserver{house.article.get_absolute_url()}?q=dusk"
    answer = client.post(reverse("mark-create"), data, headers={**HTMX, "HX-Current-URL": here})
    assert '<mark class="hit" id="h1"' in answer.content.decode()


def test_words_on_an_issue_stand_at_the_issue(client: Client, house: House) -> None:
    sign_in(client, house.author)
    issue = house.article.issue
    data = {"uid": str(uuid4()), "issue": issue.pk, "comment": "A thin issue."}
    answer = client.post(reverse("mark-create"), data)
    assert answer["Location"] == f"{issue.get_absolute_url()}#a{Annotation.objects.get().uid}"


@pytest.mark.parametrize("count", [1, 3, 60])
def test_the_page_costs_the_same_queries_however_many_marks(
    client: Client, house: House, count: int, django_assert_num_queries: Any
) -> None:
    for _ in range(count):
        house.mark(visibility="everyone")
    sign_in(client, house.reader)
    with django_assert_num_queries(3):
        html = page_of(client, house)
    assert html.count('data-mark="') == count


def test_a_page_is_told_unchanged_until_a_mark_one_sees_changes(client: Client, house: House) -> None:
    mark = house.mark(visibility="everyone", comment="one")
    sign_in(client, house.reader)
    address = house.article.get_absolute_url()
    client.get(address)
    etag = client.get(address)["ETag"]

    def status() -> int:
        return client.get(address, headers={"If-None-Match": etag}).status_code

    assert status() == 304
    house.mark(comment="private")
    assert status() == 304
    change_annotation(mark=mark, by=house.author, revision=1, comment="two")
    assert status() == 200


# -- Who may write -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("who", "visibility", "status"),
    [
        ("reader", "private", 200),
        ("reader", "everyone", 403),
        ("member_who_reads", "team", 403),
        ("mate", "team", 200),
        ("outsider", "team", 403),
        ("outsider", "everyone", 200),
    ],
)
def test_who_may_write_for_whom(client: Client, house: House, who: str, visibility: str, status: int) -> None:
    sign_in(client, getattr(house, who))
    assert make(client, house, visibility=visibility, team=str(house.team.uid)).status_code == status


def test_marks_on_what_one_may_not_read_are_refused_as_unknown(client: Client, house: House) -> None:
    type(house.article).objects.filter(pk=house.article.pk).update(state="withdrawn")
    sign_in(client, house.author)
    hidden = make(client, house)
    unknown = make(client, house, article=10**6)
    assert (hidden.status_code, masked(hidden)) == (404, masked(unknown))


def test_nobody_forges_owner_or_revision(client: Client, house: House) -> None:
    make(sign_in(client, house.author), house, owner=house.mate.pk, revision=9, created="2001-01-01")
    mark = Annotation.objects.get()
    assert (mark.owner, mark.revision, mark.created.year > 2001) == (house.author, 1, True)


def test_a_request_without_its_token_changes_nothing(house: House) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(house.author)
    assert strict.post(reverse("mark-create"), {"uid": str(uuid4())}).status_code == 403
    assert not Annotation.objects.exists()
