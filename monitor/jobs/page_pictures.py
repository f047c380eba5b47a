"""Pictures of pages: drawn from the stored original by the guarded child, after storing, again wherever they lack."""

from __future__ import annotations

import errno
import logging
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F
from procrastinate.contrib.django.models import ProcrastinateJob

from monitor.ingest.guard.drawing import drawn_pages
from monitor.ingest.guard.pictures import Drawing
from monitor.ingest.refusals import Refusal
from monitor.jobs import queue
from monitor.jobs.ingest_issue import reading_limits
from monitor.library.files import keep_picture, original_copy
from monitor.library.models import Issue
from monitor.library.page_pictures import UNDRAWN, WIDTHS, missing_pages, record_pictures

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor.ingest.guard.pictures import DrawnPage

log = logging.getLogger(__name__)

DRAWINGS = tuple(Drawing("webp", width=width) for width in WIDTHS.values())
MOST_ATTEMPTS = 3
MOST_AT_ONCE = 200  # issues that get their job in one round
GONE = "The file it was read from is no longer there, so its pages cannot be drawn."
NOT_FOUND = "It cannot be found in the file, so it has no picture."
GAVE_UP = f"Drawing its pages was cut off {MOST_ATTEMPTS} times."


@dataclass(frozen=True, slots=True)
class Drawn:
    """What became of an issue's pages, for a line of output."""

    issue: Issue
    pages: int  # drawn now
    have: int  # have their pictures
    failures: tuple[str, ...] = ()

    def __str__(self) -> str:
        line = f"{self.issue}: {self.pages} drawn, {self.have} of {self.issue.pages} pages have pictures."
        return " ".join([line, *self.failures[:1]])


def draw_pages(issue_id: int, *, again: bool = False, attempts: int = 0) -> Drawn | None:
    """Draw what an issue lacks, or all of it anew; None where it has no pages to draw. Repeating it changes nothing.

    `attempts` counts the workers that died over this job. OSError where the pictures cannot be kept.
    """
    issue = Issue.objects.filter(pk=issue_id, file_type="pdf").select_related("periodical").first()
    if issue is None:
        return None
    wanted = list(range(1, (issue.pages or 0) + 1)) if again else missing_pages(issue)
    if attempts >= MOST_ATTEMPTS:
        return Drawn(issue, 0, record_pictures(issue=issue, failures=dict.fromkeys(wanted, GAVE_UP)), (GAVE_UP,))
    return _draw(issue, wanted)


def draw_library(*, again: bool = False) -> Iterator[Drawn]:
    """Draw what is missing of every issue, newest first; what became of each, also of those that lack nothing."""
    for pk in Issue.objects.filter(file_type="pdf").order_by("-id").values_list("pk", flat=True):
        drawn = draw_pages(pk, again=again)
        if drawn:
            yield drawn


def take_up_undrawn() -> int:
    """Give every issue that lacks pictures a job, unless its pages could not be drawn; return how many got one."""
    lacking = Issue.objects.filter(file_type="pdf", page_images__lt=F("pages")).exclude(findings__code=UNDRAWN)
    jobs = ProcrastinateJob.objects.filter(task_name=queue.DRAW_PAGES, status__in=["todo", "doing"])
    alive = set(jobs.values_list("args__issue_id", flat=True))
    lost = [pk for pk in lacking.order_by("-id").values_list("pk", flat=True) if pk not in alive][:MOST_AT_ONCE]
    for pk in lost:
        queue.defer_pages(pk)
    return len(lost)


def _draw(issue: Issue, wanted: list[int]) -> Drawn:
    """Draw and keep these pages; whatever goes wrong with them leaves the issue as readable as it was."""
    failures = dict.fromkeys(wanted, NOT_FOUND)
    try:
        for page in _drawn(issue, wanted) if wanted else ():
            if page.pictures:
                _keep(issue, page)
                del failures[page.number]
            else:
                failures[page.number] = page.failure
    except Refusal as refusal:
        if refusal.code == "disk_full":  # says nothing of the file, and the job comes again
            raise OSError(errno.ENOSPC, str(refusal)) from refusal
        failures = dict.fromkeys(wanted, f"Its pages cannot be drawn: {refusal}")
    except FileNotFoundError:
        failures = dict.fromkeys(wanted, GONE)
    for number, why in failures.items():
        log.warning("issue %d, page %d: %s", issue.pk, number, why)
    have = record_pictures(issue=issue, failures=failures)
    return Drawn(issue, len(wanted) - len(failures), have, tuple(failures.values()))


def _keep(issue: Issue, page: DrawnPage) -> None:
    for size, picture in zip(WIDTHS, page.pictures, strict=True):
        keep_picture(issue.sha256, page.number, size, picture.data)


def _drawn(issue: Issue, wanted: list[int]) -> Iterator[DrawnPage]:
    with (
        original_copy(issue.sha256, issue.file_type) as path,
        closing(drawn_pages(path, drawings=DRAWINGS, limits=reading_limits(), pages=wanted)) as pages,
    ):
        yield from pages
