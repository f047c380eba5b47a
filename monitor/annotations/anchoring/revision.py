"""The text an annotation was made on beside the text it shall be found in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.annotations.anchoring.folding import Folded


@dataclass(frozen=True)
class Revision:
    """Two versions of a text; `old` is None when the one the annotation was made on is not known.

    Keep one for all the annotations that go from one version to another.
    """

    new: Folded
    old: Folded | None = None

    @cached_property
    def kept_start(self) -> int:
        """How many characters both texts begin with alike."""
        return 0 if self.old is None else common_length(self.old.text, self.new.text, end=False)

    @cached_property
    def kept_end(self) -> int:
        """How many characters both texts end with alike."""
        return 0 if self.old is None else common_length(self.old.text, self.new.text, end=True)

    @property
    def growth(self) -> int:
        return 0 if self.old is None else len(self.new.text) - len(self.old.text)

    def same_place(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where a range of the old text is, if all that stands on one side of it is as it was."""
        if self.old is None:
            return None
        if end <= self.kept_start:
            return start, end
        if start >= len(self.old.text) - self.kept_end:
            return start + self.growth, end + self.growth
        return None

    def expected(self, start: int) -> int:
        """Return about where an offset of the old text is now: shifted by what was changed before it."""
        if self.old is None or start <= self.kept_start:
            return start
        changed = len(self.old.text) - self.kept_end - self.kept_start
        if start >= self.kept_start + changed:
            return start + self.growth
        return start + self.growth * (start - self.kept_start) // changed


def common_length(one: str, other: str, *, end: bool) -> int:
    """Return how long the common beginning (or end) is; comparing halves is quicker than comparing characters."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        alike = (
            one[len(one) - middle : len(one) - low] == other[len(other) - middle : len(other) - low]
            if end
            else one[low:middle] == other[low:middle]
        )
        low, high = (middle, high) if alike else (low, middle - 1)
    return low
