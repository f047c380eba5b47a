"""Persons: by two or more names, by an office before one name, and afterwards by any of their names alone."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.entities.recognising.found import Found, Taken
from monitor.entities.recognising.word_kinds import (
    AUXILIARIES,
    COMPASS,
    FIGHTERS,
    HEAD_KINDS,
    HONORIFICS,
    LINKS,
    NO_ACTORS,
    OFFICES,
    OPENERS,
    PARTICLES,
    PEOPLES,
    PLACE_NOUNS,
    PLACES_AFTER,
    PLACES_BEFORE,
    SPEECH,
    THINGS,
    TITLES,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from monitor.entities.recognising.context import Context
    from monitor.entities.recognising.lexicon import Lexicon
    from monitor.entities.recognising.phrases import Phrase
    from monitor.entities.recognising.running_text import RunningText, Word

MOST_NAMES = 5
# What is done to persons and groups, and what they have.
DONE_TO = frozenset(
    ["met", "told", "killed", "arrested", "appointed", "replaced", "succeeded", "accused", "fought", "joined"]
)
OWNED = frozenset(["committee", "party", "men", "army", "government", "deputy", "fighters", "congress", "wing", "war"])
ENOUGH = 0.9  # cues that make a person of an unknown word
SHORTEST_ACTING = 4  # letters of it
SHORTEST_PART = 3  # letters
ALIAS = frozenset(["alias", "aka", "nicknamed", "called", "named", "dubbed", "known"])
ARTICLES = frozenset(["al", "el", "ash", "as", "ad", "an", "ar", "at", "az"])
# Offices that are surnames too.
SURNAMES = frozenset(
    [
        "king",
        "mufti",
        "mullah",
        "imam",
        "qari",
        "haji",
        "sayyid",
        "pope",
        "bishop",
        "marshal",
        "major",
        "prince",
        "judge",
        "abbott",
        "father",
        "sheikh",
        "khan",
    ]
)
# Given names that so many bear that alone they mean nobody.
COMMON_GIVEN = frozenset(
    re.split(
        r"\s+",
        "mohammed muhammad mohamed mohammad ahmed ahmad ali abdul abdullah abdallah john james david michael jose juan "
        "ibrahim hassan hussein omar abu ibn bin umm",
    )
)
BEFORE_PLACES = frozenset(["in", "at", "near", "around", "outside", "inside"])
LED = FIGHTERS | OWNED
MEN = FIGHTERS - OFFICES
JOINING = LINKS - PARTICLES
NO_NAMES = PLACES_BEFORE - {"khan", "bab", "ain", "beit", "rio", "ras"}


class PersonRules:
    """Finds one article's persons."""

    def __init__(self, text: RunningText, context: Context, lexicon: Lexicon, sources: frozenset[str]) -> None:
        self.text = text
        self.words = text.words
        self.context = context
        self.lexicon = lexicon
        self.sources = sources

    def find(self, phrases: Iterable[Phrase], taken: Taken) -> list[Found]:
        """Return persons by their full names, and by one name behind an office or "alias"."""
        found: list[Found] = []
        for phrase in phrases:
            for first, last in self._segments(phrase):
                span = self._core(self._behind(first, last, taken), last)
                if span and not taken.touches(*span) and self._is_person(*span):
                    found.append(self._person(*span))
        return self._joined(found)

    def _behind(self, first: int, last: int, taken: Taken) -> int:
        """Return where a segment goes on behind the names in it that are known: "G-Pep of Gabriel Jean-Pierre"."""
        known = max((at for at in range(first, last) if taken.touches(at, at)), default=None)
        return first if known is None else known + 1

    def acting(self, phrases: Iterable[Phrase], taken: Taken) -> list[Found]:
        """Return single names of nobody the article introduces, by what they do: "Bakura has sent", "Strelkov says"."""
        spans = [phrase.first for phrase in phrases if len(phrase) == 1 and self._nameless(phrase.first, taken)]
        cues: dict[str, float] = defaultdict(float)
        for at in spans:
            cues[self.words[at].plain] += self._cue(at)
        return [self._person(at, at) for at in spans if cues[self.words[at].plain] >= ENOUGH]

    def _nameless(self, at: int, taken: Taken) -> bool:
        word = self.words[at]
        if len(word.plain) < SHORTEST_ACTING or word.shouted or self.lexicon.common(word.fold) or self._no_name(word):
            return False
        return not taken.touches(at, at) and word.fold not in self.sources and at not in self.context.demonym_words

    def _cue(self, at: int) -> float:
        """Return how much what stands beside says that the word is somebody, at most 1."""
        before, after = self.text.before(at), self.text.after(at)
        if before and before.fold in ("the", *BEFORE_PLACES):
            return -1.0
        if after and after.soft and after.fold in SPEECH:
            return 0.5 if after.fold in AUXILIARIES else 1.0
        cue = (
            0.6
            if before and before.fold in DONE_TO
            else 0.4
            if before and before.fold in ("under", "by", "and")
            else 0.0
        )
        if self.words[at].possessive:
            cue += 1.0 if after and after.fold in LED else 0.5
        return min(cue, 1.0)

    def _person(self, first: int, last: int) -> Found:
        shouted = any(word.shouted for word in self.words[first : last + 1])
        sort = "organisation" if shouted else "person"  # "EH Bildu"
        return Found(first, last, "actor", None, self.text.name(first, last), "person", "suggested", 0.6, sort=sort)

    def _segments(self, phrase: Phrase) -> Iterator[tuple[int, int]]:
        """Yield the parts of a phrase behind each office in it."""
        first = phrase.first
        for at in range(phrase.first, phrase.last + 1):
            if self.words[at].fold in OFFICES and self._office(at):
                if first < at:
                    yield first, at - 1
                first = at + 1
        if first <= phrase.last:
            yield first, phrase.last

    def _office(self, at: int) -> bool:
        """Tell whether the word is an office here and no name, as in "Stephen King"."""
        word = self.words[at]
        if word.fold not in SURNAMES or not at or not word.soft or (at - 1) in self.context.demonym_words:
            return True
        return not self._namelike(at - 1)

    def _core(self, first: int, last: int) -> tuple[int, int] | None:
        """Return the names of a segment: demonyms and common words at its ends left out."""
        while first < last and (self._left_out(first) or self.words[first].fold in JOINING):
            first += 1
        end = last
        while end > first and (
            self.words[end].fold in LINKS or self.words[end].fold in OPENERS or end in self.context.demonym_words
        ):
            end -= 1
        return (first, end) if first <= end else None

    def _left_out(self, at: int) -> bool:
        word = self.words[at]
        if at in self.context.demonym_words:
            return True
        return self.lexicon.common(word.fold) and not self._either(at) and not self._given(at)

    def _given(self, at: int) -> bool:
        """Tell whether a word that may be a name is a given name here: "Jimmy Chérizier" inside a sentence."""
        word, after = self.words[at], self.text.after(at)
        if word.fold not in self.lexicon.either or not word.capital or word.initial:
            return False
        return after is not None and after.soft and self._namelike(at + 1)

    def _either(self, at: int) -> bool:
        """Tell whether a word that may be a name stands where names do: behind an office or a name."""
        word = self.words[at]
        if word.fold not in self.lexicon.either or not word.capital:
            return False
        return self._titled(at) or (at > 0 and word.soft and self._namelike(at - 1))

    def _namelike(self, at: int) -> bool:
        word = self.words[at]
        return word.capital and not word.shouted and not self.lexicon.common(word.fold)

    def _is_person(self, first: int, last: int) -> bool:
        names = [
            word
            for word in self.words[first : last + 1]
            if word.fold not in PARTICLES or (word.capital and word.fold not in ARTICLES)
        ]
        if not 1 <= len(names) <= MOST_NAMES or self.text.folded(first, last) in self.sources:
            return False
        if any(self._no_name(word) for word in self.words[first : last + 1]):
            return False
        called = self._called(first) and not self.words[first].initial
        if (all(self.lexicon.common(word.fold) for word in names) and not called) or self._as_group(last):
            return False
        titled = self._titled(first)
        if len(names) == 1:
            return (titled or self._called(first)) and len(names[0].fold) >= SHORTEST_PART
        before = self.text.before(first)
        if titled or before is None:
            return True
        if before.fold == "the" and self.words[first].soft:
            return False
        return not (before.fold in BEFORE_PLACES and not self._speaks(last))

    def _no_name(self, word: Word) -> bool:
        if word.fold in PARTICLES:
            return False
        if word.plain[0].isdigit() or (word.shouted and len(word.plain) > 2) or word.fold in OPENERS:
            return True
        if word.fold in THINGS or word.fold in HEAD_KINDS or word.fold in PLACES_AFTER or word.fold in PLACE_NOUNS:
            return word.fold not in self.lexicon.either or word.fold in PLACE_NOUNS
        return word.fold in NO_NAMES or word.fold in COMPASS or word.fold in NO_ACTORS or word.fold in PEOPLES

    def _as_group(self, last: int) -> bool:
        after = self.text.after(last)
        return bool(
            after and after.soft and after.fold in MEN and not after.capital and not self.words[last].possessive
        )

    def _titled(self, first: int) -> bool:
        """Tell whether an office stands before: "General Hemedti", "a commander, Mdouli,"."""
        words = self.words
        before = self.text.before(first)
        if before is None:
            return False
        if before.fold in TITLES and words[first].soft and words[first].gap.strip() in ("", "."):
            return True
        if before.fold in TITLES and not before.capital and words[first].gap.strip() == ",":
            return self._closed(first)
        return False

    def _closed(self, first: int) -> bool:
        """Tell whether a comma or bracket closes the name that begins at `first`."""
        last = first
        while last + 1 < len(self.words) and self.words[last + 1].soft and self.words[last + 1].capital:
            last += 1
        after = self.text.after(last)
        return after is None or after.gap.lstrip()[:1] in (",", "(", ".", "–")  # noqa: RUF001

    def _called(self, first: int) -> bool:
        before = self.text.before(first)
        if before is None:
            return False
        if before.fold in ALIAS and before.fold != "known":
            return True
        earlier = self.text.before(first - 1)
        return before.fold == "as" and earlier is not None and earlier.fold == "known" and self._after_person(first - 2)

    def _after_person(self, known: int) -> bool:
        """Tell whether "known as" at `known` stands behind a name of a person."""
        at = known - 1
        while at > 0 and self.words[at].fold in (
            "also",
            "better",
            "widely",
            "commonly",
            "popularly",
            "locally",
            "was",
            "is",
        ):
            at -= 1
        return at > 0 and self._namelike(at) and self._namelike(at - 1)

    def _speaks(self, last: int) -> bool:
        after = self.text.after(last)
        return bool(after and after.fold in SPEECH)

    def _joined(self, persons: Sequence[Found]) -> list[Found]:
        """Return the persons with honorifics before single names, and aliases under the name they follow."""
        joined: list[Found] = []
        for person in persons:
            first = person.first
            if person.first == person.last:
                before = self.text.before(first)
                if before and before.capital and before.fold in HONORIFICS and self.words[first].soft:
                    first -= 1
            name = self.text.name(first, person.last)
            if joined and self._alias_of(joined[-1], person.first):
                name = joined[-1].name
            joined.append(replace(person, first=first, name=name))
        return joined

    def _alias_of(self, person: Found, first: int) -> bool:
        between = self.words[person.last + 1 : first]
        return (
            1 <= len(between) <= 6
            and any(word.fold in ALIAS for word in between)
            and not any(word.capital for word in between)
        )
