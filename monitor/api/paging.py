"""Lists in pages that begin at a place in the order (keyset): each row is met once, whatever comes and goes meanwhile."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from rest_framework.exceptions import ErrorDetail, ValidationError

from monitor.api.parameters import USUAL_SIZE
from monitor.library.keyset import Place, UnknownPlace, read_place, stretch_of, written_place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from monitor.api.parameters import Asked
    from monitor.library.keyset import Key

Way = Literal["after", "before"]


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of a page; `next` and `previous` are the cursors of the pages beside it, `total` where it was asked for."""

    rows: tuple[Any, ...]
    next: str | None = None
    previous: str | None = None
    total: int | None = None


def page_of(rows: QuerySet[Any, Any], keys: Sequence[Key], asked: Asked) -> Page:
    """Return the page that a query asks for. Rows may be dictionaries (`values`), with all keys in them."""
    place: dict[str, Place] = {}
    if cursor := asked["cursor"]:
        way, values = read_cursor(cursor, keys)
        place[way] = values
    found = stretch_of(rows, keys, size=asked["page_size"] or USUAL_SIZE, **place)
    return Page(
        found.rows,
        next=None if found.after is None else write_cursor("after", found.after),
        previous=None if found.before is None else write_cursor("before", found.before),
        total=rows.count() if asked["count"] else None,
    )


def write_cursor(way: Way, place: Place) -> str:
    told = json.dumps([way, *written_place(place)], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")


def read_cursor(cursor: str, keys: Sequence[Key]) -> tuple[Way, Place]:
    """Return what `write_cursor` wrote; ValidationError for anything else."""
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        way, *values = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        if way in {"after", "before"}:
            return way, read_place(values, keys)
    except (ValueError, TypeError, RecursionError, binascii.Error, UnknownPlace):
        pass
    raise ValidationError({"?cursor": [ErrorDetail("This cursor comes from no page of this list.", code="invalid")]})
