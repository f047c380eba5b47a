"""Filters as the forms of lists show them, of articles and of annotations alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ShownFacet:
    """A filter as the form shows it: the first choices, and those behind a fold, open where one of them is chosen."""

    facet: Any  # of the list's own room
    first: tuple[Any, ...]
    folded: tuple[Any, ...]

    @property
    def is_open(self) -> bool:
        return any(choice.is_chosen for choice in self.folded)
