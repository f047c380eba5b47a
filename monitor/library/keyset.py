"""Walking along an ordered list page by page, each from a row on (keyset paging).

A page begins after a row, or ends before one, and is found by that row's place in the order, never by counting the
rows before it: so the last page of a million rows is as quick as the first, and rows that come in or go away move
nobody's page.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal

from django.db.models import Q

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

Value = str | int | date
Place = tuple[Value, ...]
Kind = Literal["text", "number", "day", "moment"]
LONGEST_TEXT = 400
LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Key:
    """One column of an order: a field or annotation that is never empty, written as in `order_by` without its sign."""

    field: str
    kind: Kind
    descending: bool = False

    @property
    def forwards(self) -> str:
        return f"-{self.field}" if self.descending else self.field

    @property
    def backwards(self) -> str:
        return self.field if self.descending else f"-{self.field}"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A page of rows. `before` and `after` are the places of its ends in the order, None where nothing lies beyond."""

    rows: tuple[Any, ...] = ()
    before: Place | None = None
    after: Place | None = None


class UnknownPlace(ValueError):
    """What should say a place in an order does not."""


def stretch_of(
    rows: QuerySet[Any], keys: Sequence[Key], *, size: int, after: Place | None = None, before: Place | None = None
) -> Stretch:
    """Return at most `size` rows in the order of `keys`: the first ones, those after a place, or those before one.

    The keys together must tell any two rows apart. Of a page before a place that would be cut short by the beginning
    of the list, the first page is given instead.
    """
    if before is not None:
        found = list(rows.filter(_beyond(keys, before, back=True)).order_by(*(k.backwards for k in keys))[: size + 1])
        if len(found) >= size:
            shown = found[:size][::-1]
            return Stretch(
                tuple(shown),
                before=place_of(shown[0], keys) if len(found) > size else None,
                after=place_of(shown[-1], keys),
            )
    beyond = _beyond(keys, after) if after is not None and before is None else Q()
    found = list(rows.filter(beyond).order_by(*(k.forwards for k in keys))[: size + 1])
    shown = found[:size]
    starts = after is None or before is not None or not shown
    return Stretch(
        tuple(shown),
        before=None if starts else place_of(shown[0], keys),
        after=place_of(shown[-1], keys) if len(found) > size else None,
    )


def place_of(row: object, keys: Sequence[Key]) -> Place:
    """Return a row's place in the order: its value of each key. A row may be a dictionary, as `values` gives it."""
    if isinstance(row, dict):
        return tuple(row[key.field] for key in keys)
    return tuple(attrgetter(key.field.replace("__", "."))(row) for key in keys)


def _beyond(keys: Sequence[Key], place: Place, *, back: bool = False) -> Q:
    """Return the condition of the rows after a place, or before it."""
    beyond, level = Q(), Q()
    for key, value in zip(keys, place, strict=True):
        towards = "lt" if key.descending != back else "gt"
        beyond |= level & Q(**{f"{key.field}__{towards}": value})
        level &= Q(**{key.field: value})
    # Says nothing new, but bounds the stretch of the index that is read, which the alternatives above do not.
    first = "lte" if keys[0].descending != back else "gte"
    return Q(**{f"{keys[0].field}__{first}": place[0]}) & beyond


def written_place(place: Place) -> list[str | int]:
    """Return a place as plain values, for an address."""
    return [value.isoformat() if isinstance(value, date) else value for value in place]


def read_place(values: object, keys: Sequence[Key]) -> Place:
    """Return the place that `written_place` wrote; raise UnknownPlace for anything else."""
    if not isinstance(values, list) or len(values) != len(keys):
        raise UnknownPlace
    return tuple(_read_value(value, key.kind) for value, key in zip(values, keys, strict=True))


def _read_value(value: object, kind: Kind) -> Value:
    if kind == "number":
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= LARGEST:
            return value
        raise UnknownPlace
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise UnknownPlace
    if kind == "text":
        return _storable(value)
    try:
        return date.fromisoformat(value) if kind == "day" else _moment(value)
    except (ValueError, OverflowError) as error:
        raise UnknownPlace from error


def _moment(value: str) -> datetime:
    """Return a moment in UTC: the database knows no zone that is further than 16 hours from it."""
    read = datetime.fromisoformat(value)
    if read.tzinfo is None:
        raise UnknownPlace
    return read.astimezone(UTC)


def _storable(text: str) -> str:
    """Return text that the database can compare: it takes no NUL and no lone surrogate."""
    if "\0" in text or any("\ud800" <= c <= "\udfff" for c in text):
        raise UnknownPlace
    return text
