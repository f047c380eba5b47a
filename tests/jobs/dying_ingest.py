"""Ingests a file in forked children, some of which kill themselves on the way. Run by test_killed_ingest.py.

usage: dying_ingest.py DATABASE MEDIA FILE kill     one child for each statement it sends and the commit, killed right before it
       dying_ingest.py DATABASE MEDIA FILE race N   N children at once
Prints one JSON object.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django
from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Callable

ALIVE, TOO_MANY = 0, 400


def main(database: str, media: str, file: str, what: str, number: str = "1") -> None:
    settings.DATABASES["default"]["NAME"] = database
    settings.MEDIA_ROOT = media
    django.setup()
    path = Path(file)
    told = _kill_everywhere(path) if what == "kill" else _race(path, int(number))
    sys.stdout.write(json.dumps(told))


def _kill_everywhere(path: Path) -> dict[str, Any]:
    """Kill an ingest before its first statement, before its second, … until one gets through."""
    left_behind: list[int] = []
    for statement in range(1, TOO_MANY):
        code = os.waitpid(_forked(lambda n=statement: _ingest_and_die(path, n)), 0)[1]  # type: ignore[misc]
        if code == ALIVE:
            return {"killed": statement - 1, "left_behind": left_behind}
        left_behind.append(os.waitpid(_forked(_count_rows), 0)[1] >> 8)
    raise RuntimeError("no ingest got through")


def _race(path: Path, number: int) -> dict[str, Any]:
    children = [_forked(lambda: _ingest(path)) for _ in range(number)]
    return {"ends": sorted(os.waitpid(child, 0)[1] >> 8 for child in children)}


def _forked(work: Callable[[], int]) -> int:
    child = os.fork()
    if child == 0:
        try:
            code = work()
        except BaseException:  # noqa: BLE001 (a child must never return into the parent's code)
            code = 99
        os._exit(code)
    return child


def _ingest(path: Path) -> int:
    from monitor.jobs.ingest_issue import Verdict, ingest_file  # noqa: PLC0415 (after setup)

    return list(Verdict).index(ingest_file(path, name=path.name).verdict)


def _ingest_and_die(path: Path, at: int) -> int:
    from django.db import connection as django_connection  # noqa: PLC0415 (after setup)

    connection: Any = django_connection
    sent = 0

    def count_and_die() -> None:
        nonlocal sent
        sent += 1
        if sent == at:
            os.kill(os.getpid(), signal.SIGKILL)

    def execute(execute: Any, *args: Any) -> Any:
        count_and_die()
        return execute(*args)

    commit = connection._commit  # execute wrappers do not see this one statement

    def commit_or_die() -> None:
        count_and_die()
        commit()

    connection._commit = commit_or_die
    with connection.execute_wrapper(execute):
        _ingest(path)
    return ALIVE


def _count_rows() -> int:
    from monitor.library.models import Article, Issue, Periodical  # noqa: PLC0415 (after setup)
    from monitor.library.source_models import Source  # noqa: PLC0415

    return min(98, sum(model.objects.count() for model in (Issue, Periodical, Article, Source)))


if __name__ == "__main__":
    main(*sys.argv[1:])
