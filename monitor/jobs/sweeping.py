"""What a killed process left behind, and what nobody will ask for again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from monitor.jobs.models import Ingest
from monitor.library.files import sweep_copies, sweep_drafts, sweep_incoming, sweep_pictures
from monitor.library.models import Issue
from monitor.library.recognised_files import sweep_recognised

if TYPE_CHECKING:
    from procrastinate.manager import JobManager

LEFT_BEHIND_AFTER = timedelta(hours=1)  # nothing takes this long between its file and its row
RECOGNISED_WAITS = timedelta(days=7)  # for its issue, once nobody works on it
DONE_FOR_HOURS = 24
FAILED_FOR_HOURS = 24 * 30


async def forget_old_jobs(manager: JobManager) -> None:
    """Delete the queue's own rows of ended jobs: the clock alone makes twelve thousand a day."""
    await manager.delete_old_jobs(DONE_FOR_HOURS)
    await manager.delete_old_jobs(FAILED_FOR_HOURS, include_failed=True, include_cancelled=True, include_aborted=True)


def sweep_leftovers() -> int:
    """Delete what nothing needs any more; return how many files.

    Uploads that no ingest waits for, half-written files, temporary copies, what was recognised in vain, pictures of
    issues that are gone.
    """
    waiting = {str(uid) for uid in Ingest.objects.filter(state__in=Ingest.KEEPS_FILE).values_list("uid", flat=True)}
    return (
        sweep_incoming(kept=waiting, older_than=LEFT_BEHIND_AFTER)
        + sweep_drafts(older_than=LEFT_BEHIND_AFTER)
        + sweep_copies(older_than=LEFT_BEHIND_AFTER)
        + sweep_recognised(older_than=RECOGNISED_WAITS)
        + sweep_pictures(unnamed=_unnamed, older_than=LEFT_BEHIND_AFTER)
    )


def _unnamed(digests: list[str]) -> list[str]:
    named = set(Issue.objects.filter(sha256__in=digests).values_list("sha256", flat=True))
    return [sha256 for sha256 in digests if sha256 not in named]
