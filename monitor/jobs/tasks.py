"""The jobs a worker does. Each may be started again at any moment and then changes nothing twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from procrastinate.contrib.django import app

from monitor.jobs import queue, watched_folder
from monitor.jobs.read_file import read_file as read_one_file
from monitor.jobs.stalled import take_up_stalled_jobs

if TYPE_CHECKING:
    from procrastinate import JobContext


@app.task(name=queue.READ_FILE)
def read_file(ingest_id: int) -> None:
    read_one_file(ingest_id)


@app.periodic(cron="*/20 * * * * *")
@app.task(name="take_up_stalled_jobs", queueing_lock="take_up_stalled_jobs", pass_context=True)
async def take_up_stalled(context: JobContext, timestamp: int) -> None:
    await take_up_stalled_jobs(context.app.job_manager)


@app.periodic(cron="*/10 * * * * *")
@app.task(name="scan_watched_folder", queueing_lock="scan_watched_folder", lock="scan_watched_folder")
def scan_watched_folder(timestamp: int) -> None:
    if settings.INGEST_FOLDER:
        watched_folder.scan(settings.INGEST_FOLDER)
