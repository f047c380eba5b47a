"""What web processes and workers count for Prometheus, each in files of its own, which whoever is asked adds up.

Imported only where METRICS is on.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry

__all__ = [
    "all_processes",
    "forget_processes",
    "generate_latest",
    "refusals",
    "request_seconds",
    "round_trips",
    "search_seconds",
    "searches",
]

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
TRIPS = (0, 1, 2, 3, 5, 8, 13, 21, 34, 55)

# prometheus_client looks for the folder when it is imported, not later.
Path(os.environ[VARIABLE]).mkdir(mode=0o700, parents=True, exist_ok=True)

from prometheus_client import Counter, Histogram, generate_latest  # noqa: E402

request_seconds = Histogram(
    "monitor_request_seconds", "Time to answer, by route.", ["route", "method", "status"], buckets=SECONDS
)
round_trips = Histogram(
    "monitor_request_round_trips", "Round trips to the database for one answer, by route.", ["route"], buckets=TRIPS
)
search_seconds = Histogram(
    "monitor_search_seconds", "Time of the search engine, by the shape of the query.", ["shape"], buckets=SECONDS
)
searches = Counter("monitor_searches", "Searches, by the shape of the query and how they ended.", ["shape", "ended"])
refusals = Counter(
    "monitor_refusals", "What was refused, and why: files that are not read, requests.", ["of", "reason"]
)


def all_processes() -> CollectorRegistry:
    """Return a registry that adds up what all web processes of this machine have counted."""
    from prometheus_client import CollectorRegistry  # noqa: PLC0415 - see above
    from prometheus_client.multiprocess import MultiProcessCollector  # noqa: PLC0415

    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry


def forget_processes() -> None:
    """Begin anew, before any of our processes counts: what an earlier start left is not this one's.

    A job worker that was started by itself goes on, and so does what it counts.
    """
    for path in Path(os.environ[VARIABLE]).glob("*.db"):
        pid = int(path.stem.rpartition("_")[2])
        if pid == os.getpid() or not _lives(pid):
            path.unlink(missing_ok=True)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # another user's
        return True
    return True
