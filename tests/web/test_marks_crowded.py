"""An article with more annotations than its page can carry: cards come when they are asked for, and nobody sees more."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.urls import reverse

from monitor.annotations.codebook import make_tag
from monitor.annotations.models import Annotation, AnnotationSpan
from monitor.web.mark_panel import FIRST_OF_CROWD, MOST_WHOLE
from tests.annotations.people_and_texts import House, make_house
from tests.factories import make_article, make_issue
from tests.web.crowds import crowd
from tests.web.pages import masked, root_text

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
CARD = re.compile(r'<article class="card( empty)?( done)?[^"]*" id="a([0-9a-f-]{36})"')


PARAGRAPHS = "\n\n".join(f"The lamps of quay {n} were lit before dusk, and nobody saw it." for n in range(20))


@pytest.fixture
def house() -> House:
    return replace(make_house(), article=make_article(PARAGRAPHS))


def page_of(client: Client, house: House) -> str:
    return client.get(house.article.get_absolute_url()).content.decode()


def cards_in(html: str) -> dict[str, bool]:
    """Return the ids of all cards in their order, and which are empty."""
    return {uid: bool(empty) for empty, _, uid in CARD.findall(html)}


def named(client: Client, house: House, *marks: Annotation) -> Any:
    only = ",".join(str(mark.uid) for mark in marks)
    return client.get(reverse("article-marks", args=[house.article.pk]), {"only": only}, headers=HTMX)


@pytest.mark.parametrize("count", [MOST_WHOLE, MOST_WHOLE + 1])
def test_of_a_crowd_the_first_cards_are_there_and_all_have_their_place(
    client: Client, house: House, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    marks = crowd(house.article, house.author, count)
    client.force_login(house.reader)
    with django_assert_num_queries(3):
        html = page_of(client, house)
    cards = cards_in(html)
    assert list(cards) == [str(mark.uid) for mark in marks[::-1]]  # as they stand in the text
    whole = FIRST_OF_CROWD if count > MOST_WHOLE else count
    assert [*cards.values()] == [False] * whole + [True] * (count - whole)
    assert f'id="mark-count">{count}<' in html
    assert ('class="panel crowded"' in html) == (count > MOST_WHOLE)
    assert root_text(html) == house.body
    ids = {key for found in re.findall(r'data-ids="([^"]+)"', html) for key in found.split()}
    assert ids == {mark.uid.hex[:10] for mark in marks}


def test_empty_cards_tell_what_filters_ask_and_nothing_more(client: Client, house: House) -> None:
    crowd(house.article, house.outsider, MOST_WHOLE)
    tag = make_tag(name="violence/road block", by=house.curator)
    team: dict[str, Any] = {"visibility": "team", "team": house.team, "colour": "red"}
    (mine, _) = crowd(house.article, house.author, 2, **team)
    mine.taggings.create(tag=tag)
    mine.taggings.create(tag=make_tag(name="canary-tag", by=house.author, private=True))
    Annotation.objects.filter(pk=mine.pk).update(resolved=mine.created)
    AnnotationSpan.objects.filter(annotation=mine).update(state="orphan")  # comes last, and has no mark
    canary = house.mark(comment="canary-comment", by=house.author)
    client.force_login(house.mate)
    html = page_of(client, house)
    last = re.findall(r'<article class="card empty.*?</article>', html, re.DOTALL)[-1]
    assert last == (
        f'<article class="card empty done" id="a{mine.uid}" data-mark="{mine.uid.hex[:10]}" data-colour="red" data-for=""'
        ' data-by="author" data-scope="team" data-tags="violence / road block" aria-busy="true"></article>'
    )
    assert mine.uid.hex[:10] not in "".join(re.findall(r'data-ids="([^"]+)"', html))
    assert "canary" not in html
    assert str(canary.uid) not in html


def test_named_cards_come_whole_and_in_one_query(
    client: Client, house: House, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    marks = crowd(house.article, house.author, 3)
    private = house.mark(comment="canary", by=house.author)
    deleted = house.mark(by=house.author, visibility="everyone")
    Annotation.objects.filter(pk=deleted.pk).update(deleted=deleted.created)
    client.force_login(house.reader)
    with django_assert_num_queries(2):  # session and person, cards
        answer = named(client, house, *marks[:2], private, deleted)
    html = answer.content.decode()
    assert list(cards_in(html)) == [str(marks[1].uid), str(marks[0].uid)]
    assert "Word 1" in html
    assert "canary" not in html
    assert f'<a href="#{re.findall("data-for=.(p[0-9]+)", html)[0]}">' in html
    other = make_issue().articles.all()[0]
    elsewhere = reverse("article-marks", args=[other.pk])
    assert cards_in(client.get(elsewhere, {"only": str(marks[0].uid)}, headers=HTMX).content.decode()) == {}


@pytest.mark.parametrize("asked", ["nonsense", "1", ",", f"{uuid4()}," * 101 + "x"])
def test_names_that_are_none_are_refused(client: Client, house: House, asked: str) -> None:
    client.force_login(house.reader)
    address = reverse("article-marks", args=[house.article.pk])
    assert client.get(address, {"only": asked}, headers=HTMX).status_code == 400


def test_list_without_a_script_has_all_in_pages(client: Client, house: House) -> None:
    marks = crowd(house.article, house.author, 151)
    client.force_login(house.reader)
    address = reverse("article-marks", args=[house.article.pk])
    assert f'href="{address}"' in page_of(client, house)
    first = client.get(address).content.decode()
    later = client.get(address, {"from": "100"}).content.decode()
    assert [*cards_in(first), *cards_in(later)] == [str(mark.uid) for mark in marks[::-1]]
    assert ('href="?from=100"' in first, 'rel="prev"' in first) == (True, False)
    assert ('href="?from=0"' in later, 'rel="next"' in later) == (True, False)
    assert f'href="{house.article.get_absolute_url()}#p1"' in first
    for wrong in ("10000", "-1", "x"):
        assert client.get(address, {"from": wrong}).status_code == 200


def test_cards_of_an_article_one_may_not_read_are_those_of_none(client: Client, house: House) -> None:
    (mark,) = crowd(house.article, house.author, 1)
    type(house.article).objects.filter(pk=house.article.pk).update(state="withdrawn")
    unknown = reverse("article-marks", args=[10**6])
    client.force_login(house.reader)
    answers = [named(client, house, mark), client.get(reverse("article-marks", args=[house.article.pk]))]
    answers += [client.get(unknown, {"only": str(mark.uid)}, headers=HTMX), client.get(unknown)]
    assert {answer.status_code for answer in answers} == {404}
    assert len({masked(answer) for answer in answers[1::2]}) == 1
    client.logout()
    assert client.get(unknown).status_code == 302
