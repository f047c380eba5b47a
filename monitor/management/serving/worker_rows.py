"""The row by which a job worker is known to live: fresh while it works, and never missing between two of its sessions.

procrastinate ends a session when its connections die, and takes the worker's row along. Where the database is back at
once, `/readyz` would miss a worker that is only taking a breath, and a job that outlasts its session would be given to
another worker while it is still at work.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import DatabaseError, InterfaceError, connection
from procrastinate.manager import JobManager

if TYPE_CHECKING:
    from collections.abc import Callable

    from procrastinate.connector import BaseConnector

BEAT_S = 10.0
AGAIN_S = 1.0  # after a beat that did not reach the database
# Another worker may have taken us for dead meanwhile and deleted the row; without it no job could be given to us.
_BEAT = """
    insert into procrastinate_workers (id, last_heartbeat) overriding system value values (%s, now())
    on conflict (id) do update set last_heartbeat = excluded.last_heartbeat"""


class LastingRows(JobManager):
    """The queue's manager for a process that runs one session of a worker after the other.

    A session that ends because the database was away leaves its row; the next one has a row of its own before it takes
    that away. Jobs of the earlier row are then seen to belong to nobody, and are taken up again.
    """

    def __init__(self, connector: BaseConnector, *, is_stopping: Callable[[], bool]) -> None:
        super().__init__(connector=connector)
        self._is_stopping = is_stopping
        self._left: list[int] = []
        self._heart: Heart | None = None

    async def register_worker(self) -> int:
        """Enter a new row, keep it fresh, and take away those of earlier sessions; return its id."""
        worker_id = await super().register_worker()
        self._heart = Heart(worker_id)
        self._heart.begin()
        while self._left:
            await super().unregister_worker(self._left[-1])
            self._left.pop()
        return worker_id

    async def unregister_worker(self, worker_id: int) -> None:
        """Take the row away, if no session is to follow."""
        self.end_heart()
        if self._is_stopping():
            await super().unregister_worker(worker_id)
        else:
            self._left.append(worker_id)

    async def update_heartbeat(self, worker_id: int) -> None:
        """Do nothing: the heart beats by itself, on a connection of its own."""

    def end_heart(self) -> None:
        """Let the row of the session that ends grow old."""
        if self._heart:
            self._heart.end()
            self._heart = None


@dataclass
class Heart:
    """Keeps a worker's row fresh from a thread with a connection of its own, which outlasts the database's absences."""

    worker_id: int
    beat_s: float = BEAT_S
    _ended: threading.Event = field(default_factory=threading.Event)

    def begin(self) -> None:
        # Of a frozen database it waits for an answer; the process may end meanwhile.
        threading.Thread(target=self._beat, name=f"heart of worker {self.worker_id}", daemon=True).start()

    def end(self) -> None:
        """Beat no more; callable from any thread, returns at once."""
        self._ended.set()

    def _beat(self) -> None:
        pause = self.beat_s
        while not self._ended.wait(pause):
            try:
                with connection.cursor() as cursor:
                    cursor.execute(_BEAT, [self.worker_id])
                pause = self.beat_s
            except (DatabaseError, InterfaceError):
                connection.close()
                pause = min(AGAIN_S, self.beat_s)
        connection.close()
