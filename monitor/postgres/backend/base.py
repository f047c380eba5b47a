"""Django's PostgreSQL back end with a deadline on every wait, waking the embedded server where there is one."""

from __future__ import annotations

import select
import time
from typing import TYPE_CHECKING, Any

import psycopg
from django.db.backends.postgresql import base, features, operations
from django.db.backends.postgresql.psycopg_any import IsolationLevel
from django.utils.asyncio import async_unsafe

from monitor.postgres.backend.prepared import LoggedPreparedCursor, PreparedCursor
from monitor.postgres.binaries import OLDEST_MAJOR
from monitor.postgres.connection import DeadlineConnection
from monitor.postgres.errors import PostgresError
from monitor.postgres.launcher import launcher_for
from monitor.postgres.patience import current_patience

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

    from monitor.postgres.settings import Embedded


# Of what is prepared (see `preparing_cursor`) one plan does for all keys; left to itself the server would plan statements
# of thirty tables anew each time, which takes it several times as long as to answer them.
PLANNED_ONCE = "-c plan_cache_mode=force_generic_plan"
# How long a connection that answered is believed to be alive as long as its socket stays silent.
BELIEVED_S = 10.0


class DatabaseFeatures(features.DatabaseFeatures):
    """Django checks this at every new connection and says which version it found."""

    minimum_database_version = (OLDEST_MAJOR,)


class DatabaseOperations(operations.DatabaseOperations):
    """Knows statements that the server has planned before: they leave no words behind in their cursor."""

    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> str:
        """Return what was asked, for logs and for tests that count."""
        return super().last_executed_query(cursor, sql, params) or sql


class DatabaseWrapper(base.DatabaseWrapper):
    """What `ENGINE = "monitor.postgres.backend"` names."""

    features_class = DatabaseFeatures
    ops_class = DatabaseOperations
    _answered_at = float("-inf")
    _often: dict[str, psycopg.RawCursor[Any]]

    def get_connection_params(self) -> dict[str, Any]:
        """Add the limits of this process; they hold for the job worker's own connections too."""
        parameters: dict[str, Any] = super().get_connection_params()
        patience = current_patience()
        options = f"{patience.server_options()} {PLANNED_ONCE} {parameters.get('options', '')}".strip()
        return {"connect_timeout": patience.connect_s, **parameters, "options": options}

    def preparing_cursor(self, often: str = "") -> CursorWrapper:
        """Return a cursor whose statements the server plans once for each connection, whatever their parameters are.

        They must read the same every time: parameters that choose between plans belong in the statement's words. Their
        places are `$1`, `$2`, as the server writes them: nothing in a long statement is looked for. For a statement that
        is asked `often`, and answered by little, the cursor is kept with the connection, and with it what it has found
        out of the types in it: take all rows before it is asked again, and leave the cursor open.
        """
        self.validate_thread_sharing()
        self.close_if_health_check_failed()  # it may be a request's first cursor
        self.ensure_connection()
        with self.wrap_database_errors:
            cursor: Any = self._cursor_for(often) if often else psycopg.RawCursor(self.connection)
        # Other cursors put their parameters into the words, and those are never prepared: this is for these alone.
        self.connection.prepare_threshold = 0
        return LoggedPreparedCursor(cursor, self) if self.queries_logged else PreparedCursor(cursor, self)

    def _cursor_for(self, statement: str) -> psycopg.RawCursor[Any]:
        found = self._often.get(statement)
        if found is None or found.closed:
            found = self._often[statement] = psycopg.RawCursor(self.connection)
        return found

    def is_usable(self) -> bool:
        """Ask the server whether it is there, as Django does before a request's first query; but not for each request.

        A server that has gone has closed its end, and that shows in the socket; one that vanished without a word (a
        cable, a frozen machine) shows only when it is asked.
        """
        now = time.monotonic()
        if now - self._answered_at < BELIEVED_S and self._is_silent():
            return True
        usable: bool = super().is_usable()
        self._answered_at = now if usable else float("-inf")
        return usable

    def _is_silent(self) -> bool:
        if self.connection is None or self.connection.closed:
            return False
        looked = select.poll()
        looked.register(self.connection.fileno(), select.POLLIN)
        return not looked.poll(0)

    @async_unsafe
    def get_new_connection(self, conn_params: dict[str, Any]) -> DeadlineConnection:
        """Connect; an embedded server that had died is started again and asked once more."""
        self._answered_at, self._often = float("-inf"), {}
        self.isolation_level = IsolationLevel.READ_COMMITTED
        embedded: Embedded | None = self.settings_dict.get("EMBEDDED")
        if embedded is None:
            return _connect(conn_params)
        launcher = launcher_for(embedded)
        try:
            launcher.wake()
            try:
                return _connect(conn_params)
            except psycopg.errors.ConnectionTimeout:
                raise  # frozen, not dead: a second attempt would only make the page wait longer
            except psycopg.OperationalError:
                launcher.revive(within_s=current_patience().coming_up_s)
                return _connect(conn_params)
        except PostgresError as error:
            raise psycopg.OperationalError(str(error)) from error


def _connect(parameters: dict[str, Any]) -> DeadlineConnection:
    connection = DeadlineConnection.connect(**parameters)
    connection.deadline_s = current_patience().deadline_s
    return connection
