"""Statements kept for each kind of viewer, then run with a person's and an article's keys (see `postgres.kept`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from psycopg.types.numeric import Int8

from monitor.accounts.models import User
from monitor.postgres.kept import Statement, statement_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    Person = User | AnonymousUser

BEYOND_KEYS = 2**63
SOMEBODY, SOME_ARTICLE, SOME_MARK = -1_000_003, -1_000_033, -1_000_037  # no row has such keys
STAND_INS = dict.fromkeys((SOMEBODY, SOME_ARTICLE, SOME_MARK), "bigint")


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
    """A statement that is asked with the keys of a person, an article and an annotation."""

    statement: Statement

    def run(self, *, person: Person | None, article: int = 0, mark: int = 0) -> list[tuple[Any, ...]]:
        """Return the rows as `values_list` would; one query, planned once for each connection."""
        keys = {SOMEBODY: person.pk if person else None, SOME_ARTICLE: article, SOME_MARK: mark}
        return self.statement.rows({stand_in: _key(key) for stand_in, key in keys.items()})


def viewer_of(person: Person | None) -> Viewer:
    if not isinstance(person, User):
        return Viewer(role=None, is_active=False, is_open=settings.ANONYMOUS_READ)
    return Viewer(role=person.role, is_active=person.is_active, is_open=settings.ANONYMOUS_READ)


def keep(rows: QuerySet[Any, tuple[Any, ...]]) -> Kept | None:
    """Return the statement of a `values_list`; None where this viewer can see nothing, whatever there is."""
    statement = statement_of(rows, STAND_INS)
    return Kept(statement) if statement else None


def _key(number: int | None) -> Int8 | None:
    """Return a key as the database writes all of them; an address can hold a number that none can be."""
    if number is None:
        return None
    return Int8(number if abs(number) < BEYOND_KEYS else SOME_ARTICLE)
