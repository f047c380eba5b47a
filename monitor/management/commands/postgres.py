"""`manage.py postgres PROGRAM …`: psql, pg_dump or pg_restore on the site's database, whichever that is."""

from __future__ import annotations

import subprocess
import sys
from argparse import REMAINDER
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection

from monitor.postgres.programs import find_program, program_environment

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Run a program of PostgreSQL (psql, pg_dump, pg_restore) on the site's database, awake for as long."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("program", metavar="PROGRAM")
        parser.add_argument("arguments", nargs=REMAINDER, metavar="ARGUMENT")

    def handle(self, *, program: str, arguments: list[str], **options: Any) -> None:
        try:
            connection.ensure_connection()
        except OperationalError as error:
            raise CommandError(f"The database cannot be used: {error}") from error
        connection.close()
        path = find_program(program)
        if path is None:
            raise CommandError(f"There is no program {program} here.")
        done = subprocess.run([path, *arguments], check=False, env=program_environment())  # noqa: S603 - the operator's own
        sys.exit(done.returncode)
