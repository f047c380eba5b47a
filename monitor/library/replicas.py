"""Reading the catalogue from a replica (REPLICA_URLS), but only from one that has all of it.

The library's stamp changes with everything that changes the catalogue. A replica whose stamp is the primary's has what
anybody changed there, oneself or a neighbour: nothing just saved is missing, nothing withdrawn is still there, and a
page's validator says what was drawn. While the stamps differ, for the milliseconds that a change is on its way, the
primary answers.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, InterfaceError, connections
from django.http import Http404
from psycopg import errors

from monitor.postgres.replicas import leave_alone, reading_from, usable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.http import HttpResponseBase

P = ParamSpec("P")
R = TypeVar("R", bound="HttpResponseBase")

BEHIND_S = 5.0  # a replica that is further behind is left alone
PROBE_S = 1.0  # how long one that does not answer is waited for
SAFE = {"GET", "HEAD"}
# What a replica may have said because it is one: not there yet, or not at all.
ASKED_AGAIN = {HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE}
PRIMARY = "select array_agg(stamp order by slot)::text, pg_current_wal_flush_lsn()::text, clock_timestamp() from monitor_librarystamp"
# Only the primary's clock is asked: when it is, and when it committed what was last heard of.
REPLICA = """
select array_agg(stamp order by slot)::text, pg_is_in_recovery(), pg_last_wal_replay_lsn() >= %s::pg_lsn,
    extract(epoch from %s - pg_last_xact_replay_timestamp())
from monitor_librarystamp"""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a replica compares with its primary."""

    alias: str
    is_up: bool
    has_same_library: bool = False
    behind_s: float = 0.0  # 0 when it has everything

    @property
    def is_fit(self) -> bool:
        return self.is_up and self.behind_s <= BEHIND_S


def reads_a_replica(view: Callable[P, R]) -> Callable[P, R]:
    """Mark a view that only reads: the catalogue may come from a replica. A site without any calls the view itself.

    It stands inside of what gives pages their validators, so that those are older than what is read. What is not found,
    or cannot be answered, is looked up once more on the primary.
    """
    if not settings.REPLICAS:
        return view

    @wraps(view)
    def reading(*args: P.args, **kwargs: P.kwargs) -> R:
        request: Any = args[0]
        alias = replica_with_same_library() if request.method in SAFE else None
        if alias is None:
            return view(*args, **kwargs)
        try:
            with reading_from(alias):
                answer = view(*args, **kwargs)
            if answer.status_code not in ASKED_AGAIN:
                return answer
        except Http404:
            pass
        except (DatabaseError, InterfaceError) as error:
            if isinstance(error.__cause__, errors.QueryCanceled):
                raise  # it took too long, and would there as well
            leave_alone(alias, type(error).__name__)
        return view(*args, **kwargs)

    return reading


def replica_with_same_library() -> str | None:
    """Return a replica that may be read instead of the primary; None if there is none just now."""
    if connections[DEFAULT_DB_ALIAS].in_atomic_block:
        return None
    aliases = usable()
    random.shuffle(aliases)
    for standing in standings(aliases):
        if standing.is_fit:
            return standing.alias if standing.has_same_library else None
        leave_alone(standing.alias, f"{standing.behind_s:.0f} s behind" if standing.is_up else "it does not answer")
    return None


def standings(aliases: list[str]) -> Iterator[Standing]:
    """Compare replicas with the primary, one after the other; two statements each."""
    for alias in aliases:
        stamp, position, now = _asked(DEFAULT_DB_ALIAS, PRIMARY, [])
        try:
            its_stamp, is_replica, has_all, behind = _asked(alias, REPLICA, [position, now])
        except (DatabaseError, InterfaceError):
            connections[alias].close()
            yield Standing(alias, is_up=False)
            continue
        # One that was made a primary of its own goes its own ways from then on.
        late = 0.0 if has_all else float("inf") if behind is None else float(behind)
        yield Standing(alias, is_up=is_replica, has_same_library=its_stamp == stamp, behind_s=late)


def _asked(alias: str, sql: str, parameters: list[Any]) -> tuple[Any, ...]:
    connection: Any = connections[alias]
    connection.ensure_connection()
    patience = connection.connection.deadline_s
    if alias != DEFAULT_DB_ALIAS:
        connection.connection.deadline_s = min(patience, PROBE_S)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        row: tuple[Any, ...] = cursor.fetchone()
    connection.connection.deadline_s = patience
    return row
