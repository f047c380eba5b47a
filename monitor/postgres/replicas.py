"""Which database a read is for, where REPLICA_URLS names replicas; elsewhere Django never loads this.

Only what is written inside `reading_from`, in words that name nothing but tables of the catalogue, goes to a replica. Who
chooses one, and proves that it is up to date, is `monitor.library.replicas`.
"""

from __future__ import annotations

import logging
import time
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model

log = logging.getLogger(__name__)

# How long one that was down or too far behind is left alone, by this process.
LEFT_ALONE_S = 10.0

_chosen: ContextVar[str] = ContextVar("replica", default=DEFAULT_DB_ALIAS)
_left_alone: dict[str, float] = {}


def reading_alias() -> str:
    """Return the database that the catalogue is read from just now: inside a transaction on the primary that one."""
    chosen = _chosen.get()
    if chosen == DEFAULT_DB_ALIAS or connections[DEFAULT_DB_ALIAS].in_atomic_block:
        return DEFAULT_DB_ALIAS
    return chosen


@contextmanager
def reading_from(alias: str) -> Iterator[None]:
    """Have the catalogue read from this replica, by this thread, until something is written."""
    token = _chosen.set(alias)
    try:
        yield
    finally:
        _chosen.reset(token)


def usable() -> list[str]:
    """Return the replicas that are not left alone just now."""
    now = time.monotonic()
    return [alias for alias in settings.REPLICAS if _left_alone.get(alias, 0.0) <= now]


def leave_alone(alias: str, reason: str) -> None:
    _left_alone[alias] = time.monotonic() + LEFT_ALONE_S
    log.warning("%s is left alone for %.0f s: %s", alias, LEFT_ALONE_S, reason)


class ReplicaRouter:
    """Django asks it for each statement of the ORM, whatever database an instance came from."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        return reading_alias() if model._meta.db_table in settings.CATALOGUE_TABLES else DEFAULT_DB_ALIAS  # noqa: SLF001 - Django's own documented door

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        """Send writes to the primary, and what is read after them too: a replica does not have them yet."""
        _chosen.set(DEFAULT_DB_ALIAS)
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == DEFAULT_DB_ALIAS
