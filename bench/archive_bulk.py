"""Bringing a large archive in: by COPY without triggers, indexes afterwards, words by a process for each processor."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from itertools import pairwise
from typing import TYPE_CHECKING

from django.db import connection

from bench.archive import TABLES, fill
from bench.own_site import ROOT
from monitor.library.models import Article
from monitor.search.indexing import index_articles

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from bench.archive import Plan

AT_ONCE = 500  # articles whose words are made in one transaction
SEARCHED = ("searchrow", "searchpiece")
# Those that no constraint needs.
INDEXES = """
select i.relname, pg_get_indexdef(x.indexrelid) from pg_index x
join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
where t.relname = any(%s) and not x.indisunique
    and not exists (select from pg_constraint c where c.conindid = x.indexrelid)
"""


def fill_in_bulk(plan: Plan) -> None:
    """Copy an archive into an empty site. Only a superuser of the database may leave triggers out."""
    with without_indexes(TABLES), connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        for _so_far in fill(plan):
            pass
        cursor.execute("set session_replication_role = origin")


def index_in_bulk() -> None:
    """Make every article findable, in as many processes as there are processors."""
    keys = list(Article.objects.order_by("pk").values_list("pk", flat=True))
    parts = max(1, min(os.cpu_count() or 1, len(keys) // AT_ONCE))
    with without_indexes(SEARCHED):
        edges = [keys[len(keys) * n // parts] for n in range(parts)] + [keys[-1] + 1]
        command = [sys.executable, "-m", "bench.archive_indexing"]
        started = [subprocess.Popen([*command, str(one), str(other)], cwd=ROOT) for one, other in pairwise(edges)]  # noqa: S603
        ended = [process.wait() for process in started]
        if any(ended):
            raise RuntimeError("Indexing did not end well.")


@contextmanager
def without_indexes(tables: Collection[str]) -> Iterator[None]:
    """Take the indexes of these tables away, and make them anew at the end."""
    with connection.cursor() as cursor:
        cursor.execute(INDEXES, [[f"monitor_{table}" for table in tables]])
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f'drop index "{name}"')
        yield
        cursor.execute("set maintenance_work_mem = '1GB'; set max_parallel_maintenance_workers = 2")
        for _, definition in indexes:
            cursor.execute(definition)
        cursor.execute("reset maintenance_work_mem; reset max_parallel_maintenance_workers; analyze")


def index_between(first: int, last: int) -> None:
    """Make the words of the articles from one key to before another."""
    keys = list(Article.objects.filter(pk__gte=first, pk__lt=last).order_by("pk").values_list("pk", flat=True))
    for done, begin in enumerate(range(0, len(keys), AT_ONCE)):
        index_articles(keys[begin : begin + AT_ONCE])
        if done.bit_count() == 1:  # after 2, 3, 5, 9, ... of them
            # Nobody else tells the planner that the table grows: it would go on reading all of it for each transaction.
            with connection.cursor() as cursor:
                cursor.execute("analyze monitor_searchrow")
