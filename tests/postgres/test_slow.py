"""The log of statements that keep a page waiting: what they did and where, never what they asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import DataError, connection, transaction

from monitor.library.models import Article
from monitor.postgres.slow import for_search, note_if_slow, statement_shape, watch
from monitor.search.compiled import And, Compiled, Ids, Kind, Lexeme, Text, Words
from monitor.search.engines.postgres import asking
from tests.factories import make_user

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import Settings

pytestmark = pytest.mark.django_db
WORDS = Text(Words(((Lexeme("canaryword"),),)))
SLEEP_S = 0.12


@pytest.fixture
def page(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Be a process that answers pages, whose statements may take a tenth of a second."""
    settings.SLOW_QUERY_MS = 100
    monkeypatch.setenv("MONITOR_PATIENCE", "web")
    watch(connection)
    yield
    connection.execute_wrappers.remove(note_if_slow)


def told(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [one.getMessage().split(", ", 1)[1] for one in caplog.records if one.name == "monitor.slow"]


@pytest.mark.usefixtures("page")
def test_slow_statement_is_told_by_its_tables_and_not_by_its_words(caplog: pytest.LogCaptureFixture) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_sleep(%s) from monitor_annotation right join (select 'canaryword' as comment) x using (comment)"
            " left join monitor_article a on a.title = %s",
            [SLEEP_S, "canaryword"],
        )
    assert told(caplog) == ["select monitor_annotation monitor_article"]
    assert "canaryword" not in caplog.text
    facts: list[dict[str, Any]] = [vars(one)["facts"] for one in caplog.records if one.name == "monitor.slow"]
    assert [one["shape"] for one in facts] == ["select monitor_annotation monitor_article"]
    assert facts[0]["ms"] >= SLEEP_S * 1000


@pytest.mark.usefixtures("page")
def test_so_is_one_that_the_server_has_planned_before(caplog: pytest.LogCaptureFixture) -> None:
    backend: Any = connection
    with backend.preparing_cursor() as cursor:
        cursor.execute("select pg_sleep(0.12), 'canaryword' from (select count(*) from monitor_issue) x")
    assert told(caplog) == ["select monitor_issue"]
    assert "canaryword" not in caplog.text


@pytest.mark.usefixtures("page")
def test_slow_search_is_told_by_its_shape(caplog: pytest.LogCaptureFixture) -> None:
    query = Compiled(And((WORDS, Ids(Kind.ACTOR, (7,)))), make_user())
    with asking.asking(query), connection.cursor() as cursor:
        cursor.execute(
            "select pg_sleep(0.12), count(*) from monitor_searchrow where 'canaryword' <> %s", ["canaryword"]
        )
    assert told(caplog) == ["select monitor_searchrow (search: actor+words)"]


@pytest.mark.usefixtures("page")
def test_statement_that_took_long_to_fail_is_told(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(DataError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select 1 / (count(*) * length(pg_sleep(0.12)::text)) from monitor_tag")
    assert told(caplog) == ["select monitor_tag"]


@pytest.mark.usefixtures("page")
def test_quick_statement_is_not_told(caplog: pytest.LogCaptureFixture) -> None:
    list(Article.objects.all())
    assert told(caplog) == []


def test_connection_that_is_made_while_somebody_wraps_statements_keeps_both_apart(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SLOW_QUERY_MS = 100
    monkeypatch.setenv("MONITOR_PATIENCE", "web")
    with connection.execute_wrapper(lambda execute, *asked: execute(*asked)):
        watch(connection)
    assert connection.execute_wrappers == [note_if_slow]
    connection.execute_wrappers.remove(note_if_slow)


def test_jobs_and_commands_may_take_their_time(settings: Settings) -> None:
    settings.SLOW_QUERY_MS = 100
    watch(connection)
    assert note_if_slow not in connection.execute_wrappers


def test_nobody_is_watched_with_none(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SLOW_QUERY_MS = 0
    monkeypatch.setenv("MONITOR_PATIENCE", "web")
    watch(connection)
    assert note_if_slow not in connection.execute_wrappers


@pytest.mark.parametrize(
    ("sql", "shape"),
    [
        ('UPDATE "monitor_tag" SET "name" = \'monitors\'', "update monitor_tag"),
        ("set local jit = off; select 1 from monitor_article a join monitor_issue i on true", "select monitor_article monitor_issue"),
        ("with x as (insert into monitor_reply values (1)) table x", "insert monitor_reply"),
        ("vacuum", "other"),
    ],
)  # fmt: skip
def test_shape_is_verb_and_tables(sql: str, shape: str) -> None:
    assert statement_shape(sql) == shape
    with for_search("words"):
        assert statement_shape(sql) == f"{shape} (search: words)"
