"""Persons named by one of their names alone, after the article has introduced them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from monitor.entities.recognising.found import Found
from monitor.entities.recognising.persons import ARTICLES, COMMON_GIVEN, SHORTEST_PART, PersonRules
from monitor.entities.recognising.word_kinds import OFFICES, OPENERS, PARTICLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monitor.entities.recognising.document import Method
    from monitor.entities.recognising.found import Taken

LIKE = 80.0  # of 100: "al-Khadimi" for "al-Kadhimi"
LIKE_PLAIN = 88.0  # of 100: a surname without an article
SPANISH_ARTICLES = frozenset(["el", "la", "los", "las"])  # of a nickname
SHORTEST_LIKE = 6  # letters


@dataclass(frozen=True, slots=True)
class _Person:
    at: int
    entity: str | None
    name: str
    parts: tuple[str, ...]  # folded, without particles


class SurnameRules(PersonRules):
    """Finds one article's persons, and then their names alone."""

    def backreferences(self, persons: Iterable[Found], taken: Taken) -> list[Found]:
        """Return the places where a person of the article is named by one name alone, titles and headings included."""
        by_part = self._by_part(persons)
        self._nicknames = {
            (self.words[one.first].fold, self.words[one.last].fold) for one in persons if one.last == one.first + 1
        }
        found = []
        for at, word in enumerate(self.words):
            if not word.capital or taken.touches(at, at) or not self._alone(at, taken):
                continue
            first = self._article(at)
            person, method, score = self._meant(at, first, by_part)
            if person:
                found.append(
                    Found(first, at, "actor", person.entity, person.name, method, "suggested", score, sort="person")
                )
        return found

    def _by_part(self, persons: Iterable[Found]) -> dict[str, list[_Person]]:
        by_part: dict[str, list[_Person]] = defaultdict(list)
        for found in persons:
            words = self.words[found.first : found.last + 1]
            parts = [
                word.fold
                for place, word in enumerate(words, start=1)
                if word.fold not in PARTICLES and (word.fold not in OFFICES or place == len(words))
            ]
            person = _Person(found.first, found.entity, found.name, tuple(parts))
            for part in parts:
                if len(part) >= SHORTEST_PART and not (part in COMMON_GIVEN and part != parts[-1]):
                    by_part[part].append(person)
        return by_part

    def _article(self, at: int) -> int:
        before = self.text.before(at)
        if before is None or not self.words[at].soft:
            return at
        if before.fold in SPANISH_ARTICLES and (before.fold, self.words[at].fold) in self._nicknames:
            return at - 1  # "El Mencho"
        return at - 1 if before.fold in ARTICLES and self.words[at].gap == "-" else at

    def _alone(self, at: int, taken: Taken) -> bool:
        """Tell whether no other name runs into this word."""
        words = self.words
        first, after = self._article(at), self.text.after(at)
        if (
            after
            and after.soft
            and after.gap == " "
            and after.capital
            and not words[at].in_head
            and not words[at].possessive
            and not taken.touches(at + 1, at + 1)
            and not self.lexicon.common(after.fold)
        ):
            return False
        before = self.text.before(first)
        if (
            before is None
            or not words[first].soft
            or words[first].gap != " "
            or not before.capital
            or words[at].in_head
        ):
            return True
        return (
            before.possessive
            or before.fold in OFFICES
            or self._left_out(first - 1)
            or before.fold in OPENERS
            or taken.touches(first - 1, first - 1)
        )

    def _meant(self, at: int, first: int, by_part: dict[str, list[_Person]]) -> tuple[_Person | None, Method, float]:
        word = self.words[at]
        persons = by_part.get(word.fold, ())
        if persons:
            if self.lexicon.common(word.fold) and (word.initial or word.in_head) and not self._acts(at):
                return None, "backref", 0.0
            before = [person for person in persons if person.at <= at]
            surnamed = [person for person in before if person.parts[-1] == word.fold] or before
            return (surnamed[-1] if surnamed else persons[0]), "backref", 0.6
        if self.lexicon.common(word.fold) or len(word.fold) < SHORTEST_LIKE or word.shouted:
            return None, "backref", 0.0
        return self._misspelt(word.fold, by_part, article=first < at)

    def _acts(self, at: int) -> bool:
        """Tell whether a word that may be a common one stands as a person does: "Maduro said", "Rice's"."""
        return self.words[at].possessive or self._speaks(at)

    def _misspelt(
        self, fold: str, by_part: dict[str, list[_Person]], *, article: bool
    ) -> tuple[_Person | None, Method, float]:
        if fold in self.lexicon.names and not article:
            return None, "fuzzy", 0.0
        best: tuple[float, str] = (0.0, "")
        for part, bearers in by_part.items():
            surname = any(person.parts[-1] == part for person in bearers)
            if surname and part[0] == fold[0] and abs(len(part) - len(fold)) <= 2 and len(part) >= SHORTEST_LIKE:
                best = max(best, (fuzz.ratio(fold, part), part))
        if best[0] < (LIKE if article else LIKE_PLAIN):
            return None, "fuzzy", 0.0
        return by_part[best[1]][-1], "fuzzy", round(best[0] / 200, 2)
