"""What this process holds."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def own_bytes() -> int:
    """Return this process's resident memory in bytes."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def children(of: int | str = "self") -> list[int]:
    """Return the processes that this one, or another, has started and that still are."""
    found: list[int] = []
    for task in Path(f"/proc/{of}/task").iterdir():
        with suppress(FileNotFoundError):  # a thread that ended meanwhile
            found += map(int, (task / "children").read_text(encoding="ascii").split())
    return found
