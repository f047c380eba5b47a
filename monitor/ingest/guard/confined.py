"""The last step before a foreign program: this process takes its limits upon itself and then becomes the program.

Limits outlive `exec`, so that Tesseract, which cannot be asked to confine itself, runs inside them; there is no
`preexec_fn`, which is unsafe beside threads.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import sys
from typing import Any

from monitor.ingest.guard.limits import Limits, confine_process, end_with_parent

CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000  # linux/sched.h


def main() -> None:
    """Become the program of the one argument; never return."""
    task: dict[str, Any] = json.loads(sys.argv[1])
    leave_network()
    end_with_parent(task["parent"])  # afterwards: new rights would make the system forget it
    confine_process(Limits(**task["limits"]))
    os.execve(task["program"][0], task["program"], task["environment"])  # noqa: S606 (no shell is wanted)


def leave_network() -> None:
    """Move this process to a network of its own, with nobody in it, where the system allows that to anybody."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).unshare(CLONE_NEWUSER | CLONE_NEWNET)
