"""What this process holds."""

from __future__ import annotations

import os
from pathlib import Path


def own_bytes() -> int:
    """Return this process's resident memory in bytes."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def children(of: int | str = "self") -> list[int]:
    """Return the processes that this one, or another, has started and that still are."""
    tasks = Path(f"/proc/{of}/task").iterdir()
    return [int(pid) for task in tasks for pid in (task / "children").read_text(encoding="ascii").split()]
