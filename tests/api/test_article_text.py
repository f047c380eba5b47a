"""`/api/v1/articles/<id>/text`: the canonical text to the letter, to those who may read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from monitor.library.article_rows import store_articles
from monitor.library.models import State
from tests.factories import make_article, make_read_article, make_user
from tests.web.pages import queries_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django import Settings

    from monitor.accounts.models import User
    from monitor.library.models import Article

    SignIn = Callable[[User | None], Client]

TEXT = "The lamps < & > “lit” 🌊 a\u0301\u202eb\u202c.\n\n- One\n\n- Two"


def address(article: Article) -> str:
    return f"/api/v1/articles/{article.pk}/text"


@pytest.fixture
def reader(signed_in: SignIn) -> Client:
    return signed_in(make_user("reader"))


def new_reading(article: Article, text: str) -> None:
    read = make_read_article(text, notes=(), cited={}, authors=())
    store_articles([(article, read)], spellings={}, authors={})


@pytest.mark.parametrize("end", ["", "/"])
def test_text_is_the_stored_one_to_the_byte(end: str, reader: Client) -> None:
    article = make_article(TEXT, notes=(), cited={})
    answer = reader.get(address(article) + end)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert answer.content == article.texts.get().body.encode()
    assert answer["ETag"] == '"1"'
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert {"Accept", "Authorization", "Cookie"} <= {name.strip() for name in answer["Vary"].split(",")}


def test_empty_text_is_an_empty_answer(reader: Client) -> None:
    answer = reader.get(address(make_article("", notes=(), cited={})))
    assert (answer.status_code, answer.content) == (200, b"")


def test_head_tells_the_same_without_the_text(reader: Client) -> None:
    article = make_article(TEXT, notes=(), cited={})
    full, head = reader.get(address(article)), reader.head(address(article))
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", full["ETag"])
    assert head["Content-Type"] == full["Content-Type"]
    assert reader.head(address(article), headers={"If-None-Match": '"1"'}).status_code == 304


@pytest.mark.parametrize(
    ("sent", "status"),
    [('"1"', 304), ('W/"1"', 304), ('"7", "1"', 304), ('"2"', 200), ("1", 200), ("*", 200), ("", 200), ('"', 200)],
)
def test_known_version_is_not_sent_again(sent: str, status: int, reader: Client) -> None:
    answer = reader.get(address(make_article()), headers={"If-None-Match": sent})
    assert (answer.status_code, answer["ETag"], bool(answer.content)) == (status, '"1"', status == 200)


def test_new_reading_is_a_new_version(reader: Client) -> None:
    article = make_article("Before.", notes=(), cited={})
    new_reading(article, "After.")
    answer = reader.get(address(article), headers={"If-None-Match": '"1"'})
    assert (answer.status_code, answer["ETag"], answer.content) == (200, '"2"', b"After.")


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("who", ["anonymous", "disabled", "reader", "analyst", "curator", "admin"])
def test_only_who_may_read_gets_it(state: str, who: str, people: dict[str, User], signed_in: SignIn) -> None:
    article = make_article(state=State.DRAFT if state == State.DRAFT else State.PUBLISHED)
    article.state = state
    article.save(update_fields=["state"])
    sees_all = who in {"curator", "admin"}
    status = 401 if who in {"anonymous", "disabled"} else 200 if state == State.PUBLISHED or sees_all else 404
    client = signed_in(people.get(who))
    for method in (client.get, client.head):
        assert method(address(article)).status_code == status
    # A validator that is known from elsewhere tells nothing either.
    assert client.get(address(article), headers={"If-None-Match": '"1"'}).status_code == (
        304 if status == 200 else status
    )


def test_hidden_article_is_told_like_one_that_never_was(reader: Client) -> None:
    hidden = make_article(state=State.WITHDRAWN)
    answers = [reader.get(at) for at in (address(hidden), "/api/v1/articles/0/text", f"/api/v1/articles/{10**30}/text")]
    assert [(answer.status_code, answer["Content-Type"]) for answer in answers] == [
        (404, "application/problem+json")
    ] * 3
    assert len({answer.content for answer in answers}) == 1


def test_visitor_reads_where_reading_is_open_to_all(signed_in: SignIn, settings: Settings) -> None:
    settings.ANONYMOUS_READ = True
    visitor = signed_in(None)
    assert visitor.get(address(make_article())).status_code == 200
    assert visitor.get(address(make_article(state=State.DRAFT))).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_text_cannot_be_written(method: str, reader: Client, signed_in: SignIn) -> None:
    article = make_article()
    answer = getattr(reader, method)(address(article))
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert answer["Content-Type"] == "application/problem+json"
    assert getattr(signed_in(None), method)(address(article)).status_code == 401


def test_options_name_the_methods(reader: Client) -> None:
    answer = reader.options(address(make_article()))
    assert (answer.status_code, answer.content, answer["Allow"]) == (204, b"", "GET, HEAD, OPTIONS")


def test_text_is_nothing_but_text(reader: Client) -> None:
    answer = reader.get(address(make_article()), headers={"Accept": "application/json"})
    assert (answer.status_code, answer["Content-Type"]) == (406, "application/problem+json")
    assert reader.get(address(make_article()), headers={"Accept": "text/html, */*;q=0.1"}).status_code == 200


def test_text_of_any_length_takes_four_queries(reader: Client) -> None:
    """Session with its person, the count of requests, version, text."""
    assert queries_for(reader, address(make_article())) == 4
    assert queries_for(reader, address(make_article("\n\n".join(["A long line."] * 500), notes=(), cited={}))) == 4
