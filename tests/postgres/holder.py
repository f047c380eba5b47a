"""A process that uses the database as the site does, told over its standard input what to do next.

Started by tests: `python holder.py`, with MONITOR_VAR or DATABASE_URL in its environment. It says `ready`, then
answers each line: `ask` runs a query, `ask-in-transaction` the same inside one, `fork` lets a forked child ask, `sleep N`
keeps the server busy. It ends normally when its standard input closes.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import django
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from monitor.postgres.settings import database_settings


def ask(seconds: float = 0) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*), max(pg_sleep(%s)::text) from pg_database where datname = current_database()", [seconds]
        )
        row = cursor.fetchone()
    return f"found {row[0] if row else None}"


def ask_in_fork() -> str:
    connection.close()
    if child := os.fork():
        return f"child ended {os.waitpid(child, 0)[1]}"
    os._exit(0 if ask() == "found 1" else 1)


def answer(command: str) -> str:
    began = time.monotonic()
    connection.close_if_unusable_or_obsolete()
    try:
        if command == "fork":
            return ask_in_fork()
        if command == "ask-in-transaction":
            with transaction.atomic():
                ask()
                said = ask()
        else:
            said = ask(float(command.partition(" ")[2] or 0))
    except DatabaseError as error:
        said = f"{type(error).__name__}: {' '.join(str(error).split())}"
    return f"{said} after {time.monotonic() - began:.2f} s"


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    var = Path(os.environ["MONITOR_VAR"])
    settings.configure(DATABASES={"default": database_settings(os.environ, var)}, USE_TZ=True, SLOW_QUERY_MS=0)
    django.setup()
    say("ready" if os.environ.get("LAZY") else answer("ask"))
    for line in sys.stdin:
        say(answer(line.strip()))


if __name__ == "__main__":
    main()
