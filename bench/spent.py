"""Processor time by what spent it: the site's processes, the database's, and this one's. Linux alone tells it."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

PROC = Path("/proc")
TICK = os.sysconf("SC_CLK_TCK")
PARENT, USER, SYSTEM, REAPED_USER, REAPED_SYSTEM = 1, 11, 12, 13, 14  # fields of `stat` after the name


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds that each part had spent at one moment."""

    seconds: dict[str, float]

    @classmethod
    def now(cls) -> Spent:
        stats = _stats()
        server = int(stats[connection.connection.info.backend_pid][PARENT]) if _has_backend(stats) else 0
        return cls(
            {
                "the site (Python)": sum(_seconds(stats, pid) for pid in _children(stats, os.getpid())),
                "the database": _seconds(stats, server),
                "the clients": time.process_time(),
            }
        )

    def since(self) -> dict[str, float]:
        """Return what was spent since then."""
        now = Spent.now().seconds
        return {name: now[name] - seconds for name, seconds in self.seconds.items()}


def _has_backend(stats: dict[int, list[str]]) -> bool:
    connection.ensure_connection()
    return connection.connection.info.backend_pid in stats


def _stats() -> dict[int, list[str]]:
    found = {}
    for folder in PROC.iterdir():
        if folder.name.isdigit():
            with suppress(OSError):  # it ended meanwhile
                found[int(folder.name)] = (folder / "stat").read_text().rpartition(")")[2].split()
    return found


def _children(stats: dict[int, list[str]], parent: int) -> list[int]:
    return [pid for pid, fields in stats.items() if int(fields[PARENT]) == parent]


def _seconds(stats: dict[int, list[str]], pid: int) -> float:
    """Return what a process and all below it spent, those that ended included."""
    if pid not in stats:
        return 0.0
    own = sum(int(stats[pid][field]) for field in (USER, SYSTEM, REAPED_USER, REAPED_SYSTEM)) / TICK
    return own + sum(_seconds(stats, child) for child in _children(stats, pid))
