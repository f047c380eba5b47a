from __future__ import annotations

import pytest
from django.db import OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.test import Client

from monitor.web.views.health import known_migrations


@pytest.fixture
def worker(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("insert into procrastinate_workers (last_heartbeat) values (now())")


def test_healthz_answers_without_a_database() -> None:
    # Without the `db` fixture any query is an error.
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")


def test_readyz_is_ready_while_a_worker_beats(worker: None) -> None:
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.content) == (200, b"ready\n")


def test_readyz_names_the_worker_that_is_missing(db: None) -> None:
    answer = Client().get("/readyz")
    assert answer.status_code == 503
    assert answer.content.startswith(b"worker: none has given a sign of life")


def test_readyz_does_not_count_a_worker_that_stopped_beating(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("insert into procrastinate_workers (last_heartbeat) values (now() - interval '31 seconds')")
    assert Client().get("/readyz").status_code == 503


def test_readyz_names_migrations_that_are_not_applied(worker: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("delete from django_migrations where app = 'monitor' and name = '0002_cache_table'")
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.content[:11]) == (503, b"migrations:")


def test_readyz_knows_every_migration_that_django_applies() -> None:
    loader = MigrationLoader(None)
    assert known_migrations() == loader.disk_migrations.keys()
    assert loader.graph.nodes.keys() <= known_migrations()


def test_readyz_names_the_database_that_is_away(db: None) -> None:
    def refuse(*args: object) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    with connection.execute_wrapper(refuse):
        answer = Client().get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"database: cannot be reached\n")
