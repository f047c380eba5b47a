"""One process's hold on the embedded server: it runs while anybody holds it and stops with the last to let go.

Two files keep the processes in step. `start.lock` is held while the server is made, started or stopped;
`users.lock` is shared by every process that uses it, so whoever can own it alone is the last. A user that is killed
cannot stop anything: the `keeper`, a small process of its own, waits for that case.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.postgres.binaries import clean_environment
from monitor.postgres.cluster import Cluster
from monitor.postgres.errors import PostgresError
from monitor.postgres.locks import FileLock, alone

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from monitor.postgres.settings import Embedded

ROOT = Path(__file__).resolve().parents[2]
# Making a cluster takes a second or two, recovery after a crash may take longer.
START_WAIT_S = 90.0
KEEPER_GONE_S = 10.0
# It forks at once, so that the keeper is nobody's child: nobody has to collect it when it ends.
KEEPER_PROGRAM = """
import os, sys
if os.fork():
    os._exit(0)
sys.path.insert(0, sys.argv.pop(1))
from monitor.postgres.keeper import main
main(*sys.argv[1:])
"""


class Launcher:
    """Wakes one cluster's server and holds it for this process."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._folder = cluster.place.folder
        self._hold: FileLock | None = None
        self._threads = threading.Lock()

    @property
    def bin_folder(self) -> Path:
        """Where psql, pg_dump and the others of the server's version are."""
        return self._cluster.binaries.folder

    def wake(self) -> None:
        """Make the server run, creating the cluster the first time, and hold it until this process ends."""
        if self._hold:
            return
        with self._threads:
            if self._hold:
                return
            self._cluster.make_folder()
            with start_lock(self._cluster):
                if not self._cluster.is_listening():
                    self._cluster.prepare()
                    self._cluster.start()
                self._hold = FileLock(self._folder / "users.lock")
                self._hold.share()
                if not _is_locked(self._folder / "keeper.lock"):
                    self._start_keeper()
            atexit.register(self.release)

    def revive(self, *, within_s: float) -> None:
        """Start the server again if it died; wait so long for one that is just coming up, which somebody else is at."""
        with start_lock(self._cluster, within_s=within_s):
            if not self._cluster.is_listening():
                self._cluster.prepare()
                self._cluster.start()
        end = time.monotonic() + within_s
        while not self._cluster.is_ready() and time.monotonic() < end:
            time.sleep(0.1)

    def release(self) -> None:
        """Let go; the last process that lets go stops the server and sees its keeper off."""
        hold, self._hold = self._hold, None
        if hold is None:
            return
        hold.close()
        if not self._folder.exists():  # a test or a person has removed it, server and all
            return
        with start_lock(self._cluster):
            stopped = stop_if_unused(self._cluster)
        if stopped:
            self._see_keeper_off()

    def _see_keeper_off(self) -> None:
        """Wait until it has ended: a person who stops the site and looks at the processes should find none."""
        end = time.monotonic() + KEEPER_GONE_S
        while _is_locked(self._folder / "keeper.lock") and time.monotonic() < end:
            time.sleep(0.01)
        # Its last lock goes with the process itself; a keeper that cannot go on may not keep us, too.
        with suppress(PostgresError), start_lock(self._cluster, within_s=KEEPER_GONE_S):
            pass

    def forget(self) -> None:
        """Drop the hold that a forked child shares with its parent; the child takes its own at its first connection."""
        self._threads = threading.Lock()
        if self._hold:
            self._hold.close()
            self._hold = None

    def _start_keeper(self) -> None:
        place = self._cluster.place
        arguments = [
            str(place.folder),
            str(place.socket_folder),
            place.run_as or "",
            str(self._cluster.binaries.folder),
        ]
        subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-I", "-S", "-c", KEEPER_PROGRAM, str(ROOT), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
            cwd="/",
            env=clean_environment(),
            # It looks after the server for others too, so our terminal's Ctrl-C must not end it.
            start_new_session=True,
        )


def start_lock(cluster: Cluster, *, within_s: float = START_WAIT_S) -> AbstractContextManager[None]:
    """Keep every other process from making, starting or stopping this cluster's server."""
    return alone(cluster.place.folder / "start.lock", within_s=within_s)


def stop_if_unused(cluster: Cluster) -> bool:
    """Stop the server if no process holds it, and tell whether that is so; call it under `start_lock`."""
    users = FileLock(cluster.place.folder / "users.lock")
    try:
        while not users.try_to_own():
            if users.try_to_share():
                return False
            # Nobody uses it: its keeper has just seen the last one go, and lets go of the lock at once.
            time.sleep(0.001)
        if cluster.is_listening():
            cluster.stop()
        return True
    finally:
        users.close()


def launcher_for(embedded: Embedded) -> Launcher:
    """Return this process's launcher of that cluster."""
    return _launcher(Cluster(embedded.place, durable=embedded.durable, bin_folder=embedded.bin_folder))


@cache
def _launcher(cluster: Cluster) -> Launcher:
    launcher = Launcher(cluster)
    os.register_at_fork(after_in_child=launcher.forget)
    return launcher


def _is_locked(path: Path) -> bool:
    lock = FileLock(path)
    try:
        return not lock.try_to_own()
    finally:
        lock.close()
