"""Whether the site lives (`/healthz`) and whether it can do its work (`/readyz`)."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pkgutil import iter_modules

from django.apps import apps
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse

from monitor.jobs.stalled import STALLED_AFTER

_BEATING = "select count(*) from procrastinate_workers where last_heartbeat > now() - make_interval(secs => %s)"


@cache
def known_migrations() -> frozenset[tuple[str, str]]:
    """Return app and name of every migration, by the names of their files.

    Importing them, as Django's loader does, takes 6 MB that a process never gives back. `migrate` notes those that
    replace others and those that are replaced alike, so each file must have been noted.
    """
    found: set[tuple[str, str]] = set()
    for app in apps.get_app_configs():
        name, _ = MigrationLoader.migrations_module(app.label)
        folder = find_spec(name) if name else None
        places = folder.submodule_search_locations if folder else None
        files = (file.name for file in iter_modules(places or ()) if not file.ispkg)
        found.update((app.label, file) for file in files if file[0] not in "_~")
    return frozenset(found)


@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer without asking the database: the process lives."""
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


@login_not_required
def readyz(request: HttpRequest) -> HttpResponse:
    """Name what is missing, with 503, or answer that all is there. While the site is read-only no worker is missed."""
    missing = _missing()
    ready = "ready, read-only\n" if settings.READ_ONLY else "ready\n"
    text = "".join(f"{line}\n" for line in missing) or ready
    return HttpResponse(text, status=503 if missing else 200, content_type="text/plain; charset=utf-8")


def _missing() -> list[str]:
    try:
        # Every one is asked for: a plan to the newest would pass over a hole before it.
        if known_migrations() - MigrationRecorder(connection).applied_migrations().keys():
            return ["migrations: some are not applied; run manage.py migrate"]
        with connection.cursor() as cursor:
            cursor.execute(_BEATING, [STALLED_AFTER])
            beating = cursor.fetchone()[0]
    except (DatabaseError, InterfaceError):
        return ["database: cannot be reached"]
    return [] if beating or settings.READ_ONLY else ["worker: none has given a sign of life; run manage.py worker"]
