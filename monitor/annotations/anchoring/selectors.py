"""What an annotation says of its place, and what becomes of it in another text. All offsets are code points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Status = Literal["exact", "fuzzy", "orphan"]


@dataclass(frozen=True, slots=True)
class Quote:
    """The words marked and what stood before and after them, as long as it was kept (32 to 64 characters do)."""

    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Position:
    """The half-open range marked, in the text the annotation was made on."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Selector:
    """Either may be missing; where they disagree the quote is right."""

    quote: Quote | None = None
    position: Position | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A range of a text that might be the passage, and how much alike it is: 1 for the same letters, 0 for none."""

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a passage is now.

    `exact`: its words stand at `start:end`. `fuzzy`: it is there, but words differ. `orphan`: it is not in the text,
    `start` and `end` are None, and `candidate` is the likest place, if any, for a person to look at. `score` is the
    likeness of the passage at its place, or of the candidate. With `ambiguous`, `choices` are the other places that
    are as good, in the order of the text.
    """

    status: Status
    start: int | None
    end: int | None
    score: float
    choices: tuple[Place, ...] = ()
    candidate: Place | None = None

    @property
    def ambiguous(self) -> bool:
        return bool(self.choices)
