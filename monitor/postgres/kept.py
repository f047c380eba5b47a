"""Statements put together once in a process and planned once for each connection, then run with other keys.

To put a page's statement together takes the ORM several times as long as the database takes to answer it. What is kept
holds nobody's rows: it is made with stand-ins that no row has, and these become parameters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections
from psycopg.sql import Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.db.models import QuerySet

    from monitor.postgres.backend.base import DatabaseWrapper

PLACE = re.compile("%[%s]")


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement in SQL with places for stand-ins only, which belong where, and what turns columns into values."""

    sql: str
    parameters: tuple[int | str, ...]  # stand-ins: `$1` is the first of them
    conversions: tuple[tuple[int, Any, tuple[Any, ...]], ...]  # position of the column, expression, converters

    def rows(self, meant: Mapping[Any, Any], *, often: bool = False) -> list[tuple[Any, ...]]:
        """Return the rows as `values_list` would, with what is meant by each stand-in; one query.

        `often`: it is asked with nearly every request, and answered by little (see `preparing_cursor`).
        """
        backend = cast("DatabaseWrapper", connections[DEFAULT_DB_ALIAS])
        cursor = backend.preparing_cursor(self.sql if often else "")
        cursor.execute(self.sql, [meant[stand_in] for stand_in in self.parameters])
        return [self._converted(row, backend) for row in cursor.fetchall()]

    def _converted(self, row: tuple[Any, ...], backend: DatabaseWrapper) -> tuple[Any, ...]:
        values = list(row)
        for position, expression, converters in self.conversions:
            for convert in converters:
                values[position] = convert(values[position], expression, backend)
        return tuple(values)


def statement_of(rows: QuerySet[Any, tuple[Any, ...]], stand_ins: Mapping[Any, str]) -> Statement | None:
    """Return the statement of a `values_list` made with these stand-ins, each with its type in SQL.

    None where the ORM knows that there can be no row. A stand-in must be a value that nothing else in it has.
    """
    compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
    try:
        sql, parameters = compiler.as_sql()
    except EmptyResultSet:
        return None
    converters = compiler.get_converters(expression for expression, *_ in compiler.select)
    conversions = tuple((at, expression, tuple(found)) for at, (found, expression) in converters.items())
    return Statement(*_with_places(sql, parameters, stand_ins), conversions)


def _with_places(
    sql: str, parameters: Iterable[Any], stand_ins: Mapping[Any, str]
) -> tuple[str, tuple[int | str, ...]]:
    """Write all parameters but the stand-ins into the words: the server then plans with them, and only once."""
    connection.ensure_connection()
    left, found = iter(parameters), dict[int | str, int]()

    def written(place: re.Match[str]) -> str:
        if place[0] == "%%":
            return "%"
        value = next(left)
        if isinstance(value, int | str) and value in stand_ins:
            return f"${found.setdefault(value, len(found) + 1)}::{stand_ins[value]}"
        return Literal(value).as_string(connection.connection)

    return PLACE.sub(written, sql), tuple(found)
