"""Timing two things in turn, so that a busy moment meets both."""

from __future__ import annotations

import time
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 5


def cpu_seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def ratio(
    ours: Callable[[], object], baseline: Callable[[], object], *, rounds: int = ROUNDS
) -> tuple[float, float, float]:
    """Return median, least and greatest ratio of CPU seconds, ours to the baseline's, over interleaved rounds."""
    ratios = []
    for number in range(rounds):
        if number % 2:
            theirs, own = cpu_seconds(baseline), cpu_seconds(ours)
        else:
            own, theirs = cpu_seconds(ours), cpu_seconds(baseline)
        ratios.append(own / theirs)
    return median(ratios), min(ratios), max(ratios)
