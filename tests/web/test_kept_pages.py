"""An article that a server process has drawn is given again to the same reader, as long as it says the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from monitor.accounts.actions import choose_look
from monitor.library.models import Article
from monitor.library.place_models import ReadingPlace
from monitor.web import unchanged
from tests.factories import make_article, make_user

if TYPE_CHECKING:
    from monitor.accounts.models import User


@pytest.fixture
def article(db: None) -> Article:
    caches["pages"].clear()
    return make_article()


def visiting(person: User, article: Article) -> Client:
    client = Client()
    client.force_login(person)
    client.get(article.get_absolute_url())  # brings the cookie of the page's token
    return client


def test_page_is_given_again_without_being_drawn(article: Article) -> None:
    client = visiting(make_user(), article)
    first = client.get(article.get_absolute_url())
    with CaptureQueriesContext(connection) as caught:
        again = client.get(article.get_absolute_url())
    assert len(caught) == 3
    for name in ("ETag", "Content-Type", "Content-Security-Policy", "Cache-Control", "Vary"):
        assert again[name] == first[name]
    assert (again.status_code, again.content) == (200, first.content)


def test_page_follows_every_change_inside_one_transaction_too(article: Article) -> None:
    person = make_user(name="hedda")
    client = visiting(person, article)
    pages = [client.get(article.get_absolute_url()).content]
    Article.objects.filter(pk=article.pk).update(title="Lamps on the Weir")
    pages.append(client.get(article.get_absolute_url()).content)
    ReadingPlace.objects.create(person=person, article=article, paragraph=2, furthest=2, paragraphs=3)
    pages.append(client.get(article.get_absolute_url()).content)
    choose_look(user=person, theme="dark")
    pages.append(client.get(article.get_absolute_url()).content)
    assert len(set(pages)) == 4
    assert [b"Lamps on the Weir" in page for page in pages] == [False, True, True, True]


def test_page_of_one_person_is_never_given_to_another(article: Article) -> None:
    first, second = make_user(name="hedda"), make_user(name="tomas")
    pages = [visiting(person, article).get(article.get_absolute_url()).content for person in (first, second)]
    assert [b"hedda" in page for page in pages] == [True, False]


def test_page_larger_than_a_server_keeps_is_drawn_each_time(article: Article, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unchanged, "LARGEST_KEPT", 100)
    client = visiting(make_user(), article)
    first, second = (client.get(article.get_absolute_url()).content for _ in range(2))
    assert first != second  # another mask of the token
