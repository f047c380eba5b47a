"""`manage.py postgres PROGRAM …`: psql, pg_dump or pg_restore on the site's database, whichever that is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from argparse import REMAINDER
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection

from monitor.postgres.launcher import launcher_for

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
        path = shutil.which(program, path=_search_path())
        if path is None:
            raise CommandError(f"There is no program {program} here.")
        environment = {**os.environ, **_connection_variables()}
        sys.exit(subprocess.run([path, *arguments], check=False, env=environment).returncode)  # noqa: S603 - the operator's own


def _search_path() -> str:
    embedded = connection.settings_dict.get("EMBEDDED")
    on_path = os.environ.get("PATH", os.defpath)
    return f"{launcher_for(embedded).bin_folder}{os.pathsep}{on_path}" if embedded else on_path


def _connection_variables() -> dict[str, str]:
    settings = connection.settings_dict
    named = {
        "PGHOST": settings["HOST"],
        "PGPORT": settings["PORT"],
        "PGUSER": settings["USER"],
        "PGPASSWORD": settings["PASSWORD"],
        "PGDATABASE": settings["NAME"],
        "PGSSLMODE": settings["OPTIONS"].get("sslmode"),
        "PGCLIENTENCODING": "UTF8",
    }
    return {name: str(value) for name, value in named.items() if value}
