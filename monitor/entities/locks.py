"""Who waits for whom among changes of the authority file; the locks end with the transaction."""

from __future__ import annotations

from django.db import connection

# One key for each: the regions' order (no two moves may close a circle together), and the gazetteer's load.
REGIONS = 0x6D6F6E2D726567  # "mon-reg"
LOADING = 0x6D6F6E2D67617A  # "mon-gaz"
JUDGING_ACTORS = 0x6D6F6E2D616374  # "mon-act"


def lock(key: int) -> None:
    """Let no other transaction hold this key until this one ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [key])
