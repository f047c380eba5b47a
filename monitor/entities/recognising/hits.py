"""Where a text prints names of the gazetteer: every candidate, before anything is decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.entities.recognising.case_rules import same_case
from monitor.entities.recognising.compiled import key_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from monitor.entities.recognising.compiled import Compiled, Name, Place
    from monitor.entities.recognising.lexicon import Lexicon
    from monitor.entities.recognising.running_text import RunningText, Word


@dataclass(frozen=True, slots=True)
class Hit:
    """Words `first` to `last`, both included, are printed like `names`."""

    first: int
    last: int
    names: tuple[Name, ...]

    def __len__(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Hits:
    """The candidates by kind, each in order of place, the longer first."""

    actors: tuple[Hit, ...]
    regions: tuple[Hit, ...]


def find_hits(text: RunningText, compiled: Compiled, lexicon: Lexicon) -> Hits:
    """Return every name of the gazetteer in the text whose capitals agree."""
    words = text.words
    key, starts, ends = key_of(words)

    def agreeing(places: Iterable[Place]) -> Iterator[Hit]:
        for start, end, names in places:
            first, last = starts[start], ends[end]
            word = words[first]
            # A word without capitals, as most are that are also some place's name, agrees with nothing but itself.
            small = first == last and not word.capital and not word.shouted
            alike = [name for name in names if name.words[0] == word.plain] if small else names
            found = tuple(name for name in alike if _agrees(name, words, first, last, lexicon))
            if found:
                yield Hit(first, last, found)

    return Hits(_ordered(agreeing(compiled.actors_in(key))), _ordered(agreeing(compiled.places_in(key))))


def _ordered(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    return tuple(sorted(hits, key=lambda hit: (hit.first, -hit.last)))


def _agrees(name: Name, words: Sequence[Word], first: int, last: int, lexicon: Lexicon) -> bool:
    printed = [word for word in words[first : last + 1] if word.fold != "the"]
    letters = [word.plain for word in printed]
    surface = name.surface
    exact = surface.case == "exact"
    if not same_case(name.words, letters, exact=exact, in_head=printed[0].in_head):
        return False
    if name.shouted and letters[0] != name.words[0] and lexicon.common(printed[0].fold):
        return False  # "Sac" at the beginning of a sentence is no SAC
    if printed[0].initial and not printed[0].in_head and _only_first(letters) and len(name.words) > 1:
        lowered = [letters[0][:1].lower() + letters[0][1:], *letters[1:]]
        if lexicon.common(printed[0].fold) and not same_case(name.words, lowered):
            return False  # "Village guards" at the beginning of a sentence are nobody's Village Guards
    if name.article and all(lexicon.common(word.fold) for word in printed):
        before = words[first - 1] if first else None
        return before is not None and before.plain == "The"
    return True


def _only_first(letters: Sequence[str]) -> bool:
    return not any(word[:1].isupper() for word in letters[1:])


def disjoint(hits: Iterable[Hit]) -> Iterator[Hit]:
    """Yield the leftmost and longest of `hits` (in order of place, the longer first), none overlapping another."""
    free = 0
    for hit in hits:
        if hit.first >= free:
            free = hit.last + 1
            yield hit
