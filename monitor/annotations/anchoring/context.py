"""How well the surroundings of a place agree with those a passage had.

Compared softly, on the wide fold, and the more strictly the nearer to the passage: surroundings shifted by a word are
those of another place.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from monitor.annotations.anchoring.folding import Folded

NEAR, SIDE = 16, 64  # folded characters beside the passage
AGREES = 0.68  # likeness of one side from which it speaks for a place; unrelated English prose reaches .3
_SLACK = 24  # characters by which what stands far off may have moved
_LINES = 4  # lines of a page's head or foot that may have fallen between
_LONGEST_LINES = 320
_PASSAGE = "\u00b6"  # a sign that folds to itself and joins with nothing
_FALLEN_IN = 0.95  # what agreement over a fallen-in line is worth

_Sides = Callable[[], list[str]]


@dataclass(frozen=True)
class Context:
    """What stood beside a passage, widely folded; each side in order from the passage outwards.

    `other_sides` gives the same without the lines next to the passage, which may have been a page's head: those
    before it and those after it.
    """

    before: str = ""
    after: str = ""
    other_sides: Callable[[], tuple[list[str], list[str]]] = lambda: ([], [])

    @property
    def given(self) -> bool:
        return bool(self.before or self.after)

    @cached_property
    def others(self) -> tuple[list[str], list[str]]:
        return self.other_sides()


@dataclass(frozen=True, slots=True)
class Agreement:
    """Likeness of each side, 0 to 1, None where there is nothing to compare, and how much text was compared, 0 to 1."""

    before: float | None
    after: float | None
    weight_before: float = 1.0
    weight_after: float = 1.0

    @property
    def speaks_for(self) -> bool:
        """Whether at least one side agrees, compared over some length, or both do over any."""
        sides = [(self.before, self.weight_before), (self.after, self.weight_after)]
        agreeing = [weight for value, weight in sides if value is not None and value >= AGREES]
        return sum(agreeing) >= 0.5 and (len(agreeing) > 1 or max(agreeing) >= 0.5)

    @property
    def total(self) -> float:
        """From about -.8 (both sides are others) to 1.2; 0 where there is nothing to compare."""
        before = 0.0 if self.before is None else (self.before - 0.4) * self.weight_before
        after = 0.0 if self.after is None else (self.after - 0.4) * self.weight_after
        return before + after


def context_of(before: str, after: str) -> Context:
    """Return the context made of the text before and after a passage that is not at hand itself."""
    text = Folded(f"{before}{_PASSAGE}{after}")
    return context_at(text, len(before), len(before) + len(_PASSAGE))


def context_at(text: Folded, start: int, end: int, *, length: int = SIDE) -> Context:
    """Return the context of `text[start:end]`, `length` folded characters of each side at most."""
    fold = text.wide
    first, last = fold.folded_range(start, end)
    return Context(
        fold.text[max(0, first - length) : first][::-1],
        fold.text[last : last + length],
        lambda: (_past_lines(text, first, -1, length), _past_lines(text, last, 1, length)),
    )


def agreement(context: Context, text: Folded, start: int, end: int) -> Agreement:
    """Compare with what stands beside `start:end` of the text's wide fold."""
    reach = max(len(context.before), len(context.after)) + _SLACK
    folded = text.wide.text
    before = folded[max(0, start - reach) : start][::-1]
    after = folded[end : end + reach]
    return Agreement(
        _side(context.before, before, lambda: context.others[0], lambda: _past_lines(text, start, -1, reach)),
        _side(context.after, after, lambda: context.others[1], lambda: _past_lines(text, end, 1, reach)),
        min(len(context.before), len(before), NEAR) / NEAR,
        min(len(context.after), len(after), NEAR) / NEAR,
    )


def _side(wanted: str, there: str, less_wanted: _Sides, less_there: _Sides) -> float | None:
    if not wanted or not there:
        return None
    value = likeness(wanted, there)
    if value >= AGREES:
        return value
    others = [likeness(variant, there) for variant in less_wanted() if len(variant) >= NEAR]
    others += [likeness(wanted, variant) for variant in less_there() if len(variant) >= NEAR]
    return max([value, *(other * _FALLEN_IN for other in others)])


def _past_lines(text: Folded, at: int, step: int, reach: int) -> list[str]:
    """Return what stands beside a place of the fold when the next lines are left out, in order outwards."""
    fold, source, sides = text.wide, text.text, list[str]()
    edge = fold.source_edge(at, end=step > 0)
    furthest = edge + step * _LONGEST_LINES
    for _ in range(_LINES):
        edge = source.rfind("\n", max(0, furthest), edge) if step < 0 else source.find("\n", edge, furthest) + 1
        if edge < (step > 0):
            break
        if step < 0:
            last = fold.folded_range(0, edge)[1]
            sides.append(fold.text[max(0, last - reach) : last][::-1])
        else:
            first = fold.folded_range(edge, len(source))[0]
            sides.append(fold.text[first : first + reach])
    return sides


def likeness(wanted: str, there: str) -> float:
    """Return how much two sides agree; what is missing at the text's very edge is no fault."""
    length = min(len(wanted), SIDE)
    if len(there) < length:
        length = len(there)
    near = Levenshtein.normalized_similarity(wanted[: min(NEAR, length)], there[: min(NEAR, length)])
    middle = Levenshtein.normalized_similarity(wanted[:length], there[:length])
    if len(wanted) <= SIDE or len(there) < len(wanted):
        return (near + middle) / 2
    # Longer contexts were taken since the nearer part occurs more than once: their far end decides.
    far = fuzz.partial_ratio(wanted[-SIDE:], there[len(wanted) - SIDE - _SLACK : len(wanted) + _SLACK]) / 100
    return near / 4 + middle / 4 + max(0.0, 2 * far - 1) / 2
