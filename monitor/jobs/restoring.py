"""A backup comes back: into an empty database and an empty storage alone, checked before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from monitor.jobs.backing_up import count_rows, kept_of, stored_files
from monitor.jobs.backup_manifest import DUMP, FILES, Kept, NotABackup, read_manifest
from monitor.postgres.programs import run_program
from monitor.search.indexing import rebuild_engine

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from monitor.jobs.backup_manifest import Manifest

OLDER_SERVER = (
    "The backup was made by PostgreSQL {}, and the server here is {}: restore it with that version or a newer one."
)
NAMED = 5  # files or tables in one sentence


class NotEmptyHere(Exception):
    """There is something already where the backup should go."""


def restore_backup(folder: Path, say: Callable[[str], None]) -> Manifest:
    """Bring a backup back and bring it up to date; NotABackup, NotEmptyHere, PostgresError, OSError.

    Everything is checked before anything is written. The database comes back in one transaction; the files before it,
    so that what was cut off can be started again.
    """
    manifest = read_manifest(folder)
    _must_be_readable_here(manifest)
    say(f"Checking {len(manifest.files):,} files of the backup of {manifest.made} …")
    _must_be_whole(folder, manifest)
    _must_be_empty_here(manifest)
    say("Copying the files …")
    _bring_files(folder, manifest)
    say(f"Loading {sum(manifest.rows.values()):,} rows …")
    run_program(
        "pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", "--no-comments",
        f"--dbname={connection.settings_dict['NAME']}", str(folder / DUMP),
    )  # fmt: skip
    _must_have_all_rows(manifest)
    _bring_up_to_date(say)
    return manifest


def _must_be_readable_here(manifest: Manifest) -> None:
    executor = MigrationExecutor(connection)
    known = {f"{app}.{name}" for app, name in executor.loader.graph.nodes}
    # One that was folded into another stays known by its old name.
    known |= {f"{app}.{old}" for (app, _), one in executor.loader.replacements.items() for _, old in one.replaces}
    unknown = [name for name in manifest.migrations if name not in known]
    if unknown:
        raise NotABackup(
            f"The backup was made by a newer Monitor (it knows {_some(unknown)}). Update this one, then restore."
        )
    here = connection.connection.info.server_version
    if manifest.server // 10_000 > here // 10_000:
        raise NotABackup(OLDER_SERVER.format(manifest.server // 10_000, here // 10_000))


def _must_be_whole(folder: Path, manifest: Manifest) -> None:
    wanted = {DUMP: manifest.dump} | {f"{FILES}/{name}": kept for name, kept in manifest.files.items()}
    broken = [name for name, kept in wanted.items() if not _is_as_kept(folder / name, kept)]
    if broken:
        raise NotABackup(f"The backup is damaged: {_some(broken)} missing or changed. Nothing was restored.")


def _is_as_kept(path: Path, kept: Kept) -> bool:
    # The size first: it tells most damage without reading.
    return path.is_file() and path.stat().st_size == kept.bytes and kept_of(path) == kept


def _must_be_empty_here(manifest: Manifest) -> None:
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    if tables:
        raise NotEmptyHere(
            f"The database holds {len(tables)} tables already. A backup is restored into an empty one: point MONITOR_VAR "
            "at a new folder, or DATABASE_URL at a new database."
        )
    strange = [name for name in stored_files() if name not in manifest.files]
    if strange:
        raise NotEmptyHere(f"The storage holds files that are not in the backup: {_some(strange)}. Empty it first.")


def _bring_files(folder: Path, manifest: Manifest) -> None:
    for name, kept in manifest.files.items():
        if default_storage.exists(name):
            default_storage.delete(name)  # of an attempt that was cut off
        with (folder / FILES / name).open("rb") as file:
            default_storage.save(name, File(file))
        if default_storage.size(name) != kept.bytes:
            raise OSError(f"{name} could not be kept whole")


def _must_have_all_rows(manifest: Manifest) -> None:
    here = count_rows()
    wrong = [table for table, count in manifest.rows.items() if here.get(table) != count]
    if wrong:
        raise NotABackup(f"The dump and the manifest differ in {_some(wrong)}: this is not what was backed up.")


def _bring_up_to_date(say: Callable[[str], None]) -> None:
    executor = MigrationExecutor(connection)
    behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if behind:
        say(f"Applying {len(behind)} newer migrations …")
        call_command("migrate", verbosity=0, interactive=False)
    rebuild_engine()  # an index beside the database is of another one


def _some(names: list[str]) -> str:
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more
