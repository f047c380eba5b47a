"""Which region a place's name means, and whether it means one at all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from monitor.entities.recognising.capitals import CAPITALS
from monitor.entities.recognising.context import part_of_feature
from monitor.entities.recognising.found import Found, Taken
from monitor.entities.recognising.letters import fold
from monitor.entities.recognising.word_kinds import (
    ADMIN1_NOUNS,
    ADMIN2_NOUNS,
    CITY_NOUNS,
    COMPASS,
    LOCATIVES,
    PEOPLES,
    PLACE_NOUNS,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from monitor.entities.gazetteer import RegionEntry
    from monitor.entities.recognising.compiled import Compiled, Name
    from monitor.entities.recognising.context import Context
    from monitor.entities.recognising.hits import Hit
    from monitor.entities.recognising.lexicon import Lexicon
    from monitor.entities.recognising.running_text import RunningText

RANKS = {"macro": 9.0, "country": 9.6, "admin1": 4.0, "city": 2.5, "admin2": 2.0, "admin3": 1.5}
OTHER_RANK = 5.0  # rows by hand: lines, lands across borders, former countries, places
LANDS = frozenset(["disputed", "cross_border", "border"])
LAND_RANK = 9.4  # before every province of the name, after a country
IN_CONTEXT = 3.0
CAPITAL_RANK, GREAT_CITY_RANK = 4.4, 4.2  # before a province of the same name
GREAT_CITY = 300_000  # people
MENTIONED = 1.5  # at most, for the share of what is said that is said of its country
NEARBY = 0.8
BESIDE = 2.5  # the noun beside says what it is: "Kirkuk province"
SHORT_NAMES = frozenset(["us", "uk", "uae", "drc", "u s", "u k", "usa", "ussr", "car"])
SHORTEST, SHORTEST_UNSURE = 4, 5  # letters
BIG_CITY = 150_000  # people: known without its country
NO_MATTER_WHERE = 200_000  # people: known at the beginning of a sentence
FIRM = frozenset(["macro", "country", "cross_border", "border", "disputed", "former"])
LIST_WORDS = 24
METONYM_VERBS = frozenset(
    [
        "said",
        "says",
        "accused",
        "denies",
        "denied",
        "insists",
        "insisted",
        "claims",
        "claimed",
        "believes",
        "believed",
        "wants",
        "wanted",
        "hopes",
        "hoped",
        "fears",
        "feared",
        "refused",
        "refuses",
        "agreed",
        "agrees",
        "announced",
        "announces",
        "argues",
        "argued",
        "blames",
        "blamed",
        "calls",
        "called",
        "watches",
        "watched",
        "offered",
        "offers",
        "promised",
        "promises",
        "supports",
        "supported",
        "backs",
        "backed",
        "rejects",
        "rejected",
        "responded",
        "responds",
        "sees",
        "views",
        "considers",
        "considered",
        "worries",
        "warned",
        "warns",
        "demands",
        "demanded",
        "decided",
        "decides",
        "has",
        "had",
        "is",
        "was",
        "will",
        "would",
        "recalled",
        "expelled",
        "sent",
        "condemned",
    ],
)
METONYM_BEFORE = frozenset(["regime", "government", "authorities", "junta", "administration", "rulers", "elites"])


@dataclass(frozen=True, slots=True)
class _Candidate:
    region: RegionEntry
    name: Name
    score: float
    capital: bool


class RegionRules:
    """Decides about one article's regions."""

    def __init__(self, text: RunningText, compiled: Compiled, context: Context, lexicon: Lexicon) -> None:
        self.starts: frozenset[int] = frozenset()  # words at which some region's name begins
        self.ends: frozenset[int] = frozenset()
        self.seen: dict[tuple[int, int], tuple[Found | None, bool]] = {}  # what each hit was read as
        self.text = text
        self.words = text.words
        self.compiled = compiled
        self.context = context
        self.lexicon = lexicon

    def resolve(self, hits: Iterable[Hit], taken: Taken) -> list[Found]:
        """Return the regions meant, leftmost and longest; words in `taken` belong to actors or other names."""
        hits = list(hits)
        self.starts = frozenset(hit.first for hit in hits)
        self.ends = frozenset(hit.last for hit in hits)
        found: list[Found] = []
        waiting: list[tuple[Hit, Found]] = []
        free = 0
        for hit in hits:
            if hit.first < free or taken.touches(hit.first, hit.last):
                continue
            key = (hit.first, hit.last)
            if key not in self.seen:
                self.seen[key] = self._read(hit)
            region, sure = self.seen[key]
            if region is None:
                continue
            free = hit.last + 1
            if sure:
                found.append(region)
            else:
                waiting.append((hit, region))
        accepted = {(region.entity, self.text.folded(region.first, region.last)) for region in found}
        found += [
            region
            for _hit, region in waiting
            if (region.entity, self.text.folded(region.first, region.last)) in accepted
        ]
        return self._placed(sorted(found, key=lambda region: region.first))

    def _placed(self, found: Sequence[Found]) -> list[Found]:
        """Return the regions without small places that nowhere in the article stand as a place does: they are persons."""
        placed = {
            region.entity for region in found if not self._small(region) or self._stands(region.first, region.last)
        }
        return [region for region in found if region.entity in placed]

    def _small(self, region: Found) -> bool:
        entry = self.compiled.regions[region.entity or ""]
        return entry.kind in ("city", "admin2", "admin3") and entry.population < BIG_CITY

    def located(self, region: Found) -> bool:
        """Tell whether a word beside says that this is a place."""
        return self._located(region.first, region.last)

    def _stands(self, first: int, last: int) -> bool:
        words = self.words
        if words[first].in_head or self._located(first, last):
            return True
        before, after = self.text.before(first), self.text.after(last)
        if before and words[first].soft and before.fold in LOCATIVES:
            return True
        if before and (words[first].gap.strip() == "," or before.fold in ("and", "or")):
            near = first - 1 if words[first].gap.strip() == "," else first - 2
            if near in self.ends:
                return True
        if after and (after.gap.strip() == "," or after.fold in ("and", "or")):
            near = last + 1 if after.gap.strip() == "," else last + 2
            return near in self.starts
        return False

    def _read(self, hit: Hit) -> tuple[Found | None, bool]:
        """Return the region of a hit or None, and whether it is sure without being found elsewhere."""
        if self._stopped(hit) or part_of_feature(self.words, hit.first, hit.last):
            return None, False
        candidates = self._candidates(hit)
        for candidate in candidates:
            if not self._allowed(hit, candidate):
                continue
            rest = [other for other in candidates if other is not candidate]
            return self._found(hit, candidate, rest), self._sure_here(hit, candidate)
        return None, False

    def _candidates(self, hit: Hit) -> list[_Candidate]:
        best: dict[str, _Candidate] = {}
        for name in hit.names:
            region = self.compiled.regions.get(name.surface.entity)
            if region is None or not self._needed(name):
                continue
            capital = _is_capital(region, self.text.folded(hit.first, hit.last))
            candidate = _Candidate(region, name, self._score(hit, region, capital=capital), capital)
            best.setdefault(region.code, candidate)
        return sorted(best.values(), key=lambda one: (-one.score, -one.region.population, one.region.code))

    def _needed(self, name: Name) -> bool:
        return not name.surface.needs or self.context.names(name.surface.needs)

    def _score(self, hit: Hit, region: RegionEntry, *, capital: bool) -> float:
        score = RANKS.get(region.kind, OTHER_RANK)
        if region.kind in LANDS:
            return LAND_RANK
        if capital or (region.kind == "city" and region.population >= GREAT_CITY):
            score = max(score, CAPITAL_RANK if capital else GREAT_CITY_RANK)
        if self.context.names(region.countries) and region.kind != "country":
            score += IN_CONTEXT + MENTIONED * self.context.weight(region.countries)
            score += NEARBY * self.context.nearness(region.countries, hit.first)
        return score + self._beside(hit, region)

    def _beside(self, hit: Hit, region: RegionEntry) -> float:
        noun = self._noun_beside(hit.first, hit.last)
        if noun in ADMIN1_NOUNS:
            return BESIDE if region.kind == "admin1" else 0.0
        if noun in ADMIN2_NOUNS:
            return BESIDE if region.kind in ("admin2", "admin3") else 0.0
        if noun in CITY_NOUNS:
            return BESIDE if region.kind in ("city", "place") else 0.0
        return 0.0

    def _noun_beside(self, first: int, last: int) -> str:
        """Return "provinces" for each of "Diyala, Kirkuk and Baghdad provinces", or "city" of "the city of Kirkuk"."""
        words = self.words
        if first > 1 and words[first - 1].fold == "of" and words[first - 2].fold in PLACE_NOUNS:
            return words[first - 2].fold
        listed = False
        for at in range(last + 1, min(last + LIST_WORDS, len(words))):
            word = words[at]
            if word.fold in PLACE_NOUNS and word.soft and (not listed or word.fold.endswith("s")):
                return word.fold
            if word.gap.strip() == "," or word.fold in ("and", "or") or (listed and word.capital and word.soft):
                listed = True
                if word.capital or word.fold in ("and", "or"):
                    continue
            break
        return ""

    def _stopped(self, hit: Hit) -> bool:
        """Tell whether it is written like no place, or is a word that never means the place of its letters."""
        words = self.words[hit.first : hit.last + 1]
        key = " ".join(word.fold for word in words if word.fold != "the")
        if not any(word.capital for word in words) and not self._firm(hit):
            return True
        if key in PEOPLES:
            return True
        if key in self.compiled.stop_words or key in self.compiled.demonyms:
            return not self._firm(hit)
        letters = len(key.replace(" ", ""))
        if letters >= SHORTEST or key in SHORT_NAMES or self._country_hit(hit):
            return False
        return letters < 3 or words[0].shouted or not self._located(hit.first, hit.last)

    def _country_hit(self, hit: Hit) -> bool:
        return any(self._kind(name) == "country" and not name.shouted for name in hit.names)

    def _firm(self, hit: Hit) -> bool:
        return any(self._kind(name) in FIRM for name in hit.names)

    def _kind(self, name: Name) -> str:
        region = self.compiled.regions.get(name.surface.entity)
        return region.kind if region else ""

    def _allowed(self, hit: Hit, candidate: _Candidate) -> bool:
        region = candidate.region
        if region.kind in FIRM or region.kind not in RANKS:
            return region.kind != "country" or not self._part_of_name(hit, countries=True)
        known = self.context.names(region.countries)
        if (
            self._common(hit)
            and not (known and self._located(hit.first, hit.last))
            and not (known and candidate.capital)
        ):
            return False
        if region.kind == "admin1" and known:
            return not self._part_of_name(hit, countries=True)
        letters = sum(len(word.fold) for word in self.words[hit.first : hit.last + 1])
        if letters < SHORTEST_UNSURE and not candidate.capital and not (known and self._located(hit.first, hit.last)):
            return False
        if self._part_of_name(hit):
            return False
        return known or candidate.capital or self._known_anyway(hit, region)

    def _known_anyway(self, hit: Hit, region: RegionEntry) -> bool:
        """Tell whether a place is meant although its country is not named."""
        if region.kind == "admin1":
            return len(hit) > 1 or self._located(hit.first, hit.last) or not self.words[hit.first].initial
        if region.kind != "city":
            return False
        return region.population >= BIG_CITY and (self._located(hit.first, hit.last) or self._population_known(region))

    def _population_known(self, region: RegionEntry) -> bool:
        return region.population >= 3 * BIG_CITY

    def _common(self, hit: Hit) -> bool:
        words = [word for word in self.words[hit.first : hit.last + 1] if word.fold != "the"]
        if any(word.fold in self.lexicon.either for word in words) and not words[0].initial:
            return False
        return all(self.lexicon.common(word.fold) for word in words)

    def _located(self, first: int, last: int) -> bool:
        """Tell whether a word before, or a noun or a comma and a capital behind, says that it is a place."""
        before = self.text.before(first)
        if before and before.fold in ("the", "and", "or") and first > 1:
            before = self.text.before(first - 1)
        if before and (before.fold in LOCATIVES - {"of", "to"} or before.fold in COMPASS):
            return True
        if self._noun_beside(first, last):
            return True
        after = self.text.after(last)
        return bool(after and after.gap == ", " and after.capital and (last + 1) in self.starts)

    def _part_of_name(self, hit: Hit, *, countries: bool = False) -> bool:
        """Tell whether a capital beside it says that it is a part of a longer name."""
        words = self.words
        before = self.text.before(hit.first) if words[hit.first].soft else None
        after = self.text.after(hit.last)
        if words[hit.first].in_head:
            return False
        if after and after.soft and after.gap.strip() == "" and after.capital and not words[hit.last].possessive:
            known = (
                after.fold in PLACE_NOUNS or after.fold in ("prison", "airport", "city") or self._demonym(hit.last + 1)
            )
            if not known and not (countries and (self.lexicon.common(after.fold) or after.shouted)):
                return True
        if countries or before is None or words[hit.first].gap.strip() or not before.capital or before.possessive:
            return False
        if before.fold in COMPASS or self._demonym(hit.first - 1):
            return False
        return not (before.initial and (self.lexicon.common(before.fold) or before.fold in LOCATIVES))

    def _demonym(self, index: int) -> bool:
        return index in self.context.demonym_words

    def _sure_here(self, hit: Hit, candidate: _Candidate) -> bool:
        region, word = candidate.region, self.words[hit.first]
        small = region.kind in ("city", "admin2", "admin3") and region.population < NO_MATTER_WHERE
        return not (
            word.initial
            and small
            and not word.in_head
            and not candidate.capital
            and not self._located(hit.first, hit.last)
        )

    def _found(self, hit: Hit, candidate: _Candidate, rest: Sequence[_Candidate]) -> Found:
        region, surface = candidate.region, candidate.name.surface
        rivals = [
            other
            for other in rest
            if other.score == candidate.score
            and other.region.kind == region.kind
            and other.region.countries != region.countries
        ]
        local = surface.sort in ("name", "translation") and region.kind not in FIRM
        return Found(
            hit.first,
            self._with_noun(hit, region),
            "region",
            region.code,
            surface.text if local else region.name,  # of a town's spellings, that which is printed
            "gazetteer",
            status="suggested" if rivals and not self.context.names(region.countries) else "auto",
            score=round(min(1.0, candidate.score / 10 + 0.3), 2),
            alias_id=surface.alias_id,
            metonym=self._metonym(hit, candidate),
            candidates=tuple((other.region.code, round(10 * other.score, 1)) for other in rest[:5]),
        )

    def _with_noun(self, hit: Hit, region: RegionEntry) -> int:
        """Return the last word of the name with the capitalised "State" or "Region" behind it."""
        after = self.text.after(hit.last)
        if region.kind not in ("admin1", "admin2", "admin3") or after is None or not after.soft or not after.capital:
            return hit.last
        own = not self.words[hit.last].possessive and not after.in_head and after.gap == " "
        return hit.last + 1 if own and after.fold in ADMIN1_NOUNS | ADMIN2_NOUNS else hit.last

    def _metonym(self, hit: Hit, candidate: _Candidate) -> bool:
        """Tell whether a country or capital is named as a state that acts."""
        if not (candidate.capital or candidate.region.kind == "country"):
            return False
        before, after = self.text.before(hit.first), self.text.after(hit.last)
        if before and before.fold == "in" and hit.first > 1 and self.words[hit.first - 2].fold in METONYM_BEFORE:
            return True
        acts = after is not None and after.soft and after.fold in METONYM_VERBS
        return acts and (before is None or before.fold not in LOCATIVES)


@cache
def _capital_names() -> dict[str, frozenset[str]]:
    names: dict[str, set[str]] = {}
    for country, name in CAPITALS:
        names.setdefault(country, set()).add(
            " ".join(fold(word) for word in name.replace("-", " ").split() if word != "The")
        )
    return {country: frozenset(found) for country, found in names.items()}


def _is_capital(region: RegionEntry, printed: str) -> bool:
    if region.kind not in ("city", "place"):
        return False
    own = " ".join(fold(word) for word in region.name.replace("-", " ").split())
    names = (_capital_names().get(country, frozenset()) for country in region.countries)
    return any(printed in found or own in found for found in names)
