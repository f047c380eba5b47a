"""What is asked of the database when somebody asks for metrics: jobs and their age, files by state, connections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection

from monitor.jobs.stalled import STALLED_AFTER
from monitor.library.replicas import standings

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Measure:
    """A name of Prometheus, what it means, its labels' names, and its values by what the labels say."""

    name: str
    says: str
    labels: tuple[str, ...]
    values: tuple[tuple[tuple[str, ...], float], ...]


_JOBS = ("monitor_jobs", "Jobs by queue and status.", ("queue", "status"))
_AGE = ("monitor_oldest_job_seconds", "How long the oldest job that might be done waits.", ("queue",))
_WORKERS = ("monitor_workers", f"Job workers that gave a sign of life within {STALLED_AFTER} seconds.", ())
_FILES = ("monitor_files", "Files handed in, by what became of them.", ("state",))
_CONNECTIONS = ("monitor_database_connections", "Connections to the database, by what they do.", ("state",))

# Each gives its labels and at last its value.
QUERIES: tuple[tuple[tuple[str, str, tuple[str, ...]], str], ...] = (
    (_JOBS, "select queue_name, status::text, count(*) from procrastinate_jobs group by 1, 2 order by 1, 2"),
    (
        _AGE,
        """
        select job.queue_name, extract(epoch from max(now() - greatest(event.at, job.scheduled_at)))
        from procrastinate_jobs job join procrastinate_events event on event.job_id = job.id and event.type = 'deferred'
        where job.status = 'todo' and (job.scheduled_at is null or job.scheduled_at <= now())
        group by 1 order by 1""",
    ),
    (
        _WORKERS,
        f"select count(*) from procrastinate_workers where last_heartbeat > now() - interval '{STALLED_AFTER} seconds'",  # noqa: S608
    ),
    (_FILES, "select state, count(*) from monitor_ingest group by 1 order by 1"),
    (
        _CONNECTIONS,
        """
        select coalesce(state, 'none'), count(*) from pg_stat_activity where datname = current_database()
        group by 1 order by 1""",
    ),
)


_UP = ("monitor_replica_up", "Whether a replica answers and follows the primary.", ("replica",))
_BEHIND = ("monitor_replica_behind_seconds", "How far a replica is behind the primary.", ("replica",))


def measures() -> Iterator[Measure]:
    """Yield what can be measured now; one statement each."""
    with connection.cursor() as cursor:
        for facts, query in QUERIES:
            cursor.execute(query)
            rows = cursor.fetchall()
            yield Measure(*facts, tuple((tuple(str(label) for label in row[:-1]), float(row[-1])) for row in rows))
    if settings.REPLICAS:
        yield from _replicas()


def _replicas() -> Iterator[Measure]:
    found = list(standings(list(settings.REPLICAS)))
    yield Measure(*_UP, tuple(((one.alias,), float(one.is_up)) for one in found))
    yield Measure(*_BEHIND, tuple(((one.alias,), one.behind_s) for one in found if one.is_up))
