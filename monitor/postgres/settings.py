"""Django's DATABASES entry: any PostgreSQL named by DATABASE_URL, else the embedded server."""

from __future__ import annotations

import os
import pwd
import warnings
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from django.core.exceptions import ImproperlyConfigured
from environ import Env

from monitor.postgres.cluster import DATABASE, SUPERUSER
from monitor.postgres.place import Place, cluster_place

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

BACKEND = "monitor.postgres.backend"
REPLICA_BACKEND = "monitor.postgres.replica"
# A remote server that vanished from the network is noticed after a minute, by the job worker's connections too.
KEEPALIVE = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}
# A page that waits for a replica that is gone asks the primary then: the least that libpq can wait.
REPLICA_CONNECT_S = 2


@dataclass(frozen=True)
class Embedded:
    """What the back end must know to wake the embedded server."""

    place: Place
    durable: bool
    bin_folder: str | None


def database_settings(environ: Mapping[str, str], var: Path) -> dict[str, Any]:
    """Return the DATABASES entry for this environment; nothing is written and no server is asked.

    `EMBEDDED` in it is None when DATABASE_URL names a server of its own.
    """
    url = environ.get("DATABASE_URL", "")
    entry = _external(url) if url else _embedded(environ, var)
    return {"ENGINE": BACKEND, "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True, **entry}


def replica_settings(environ: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Return a DATABASES entry for each streaming replica that REPLICA_URLS names, `replica_1` and so on."""
    urls = environ.get("REPLICA_URLS", "").replace(",", " ").split()
    if urls and not environ.get("DATABASE_URL"):
        raise ImproperlyConfigured("REPLICA_URLS needs DATABASE_URL: the embedded server has no replicas.")
    entries = {f"replica_{number}": _external(url, "REPLICA_URLS") for number, url in enumerate(urls, start=1)}
    return {alias: _as_replica(entry) for alias, entry in entries.items()}


def _as_replica(entry: dict[str, Any]) -> dict[str, Any]:
    options = {"connect_timeout": REPLICA_CONNECT_S, **entry["OPTIONS"]}
    kept = {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
    return {**kept, **entry, "ENGINE": REPLICA_BACKEND, "OPTIONS": options}


def _external(url: str, setting: str = "DATABASE_URL") -> dict[str, Any]:
    entry: dict[str, Any] = {}
    # What the parser says of a URL it cannot take may hold a part of the password, so nothing of it is passed on.
    with warnings.catch_warnings(action="ignore"), suppress(ValueError):
        entry = dict(Env.db_url_config(url))
    if entry.get("ENGINE") != "django.db.backends.postgresql":
        raise ImproperlyConfigured(f"{setting} must name a PostgreSQL database: postgres://user:password@host/name")
    options = {**KEEPALIVE, **entry.get("OPTIONS", {})}
    # The folder of a local socket is written %2Fvar%2Frun in a URL.
    return {**entry, "ENGINE": BACKEND, "HOST": unquote(entry["HOST"]), "OPTIONS": options, "EMBEDDED": None}


def _embedded(environ: Mapping[str, str], var: Path) -> dict[str, Any]:
    place = cluster_place(var.absolute(), environ.get("MONITOR_PG_NAME", "pg"))
    return {
        "NAME": DATABASE,
        "USER": SUPERUSER,
        "PASSWORD": "",
        "HOST": str(place.socket_folder),
        "PORT": "5432",
        "OPTIONS": _peer(place),
        "EMBEDDED": Embedded(
            place=place,
            durable=environ.get("MONITOR_PG_DURABLE", "1") == "1",
            bin_folder=environ.get("MONITOR_PG_BIN") or None,
        ),
    }


def _peer(place: Place) -> dict[str, str]:
    # Where the socket had to go to a shared folder, nobody else's server may answer on it.
    with suppress(KeyError):
        return {"requirepeer": place.run_as or pwd.getpwuid(os.geteuid()).pw_name}
    return {}
