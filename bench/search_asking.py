"""A search in four thicknesses: its bare statements, those of the whole page, the engine, the page. Django is set up by then."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

import psycopg
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.test import Client

from monitor.accounts.models import User
from monitor.search.compiled import Facet, Sort
from monitor.search.engines.chosen import engine
from monitor.search.resolving import Asked, resolve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.search_shapes import Shape
    from monitor.postgres.backend.base import DatabaseWrapper
    from monitor.search.engines.protocol import Hits

PAGE, OK = 20, 200
FACETS = tuple(Facet)


@dataclass(frozen=True, slots=True)
class Sent:
    """A statement as it was sent: whether the server had planned it before, and whether within a transaction."""

    sql: str
    parameters: Any
    is_prepared: bool
    is_within: bool


class Asking:
    """One query, asked in each of these ways."""

    def __init__(self, shape: Shape) -> None:
        self.person, _ = User.objects.get_or_create(
            username="measurer", defaults={"role": "reader", "name": "Measurer"}
        )
        self.compiled = resolve(Asked(shape.query), self.person).compiled
        self.address = f"/search/?{urlencode({'q': shape.query})}"
        self.client = Client(headers={"host": "localhost"})
        self.client.force_login(self.person)
        with recorded() as sent:
            self.hits: Hits = self.search()
        self.of_search = [one for one in sent if "monitor_" in one.sql]
        self.page()  # what a process asks once is asked by then
        with recorded() as self.of_page:
            self.page()

    def bare(self) -> None:
        """Send the statements of the search alone."""
        send(self.of_search)

    def bare_page(self) -> None:
        """Send all statements of the page: session, person, names, the search, texts of what was found."""
        send(self.of_page)

    def search(self) -> Hits:
        return engine().search(self.compiled, sort=Sort.RELEVANCE, limit=PAGE, facets=FACETS)

    def page(self) -> None:
        answer = self.client.get(self.address)
        if answer.status_code != OK:
            raise RuntimeError(f"{self.address} was answered by {answer.status_code}.")


@contextmanager
def recorded() -> Iterator[list[Sent]]:
    """Note what is sent meanwhile: what Django's cursors send passes wrappers, what is planned once does not."""
    backend = cast("DatabaseWrapper", connections[DEFAULT_DB_ALIAS])
    sent: list[Sent] = []

    def note(execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
        sent.append(Sent(sql, parameters, is_prepared=False, is_within=backend.in_atomic_block))
        return execute(sql, parameters, many, context)

    def preparing(often: str = "") -> _Noting:
        return _Noting(type(backend).preparing_cursor(backend, often), sent)

    with ExitStack() as ends:
        ends.enter_context(backend.execute_wrapper(note))
        vars(backend)["preparing_cursor"] = preparing
        ends.callback(vars(backend).pop, "preparing_cursor")
        yield sent


class _Noting:
    """A cursor of what is planned once, that notes what it sends."""

    def __init__(self, cursor: Any, sent: list[Sent]) -> None:
        self._cursor, self._sent = cursor, sent

    def execute(self, sql: str, parameters: Any = None) -> Any:
        self._sent.append(Sent(sql, parameters, is_prepared=True, is_within=connection.in_atomic_block))
        return self._cursor.execute(sql, parameters)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)


def send(statements: list[Sent]) -> None:
    """Send statements by the driver alone, in transactions as they were, and take all their rows."""
    connection.ensure_connection()
    bare: psycopg.Connection[Any] = connection.connection
    for is_within, some in groupby(statements, key=lambda one: one.is_within):
        with transaction.atomic() if is_within else nullcontext():
            for one in some:
                kind = psycopg.RawCursor if one.is_prepared else psycopg.ClientCursor
                with kind(bare) as cursor:
                    cursor.execute(cast("Any", one.sql), one.parameters)
                    _take(cursor)


def _take(cursor: psycopg.Cursor[Any]) -> None:
    while True:
        if cursor.description:
            cursor.fetchall()
        if not cursor.nextset():
            return
