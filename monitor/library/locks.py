"""Who waits for whom: locks that last as long as a transaction and need no row to stand on."""

from __future__ import annotations

from django.db import connection

# Issues are stored, and outlets joined, one after the other: both may name a new source, or move one.
STORE_LOCK = 0x6D6F6E69746F72  # "monitor"


def lock_storing() -> None:
    """Let no other transaction store an issue or decide on sources until this one ends."""
    _lock(STORE_LOCK)


def lock_file(sha256: str) -> None:
    """Let only one transaction at a time store the file of this digest."""
    _lock(int.from_bytes(bytes.fromhex(sha256)[:8], "big", signed=True))


def _lock(key: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [key])
