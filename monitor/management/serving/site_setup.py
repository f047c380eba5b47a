"""What a site needs before it can be served; each step looks first and does nothing where nothing changed."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from monitor.accounts.actions import ensure_first_admin
from monitor.entities.loading import files_are_loaded
from monitor.jobs.queue import defer_gazetteer
from monitor.postgres.locks import alone
from monitor.secret_key import keep_secret_key, read_secret_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Any number will do, as long as it is only ours: "monitor" in ASCII.
SETUP_LOCK = int.from_bytes(b"monitor", "big")
STATIC_WAIT_S = 120.0


def prepare_site(say: Callable[[str], None]) -> None:
    """Bring database, static files and first account up to date; `say` gets what a person must know."""
    keep_secret_key(os.environ, settings.VAR)
    settings.SECRET_KEY = read_secret_key(os.environ, settings.VAR)
    with connection.cursor() as cursor:
        # Two sites started at once on one database take turns, however long the other's first start takes.
        cursor.execute("set lock_timeout = 0")
        cursor.execute("select pg_advisory_lock(%s)", [SETUP_LOCK])
        cursor.execute("reset lock_timeout")
        try:
            migrate_if_behind()
            _tell_first_password(say)
            call_command("load_samples", verbosity=0)
            _have_gazetteer_loaded()
        finally:
            cursor.execute("select pg_advisory_unlock(%s)", [SETUP_LOCK])
    # Static files belong to the folder, not to the database.
    with alone(settings.VAR / "static.lock", within_s=STATIC_WAIT_S):
        collect_static_if_changed()


def migrate_if_behind() -> bool:
    """Apply what is missing and tell whether anything was."""
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    call_command("migrate", verbosity=0, interactive=False)
    return True


def collect_static_if_changed() -> bool:
    """Collect static files when any has changed since the last time, and tell whether that was so.

    Old ones stay: pages that people have open name them.
    """
    stamp = settings.STATIC_ROOT / ".collected"
    wanted = _static_fingerprint()
    if stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
        return False
    _make_collected_files_old()
    # Of the two pages for APIs that the sidecar brings, one is here.
    call_command("collectstatic", verbosity=0, interactive=False, ignore_patterns=["redoc"])
    stamp.write_text(wanted, encoding="ascii")
    return True


def _static_fingerprint() -> str:
    """Return a digest over name, size and time of every static file, without reading one."""
    digest = hashlib.sha256()
    for name, path in _static_files():
        found = os.stat(path)  # noqa: PTH116 - a few hundred at each start
        digest.update(f"{name}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _make_collected_files_old() -> None:
    """Have Django copy every file again: it passes over those that look no newer than their copy.

    A file put back from an archive, or changed within the second of its copy, would stay as it was.
    """
    for name, _ in _static_files():
        with suppress(FileNotFoundError):
            os.utime(settings.STATIC_ROOT / name, (0, 0))


def _static_files() -> Iterator[tuple[str, str]]:
    for finder in get_finders():
        for name, storage in finder.list([]):
            yield name, storage.path(name)


def _have_gazetteer_loaded() -> None:
    """Leave it to the workers where it has changed: a hundred thousand rows take longer than a start may."""
    if settings.GAZETTEER_FOLDER and not files_are_loaded(Path(settings.GAZETTEER_FOLDER)):
        defer_gazetteer()


def _tell_first_password(say: Callable[[str], None]) -> None:
    var: Path = settings.VAR
    password = ensure_first_admin(var)
    if password:
        say(f"Sign in as 'admin' with the password {password} (kept in {var / 'first-password'}; change it).")
