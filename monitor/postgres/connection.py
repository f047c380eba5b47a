"""A connection that stops waiting: a frozen server accepts connections and never answers, and no limit of its own fires."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import psycopg
from psycopg import errors

from monitor.postgres.patience import WORK

if TYPE_CHECKING:
    from psycopg.abc import PQGen

Result = TypeVar("Result")
# How often a wait looks for Ctrl-C, as psycopg itself does.
INTERVAL_S = 0.1


class DeadlineConnection(psycopg.Connection[Any]):
    """A psycopg connection that is closed when one wait takes longer than `deadline_s` seconds."""

    deadline_s: float = WORK.deadline_s
    round_trips = 0  # how often it was waited on so far

    def wait(self, gen: PQGen[Result], interval: float = INTERVAL_S, timeout: float | None = None) -> Result:
        """Wait as psycopg does, the one place all its waiting passes; OperationalError after the deadline.

        A caller that brings a timeout of its own (listening for notifications) handles its end itself.
        """
        if timeout is not None:
            return super().wait(gen, interval, timeout)
        self.round_trips += 1
        try:
            return super().wait(gen, interval, self.deadline_s)
        except errors._WaitTimeout as error:  # noqa: SLF001 - psycopg 3.3 has no public name for it
            # In the middle of an answer that may still come, so nothing more can be said on this connection.
            self.pgconn.finish()
            raise psycopg.OperationalError(f"the database has not answered for {self.deadline_s:g} s") from error
