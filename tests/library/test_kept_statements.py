"""Statements kept for each kind of viewer say what the ORM would say, and are planned once for each connection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import F, TextField, Value
from django.db.models.functions import Concat

from monitor.library.kept_statements import SOME_ARTICLE, SOMEBODY, Kept, keep, viewer_of
from monitor.library.models import Article
from monitor.library.queries import standing_articles
from tests.factories import make_article, make_user

if TYPE_CHECKING:
    from monitor.accounts.models import User

pytestmark = pytest.mark.django_db
ODD = "100 %s of 'it', %% or %(none)s, \\ \u2028 ¼"


def rows_with(words: str, person: int, article: int) -> Any:
    said = {
        "said": Value(words, TextField()),
        "mine": F("id") + Value(person),
        "both": Concat("title", Value(words), output_field=TextField()),
    }
    return Article.objects.filter(pk=article).annotate(**said).values_list("pk", "created", *said)


def kept_with(words: str) -> Kept:
    kept = keep(rows_with(words, SOMEBODY, SOME_ARTICLE))
    assert kept is not None
    return kept


@pytest.mark.parametrize("words", [ODD, "", "%", "%%s", "plain"])
def test_a_kept_statement_gives_what_the_orm_gives(words: str) -> None:
    person, article = make_user(), make_article()
    found = kept_with(words).run(person=person, article=article.pk)
    assert found == list(rows_with(words, person.pk, article.pk))
    assert found[0][2] == words


def test_only_keys_are_left_as_places() -> None:
    kept = kept_with("plain")
    assert sorted(kept.statement.parameters) == sorted([SOMEBODY, SOME_ARTICLE])
    assert kept.statement.sql.count("$1::bigint") == 1
    assert "'plain'" in kept.statement.sql


def test_the_server_plans_it_once_however_often_it_is_asked() -> None:
    article = make_article()
    kept, people = kept_with("planned once"), [make_user() for _ in range(3)]
    for person in people * 4:
        kept.run(person=person, article=article.pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT generic_plans FROM pg_prepared_statements WHERE statement LIKE '%planned once%'")
        ((plans,),) = cursor.fetchall()
    assert plans > 0


def test_nothing_else_is_kept_by_the_server() -> None:
    article = make_article()
    kept_with("first").run(person=None, article=article.pk)
    for _ in range(8):
        list(Article.objects.filter(title="asked in the usual way"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%usual way%'")
        assert cursor.fetchone() == (0,)


def test_a_visitor_has_no_key() -> None:
    article = make_article()
    assert kept_with("x").run(person=AnonymousUser(), article=article.pk)[0][3] is None
    assert kept_with("x").run(person=None, article=article.pk)[0][3] is None


def test_what_nobody_of_a_kind_can_see_is_no_statement() -> None:
    assert keep(Article.objects.none().values_list("pk")) is None


@pytest.mark.parametrize("role", ["reader", "analyst", "curator", "admin"])
def test_a_person_of_each_kind_stands_for_all_of_that_kind(role: str) -> None:
    person = make_user(role=role)
    somebody = viewer_of(person).somebody()
    kept = keep(standing_articles(somebody).values_list("pk"))
    article = make_article()
    assert kept is not None
    assert kept.run(person=person) == [(article.pk,)] == list(standing_articles(person).values_list("pk"))
    assert cast("User", somebody).pk == SOMEBODY
