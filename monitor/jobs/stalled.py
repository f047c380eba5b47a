"""Work that nobody does any more: jobs whose worker died, and files whose job is gone."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Status

from monitor.jobs import queue
from monitor.jobs.models import Ingest

if TYPE_CHECKING:
    from procrastinate.jobs import Job
    from procrastinate.manager import JobManager

log = logging.getLogger(__name__)

STALLED_AFTER = 30  # seconds without a heartbeat of the worker: it is dead, and its jobs are given to others


async def take_up_stalled_jobs(manager: JobManager) -> int:
    """See to every job of a dead worker; return how many. The job itself counts its attempts."""
    stalled = list(await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER))
    for job in stalled:
        try:
            await _take_up(manager, job)
        except ConnectorException as error:
            # Another worker may have been quicker with this one; the others still wait for us.
            log.warning("job %s (%s) could not be taken up: %s", job.id, job.task_name, error)
    return len(stalled)


async def _take_up(manager: JobManager, job: Job) -> None:
    if job.queueing_lock and job.task_name != queue.DRAW_PAGES:
        # It comes again by the clock, and the next one may be waiting under the same queueing lock already.
        await _forget(manager, job)
        return
    log.warning("job %s (%s) lost its worker and is taken up again", job.id, job.task_name)
    try:
        await manager.retry_job(job)
    except UniqueViolation:
        await _forget(manager, job)


async def _forget(manager: JobManager, job: Job) -> None:
    if job.id:
        await manager.finish_job_by_id_async(job_id=job.id, status=Status.FAILED, delete_job=True)


def take_up_lost_files() -> int:
    """Give every open file without a job a new one; return how many. A job is lost when it ends by an error."""
    # Files first: a job that ends in between closes its file, and a job for a closed file does nothing.
    files = list(Ingest.objects.filter(state__in=Ingest.OPEN))
    jobs = ProcrastinateJob.objects.filter(task_name__in=queue.OF_FILES, status__in=["todo", "doing"])
    alive = set(jobs.values_list("args__ingest_id", flat=True)) if files else set()
    lost = [ingest for ingest in files if ingest.pk not in alive]
    for ingest in lost:
        log.warning("%s lost its job and gets another", ingest.file_name)
        queue.defer_ingest(ingest)
    return len(lost)
