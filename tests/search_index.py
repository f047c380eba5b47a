"""The search index in tests, whose transactions never end."""

from __future__ import annotations

from django.db import connection


def settle() -> None:
    """Do now what is done at the end of a transaction: the search index follows the tables."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate; set constraints all deferred")
