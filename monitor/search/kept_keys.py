"""Statements about many rows that are put together once for each kind of viewer: the rows' keys go as arrays.

What is put together with these stand-ins is kept by `postgres.kept`, which makes parameters of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import BooleanField, Func, Value
from psycopg.types.numeric import Int8

from monitor.library.kept_statements import STAND_INS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models.expressions import Combinable

    from monitor.postgres.kept import Statement

# Each stands for an array of keys; no row has such a number.
ARTICLES, ACTORS, REGIONS, TAGS = -1_000_039, -1_000_081, -1_000_099, -1_000_117
NAMED = {name: -1_000_121 - number for number, name in enumerate(("actor", "region", "author", "source", "periodical"))}
PLACES = STAND_INS | dict.fromkeys((ARTICLES, ACTORS, REGIONS, TAGS, *NAMED.values()), "bigint[]")


class AmongThose(Func):
    """Whether a number is one of those that a stand-in means."""

    template = "(%(expressions)s))"
    arg_joiner = " = ANY("
    output_field = BooleanField()

    def __init__(self, number: Combinable, stand_in: int) -> None:
        super().__init__(number, Value(stand_in))


def keys(numbers: Iterable[int]) -> list[Any]:
    """Return keys as the database writes all of them: a statement is planned for one type."""
    return [Int8(number) for number in numbers]


def rows_of(statement: Statement, meant: dict[int, Any]) -> list[tuple[Any, ...]]:
    """Return a kept statement's rows, of nothing where a stand-in is not told of."""
    return statement.rows({stand_in: meant.get(int(stand_in), []) for stand_in in statement.parameters})
