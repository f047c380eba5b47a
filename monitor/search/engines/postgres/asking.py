"""Sending search statements: one round trip, a limit on their time, and the planner settings that they need."""

from __future__ import annotations

import json
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Any

from django.db import DEFAULT_DB_ALIAS, OperationalError, connections, transaction
from psycopg import errors

from monitor.postgres.replicas import reading_alias
from monitor.postgres.slow import for_search
from monitor.search.engines.protocol import EngineDown, TooSlow
from monitor.search.engines.shapes import ANNOTATIONS, shape_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor.search.compiled import Compiled
    from monitor.search.engines.postgres.conditions import Sql

ALTOGETHER_S = 1.8
SENTENCE = "This search takes too long. Ask for rarer words, a shorter time, or one periodical."
# Postgres does not reckon with what it costs to unpack a long text's vector, and would read every row of the table.
# Helpers of a statement (parallel workers) would only take the processor from the next one.
PLANNING = (
    "set local enable_seqscan = off; set local jit = off; set local work_mem = '64MB'; set local random_page_cost = 1.1; "
    "set local max_parallel_workers_per_gather = 0; "
)
AS_BEFORE = (
    "set local enable_seqscan to default; set local jit to default; set local work_mem to default; "
    "set local enable_indexscan to default; set local max_parallel_workers_per_gather to default; set local statement_timeout to default"
)
Row = dict[str, Any]
JSONB = 3802  # the type's number in Postgres


class Asking:
    """The statements of one search, which together have a limited time."""

    def __init__(self, seconds: float | None, alias: str = DEFAULT_DB_ALIAS) -> None:
        self._connection = connections[alias]
        self._end = None if seconds is None else monotonic() + seconds

    def begin(self) -> None:
        """Have the limit hold for statements of others, too, within this transaction."""
        limit = self._limit()
        if limit:
            with self._connection.cursor() as cursor:
                cursor.execute(limit)

    def rows(self, *statements: Sql) -> list[Row]:
        """Send statements together and return the first row of each, by the names of its columns."""
        text = PLANNING + self._limit() + "; ".join(statement.text for statement in statements)
        with self._connection.cursor() as cursor:
            cursor.execute(text, [value for statement in statements for value in statement.parameters])
            found = []
            while True:
                if cursor.description:
                    found += [_row(cursor.description, row) for row in cursor.fetchall()]
                if not cursor.nextset():
                    return found

    def _limit(self) -> str:
        if self._end is None:
            return ""
        left = self._end - monotonic()
        if left <= 0:
            raise TooSlow(SENTENCE)
        return f"set local statement_timeout = {max(1, int(left * 1000))}; "


def _row(columns: Any, values: tuple[Any, ...]) -> Row:
    """Return a row by its columns' names; Django has the driver leave JSON as text."""
    return {
        column[0]: json.loads(value) if column[1] == JSONB and isinstance(value, str) else value
        for column, value in zip(columns, values, strict=True)
    }


@contextmanager
def asking(compiled: Compiled | None = None, *, is_limited: bool = True) -> Iterator[Asking]:
    """Ask within a transaction of its own, or within the caller's; raises TooSlow, EngineDown.

    Where the catalogue is read from a replica, so is the index; but not for a query that also asks for annotations.
    """
    shape = shape_of(compiled.tree) if compiled else ""
    alias = DEFAULT_DB_ALIAS if ANNOTATIONS in shape else reading_alias()
    connection = connections[alias]
    inside = connection.in_atomic_block
    try:
        with for_search(shape), transaction.atomic(using=alias):
            yield Asking(ALTOGETHER_S if is_limited else None, alias)
            if inside:  # what is set so would hold until the caller's transaction ends
                with connection.cursor() as cursor:
                    cursor.execute(AS_BEFORE)
    except OperationalError as error:
        if isinstance(error.__cause__, errors.QueryCanceled):
            raise TooSlow(SENTENCE) from error
        if inside or alias != DEFAULT_DB_ALIAS:  # the primary may know better (see `library.replicas`)
            raise
        raise EngineDown("The search index does not answer at the moment.") from error
