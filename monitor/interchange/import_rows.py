"""What the formats of files that come in have in common: rows, what their owner wishes, and what became of each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from monitor.accounts.models import Team, User

MOST_ROWS = 20_000
LONGEST_LABEL = 120  # characters


class Outcome(StrEnum):
    """What became of one row of a file; the value is the word of the report."""

    IMPORTED = "imported"
    CHANGED = "changed"
    DUPLICATE = "duplicate"
    ORPHAN = "orphan"
    UNKNOWN = "unknown document"
    REFUSED = "refused"


class CannotRead(Exception):
    """`str(error)` is one sentence on why the file as a whole is none of its format."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """For whom a file is imported, and how.

    `hosts` are the names under which this site's addresses are its own, beside `site`. A blank `visibility` leaves it to
    the file who may read each row; else all are shared with these readers.
    """

    by: User
    site: str = ""  # scheme and host, without a final slash
    hosts: Collection[str] = ()
    visibility: str = ""
    team: Team | None = None
    authors_known: bool = False  # an operator's import: who wrote a row here is its owner again


@dataclass(frozen=True, slots=True)
class RowReport:
    """What became of one row; `address` leads to what was made of it, `left` is the row if it found no home."""

    outcome: Outcome
    label: str
    why: str = ""
    address: str = ""
    left: Any = None

    def as_json(self) -> dict[str, str]:
        return {
            "outcome": self.outcome.value,
            "label": self.label[:LONGEST_LABEL],
            "why": self.why,
            "address": self.address,
        }


@dataclass(frozen=True, slots=True)
class ImportFormat:
    """A kind of file that can be read in.

    `is_it` tells it by name (lower case) and beginning; `rows` gives its rows, JSON values in an order in which what is
    referred to comes first, the same for the same bytes, or raises CannotRead; `keep` stores one row in the caller's
    transaction and never raises for what a file may hold. `wrap` makes a file of rows that were left.
    """

    slug: str
    name: str
    endings: tuple[str, ...]
    is_it: Callable[[str, bytes], bool]
    rows: Callable[[bytes], Sequence[Any]]
    keep: Callable[[Any, Wishes], RowReport]
    wrap: Callable[[Sequence[Any]], bytes]
    media_type: str
