"""Cursors for statements that the server plans once: what is wrapped round others would change their words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.backends.utils import CursorDebugWrapper, CursorWrapper

from monitor.postgres.slow import note_if_slow

if TYPE_CHECKING:
    from collections.abc import Callable


class _AsItReads:
    """Passes by `execute_wrappers`: history writes each request's own facts before a statement that begins with `with`.

    Who writes with a prepared statement tells history himself (see `annotations.keeping_marks`).
    """

    db: Any

    def _execute_with_wrappers(self, sql: Any, params: Any, many: bool, executor: Callable[..., Any]) -> Any:
        context = {"connection": self.db, "cursor": self}
        if note_if_slow in self.db.execute_wrappers:  # which changes nothing
            return note_if_slow(executor, sql, params, many, context)
        return executor(sql, params, many, context)


class PreparedCursor(_AsItReads, CursorWrapper):
    """A cursor as Django's."""


class LoggedPreparedCursor(_AsItReads, CursorDebugWrapper):
    """One that keeps what it asked, for logs and for tests that count."""
