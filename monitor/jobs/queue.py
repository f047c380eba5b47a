"""Putting jobs in the queue: through Django's connection, so that a rolled-back transaction takes its jobs along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from procrastinate.contrib.django import app

if TYPE_CHECKING:
    from monitor.jobs.models import Ingest

READ_FILE = "read_file"


def defer_ingest(ingest: Ingest) -> None:
    """Have a worker read this file; the same row is never read by two workers at once."""
    app.configure_task(READ_FILE, lock=f"ingest:{ingest.uid}").defer(ingest_id=ingest.pk)
