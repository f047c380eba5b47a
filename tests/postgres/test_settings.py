"""The DATABASES entry for each environment, worked out without a disk or a server."""

from __future__ import annotations

import os
import pwd
import traceback
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from monitor.postgres.place import Place
from monitor.postgres.settings import KEEPALIVE, Embedded, database_settings

VAR = Path("/srv/monitor test/var")


def test_embedded_entry_names_socket_user_and_database() -> None:
    runs_as = "postgres" if os.geteuid() == 0 else None
    owner = runs_as or pwd.getpwuid(os.geteuid()).pw_name
    place = Place(VAR / "pg", VAR / "pg/sock", runs_as)
    assert database_settings({}, VAR) == {
        "ENGINE": "monitor.postgres.backend",
        "NAME": "monitor",
        "USER": "monitor",
        "PASSWORD": "",
        "HOST": "/srv/monitor test/var/pg/sock",
        "PORT": "5432",
        "OPTIONS": {"requirepeer": owner},
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "EMBEDDED": Embedded(place=place, durable=True, bin_folder=None),
    }


def test_embedded_entry_follows_its_three_settings() -> None:
    environment = {"MONITOR_PG_NAME": "pg-test", "MONITOR_PG_DURABLE": "0", "MONITOR_PG_BIN": "/opt/pg/bin"}
    entry = database_settings(environment, VAR)
    assert entry["HOST"] == "/srv/monitor test/var/pg-test/sock"
    assert (entry["EMBEDDED"].durable, entry["EMBEDDED"].bin_folder) == (False, "/opt/pg/bin")


def test_database_url_is_used_as_given_by_the_same_back_end() -> None:
    url = "postgres://ann:s%40cret@db.example:5433/issues?sslmode=require&keepalives_idle=5"
    assert database_settings({"DATABASE_URL": url}, VAR) == {
        "ENGINE": "monitor.postgres.backend",
        "NAME": "issues",
        "USER": "ann",
        "PASSWORD": "s@cret",
        "HOST": "db.example",
        "PORT": 5433,
        "OPTIONS": {**KEEPALIVE, "keepalives_idle": 5, "sslmode": "require"},
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "EMBEDDED": None,
    }


def test_database_url_may_name_the_folder_of_a_local_socket() -> None:
    entry = database_settings({"DATABASE_URL": "postgresql://ann@%2Fvar%2Frun%2Fpostgresql/issues"}, VAR)
    assert (entry["HOST"], entry["NAME"]) == ("/var/run/postgresql", "issues")


@pytest.mark.parametrize("url", ["mysql://ann@db/issues", "sqlite:///var/db.sqlite3", "postgis://ann@db/issues"])
def test_database_url_of_another_kind_of_database_is_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^DATABASE_URL must name a PostgreSQL database: postgres://"):
        database_settings({"DATABASE_URL": url}, VAR)


@pytest.mark.parametrize(
    "url", ["nonsense", "postgres://u:pa/ss@db:5432/issues", "postgres://u@db:port/x", "postgres://u@db:99999/x"]
)
def test_database_url_that_is_none_is_refused_without_showing_its_password(url: str) -> None:
    with pytest.raises(
        ImproperlyConfigured, match=r"^DATABASE_URL must name a PostgreSQL database: postgres://"
    ) as told:
        database_settings({"DATABASE_URL": url}, VAR)
    shown = "".join(traceback.format_exception(told.value))
    assert "'pa'" not in shown
    assert url not in shown


def test_empty_settings_are_those_that_are_not_there() -> None:
    empty = {"DATABASE_URL": "", "MONITOR_PG_BIN": ""}
    assert database_settings(empty, VAR) == database_settings({}, VAR)
