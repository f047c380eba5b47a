"""PostgreSQL's own programs (psql, pg_dump, pg_restore) on the site's database, embedded or not."""

from __future__ import annotations

import os
import shutil
import subprocess

from django.db import connection

from monitor.postgres.errors import PostgresError
from monitor.postgres.launcher import launcher_for

LINES_SHOWN = 5


def find_program(name: str) -> str | None:
    """Return the path of a program: beside the embedded server's own, else on PATH; None if there is none."""
    embedded = connection.settings_dict.get("EMBEDDED")
    on_path = os.environ.get("PATH", os.defpath)
    path = f"{launcher_for(embedded).bin_folder}{os.pathsep}{on_path}" if embedded else on_path
    return shutil.which(name, path=path)


def program_environment() -> dict[str, str]:
    """Return our environment with the variables that lead such a program to the site's database."""
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
    return {**os.environ, **{name: str(value) for name, value in named.items() if value}}


def run_program(name: str, *arguments: str) -> None:
    """Run one to its end; PostgresError with the last lines of what it said if it failed or is not there."""
    path = find_program(name)
    if path is None:
        raise PostgresError(
            f"There is no program {name} here; set MONITOR_PG_BIN to the folder of PostgreSQL's programs."
        )
    done = subprocess.run(  # noqa: S603 - a program of the database server, our own arguments
        [path, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        check=False,
        env=program_environment(),
    )
    if done.returncode:
        said = "\n".join(done.stderr.strip().splitlines()[-LINES_SHOWN:])
        raise PostgresError(f"{name} failed: {said or f'exit code {done.returncode}'}")
