"""Places that are in no gazetteer: lakes and mountains, villages and prisons, names behind "in" and "near"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from monitor.entities.recognising.found import Found, Taken
from monitor.entities.recognising.word_kinds import (
    COMPASS,
    FACILITIES,
    HEAD_KINDS,
    LINKS,
    NO_ACTORS,
    OFFICES,
    PEOPLES,
    PLACE_NOUNS,
    PLACES_AFTER,
    PLACES_BEFORE,
    SPEECH,
    THINGS,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from monitor.entities.recognising.compiled import Compiled
    from monitor.entities.recognising.context import Context
    from monitor.entities.recognising.lexicon import Lexicon
    from monitor.entities.recognising.phrases import Phrase
    from monitor.entities.recognising.regions import RegionRules
    from monitor.entities.recognising.running_text import RunningText

STRONG = frozenset(["in", "at", "near", "around", "outside", "inside"])
WEAK = frozenset(["from", "to", "toward", "towards", "through", "via", "across", "into"])
BESIDE_PLACES = STRONG | {"between", "from"}
OF_PLACES = PLACE_NOUNS | {
    "outskirts", "south", "north", "east", "west", "port", "capital", "island", "siege", "battle", "suburbs"
}  # fmt: skip
NO_FEATURES = OFFICES.union(HEAD_KINDS)
NO_PLACES = THINGS.union(PEOPLES, NO_ACTORS, HEAD_KINDS)
LIKE = 88.0  # of 100: a place's name with a letter wrong
LIKE_LETTERS = 6
MOST_WORDS = 4


class PlaceRules:
    """Finds one article's unknown places."""

    def __init__(
        self, text: RunningText, compiled: Compiled, context: Context, lexicon: Lexicon, regions: RegionRules
    ) -> None:
        self.known = regions.likely
        self.text = text
        self.words = text.words
        self.compiled = compiled
        self.context = context
        self.lexicon = lexicon
        self._names: dict[int, tuple[int, int]] = {}  # by a phrase's first word

    def features(self, phrases: Iterable[Phrase], taken: Taken) -> list[Found]:
        """Return names that are made like those of lakes, mountains and camps: "Lake Chad", "Sambisa Forest"."""
        found = []
        for phrase in phrases:
            first = self._bare(phrase)
            if phrase.last > first and not taken.touches(first, phrase.last) and self._feature(first, phrase.last):
                found.append(self._new(first, phrase.last, 0.6))
        return found

    def _bare(self, phrase: Phrase) -> int:
        """Return the phrase's first word behind demonyms and offices."""
        first = phrase.first
        while first < phrase.last and (first in self.context.demonym_words or self.words[first].fold in OFFICES):
            first += 1
        return first

    def _feature(self, first: int, last: int) -> bool:
        words = self.words
        begin, end = words[first].fold, words[last].fold
        if any(word.fold in THINGS for word in words[first : last + 1]):
            return False
        if begin in PLACES_BEFORE and words[first + 1].fold not in NO_FEATURES:
            return True
        if end not in PLACES_AFTER or not words[last].capital or end in COMPASS:
            return False
        rest = words[first:last]
        return not all(word.fold in COMPASS or word.fold in LINKS or word.fold in HEAD_KINDS for word in rest) and (
            len(rest) <= MOST_WORDS
        )

    def names(self, phrases: Sequence[Phrase], regions: Sequence[Found], taken: Taken) -> list[Found]:
        """Return unknown names that stand where places stand, everywhere the article prints them."""
        free = [
            (first, last)
            for first, last in map(self._name, phrases)
            if first <= last and not taken.touches(first, last)
        ]
        known = {region.last for region in regions}
        # What stands as a place once is one wherever the article prints it.
        accepted = {self._key(one.first, one.last): one for one in reversed(regions) if one.entity is None}
        for first, last in free:
            score = self._placed(first, last, known)
            if score:
                known.add(last)
                accepted.setdefault(self._key(first, last), self._read(first, last, score))
        found = []
        for first, last in free:
            first_seen = accepted.get(self._key(first, last))
            if first_seen:
                end = last + 1 if self._facility(last) else last
                found.append(
                    Found(
                        first,
                        end,
                        "region",
                        first_seen.entity,
                        first_seen.name,
                        first_seen.method,
                        "suggested",
                        first_seen.score,
                        candidates=first_seen.candidates,
                    )
                )
        return found

    def _name(self, phrase: Phrase) -> tuple[int, int]:
        name = self._names.get(phrase.first)
        if name is None:
            first = self._bare(phrase)
            name = (first, phrase.last) if self._possible(first, phrase.last) else (1, 0)
            self._names[phrase.first] = name
        return name

    def _possible(self, first: int, last: int) -> bool:
        words = self.words[first : last + 1]
        if len(words) > MOST_WORDS or (len(words) == 1 and (words[0].shouted or len(words[0].plain) < 3)):
            return False
        if any(word.fold in NO_PLACES or word.plain[0].isdigit() for word in words):
            return False
        if not self.context.demonym_words.isdisjoint(range(first, last + 1)):
            return False
        return not (self.lexicon.common(words[0].fold) and self.lexicon.common(words[-1].fold))

    def _placed(self, first: int, last: int, known: set[int]) -> float:
        """Return 0-1: how much what stands beside a name says that it is a place."""
        before, after = self.text.before(first), self.text.after(last)
        if after and after.soft and not after.capital and (after.fold in PLACE_NOUNS or after.fold in FACILITIES):
            return 0.6 if not self._person_before(first) else 0.0
        if before is None or not self.words[first].soft:
            return self._listed(first, known)
        if before.fold == "of" and first > 1 and self.words[first - 2].fold in OF_PLACES:
            return 0.6
        if before.fold in STRONG and (not before.capital or before.initial):
            return 0.5
        if self._speaks(last):
            return 0.0
        if before.fold in COMPASS and not before.capital:
            return 0.5
        if before.fold == "the" and first > 1 and self.words[first - 2].fold in STRONG and first - last < 1:
            return 0.4
        if before.fold in WEAK and not before.capital and self._lone(first, last):
            return 0.4
        return self._listed(first, known)

    def _lone(self, first: int, last: int) -> bool:
        """Tell whether it is one word that is nobody's name: "from Kotli to Surankote"."""
        return first == last and self.words[first].fold not in self.lexicon.names and not self.words[last].possessive

    def apposed(self, phrases: Iterable[Phrase], taken: Taken) -> list[Found]:
        """Return unknown names that are called places behind a comma: "X and Y, two municipalities of"."""
        found: list[Found] = []
        for phrase in phrases:
            first, last = self._name(phrase)
            if first > last or taken.touches(first, last) or not self._called_place(last):
                continue
            found.append(self._new(first, last, 0.6))
            earlier = next((one for one in map(self._name, phrases) if one[1] == first - 2), None)
            joined = self.words[first - 1].fold == "and" and first > 1
            if joined and earlier and not taken.touches(*earlier) and self._between(earlier[0]):
                found.append(self._new(*earlier, 0.5))
        return found

    def _between(self, first: int) -> bool:
        before = self.text.before(first)
        return before is not None and before.fold in BESIDE_PLACES

    def _called_place(self, last: int) -> bool:
        after = self.text.after(last)
        if after is None or after.gap.strip() != ",":
            return False
        following = self.words[last + 1 : last + 5]
        # "the state's governor" says nothing of a place.
        noun = next((at for at, word in enumerate(following) if word.fold in PLACE_NOUNS and not word.possessive), None)
        return noun is not None and not any(
            word.capital or (at and not word.soft) for at, word in enumerate(following[:noun])
        )

    def _person_before(self, first: int) -> bool:
        before = self.text.before(first)
        return bool(before and before.fold in OFFICES)

    def _listed(self, first: int, known: set[int]) -> float:
        """Return how much the place before a comma or "and" says of the name behind it."""
        words = self.words
        if (
            first
            and words[first].gap.strip() == ","
            and first - 1 in known
            and words[first].piece == words[first - 1].piece
        ):
            after = self.text.after(first)
            return 0.45 if after and (after.gap.strip() == "," or after.fold in ("and", "or")) else 0.0
        if first > 1 and words[first - 1].fold in ("and", "or") and first - 2 in known:
            return 0.45
        return 0.0

    def _speaks(self, last: int) -> bool:
        after = self.text.after(last)
        return bool(after and after.soft and after.fold in SPEECH)

    def _facility(self, last: int) -> bool:
        after = self.text.after(last)
        return bool(after and after.soft and after.fold in FACILITIES and after.gap == " ")

    def _key(self, first: int, last: int) -> tuple[str, ...]:
        return tuple(word.plain for word in self.words[first : last + 1])

    def _read(self, first: int, last: int, score: float) -> Found:
        end = last + 1 if self._facility(last) else last
        if end == last:
            known = self.known(first, last) or self._fuzzy(first, last)
            if known:
                return known
        return self._new(first, end, score)

    def _new(self, first: int, last: int, score: float) -> Found:
        return Found(first, last, "region", None, self.text.name(first, last), "pattern", "suggested", score)

    def _fuzzy(self, first: int, last: int) -> Found | None:
        """Return a place of a country in context whose name differs by a letter or two."""
        key = self.text.folded(first, last)
        if len(key) < LIKE_LETTERS:
            return None
        likely = sorted(self.context.weights, key=lambda country: (-self.context.weights[country], country))[:4]
        best: list[tuple[float, int, str]] = []
        for country in likely:
            for name, code, rank in self.compiled.places_like(country, key):
                score = fuzz.ratio(key, name)
                if score >= LIKE:
                    best.append((-score, rank, code))
        if not best:
            return None
        best.sort()
        score, _rank, code = best[0]
        region = self.compiled.regions[code]
        candidates = tuple((other, -found) for found, _, other in best[:5])
        return Found(
            first,
            last,
            "region",
            code,
            region.name,
            "fuzzy",
            "suggested",
            round(-score / 200, 2),
            candidates=candidates,
        )
