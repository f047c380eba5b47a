"""File locks between processes: one for starting and stopping the server, one that each user of the server shares.

A lock belongs to the open file, so the kernel lets go of it however its process ends. A forked child shares the
open file with its parent and must close its copy and take a lock of its own.
"""

from __future__ import annotations

import fcntl
import os
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from monitor.postgres.errors import PostgresError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RETRY_S = 0.02


class FileLock:
    """A lock file held open; closing it lets go of the lock."""

    def __init__(self, path: Path) -> None:
        try:
            self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except PermissionError as error:
            raise PostgresError(
                f"{path} belongs to another user; start Monitor as the user who started it first."
            ) from error

    def share(self) -> None:
        fcntl.flock(self._descriptor, fcntl.LOCK_SH)

    def try_to_share(self) -> bool:
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def own(self) -> None:
        """Wait until nobody else holds the lock in any way."""
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)

    def try_to_own(self) -> bool:
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def close(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


@contextmanager
def alone(path: Path, *, within_s: float) -> Iterator[None]:
    """Hold the lock file `path` for the block; PostgresError when others keep it for longer than `within_s` seconds."""
    lock = FileLock(path)
    try:
        end = time.monotonic() + within_s
        while not lock.try_to_own():
            if time.monotonic() > end:
                raise PostgresError(f"Another process has held {path} for {within_s:.0f} s; it may be stuck.")
            time.sleep(RETRY_S)
        yield
    finally:
        lock.close()
