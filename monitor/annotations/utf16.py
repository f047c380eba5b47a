"""Offsets in UTF-16 code units, as browsers and Hypothesis count, and in code points, as we do."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property


class Utf16Ruler:
    """A text measured in both units; asking for many offsets of it costs little more than for one."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _astral(self) -> list[int]:
        """Code point offsets of the characters that take two units."""
        if self.text.isascii():
            return []
        return [at for at, letter in enumerate(self.text) if letter > "\uffff"]

    @cached_property
    def _astral_units(self) -> list[int]:
        """Offsets, in units, of the first halves of those characters."""
        return [at + before for before, at in enumerate(self._astral)]

    @property
    def units(self) -> int:
        return len(self.text) + len(self._astral)

    def units_of(self, code_points: int) -> int:
        """Return how many UTF-16 units stand before this code point offset."""
        return code_points + bisect_left(self._astral, code_points)

    def code_points_of(self, units: int, *, end: bool = False) -> int:
        """Return the code point offset of a UTF-16 offset.

        An offset between the halves of one character goes to its start, or with `end` behind it, so that a range
        holds whole characters. Offsets beyond the text stay beyond it.
        """
        pairs_begun = bisect_left(self._astral_units, units)
        within = pairs_begun > 0 and self._astral_units[pairs_begun - 1] + 1 == units
        return units - pairs_begun + (1 if within and end else 0)

    def range_of(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of whole characters, in code points, for one in UTF-16 units."""
        return self.code_points_of(start), self.code_points_of(end, end=True)


def first_half_surrogate(text: str) -> int | None:
    """Return where a surrogate stands that no text may hold, or None; JSON can spell one, UTF-8 cannot."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        return error.start
    return None
