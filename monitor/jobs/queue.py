"""Putting jobs in the queue: through Django's connection, so that a rolled-back transaction takes its jobs along."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

if TYPE_CHECKING:
    from uuid import UUID

    from monitor.jobs.models import Ingest

READ_FILE, RECOGNISE_FILE = "read_file", "recognise_file"
RECOGNISING = "recognising"  # a queue of its own: workers may be kept for it, or kept out of it
OF_FILES = (READ_FILE, RECOGNISE_FILE)
DRAW_PAGES = "draw_pages"
FIND_MENTIONS, SETTLE_ALIKE, LOAD_GAZETTEER = "find_mentions", "settle_alike", "load_gazetteer"
RETAG = "retag"
WRITE_EXPORT = "write_export"
TAG_EVERYWHERE = "tag_everywhere"
AFTER_READING, AFTER_ALL = -10, -20  # what waits to be read goes first


def defer_ingest(ingest: Ingest) -> None:
    """Have a worker do what this file waits for; the same row is never in the hands of two workers at once."""
    scans = ingest.state == ingest.State.RECOGNISING
    task, priority = (RECOGNISE_FILE, AFTER_ALL) if scans else (READ_FILE, 0)
    app.configure_task(task, lock=f"ingest:{ingest.uid}", priority=priority).defer(ingest_id=ingest.pk)


def defer_pages(issue_id: int) -> None:
    """Have a worker draw this issue's pages; a job that waits already is enough."""
    _defer_once(DRAW_PAGES, f"pages:{issue_id}", issue_id=issue_id)


def defer_mentions(issue_id: int) -> None:
    """Have a worker look for actors and regions in this issue; a job that waits already is enough."""
    _defer_once(FIND_MENTIONS, f"mentions:{issue_id}", issue_id=issue_id)


def defer_settling(judgement_id: int) -> None:
    """Have a worker let a judgement on all of a surface count in every article."""
    _defer_once(SETTLE_ALIKE, f"judgement:{judgement_id}", judgement_id=judgement_id)


def defer_retagging(retagging_id: int, *, before: UUID, after: UUID) -> None:
    """Have a worker look through what a change of names concerns; one such change after the other."""
    job = app.configure_task(RETAG, lock=RETAG)
    job.defer(retagging_id=retagging_id, before=str(before), after=str(after))


def defer_tagging(run_id: int) -> None:
    """Have a worker tag all places of a phrase."""
    app.configure_task(TAG_EVERYWHERE, lock=f"tagging:{run_id}").defer(run_id=run_id)


def defer_export(export_id: int) -> None:
    """Have a worker write a file that somebody asked for."""
    app.configure_task(WRITE_EXPORT, lock=f"export:{export_id}", priority=AFTER_READING).defer(export_id=export_id)


def defer_gazetteer() -> None:
    """Have a worker load the gazetteer's files."""
    _defer_once(LOAD_GAZETTEER, LOAD_GAZETTEER)


def _defer_once(task: str, lock: str, **facts: int) -> None:
    job = app.configure_task(task, lock=lock, queueing_lock=lock, priority=AFTER_READING)
    # In a savepoint: the refusal of a second job must not undo what the caller has just stored.
    with suppress(AlreadyEnqueued), transaction.atomic():
        job.defer(**facts)
