"""What an article itself says its names mean: short forms and other names that it explains, each from its place on.

Two groups may bear one short name in one article: a short form means what was last said of it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monitor.entities.gazetteer import EntityKind
    from monitor.entities.recognising.document import Method, Status
    from monitor.entities.recognising.running_text import Word


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name stands for: an entity of the gazetteer, or a new `name` of the given sort; or no actor at all."""

    kind: EntityKind | None  # None: neither an actor nor a region, as BRI
    entity: str | None
    name: str
    method: Method
    status: Status
    sort: str = ""
    candidates: tuple[tuple[str, float], ...] = ()


class LocalNames:
    """Names explained in one article."""

    def __init__(self) -> None:
        # By folded name: the words from which on it has a meaning, in order, and what it means from each.
        self._places: dict[tuple[str, ...], list[int]] = defaultdict(list)
        self._meanings: dict[tuple[str, ...], list[Meaning]] = defaultdict(list)
        self._first: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        self._written: dict[tuple[str, ...], tuple[str, ...]] = {}

    def add(self, words: Sequence[Word], at: int, meaning: Meaning) -> None:
        """Say that a name printed as `words`, from word `at` on, has a meaning."""
        kept = [word for word in words if word.fold != "the"]
        key = tuple(word.fold for word in kept)
        if not key:
            return
        if key not in self._meanings:
            self._first[key[0]].append(key)
            self._first[key[0]].sort(key=len, reverse=True)
            self._written[key] = tuple(word.plain for word in kept)
        places = self._places[key]
        index = bisect_left(places, at)
        if places[index : index + 1] != [at]:
            places.insert(index, at)
            self._meanings[key].insert(index, meaning)

    def meaning(self, key: tuple[str, ...], at: int) -> Meaning | None:
        """Return what was last said of the folded name before word `at`, else what is first said behind it."""
        meanings = self._meanings.get(key)
        if not meanings:
            return None
        return meanings[max(bisect_right(self._places[key], at) - 1, 0)]

    def known(self, key: tuple[str, ...]) -> bool:
        """Tell whether the article explains the folded name."""
        return key in self._meanings

    def printed(self, words: Sequence[Word]) -> Iterator[tuple[int, int, Meaning]]:
        """Yield first and last word and the meaning of each place where an explained name is printed."""
        for at, word in enumerate(words):
            for key in self._first.get(word.fold, ()):
                last = self._match(words, at, key)
                meaning = self.meaning(key, at) if last is not None else None
                if last is not None and meaning is not None:
                    yield at, last, meaning
                    break

    def _match(self, words: Sequence[Word], at: int, key: tuple[str, ...]) -> int | None:
        """Return the last word of the name `key` printed at `at`, with capitals as where it was explained."""
        index, left = at, 0
        written = self._written[key]
        while left < len(key):
            if index >= len(words) or (index > at and not words[index].soft):
                return None
            word = words[index]
            if word.fold == key[left]:
                if not _as_written(word, written[left], single=len(key) == 1):
                    return None
                left += 1
            elif word.fold != "the" or not left:
                return None
            index += 1
        return index - 1


def _as_written(word: Word, written: str, *, single: bool) -> bool:
    if word.plain == written or (single and word.plain.rstrip("s") == written):
        return True
    if single:
        return False
    return word.plain[:1].isupper() or not written[:1].isupper()
