"""What to look for: a selector completed from the text it was made on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from monitor.annotations.anchoring.context import SIDE, Context, context_at, context_of
from monitor.annotations.anchoring.folding import Folded
from monitor.annotations.anchoring.occurrences import best, occurrences
from monitor.annotations.anchoring.revision import common_length
from monitor.annotations.anchoring.selectors import Position, Quote, Selector
from monitor.annotations.anchoring.word_edges import cuts_word

if TYPE_CHECKING:
    from monitor.annotations.anchoring.revision import Revision

_LONGEST_CONTEXT = 4096
_MOST_TWINS = 60
_IDEOGRAPH = "\u2e80"  # from here on a character says about as much as two letters
SHORT = 12  # letters under which a quote says too little by itself


@dataclass(frozen=True)
class Wanted:
    """A passage to be found.

    `place` is its range in the old text, if known; `twins` are the other places there with the same letters, as
    ranges of its wide fold. `edges` says whether it began and ended with whole words.
    """

    quote: Folded
    context: Context
    place: Position | None
    expected: int
    edges: tuple[bool, bool]
    twins: tuple[tuple[int, int], ...] = ()

    @property
    def key(self) -> str:
        return self.quote.wide.text

    @property
    def size(self) -> int:
        """How much the quote says, in letters."""
        return sum(2 if letter >= _IDEOGRAPH else 1 for letter in self.key[: 4 * SHORT * SHORT])

    @property
    def short(self) -> bool:
        return self.size < SHORT


def complete(selector: Selector, revision: Revision) -> Wanted | None:
    """Return what to look for, or None if the selector names no passage: nothing quoted, a range out of the text."""
    quote, position = selector.quote, selector.position
    old = revision.old
    if quote is None:
        if old is None or position is None or not 0 <= position.start < position.end <= len(old.text):
            return None
        return _from_old(Folded(old.text[position.start : position.end]), position, revision)
    passage = Folded(quote.exact)
    if not quote.exact.strip():
        return None
    found = _in_old(passage, quote, position, old) if old is not None else None
    if found is not None:
        return _from_old(passage, found, revision)
    hint = position.start if position is not None else 0
    edges = (not cuts_word(*_joined(quote.prefix, quote.exact)), not cuts_word(*_joined(quote.exact, quote.suffix)))
    context = context_of(_well_formed(quote.prefix), _well_formed(quote.suffix))
    return Wanted(passage, context, None, revision.expected(max(hint, 0)), edges)


def _well_formed(side: str) -> str:
    """Leave out halves of characters: clients that count in UTF-16 cut contexts through the middle of an emoji."""
    return side.encode("utf-8", "ignore").decode("utf-8")


def _joined(before: str, after: str) -> tuple[str, int]:
    left, right = before[-2:], after[:2]
    return left + right, len(left)


def _in_old(passage: Folded, quote: Quote, position: Position | None, old: Folded) -> Position | None:
    """Return where the quote stands in the old text: the offset must have the quote, and the context says which."""
    key = passage.wide.text
    if not key:
        return _verbatim(quote, position, old)
    if position is not None and _stands_at(quote, position, old.text):
        return position
    context = context_of(_well_formed(quote.prefix), _well_formed(quote.suffix))
    hint = position.start if position is not None else 0
    found = occurrences(old, key, context, (False, False), near=hint)
    chosen, others = best(found, old.wide, hint)
    if chosen is None or (others and position is None):
        return None
    start, end = old.wide.source_range(chosen.start, chosen.end)
    if position is not None and abs(start - position.start) + abs(end - position.end) <= len(quote.exact):
        given = old.text[max(position.start, 0) : position.end]
        if Folded(given).wide.text == key:  # edges may hold white space and dashes that the fold leaves out
            return Position(max(position.start, 0), min(position.end, len(old.text)))
    return Position(start, end)


def _stands_at(quote: Quote, position: Position, text: str) -> bool:
    """Tell whether quote and context stand at the position letter for letter, as they do where nothing is amiss."""
    start, end = position.start, position.end
    return (
        0 <= start < end
        and text[start:end] == quote.exact
        and text.endswith(quote.prefix, 0, start)
        and text.startswith(quote.suffix, end)
    )


def _verbatim(quote: Quote, position: Position | None, old: Folded) -> Position | None:
    if position is not None and old.text[max(position.start, 0) : position.end] == quote.exact:
        return position
    return None


def _from_old(passage: Folded, place: Position, revision: Revision) -> Wanted:
    """Read context and edges off the old text, where there is as much of it as needed."""
    old = revision.old
    assert old is not None  # noqa: S101 - said by the callers
    edges = (not cuts_word(old.text, place.start), not cuts_word(old.text, place.end))
    context = context_at(old, place.start, place.end)
    return Wanted(passage, context, place, revision.expected(place.start), edges)


def told_apart(wanted: Wanted, old: Folded | None) -> Wanted:
    """Lengthen the context until it tells the passage from the others with its letters: repeated biographies."""
    place = wanted.place
    if old is None or place is None or not wanted.key:
        return wanted
    own = old.wide.folded_range(place.start, place.end)
    everywhere = occurrences(old, wanted.key, wanted.context, wanted.edges, near=place.start)
    twins = [one for one in everywhere if not (one.start < own[1] and own[0] < one.end)]
    if not twins:
        return wanted
    twins.sort(key=lambda one: (-one.total, one.start))
    ranges = tuple((one.start, one.end) for one in twins[:_MOST_TWINS])
    reach = max(_common_reach(old.wide.text, own, twin) for twin in ranges)
    if reach < SIDE // 2:
        return replace(wanted, twins=ranges)
    longer = context_at(old, place.start, place.end, length=min(reach + SIDE, _LONGEST_CONTEXT))
    return replace(wanted, context=longer, twins=ranges)


def _common_reach(text: str, own: tuple[int, int], twin: tuple[int, int]) -> int:
    """Return how far the surroundings of two places are the same letters, on the side where that is shorter."""
    before, after = (
        common_length(
            text[max(0, own[0] - _LONGEST_CONTEXT) : own[0]],
            text[max(0, twin[0] - _LONGEST_CONTEXT) : twin[0]],
            end=True,
        ),
        common_length(text[own[1] : own[1] + _LONGEST_CONTEXT], text[twin[1] : twin[1] + _LONGEST_CONTEXT], end=False),
    )
    return min(before, after)


def twin_context(text: Folded, twin: tuple[int, int], like: Context) -> Context:
    """Return what stands beside a twin in the old text, as much as the passage's own context has."""
    length = max(len(like.before), len(like.after), SIDE)
    return context_at(text, *text.wide.source_range(*twin), length=length)
