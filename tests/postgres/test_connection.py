"""The back end's connections against a real server: they give up in time, and only on what was not answered."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from django.db import OperationalError, connection

from monitor.postgres.backend.base import DatabaseWrapper
from monitor.postgres.launcher import launcher_for
from monitor.postgres.patience import VARIABLE, WEB, WORK
from monitor.postgres.place import cluster_place
from monitor.postgres.settings import Embedded, database_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor.postgres.connection import DeadlineConnection
    from tests.postgres.site_processes import Home

pytestmark = pytest.mark.django_db


@pytest.fixture
def impatient() -> Iterator[DeadlineConnection]:
    """Give a connection of its own that waits for three tenths of a second."""
    made = connection.get_new_connection(connection.get_connection_params())
    made.deadline_s = 0.3
    yield made
    made.close()


def test_an_answer_in_time_is_an_answer(impatient: DeadlineConnection) -> None:
    row = impatient.execute("select 7, pg_sleep(0.1)::text").fetchone()
    assert row == (7, "")


def test_a_wait_beyond_the_deadline_closes_the_connection(impatient: DeadlineConnection) -> None:
    began = time.monotonic()
    with pytest.raises(psycopg.OperationalError, match=r"^the database has not answered for 0\.3 s$"):
        impatient.execute("select pg_sleep(5)")
    assert 0.3 <= time.monotonic() - began < 2
    assert impatient.closed
    with pytest.raises(psycopg.OperationalError, match="the connection is closed"):
        impatient.execute("select 1")


def test_each_wait_has_the_whole_deadline(impatient: DeadlineConnection) -> None:
    for _ in range(3):
        impatient.execute("select pg_sleep(0.2)")
    assert not impatient.closed


def test_listening_for_longer_than_the_deadline_is_no_silence(impatient: DeadlineConnection) -> None:
    impatient.autocommit = True
    impatient.execute("listen news")
    impatient.deadline_s = 0.05
    assert list(impatient.notifies(timeout=0.3)) == []
    assert not impatient.closed


@pytest.mark.parametrize(("value", "deadline_s"), [("web", WEB.deadline_s), ("", WORK.deadline_s)])
def test_a_connection_takes_the_patience_of_its_process(
    monkeypatch: pytest.MonkeyPatch, value: str, deadline_s: float
) -> None:
    monkeypatch.setenv(VARIABLE, value)
    made = connection.get_new_connection(connection.get_connection_params())
    assert made.deadline_s == deadline_s
    made.close()


def wrapper_for(home: Home, **environment: str) -> DatabaseWrapper:
    """Return the back end of another site, as Django makes it."""
    entry = database_settings(environment, home.var)
    defaults: dict[str, Any] = {"ATOMIC_REQUESTS": False, "AUTOCOMMIT": True, "TIME_ZONE": None, "TEST": {}}
    return DatabaseWrapper({**connection.settings_dict, **defaults, **entry}, "other")


def test_programs_that_are_missing_are_an_outage_with_a_sentence(home: Home) -> None:
    other = wrapper_for(home, MONITOR_PG_BIN="/nowhere")
    with pytest.raises(OperationalError, match="Looked at: /nowhere: there is no initdb"):
        other.ensure_connection()
    assert not cluster_place(home.var, "pg").data.exists()


def test_a_server_of_others_is_never_woken(home: Home) -> None:
    other = wrapper_for(home, DATABASE_URL="postgres://ann@127.0.0.1:1/issues")
    assert other.settings_dict["EMBEDDED"] is None
    with pytest.raises(OperationalError, match="Connection refused"):
        other.ensure_connection()
    assert not home.var.exists()


def test_what_a_back_end_must_know_to_wake_a_server_can_name_a_launcher(home: Home) -> None:
    """Two connections of a process share one launcher, so they hold the server once."""
    first, second = (Embedded(cluster_place(home.var, "pg"), durable=False, bin_folder=None) for _ in range(2))
    assert launcher_for(first) is launcher_for(second)
    assert launcher_for(first) is not launcher_for(Embedded(first.place, durable=True, bin_folder=None))
