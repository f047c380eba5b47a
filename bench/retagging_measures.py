"""The measures of `bench.retagging`. Django must be set up before this is imported.

From the moment in which a curator's change of a name is written until the worker has said that the last article is
looked through: the job's way through the queue, making the recogniser, finding the articles, reading and storing them.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from bench.copied_archive import copy_archive, settle_tables, store_originals
from bench.goals import of_rounds
from monitor.accounts.models import User
from monitor.entities.gazetteer_models import Retagging
from monitor.entities.loading import load_files
from monitor.entities.mention_models import Mention
from monitor.entities.models import Actor, ActorAlias
from monitor.entities.naming import add_alias, retire_alias
from monitor.jobs.find_mentions import find_mentions, take_up_unrecognised

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ISSUES, COPIES = 50, 199  # of ten articles each, and how often they are copied
PLANTED = ("Varrow Column", "VCX", "Tidewater Wing")  # names that nobody has yet
TOUCHED = 5  # originals that print each of them
LONGEST_S = 300
LIMIT_S = 30  # from the click to the last article
ACTOR = "wagner-group"


def report(var: Path) -> Iterator[str]:
    call_command("migrate", verbosity=0)
    load_files()
    planted = [name for name in PLANTED for _ in range(TOUCHED)]
    for key in store_originals(ISSUES, planted):
        find_mentions(key)
    articles = copy_archive(COPIES)
    settle_tables()
    mentions, curator = Mention.objects.count(), User.objects.create_user("curator", role="curator")
    yield f"{articles:,} articles, {mentions:,} mentions. Seconds from a change of a name until the last article is done.\n"
    yield "| change | articles looked through | changed | seconds | of the worker's processor |"
    yield "|---|---|---|---|---|"
    owner = Actor.objects.get(slug=ACTOR)
    seconds: list[float] = []
    with worker(var) as pid:
        for what, name in zip(("by a worker that has just begun", "an acronym", "another name"), PLANTED, strict=True):
            row, took = _row(f"added, {what}", partial(add_alias, text=name, by=curator, actor=owner, sort="name"), pid)
            yield row
            seconds.append(took)
        alias = ActorAlias.objects.get(text=PLANTED[-1])
        row, took = _row("taken out", partial(retire_alias, alias=alias, by=curator), pid)
        yield row
    yield ""
    yield str(of_rounds("a changed name in 1,000 of 100,000 articles", [*seconds, took], LIMIT_S, unit="s"))
    yield f"Articles that are behind afterwards: {behind()}."
    connections.close_all()


def _row(what: str, change: Callable[[], object], worker: int) -> tuple[str, float]:
    began, processor = time.perf_counter(), _processor(worker)
    change()
    done = _finished(began + LONGEST_S)
    seconds, processor = time.perf_counter() - began, _processor(worker) - processor
    return f"| {what} | {done.articles:,} | {done.changed:,} | {seconds:.1f} | {processor:.1f} |", seconds


def _processor(pid: int) -> float:
    """Return the seconds of processor that a process has had, by what the kernel says of it."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _finished(give_up: float) -> Retagging:
    while True:
        newest = Retagging.objects.latest("pk")
        if newest.finished or time.perf_counter() > give_up:
            return newest
        time.sleep(0.05)


def behind() -> int:
    """Return how many issues would still get a job."""
    return take_up_unrecognised()


@contextmanager
def worker(var: Path) -> Iterator[int]:
    """Run a job worker as the site does, and give its process."""
    command = [sys.executable, "manage.py", "worker"]
    with (var / "worker.log").open("wb") as log, subprocess.Popen(command, cwd=settings.BASE_DIR, stderr=log) as one:  # noqa: S603
        try:
            yield one.pid
        finally:
            one.terminate()
