"""A backup: the database as it is at one moment, then the files, then a manifest that says what both are.

Files are named by what they hold and outlive their rows, so whatever the dump names is still there when it is copied.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from monitor.jobs.backup_manifest import DUMP, FILES, MANIFEST, Kept, Manifest
from monitor.library.files import CHUNK, DRAFT
from monitor.postgres.programs import run_program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from django.core.files import File

FOLDER_MODE, FILE_MODE = 0o700, 0o600


class NotEmpty(Exception):
    """A backup goes into a folder of its own."""


@dataclass
class _Made:
    """What was made so far, to be taken away again if it is not finished."""

    paths: list[Path] = field(default_factory=list)

    def forget(self) -> None:
        for path in reversed(self.paths):
            path.rmdir() if path.is_dir() else path.unlink(missing_ok=True)


def make_backup(folder: Path, say: Callable[[str], None]) -> Manifest:
    """Write a backup into a new or empty folder that only its owner may enter; NotEmpty, PostgresError, OSError.

    One that fails leaves nothing behind, one that is killed no manifest.
    """
    if folder.exists() and any(folder.iterdir()):
        raise NotEmpty(f"{folder} is not empty; a backup goes into a folder of its own.")
    made = _Made()
    try:
        return _make(folder, made, say)
    except BaseException:
        made.forget()
        raise


def _make(folder: Path, made: _Made, say: Callable[[str], None]) -> Manifest:
    _make_folder(folder, made)
    dump = _new_file(folder / DUMP, made)
    with _one_moment() as snapshot:
        rows = count_rows()
        server = connection.connection.info.server_version
        migrations = tuple(sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()))
        say(f"Dumping {sum(rows.values()):,} rows of {len(rows)} tables …")
        run_program("pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={dump}")
    files = _copy_files(folder / FILES, made, say)
    manifest = Manifest(timezone.now().isoformat(timespec="seconds"), server, migrations, rows, kept_of(dump), files)
    # Under its own name only when it is whole and on disk.
    draft = _new_file(folder / f"{MANIFEST}.new", made)
    _write_synced(draft, manifest.written())
    draft.rename(folder / MANIFEST)
    return manifest


@contextmanager
def _one_moment() -> Iterator[str]:
    """Hold the database's state for all that is read inside; gives the name by which pg_dump sees the same."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("set transaction isolation level repeatable read, read only")
        # A large dump takes longer than a forgotten transaction may stay open, and than one statement may take.
        cursor.execute("set local idle_in_transaction_session_timeout = 0")
        cursor.execute("set local statement_timeout = 0")
        cursor.execute("select pg_export_snapshot()")
        yield cursor.fetchone()[0]


def count_rows() -> dict[str, int]:
    """Return the number of rows of every table of the database."""
    with connection.cursor() as cursor:
        tables = sorted(connection.introspection.table_names(cursor))
        counts = {}
        for table in tables:
            cursor.execute(f"select count(*) from {connection.ops.quote_name(table)}")  # noqa: S608 - names of tables
            counts[table] = cursor.fetchone()[0]
    return counts


def _copy_files(folder: Path, made: _Made, say: Callable[[str], None]) -> dict[str, Kept]:
    names = list(stored_files())
    say(f"Copying {len(names):,} files …")
    kept = {}
    _make_folder(folder, made)
    for name in names:
        target = folder / name
        try:
            with default_storage.open(name) as stored:
                _make_folder(target.parent, made)
                kept[name] = _copy(stored, _new_file(target, made))
        except FileNotFoundError:
            # It was put away or swept meanwhile. One that a row still needs is named by `doctor`, here and once restored.
            continue
    return kept


def stored_files(folder: str = "") -> Iterator[str]:
    """Yield the names of all files in the storage but those that are being written, in order."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    prefix = f"{folder}/" if folder else ""
    yield from (f"{prefix}{name}" for name in sorted(files) if not name.startswith(DRAFT))
    for name in sorted(folders):
        yield from stored_files(f"{prefix}{name}")


def _copy(stored: File[bytes], target: Path) -> Kept:
    digest, size = hashlib.sha256(), 0
    with target.open("wb") as file:
        while chunk := stored.read(CHUNK):
            file.write(chunk)
            digest.update(chunk)
            size += len(chunk)
        file.flush()
        os.fsync(file.fileno())
    return Kept(size, digest.hexdigest())


def kept_of(path: Path) -> Kept:
    """Return size and digest of a file."""
    with path.open("rb") as file:
        return Kept(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


def _make_folder(folder: Path, made: _Made) -> None:
    if folder.is_dir():
        return
    _make_folder(folder.parent, made)
    folder.mkdir(mode=FOLDER_MODE)
    made.paths.append(folder)


def _new_file(path: Path, made: _Made) -> Path:
    """Make an empty file that nobody else may read, before anything is written into it."""
    path.touch(mode=FILE_MODE, exist_ok=False)
    made.paths.append(path)
    return path


def _write_synced(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
