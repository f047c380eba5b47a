"""What reading one file may cost, and how a process holds itself to it.

The numbers travel to the reading child as JSON; the child confines itself before it imports anything that parses.
"""

from __future__ import annotations

import contextlib
import ctypes
import math
import os
import resource
import signal
import sys
from dataclasses import asdict, dataclass
from typing import Any

MEGABYTE = 1024 * 1024
OPEN_FILES = 64
PR_SET_PDEATHSIG = 1  # linux/prctl.h


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps for one file: sizes in MiB, times in seconds of computing, counts per file unless named otherwise."""

    megabytes: int = 64
    cpu_seconds: float = 20.0
    cpu_per_page: float = 0.2
    memory_megabytes: int = 1024
    pages: int = 2_000
    characters_per_page: int = 200_000
    characters: int = 8_000_000
    answer_megabytes: int = 64
    pixels: int = 40_000_000  # of one picture of a page: A2 at 300 dpi
    picture_megabytes: int = 128  # of one picture: three bytes a pixel, uncompressed
    wall_per_cpu: float = 4.0  # a busy machine may stretch a second of computing this far

    def cpu_for(self, pages: int) -> float:
        """Return the seconds of computing a file of `pages` pages may take."""
        return self.cpu_seconds + self.cpu_per_page * min(max(pages, 0), self.pages)

    def wall_for(self, pages: int) -> float:
        """Return the seconds by the clock after which the parent ends the reading of `pages` pages."""
        return self.wall_per_cpu * self.cpu_for(pages)

    def to_json(self) -> dict[str, Any]:
        """Return the caps as plain data."""
        return asdict(self)


def confine_process(limits: Limits) -> None:
    """Hold this process to `limits`; called before anything is parsed.

    Without privileges a process may only lower its limits, so the hard CPU limit starts at what the longest
    allowed file may need and `allow_pages` later moves the soft one below it.
    """
    os.nice(10)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, 0)
    _lower(resource.RLIMIT_NOFILE, OPEN_FILES)
    _lower(resource.RLIMIT_NPROC, 0)
    _lower(resource.RLIMIT_AS, limits.memory_megabytes * MEGABYTE)
    _lower(resource.RLIMIT_CPU, math.ceil(limits.cpu_for(limits.pages)))
    allow_pages(limits, 0)


def end_with_parent(parent: int) -> None:
    """Have the system kill this process when `parent`, its process id, is gone: nobody would hear the answer.

    Only Linux can be asked for that; elsewhere the CPU limit ends an orphan.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before we could ask
        os._exit(1)


def allow_pages(limits: Limits, pages: int) -> None:
    """Let this process compute for as long as a file of `pages` pages may need."""
    _allow(limits.cpu_for(pages))


def allow_seconds(seconds: float, *, most: float) -> None:
    """Let this process compute for `seconds` from now on, and never for more than `most` in all."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _allow(min(used.ru_utime + used.ru_stime + seconds, most))


def _allow(seconds: float) -> None:
    """Move the soft limit on computing, which needs no privileges below the hard one."""
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = math.ceil(seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def _lower(kind: int, value: int) -> None:
    """Set both limits of `kind`, never above what the system already allows."""
    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    # macOS knows RLIMIT_AS but refuses to set it: there the parent watches the memory alone.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(kind, (value, value))
