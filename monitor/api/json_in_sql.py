"""Objects of an answer written as JSON by the database itself: a hot list then costs no objects in between."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, F, Func, JSONField, TextField, Value
from django.db.models.functions import Cast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models.expressions import Combinable

MOST_COLUMNS = 50  # a function of PostgreSQL takes a hundred arguments


class JsonObject(Func):
    """An object with these members, in this order."""

    output_field = JSONField()

    def __init__(self, members: Mapping[str, Combinable | str], **options: Any) -> None:
        if len(members) > MOST_COLUMNS:
            raise ValueError(f"An object of {len(members)} members needs two calls.")
        self.names = tuple(members)
        super().__init__(*members.values(), **options)

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **__: Any) -> tuple[str, tuple[Any, ...]]:
        parts: list[str] = []
        given: list[Any] = []
        for name, expression in zip(self.names, self.get_source_expressions(), strict=True):
            sql, parameters = compiler.compile(expression)
            parts.append(f"'{name}', {sql}")
            given += parameters
        return f"json_build_object({', '.join(parts)})", tuple(given)


class Stamp(Func):
    """A moment as answers say it: UTC with microseconds and `Z`; null stays null."""

    template = """to_char(%(expressions)s at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
    output_field = TextField()


class Joined(Func):
    """Texts one after the other; null if any is."""

    arg_joiner = " || "
    template = "(%(expressions)s)"
    output_field = TextField()


def address(before: str, key: str, after: str = "/") -> Joined:
    """Return an address with a column's value in it."""
    return Joined(Value(before, CharField()), Cast(F(key), TextField()), Value(after, CharField()))


def written(members: Mapping[str, Combinable | str]) -> Cast:
    """Return the whole object as text, for `orjson.Fragment`."""
    return Cast(JsonObject(members), TextField())


def each(rows: Any, members: Mapping[str, Combinable | str]) -> ArraySubquery:
    """Return these rows, in their order, as a list of objects within another."""
    return ArraySubquery(rows.values(one=JsonObject(members)))
