"""A connection is asked whether it lives now and then, and at once when its server has closed its end."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, cast

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor.postgres.backend.base import DatabaseWrapper

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ours() -> Iterator[DatabaseWrapper]:
    connection.close()
    connection.ensure_connection()
    yield cast("DatabaseWrapper", connection)
    connection.close()


def packets(ours: DatabaseWrapper) -> int:
    """Return how often the server was asked anything on this connection, by its own count of changes of state."""
    with psycopg.connect(**ours.get_connection_params() | {"autocommit": True}) as other:
        row = other.execute(
            "select extract(epoch from state_change) * 1e6 from pg_stat_activity where pid = %s",
            [ours.connection.info.backend_pid],
        ).fetchone()
    assert row is not None
    return int(row[0])


def test_a_silent_connection_is_asked_once(ours: DatabaseWrapper) -> None:
    assert ours.is_usable()
    asked = packets(ours)
    assert ours.is_usable()
    assert packets(ours) == asked


def test_one_that_was_not_asked_for_long_is_asked_again(ours: DatabaseWrapper) -> None:
    assert ours.is_usable()
    asked = packets(ours)
    ours._answered_at -= 60
    assert ours.is_usable()
    assert packets(ours) > asked


def test_one_whose_server_has_gone_is_found_out_at_once(ours: DatabaseWrapper) -> None:
    assert ours.is_usable()
    with psycopg.connect(**ours.get_connection_params() | {"autocommit": True}) as other:
        other.execute("select pg_terminate_backend(%s)", [ours.connection.info.backend_pid])
    ended_by = time.monotonic() + 10
    while ours._is_silent() and time.monotonic() < ended_by:
        time.sleep(0.01)
    assert not ours.is_usable()


def test_a_closed_connection_is_not_believed(ours: DatabaseWrapper) -> None:
    assert ours.is_usable()
    ours.connection.close()
    assert not ours._is_silent()
    assert not ours.is_usable()


def test_a_new_connection_is_asked_anew(ours: DatabaseWrapper) -> None:
    assert ours.is_usable()
    ours.close()
    ours.ensure_connection()
    with CaptureQueriesContext(connection):
        asked = packets(ours)
        assert ours.is_usable()
        assert packets(ours) > asked
