"""What can go wrong with the embedded server, told to the person at the keyboard."""

from __future__ import annotations


class PostgresError(RuntimeError):
    """The embedded server cannot be found, made or started; the message says what to do."""
