"""Jobs whose worker died: taken up again by whoever works now."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from procrastinate.manager import JobManager

log = logging.getLogger(__name__)

STALLED_AFTER = 30  # seconds without a heartbeat of the worker


async def take_up_stalled_jobs(manager: JobManager) -> int:
    """Put every job of a dead worker back in the queue; return how many. The job itself counts its attempts."""
    stalled = list(await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER))
    for job in stalled:
        log.warning("job %s (%s) lost its worker and is taken up again", job.id, job.task_name)
        await manager.retry_job(job)
    return len(stalled)
