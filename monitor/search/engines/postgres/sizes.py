"""How large the index is, about: the planner's own estimate, asked once a minute."""

from __future__ import annotations

from time import monotonic

from django.db import connections

from monitor.postgres.replicas import reading_alias

KEPT_S = 60.0
_known: tuple[float, int] = (-KEPT_S, 0)


def size_of_index() -> int:
    """Return about how many articles there are; 0 as long as nobody has estimated it."""
    global _known  # noqa: PLW0603 - one number for the process
    asked, size = _known
    if monotonic() - asked >= KEPT_S:
        with connections[reading_alias()].cursor() as cursor:
            cursor.execute("select reltuples::bigint from pg_class where oid = 'monitor_searchrow'::regclass")
            size = max(0, int(cursor.fetchone()[0]))
        _known = (monotonic(), size)
    return size
