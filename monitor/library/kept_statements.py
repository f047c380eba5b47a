"""Statements put together once in a process for each kind of viewer, then run with a person's and an article's keys.

To put a page's statement together takes the ORM several times as long as the database takes to answer it. What is kept
holds nobody's rows: a person and an article stand in it by keys that no row has, and these are parameters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from psycopg.sql import Literal
from psycopg.types.numeric import Int8

from monitor.accounts.models import User

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from monitor.postgres.backend.base import DatabaseWrapper

    Person = User | AnonymousUser

PLACE = re.compile("%[%s]")
BEYOND_KEYS = 2**63
SOMEBODY, SOME_ARTICLE, SOME_MARK = -1_000_003, -1_000_033, -1_000_037  # no row has such keys
STAND_INS = frozenset({SOMEBODY, SOME_ARTICLE, SOME_MARK})


@dataclass(frozen=True, slots=True)
class Viewer:
    """All of a person that may decide how a statement reads; everything else about them must be a parameter."""

    role: str | None  # None for a visitor
    is_active: bool
    is_open: bool  # ANONYMOUS_READ, which `may_read` asks for

    def somebody(self) -> Person:
        """Return a person of this kind, to put a statement together with."""
        if self.role is None:
            return AnonymousUser()
        return User(pk=SOMEBODY, role=self.role, is_active=self.is_active)


@dataclass(frozen=True, slots=True)
class Kept:
    """A statement in SQL with places for keys only, whose keys belong there, and what turns its columns into values."""

    sql: str
    parameters: tuple[int, ...]  # stand-ins, in the order of their places
    conversions: tuple[tuple[int, Any, tuple[Any, ...]], ...]  # position of the column, expression, converters

    def run(self, *, person: Person | None, article: int = 0, mark: int = 0) -> list[tuple[Any, ...]]:
        """Return the rows as `values_list` would; one query, planned once for each connection."""
        meant = {SOMEBODY: _key(person.pk if person else None), SOME_ARTICLE: _key(article), SOME_MARK: _key(mark)}
        backend = cast("DatabaseWrapper", connection)
        with backend.preparing_cursor() as cursor:
            cursor.execute(self.sql, [meant[stand_in] for stand_in in self.parameters])
            return [self._converted(row) for row in cursor.fetchall()]

    def _converted(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        values = list(row)
        for position, expression, converters in self.conversions:
            for convert in converters:
                values[position] = convert(values[position], expression, connection)
        return tuple(values)


def viewer_of(person: Person | None) -> Viewer:
    if not isinstance(person, User):
        return Viewer(role=None, is_active=False, is_open=settings.ANONYMOUS_READ)
    return Viewer(role=person.role, is_active=person.is_active, is_open=settings.ANONYMOUS_READ)


def keep(rows: QuerySet[Any, tuple[Any, ...]]) -> Kept | None:
    """Return the statement of a `values_list`; None where this viewer can see nothing, whatever there is."""
    compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
    try:
        sql, parameters = compiler.as_sql()
    except EmptyResultSet:
        return None
    converters = compiler.get_converters(expression for expression, *_ in compiler.select)
    conversions = tuple((at, expression, tuple(found)) for at, (found, expression) in converters.items())
    return Kept(*_with_places_for_keys(sql, parameters), conversions)


def _key(number: int | None) -> Int8 | None:
    """Return a key as the database writes all of them; an address can hold a number that none can be."""
    if number is None:
        return None
    return Int8(number if abs(number) < BEYOND_KEYS else SOME_ARTICLE)


def _with_places_for_keys(sql: str, parameters: Iterable[Any]) -> tuple[str, tuple[int, ...]]:
    """Write all parameters but the stand-ins into the words: the server then plans with them, and only once."""
    connection.ensure_connection()
    left, keys = iter(parameters), list[int]()

    def written(place: re.Match[str]) -> str:
        if place[0] == "%%":
            return "%%"
        value = next(left)
        if isinstance(value, int) and value in STAND_INS:
            keys.append(value)
            return "%s::bigint"
        return Literal(value).as_string(connection.connection).replace("%", "%%")

    return PLACE.sub(written, sql), tuple(keys)
