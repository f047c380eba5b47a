"""A small process that stops the embedded server when its last user was killed and could not do it.

It imports no Django, sleeps in the kernel until nobody holds the server, and ends when the server has. Whoever let go
last waits for that, so it ends at once, and the start lock, which goes with its process, says that it has.
`launcher` starts it.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

from monitor.postgres.cluster import Cluster
from monitor.postgres.launcher import start_lock, stop_if_unused
from monitor.postgres.locks import FileLock
from monitor.postgres.place import Place

LOOKS, LOOK_AGAIN_S = 10, 0.02


def main(folder: str, socket_folder: str, run_as: str, bin_folder: str) -> None:
    """Wait for the last user of the server in `folder` to go, then stop it."""
    cluster = Cluster(Place(Path(folder), Path(socket_folder), run_as or None), bin_folder=bin_folder)
    only_keeper = FileLock(cluster.place.folder / "keeper.lock")
    if not _becomes_the_only_one(only_keeper):
        return
    while True:
        users = FileLock(cluster.place.folder / "users.lock")
        users.own()
        # Let go before taking the start lock: whoever starts a server takes the two in the other order.
        users.close()
        with start_lock(cluster):
            if stop_if_unused(cluster):
                # Still under the start lock: the next to start the server must see that this keeper is leaving.
                only_keeper.close()
                os._exit(0)


def _becomes_the_only_one(only_keeper: FileLock) -> bool:
    """Take the keeper's lock. Who looks whether there is a keeper holds it for a moment: that is not one."""
    for _ in range(LOOKS):
        if only_keeper.try_to_own():
            return True
        time.sleep(LOOK_AGAIN_S)
    return False
