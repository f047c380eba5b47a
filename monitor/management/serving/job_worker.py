"""A job worker that outlives the database's absences and ends within seconds of being told to."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import threading
from contextlib import suppress
from dataclasses import dataclass, field

from django.db import Error as DatabaseError
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import ConnectorException
from procrastinate.psycopg_connector import PsycopgConnector
from psycopg import Error as PsycopgError

from monitor.jobs.apart import apart
from monitor.jobs.stalled import STALLED_AFTER
from monitor.management.serving.worker_rows import BEAT_S, LastingRows

logger = logging.getLogger(__name__)

# How long a running job may go on after a stop; a job that cannot be ended is left for the stalled ones.
GRACE_S = 3.0
HARD_STOP_S = 6.0
LONGEST_PAUSE_S = 3.0  # also how much later than the database the jobs may be back
CONNECT_WAIT_S = 10.0
OUTAGE_LOGGERS = ("procrastinate.worker", "procrastinate.worker.worker", "procrastinate.utils")


@dataclass
class JobWorker:
    """Runs jobs in this process, which must call it in its main thread."""

    _stopping: threading.Event = field(default_factory=threading.Event)
    _loop: asyncio.AbstractEventLoop | None = None
    _session: asyncio.Task[None] | None = None

    def run(self) -> int:
        """Run jobs until a signal or `stop`; return the exit code."""
        apart.is_on = True
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self.stop())
        for name in OUTAGE_LOGGERS:
            logging.getLogger(name).addFilter(_outage_in_one_line)
        rows = LastingRows(app.connector, is_stopping=self._stopping.is_set)
        pause, told = 1.0, ""
        while not self._stopping.is_set():
            try:
                self._wake_database()
                with suppress(asyncio.CancelledError):
                    asyncio.run(self._run_session(rows))
                pause, told = 1.0, ""
            except (DatabaseError, ConnectorException, PsycopgError, OSError) as error:
                why = f"No database for the jobs ({_first_line(error)}); trying again in {pause:.0f} s"
                if why != told:  # an absence of hours is not told every three seconds
                    logger.warning("%s", why)
                pause, told = min(pause * 2, LONGEST_PAUSE_S), why
            finally:
                rows.end_heart()
            # Also after a session that ended by itself: procrastinate gives up quietly when its listener fails.
            self._stopping.wait(pause)
        return 0

    def stop(self) -> None:
        """End the session, and this process at the latest after `HARD_STOP_S` seconds; callable from any thread."""
        if self._stopping.is_set():
            return
        self._stopping.set()
        # A job in a thread cannot be interrupted, and a frozen database cannot be told good-bye.
        hard_stop = threading.Timer(HARD_STOP_S, os._exit, (0,))
        hard_stop.daemon = True
        hard_stop.start()
        if self._loop and self._session:
            with suppress(RuntimeError):  # the loop has just closed
                self._loop.call_soon_threadsafe(self._session.cancel)

    def _wake_database(self) -> None:
        # procrastinate takes the parameters of our connection, not the connection: the server must run by then.
        connection.ensure_connection()
        connection.close()

    async def _run_session(self, rows: LastingRows) -> None:
        connector = PsycopgConnector(
            kwargs=connector_params(), min_size=1, max_size=4, timeout=CONNECT_WAIT_S, name="jobs"
        )
        self._loop = asyncio.get_running_loop()
        self._session = asyncio.current_task()
        if self._stopping.is_set():
            return
        with app.replace_connector(connector) as jobs:
            jobs.job_manager, rows.connector = rows, connector
            async with jobs.open_async():
                await jobs.run_worker_async(
                    install_signal_handlers=False,
                    shutdown_graceful_timeout=GRACE_S,
                    update_heartbeat_interval=BEAT_S,
                    stalled_worker_timeout=STALLED_AFTER,
                )


def _outage_in_one_line(record: logging.LogRecord) -> bool:
    """Take the pages of traceback from what procrastinate says of a database that is away."""
    if record.exc_info and isinstance(record.exc_info[1], ConnectorException):
        record.msg, record.args, record.exc_info = " ".join(record.getMessage().split()), None, None
    return True


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0] or type(error).__name__
