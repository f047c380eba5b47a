"""Storing a read issue, against the reading it follows."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SAMPLES = sorted((Path(__file__).resolve().parents[1] / "samples").glob("*.pdf"))


def report() -> Iterator[str]:
    """Use a cluster of its own, which goes with the folder it lies in."""
    with tempfile.TemporaryDirectory(prefix="monitor-bench-") as var:
        os.environ.update(DJANGO_SETTINGS_MODULE="monitor.settings", MONITOR_VAR=var)
        yield from _rows()


def _rows() -> Iterator[str]:
    import django  # noqa: PLC0415 (after the environment is set)
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0)
    from monitor.ingest.guard.limits import Limits  # noqa: PLC0415
    from monitor.ingest.guard.sandbox import inspect_file, read_guarded  # noqa: PLC0415
    from monitor.library.importing import FileFacts, store_issue  # noqa: PLC0415

    yield "Seconds by the clock, one after the other.\n"
    yield "| file | read | store | store / read |\n|---|---|---|---|"
    for path in SAMPLES:
        started = time.perf_counter()
        document = read_guarded(path, name=path.name, limits=Limits())
        read = time.perf_counter()
        seen = inspect_file(path, name=path.name, limits=Limits())
        store_issue(document=document, file=FileFacts(seen.sha256, path.name, "pdf", seen.size))
        stored = time.perf_counter()
        yield f"| {path.name} | {read - started:.2f} | {stored - read:.2f} | {(stored - read) / (read - started):.2f} |"
    from django.db import connections  # noqa: PLC0415

    connections.close_all()
