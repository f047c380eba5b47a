"""What the rules hand to each other: a name found at some words, before it is told in code points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monitor.entities.gazetteer import EntityKind
    from monitor.entities.recognising.document import Method, Status, Tier


@dataclass(frozen=True, slots=True)
class Found:
    """An actor or region at words `first` to `last`, both included; the rest as in `Mention`."""

    first: int
    last: int
    kind: EntityKind
    entity: str | None
    name: str
    method: Method
    status: Status = "auto"
    score: float = 1.0
    alias_id: int | None = None
    tier: Tier = "name"
    metonym: bool = False
    sort: str = ""
    candidates: tuple[tuple[str, float], ...] = ()

    def __len__(self) -> int:
        return self.last - self.first + 1


class Taken:
    """Which words belong to a name already."""

    def __init__(self, spans: Iterable[Found | tuple[int, int]] = ()) -> None:
        words: set[int] = set()
        for span in spans:
            first, last = span if isinstance(span, tuple) else (span.first, span.last)
            if first == last:
                words.add(first)
            else:
                words.update(range(first, last + 1))
        self._words = words

    def add(self, span: Found | tuple[int, int]) -> None:
        first, last = span if isinstance(span, tuple) else (span.first, span.last)
        self._words.update(range(first, last + 1))

    def touches(self, first: int, last: int) -> bool:
        """Tell whether any word from `first` to `last` is taken."""
        return first in self._words if first == last else not self._words.isdisjoint(range(first, last + 1))

    def covers(self, first: int, last: int) -> bool:
        """Tell whether every word from `first` to `last` is taken."""
        return self._words.issuperset(range(first, last + 1))
