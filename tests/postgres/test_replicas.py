"""What is read from a replica and what never is; with real replicas: tests/faults/test_replicas.py."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from monitor.accounts.models import User
from monitor.annotations.models import Annotation
from monitor.library.models import Article
from monitor.library.place_models import ReadingPlace
from monitor.library.replicas import reads_a_replica
from monitor.postgres.replica.base import is_catalogue
from monitor.postgres.replicas import ReplicaRouter, leave_alone, reading_alias, reading_from, usable
from monitor.postgres.settings import replica_settings

if TYPE_CHECKING:
    from pytest_django import Settings

PRIMARY = {"DATABASE_URL": "postgres://monitor@db/monitor"}
# What the stamp of the library need not tell: itself, what follows from tables that it tells of within the same
# transaction, and the index of words, which a worker brings up to date within seconds on the primary too.
NOT_STAMPED = {"librarystamp", "gazetteerstamp", "regionclosure", "searchpiece", "searchrow", "vocabulary"}


def test_each_address_is_a_database_that_is_given_up_soon() -> None:
    made = replica_settings(
        {**PRIMARY, "REPLICA_URLS": "postgres://a@one:5433/m, postgres://a@two/m\npostgres://a@three/m"}
    )
    assert [(alias, entry["HOST"]) for alias, entry in made.items()] == [
        ("replica_1", "one"), ("replica_2", "two"), ("replica_3", "three"),
    ]  # fmt: skip
    assert {entry["ENGINE"] for entry in made.values()} == {"monitor.postgres.replica"}
    assert made["replica_1"]["PORT"] == 5433
    assert made["replica_1"]["OPTIONS"]["connect_timeout"] == 2


def test_none_named_is_none_made() -> None:
    assert replica_settings(PRIMARY) == {}
    assert replica_settings({**PRIMARY, "REPLICA_URLS": " , "}) == {}
    assert settings.DATABASE_ROUTERS == []


def test_embedded_server_has_no_replicas() -> None:
    with pytest.raises(ImproperlyConfigured, match="REPLICA_URLS needs DATABASE_URL"):
        replica_settings({"REPLICA_URLS": "postgres://a@one/m"})


def test_address_of_another_kind_is_refused_without_being_repeated() -> None:
    with pytest.raises(ImproperlyConfigured) as refusal:
        replica_settings({**PRIMARY, "REPLICA_URLS": "mysql://monitor:secret@one/m"})
    assert str(refusal.value).startswith("REPLICA_URLS must name a PostgreSQL database")
    assert "secret" not in str(refusal.value)


def test_site_without_replicas_calls_its_views_themselves() -> None:
    def view(request: object) -> None:
        raise AssertionError(request)

    assert reads_a_replica(view) is view  # type: ignore[type-var]


def test_catalogue_is_read_from_the_chosen_one_and_all_else_from_the_primary() -> None:
    router = ReplicaRouter()
    assert router.db_for_read(Article) == "default"
    with reading_from("replica_1"):
        assert router.db_for_read(Article) == "replica_1"
        assert [router.db_for_read(model) for model in (Annotation, User, ReadingPlace)] == ["default"] * 3
    assert reading_alias() == "default"


def test_what_follows_a_write_reads_what_was_written() -> None:
    router = ReplicaRouter()
    with reading_from("replica_1"):
        assert router.db_for_write(Article, instance=Article()) == "default"
        assert router.db_for_read(Article) == "default"


def test_transaction_on_the_primary_reads_there(db: None) -> None:
    with reading_from("replica_1"):
        assert ReplicaRouter().db_for_read(Article) == "default"


def test_rows_of_both_may_be_joined_and_only_the_primary_is_migrated() -> None:
    router = ReplicaRouter()
    article = Article()
    article._state.db = "replica_1"
    assert router.allow_relation(article, Annotation())
    assert router.allow_migrate("default", "monitor")
    assert not router.allow_migrate("replica_1", "monitor")


def test_one_that_failed_is_left_alone(settings: Settings) -> None:
    settings.REPLICAS = {"replica_7": {}, "replica_8": {}}
    leave_alone("replica_7", "it does not answer")
    assert usable() == ["replica_8"]


@pytest.mark.parametrize(
    "sql",
    [
        'select "monitor_article"."id" from "monitor_article" join monitor_issue on true',
        "set local jit = off; select count(*) from monitor_searchrow s where s.tsv @@ %s",
        "select reltuples::bigint from pg_class where oid = 'monitor_searchrow'::regclass",
    ],
)
def test_statement_about_the_catalogue_is_known(sql: str) -> None:
    assert is_catalogue(sql)


@pytest.mark.parametrize("table", sorted(
    {model._meta.db_table for model in apps.get_models(include_auto_created=True)} - settings.CATALOGUE_TABLES
))  # fmt: skip
@pytest.mark.parametrize("written", ['"{}"', "{}", "public.{} x", "lower({}.name)"])
def test_statement_that_names_any_other_table_is_not(table: str, written: str) -> None:
    assert not is_catalogue(" ".join(["select 1 from monitor_article, lateral", written.format(table)]))


def test_statement_about_a_table_without_a_model_is_not() -> None:
    assert not is_catalogue("select value from monitor_cache")


def test_catalogue_is_told_by_the_stamp(db: None) -> None:
    """Whatever changes it shows in the stamp by which a replica is compared with its primary."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select tgrelid::regclass::text from pg_trigger where tgfoid = 'monitor_stamp_library'::regproc order by 1"
        )
        stamped = {table for (table,) in cursor.fetchall()}
        cursor.execute("select relname from pg_class where relkind = 'r' and relname like 'monitor\\_%'")
        there = {table for (table,) in cursor.fetchall()}
    assert there >= settings.CATALOGUE_TABLES
    assert settings.CATALOGUE_TABLES - stamped == {f"monitor_{name}" for name in NOT_STAMPED}


def test_every_page_that_answers_304_reads_a_replica_inside_of_that() -> None:
    """A validator must be older than what is read: else a page of before the change is kept as one of after it."""
    views = Path(settings.BASE_DIR, "monitor", "web", "views")
    wrong = [path.name for path in views.glob("*.py") if "@reads_a_replica\n@told_when" in path.read_text("utf-8")]
    assert wrong == []
