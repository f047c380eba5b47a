"""A log of the statements that kept a page waiting: what they do, to which tables and for what shape of search; no words.

A statement's text has places where values belong, and even those that it spells out are not told.
"""

from __future__ import annotations

import logging
import re
import time
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.db.backends.signals import connection_created
from django.dispatch import receiver

from monitor.postgres.patience import WEB, current_patience

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

log = logging.getLogger("monitor.slow")

VERB = re.compile(r"\b(select|insert|update|delete)\b", re.IGNORECASE)
WORD = re.compile(r"\w+")

_search: ContextVar[str] = ContextVar("search", default="")


@contextmanager
def for_search(shape: str) -> Iterator[None]:
    """Say for what shape of search ("actor+words") the statements inside are."""
    token = _search.set(shape)
    try:
        yield
    finally:
        _search.reset(token)


@receiver(connection_created)
def watch(connection: Any, **_: Any) -> None:
    """Watch what pages ask; jobs and commands may take their time."""
    is_watched = note_if_slow in connection.execute_wrappers
    if settings.SLOW_QUERY_MS and current_patience() is WEB and not is_watched:
        # Not at the end: whoever wraps statements while a connection is made takes away the last when done.
        connection.execute_wrappers.insert(0, note_if_slow)


def note_if_slow(
    execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]
) -> Any:  # as Django calls wrappers of statements
    began = time.perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        ms = (time.perf_counter() - began) * 1000
        if ms >= settings.SLOW_QUERY_MS:
            shape = statement_shape(str(sql))
            log.warning("slow statement: %.0f ms, %s", ms, shape, extra={"facts": {"ms": round(ms), "shape": shape}})


def statement_shape(sql: str) -> str:
    """Return what a statement does, the tables it names in their order, and the shape of the search it is for."""
    verb = VERB.search(sql)
    tables = dict.fromkeys(word for word in WORD.findall(sql) if word in _tables())
    searched = _search.get()
    return " ".join([verb[0].lower() if verb else "other", *tables]) + (f" (search: {searched})" if searched else "")


@cache
def _tables() -> frozenset[str]:
    return frozenset(model._meta.db_table for model in apps.get_models(include_auto_created=True))  # noqa: SLF001 - Django's own documented door
