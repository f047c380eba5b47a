"""Places in a list, in addresses: `?after=...` is the page from a row on, `?before=...` the one that ends at it."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from monitor.library.keyset import UnknownPlace, read_place, stretch_of, written_place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet
    from django.http import QueryDict

    from monitor.library.keyset import Key, Place

LONGEST = 2000
LOST = "That is no place in this list, so here is its beginning."


@dataclass(frozen=True, slots=True)
class Paged:
    """A page of a list. `earlier` and `later` are the words of its ends for an address, "" where nothing lies there."""

    rows: tuple[Any, ...]
    earlier: str
    later: str
    refused: str = ""  # the sentence about an address that is none


def asked_page(query: QueryDict, rows: QuerySet[Any], keys: Sequence[Key], *, size: int) -> Paged:
    """Return the page that is asked for; for what is no place in this order, the first one and a sentence."""
    try:
        after, before = (_place(query.get(name), keys) for name in ("after", "before"))
    except (UnknownPlace, ValueError, RecursionError):
        return paged(rows, keys, size=size, refused=LOST)
    return paged(rows, keys, size=size, after=after, before=before)


def paged(
    rows: QuerySet[Any],
    keys: Sequence[Key],
    *,
    size: int,
    after: Place | None = None,
    before: Place | None = None,
    refused: str = "",
) -> Paged:
    found = stretch_of(rows, keys, size=size, after=after, before=before)
    return Paged(found.rows, place_words(found.before), place_words(found.after), refused)


def place_words(place: Place | None) -> str:
    """Return a place as it stands in an address."""
    if place is None:
        return ""
    written = json.dumps(written_place(place), separators=(",", ":"), ensure_ascii=False)
    return urlsafe_b64encode(written.encode()).decode().rstrip("=")


def _place(words: str | None, keys: Sequence[Key]) -> Place | None:
    if words is None:
        return None
    if len(words) > LONGEST:
        raise UnknownPlace
    return read_place(json.loads(urlsafe_b64decode(words + "=" * (-len(words) % 4))), keys)
