"""Places where the letters of a quote stand, and which of them is the one meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.annotations.anchoring.context import Agreement, Context, agreement
from monitor.annotations.anchoring.word_edges import cuts_word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monitor.annotations.anchoring.folding import Fold, Folded

MOST = 1000  # occurrences looked at from the start of a text, and half as many round the place expected
AS_GOOD = 0.04  # difference of agreement that decides nothing
_ADJACENT = 5  # letters beside a quote without spaces round it that show that it is the one


@dataclass(frozen=True, slots=True)
class Occurrence:
    """`start:end` in the wide fold."""

    start: int
    end: int
    agreement: Agreement

    @property
    def total(self) -> float:
        return self.agreement.total


def find_all(text: str, key: str, *, near: int) -> list[int]:
    """Return where the key begins, overlapping ones included; of very many the first, and those round `near`."""
    places = _forward(text, key, 0, MOST)
    if len(places) < MOST or places[-1] >= near:
        return places
    behind, at = list[int](), near
    while len(behind) < MOST // 4 and (at := text.rfind(key, 0, at + len(key) - 1)) > places[-1]:
        behind.append(at)
    return places + behind[::-1] + _forward(text, key, near, MOST // 4)


def _forward(text: str, key: str, start: int, most: int) -> list[int]:
    places: list[int] = []
    at = text.find(key, start)
    while at >= 0 and len(places) < most:
        places.append(at)
        at = text.find(key, at + 1)
    return places


def stands_alone(text: Folded, start: int, end: int, context: Context, edges: tuple[bool, bool]) -> bool:
    """Tell whether a place cuts no word that the passage did not cut.

    `edges` says at which ends the passage itself was whole. Where all spaces are lost, the very letters beside it
    must be those of its context.
    """
    fold = text.wide
    left, right = fold.source_range(start, end)
    cut_left = edges[0] and cuts_word(text.text, left)
    cut_right = edges[1] and cuts_word(text.text, right)
    beside_left, beside_right = context.before[:_ADJACENT], context.after[:_ADJACENT]
    return not (
        (cut_left and not (beside_left and fold.text[:start].endswith(beside_left[::-1])))
        or (cut_right and not (beside_right and fold.text.startswith(beside_right, end)))
    )


def occurrences(text: Folded, key: str, context: Context, edges: tuple[bool, bool], *, near: int) -> list[Occurrence]:
    """Return the places of the key in the text's wide fold, in order, each with how well its surroundings agree."""
    expected = text.wide.folded_range(near, near)[1]
    found = [(at, at + len(key)) for at in find_all(text.wide.text, key, near=expected)]
    return [
        Occurrence(start, end, agreement(context, text, start, end))
        for start, end in dict.fromkeys(found)
        if stands_alone(text, start, end, context, edges)
    ]


def best(found: Iterable[Occurrence], fold: Fold, near: int) -> tuple[Occurrence | None, list[Occurrence]]:
    """Return the one whose surroundings agree best, of equals the nearest to `near`, and the others as good."""
    ranked = list(found)
    if not ranked:
        return None, []
    top = max(occurrence.total for occurrence in ranked)
    leading = [occurrence for occurrence in ranked if occurrence.total >= top - AS_GOOD]
    chosen = min(leading, key=lambda one: (abs(fold.starts[one.start] - near), one.start))
    return chosen, [one for one in leading if one is not chosen]
