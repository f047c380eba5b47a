"""The tags behind the digits while one reads: those that were pinned, then those used lately on the digits left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from monitor.annotations.pinning import DIGITS
from monitor.annotations.tag_names import book_name, with_book

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Pin:
    """A tag and its digit."""

    digit: int
    name: str
    path: str
    colour: str
    is_pinned: bool
    written: str  # how a field names it, whatever other codebooks have


def numbered(hand: Mapping[str, Any]) -> list[Pin]:
    """Return at most nine pins by digit, from what `annotations.at_hand` found."""
    pinned = {row["digit"]: row for row in hand["pins"]}
    there = {row["tag"] for row in pinned.values()}
    lately = {row["tag"]: row for row in hand["lately"] if row["tag"] not in there}
    free = [digit for digit in DIGITS if digit not in pinned]
    chosen = pinned | dict(zip(free, lately.values(), strict=False))
    return [
        Pin(digit, row["name"], row["path"], row["colour"], digit in pinned, with_book(row["path"], _book(row)))
        for digit, row in sorted(chosen.items())
    ]


def _book(row: Mapping[str, Any]) -> str:
    return book_name(owner=row["owner"], team_uid=row["team"], team_name=row["team_name"])
