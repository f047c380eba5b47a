"""The back end of a replica: our own, whose cursors send to the primary what names more than the catalogue."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

from monitor.postgres.backend import base

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

WORD = re.compile(r"\w+")


@cache
def _other_tables() -> frozenset[str]:
    models = apps.get_models(include_auto_created=True)
    return frozenset(model._meta.db_table for model in models) - settings.CATALOGUE_TABLES  # noqa: SLF001 - Django's own documented door


def is_catalogue(sql: str) -> bool:
    """Tell whether a statement names no table that must be read where it is written; in doubt it does.

    The router sees only the model that a query starts from. What it joins may be somebody's annotations or places.
    """
    words = set(WORD.findall(sql))
    if words & _other_tables():
        return False
    # Tables without a model, and whatever is built next.
    return all(word in settings.CATALOGUE_TABLES for word in words if word.startswith("monitor_"))


class ReplicaCursor:
    """A cursor that opens where its first statement belongs."""

    def __init__(self, replica: DatabaseWrapper, name: str | None) -> None:
        self._replica, self._name = replica, name
        self._opened: Any = None

    def execute(self, sql: Any, params: Any = None) -> Any:
        return self._open(sql).execute(sql, params)

    def executemany(self, sql: Any, param_list: Any) -> Any:
        return self._open(sql).executemany(sql, param_list)

    def _open(self, sql: Any) -> Any:
        if self._opened is not None:
            self._opened.close()
        if is_catalogue(str(sql)):
            self._opened = self._replica.own_cursor(self._name)
        else:
            primary = connections[DEFAULT_DB_ALIAS]
            self._opened = primary.chunked_cursor() if self._name else primary.cursor()
        return self._opened

    def close(self) -> None:
        if self._opened is not None:
            self._opened.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._opened, name)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._opened)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class DatabaseWrapper(base.DatabaseWrapper):
    """What `ENGINE = "monitor.postgres.replica"` names."""

    def _cursor(self, name: str | None = None) -> Any:
        return ReplicaCursor(self, name)

    def own_cursor(self, name: str | None) -> Any:
        cursor: Any = super()._cursor(name)  # type: ignore[misc]  # the stubs do not know it
        return cursor
