"""Jobs of workers that died, and files that lost their job."""

from __future__ import annotations

import asyncio
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector

from monitor.jobs import stalled, tasks
from monitor.jobs.hand_in import hand_in
from monitor.jobs.models import Ingest
from monitor.jobs.queue import READ_FILE
from monitor.jobs.sweeping import forget_old_jobs
from tests.jobs.issue_files import issue_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django import Settings

NOON = 1_700_000_000 // 3600 * 3600.0


@pytest.fixture(autouse=True)
def _own_media(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def no_jobs(transactional_db: None) -> Iterator[None]:
    """Empty the queue's tables, which are not among those that Django empties after a test."""
    ProcrastinateJob.objects.filter().delete()
    yield
    ProcrastinateJob.objects.filter().delete()


def handed_in() -> Ingest:
    return hand_in(file=ContentFile(issue_bytes()), name="tidewater.txt", by=None)


@pytest.mark.parametrize(
    ("task", "seconds"),
    [
        (tasks.scan_watched_folder, 10),
        (tasks.take_up_stalled, 20),
        (tasks.take_up_lost, 20),
        (tasks.take_up_undrawn, 300),
        (tasks.sweep, 3600),
        (tasks.forget_old_jobs, 3600),
    ],
)
def test_periodic_jobs_come_at_even_distances_round_the_clock(task: Any, seconds: int) -> None:
    periodic = app.periodic_registry.periodic_tasks[(task.name, "")]
    times = periodic.croniter
    times.set_current(NOON + 1)
    ends = [times.get_next(float) for _ in range(400)]
    assert {later - earlier for earlier, later in pairwise(ends)} == {float(seconds)}


def _job(*, task: str, status: str, queueing_lock: str | None = None, days_ago: int = 0) -> int:
    """Make a job as the queue itself would have left it, and return its id."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into procrastinate_jobs (queue_name, task_name, lock, queueing_lock, args, status) "
            "values ('default', %s, %s, %s, '{}', %s) returning id",
            [task, queueing_lock, queueing_lock, status],
        )
        job = int(cursor.fetchone()[0])
        # Triggers have written what happened just now.
        cursor.execute(
            "update procrastinate_events set at = at - make_interval(days => %s) where job_id = %s", [days_ago, job]
        )
        cursor.execute(
            "insert into procrastinate_events (job_id, type, at) "
            "values (%s, 'started', now() - make_interval(days => %s))",
            [job, days_ago],
        )
    return job


def take_up() -> int:
    return asyncio.run(_take_up())


async def _take_up() -> int:
    with app.replace_connector(PsycopgConnector(kwargs=connector_params())) as jobs:
        async with jobs.open_async():
            return await stalled.take_up_stalled_jobs(jobs.job_manager)


def statuses() -> dict[int, str]:
    return dict(ProcrastinateJob.objects.values_list("id", "status"))


@pytest.mark.usefixtures("no_jobs")
def test_a_file_whose_worker_died_waits_for_another() -> None:
    job = _job(task=READ_FILE, status="doing")
    assert (take_up(), statuses()) == (1, {job: "todo"})


@pytest.mark.usefixtures("no_jobs")
def test_a_dead_scan_does_not_keep_the_files_of_dead_workers_from_being_taken_up() -> None:
    _job(task="scan_watched_folder", status="doing", queueing_lock="scan_watched_folder")
    next_scan = _job(task="scan_watched_folder", status="todo", queueing_lock="scan_watched_folder")
    file = _job(task=READ_FILE, status="doing")
    assert (take_up(), statuses()) == (2, {next_scan: "todo", file: "todo"})


@pytest.mark.django_db
def test_a_file_that_lost_its_job_gets_another() -> None:
    ingest = handed_in()
    ProcrastinateJob.objects.filter().update(status="failed")
    assert stalled.take_up_lost_files() == 1
    assert list(ProcrastinateJob.objects.filter(status="todo").values_list("args", flat=True)) == [
        {"ingest_id": ingest.pk}
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["todo", "doing"])
def test_a_file_that_has_its_job_gets_no_other(status: str) -> None:
    handed_in()
    ProcrastinateJob.objects.filter().update(status=status)
    assert (stalled.take_up_lost_files(), ProcrastinateJob.objects.count()) == (0, 1)


@pytest.mark.django_db
def test_a_file_that_came_to_its_end_gets_no_other_job() -> None:
    handed_in().finish(Ingest.State.STORED, "Stored.")
    ProcrastinateJob.objects.all().delete()
    assert (stalled.take_up_lost_files(), ProcrastinateJob.objects.count()) == (0, 0)


@pytest.mark.usefixtures("no_jobs")
def test_old_jobs_are_forgotten_and_failed_ones_later() -> None:
    for status, days in [("succeeded", 0), ("succeeded", 2), ("failed", 2), ("failed", 40), ("todo", 40)]:
        _job(task=f"{status} {days}", status=status, days_ago=days)
    asyncio.run(_forget())
    left = ProcrastinateJob.objects.order_by("task_name").values_list("task_name", flat=True)
    assert list(left) == ["failed 2", "succeeded 0", "todo 40"]


async def _forget() -> None:
    with app.replace_connector(PsycopgConnector(kwargs=connector_params())) as jobs:
        async with jobs.open_async():
            await forget_old_jobs(jobs.job_manager)
