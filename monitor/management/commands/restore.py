"""`manage.py restore DIR`: brings a backup back into an empty site, then lets `doctor` look at it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from monitor.jobs.backup_manifest import NotABackup
from monitor.jobs.doctor import find_faults
from monitor.jobs.restoring import NotEmptyHere, restore_backup
from monitor.management.plain_ends import plain_end
from monitor.postgres.errors import PostgresError

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Bring a backup back into an empty database and an empty folder of files, and prove that all of it is there."
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")

    def handle(self, *, folder: Path, **options: Any) -> None:
        with plain_end(options["verbosity"]):
            connection.ensure_connection()
            try:
                manifest = restore_backup(folder.absolute(), self.stdout.write)
            except (NotABackup, NotEmptyHere, PostgresError, OSError) as error:
                raise CommandError(str(error)) from error
            faults = [str(fault) for fault in find_faults()]
        if faults:
            self.stdout.write("\n".join(["All came back, but not all of it is well:", *faults]))
            sys.exit(1)
        self.stdout.write(
            f"The site is as it was at {manifest.made}; doctor found nothing wrong. Start it with: make serve"
        )
