"""PostgreSQL's words for errors that are met with more than a sentence."""

from __future__ import annotations

READ_ONLY = "25006"


def only_reads(error: BaseException) -> bool:
    """Return whether a statement failed because the database, or its transaction, only reads."""
    return getattr(error.__cause__, "sqlstate", None) == READ_ONLY
