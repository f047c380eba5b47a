"""`manage.py backup DIR`: the whole site in one folder, which `restore` brings back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from monitor.jobs.backing_up import NotEmpty, make_backup
from monitor.management.plain_ends import plain_end
from monitor.postgres.errors import PostgresError

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Write everything, database and files, into a new folder that only you can read. The site goes on meanwhile."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")

    def handle(self, *, folder: Path, **options: Any) -> None:
        with plain_end(options["verbosity"]):
            try:
                manifest = make_backup(folder.absolute(), self.stdout.write)
            except (NotEmpty, PostgresError, OSError) as error:
                raise CommandError(f"No backup was made: {error}") from error
        size = manifest.dump.bytes + sum(kept.bytes for kept in manifest.files.values())
        rows = sum(manifest.rows.values())
        self.stdout.write(f"{folder} holds {rows:,} rows and {len(manifest.files):,} files, {size / 1e6:,.1f} MB.")
        self.stdout.write("It holds private annotations as well: keep it where only you can read it.")
