"""Where a page of hits ended, as a short word for an address: a place in the order, never a number of rows."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import date

from monitor.search.engines.protocol import UnknownCursor

LONGEST = 200
LARGEST_KEY = 2**40 - 1  # of an article; an engine may put its day into the same number
BY_DAY, RANKED = "d", "r"


@dataclass(frozen=True, slots=True)
class Place:
    """An article's place by day: the day of its issue and its key."""

    day: date
    article: int


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last article of a page by day, in its tier (0: about, 1: not); or among the ranked, whose newest is `place`."""

    place: Place
    tier: int = 0
    rank: float | None = None
    article: int = 0

    def written(self) -> str:
        facts = [self.tier, self.place.day.isoformat(), self.place.article]
        parts = [BY_DAY, *facts] if self.rank is None else [RANKED, *facts, self.rank, self.article]
        return base64.urlsafe_b64encode(json.dumps(parts, separators=(",", ":")).encode()).decode().rstrip("=")


def read_cursor(text: str) -> Cursor:
    """Return the cursor that `written` wrote; raise UnknownCursor for anything else."""
    if len(text) > LONGEST:
        raise UnknownCursor
    try:
        parts = json.loads(base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True))
        sort, tier, day, article, *rest = parts
        place = Place(date.fromisoformat(day), _key(article))
        rank, last = (float(rest[0]), _key(rest[1])) if sort == RANKED else (None, 0)
    except (binascii.Error, ValueError, TypeError, KeyError, IndexError, RecursionError) as error:
        raise UnknownCursor from error
    if sort not in {BY_DAY, RANKED} or tier not in {0, 1} or len(rest) != (2 if sort == RANKED else 0):
        raise UnknownCursor
    return Cursor(place, tier, rank, last)


def _key(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST_KEY:
        return value
    raise UnknownCursor
