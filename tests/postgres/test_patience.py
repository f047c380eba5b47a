"""How long a process waits, and that its connections are told so."""

from __future__ import annotations

import pytest
from django.db import connection

from monitor.postgres.backend.base import DatabaseFeatures
from monitor.postgres.binaries import OLDEST_MAJOR
from monitor.postgres.patience import VARIABLE, WEB, WORK, Patience, become_impatient, current_patience

LONGEST_PAGE_S = 8


def test_page_gives_up_on_a_frozen_database_in_time() -> None:
    assert WEB.deadline_s + WEB.connect_s < LONGEST_PAGE_S


@pytest.mark.parametrize("patience", [WEB, WORK])
def test_server_gives_up_before_the_client_does(patience: Patience) -> None:
    assert patience.lock_ms < patience.statement_ms < patience.deadline_s * 1000


def test_processes_have_minutes_unless_they_answer_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert current_patience() == WORK
    monkeypatch.setenv(VARIABLE, "work")
    assert current_patience() == WORK
    become_impatient()
    assert current_patience() == WEB


def test_connections_carry_the_limits_beside_options_of_the_url(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "web")
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "options", "-c search_path=monitor")
    parameters = connection.get_connection_params()
    assert parameters["connect_timeout"] == 3
    assert parameters["options"] == (
        "-c statement_timeout=3000 -c lock_timeout=2000 -c idle_in_transaction_session_timeout=10000 "
        "-c plan_cache_mode=force_generic_plan -c search_path=monitor"
    )


def test_connect_timeout_of_the_url_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "connect_timeout", 7)
    assert connection.get_connection_params()["connect_timeout"] == 7


def test_servers_older_than_the_oldest_supported_are_refused() -> None:
    assert DatabaseFeatures.minimum_database_version == (OLDEST_MAJOR,) == (15,)


@pytest.mark.django_db
def test_server_keeps_the_limits_it_was_given() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('statement_timeout'), current_setting('lock_timeout')")
        assert cursor.fetchone() == ("10min", "1min")
