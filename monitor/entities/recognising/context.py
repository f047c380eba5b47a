"""Which countries an article names, and where: what decides between names that mean several things."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from monitor.entities.recognising.word_kinds import COMPASS, PLACES_AFTER, PLACES_BEFORE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from monitor.entities.recognising.compiled import Compiled
    from monitor.entities.recognising.hits import Hit
    from monitor.entities.recognising.running_text import RunningText, Word

Demonym = tuple[int, int, tuple[str, ...]]  # first and last word, country codes
# What makes a lake or a mountain of a country's name before or behind it.
FEATURES_BEFORE = PLACES_BEFORE - {"horn", "valley"}
FEATURES_AFTER = PLACES_AFTER - COMPASS - {"state", "region", "province", "city", "base"}
NEAR = 120  # words within which a country named lends most of its weight
WEAK = 0.5  # what "Iraqi" says for Iraq, beside its name


@dataclass(frozen=True)
class Context:
    """`weights`: how much is said of a country; `places`: (word, country) in order; `demonyms` in order."""

    weights: Mapping[str, float]
    places: Sequence[tuple[int, str]]
    demonyms: Sequence[Demonym]
    demonym_words: frozenset[int] = field(default_factory=frozenset)

    def names(self, countries: Iterable[str]) -> bool:
        """Tell whether one of `countries` is named, by its name or its people's."""
        return not self.weights.keys().isdisjoint(countries)

    def weight(self, countries: Iterable[str]) -> float:
        """Return how much of what is said of countries is said of these, 0-1."""
        return sum(self.weights.get(country, 0.0) for country in set(countries)) / self._whole if self._whole else 0.0

    @cached_property
    def _whole(self) -> float:
        return sum(self.weights.values())

    def nearness(self, countries: Iterable[str], at: int) -> float:
        """Return 0-1: how near to word `at` one of `countries` is named."""
        distances = [abs(place - at) for country in countries for place in self._around(country, at)]
        return NEAR / (NEAR + min(distances)) if distances else 0.0

    def _around(self, country: str, at: int) -> list[int]:
        """Return the places before and behind word `at` where a country is named."""
        places = self._by_country.get(country, [])
        index = bisect_left(places, at)
        return places[max(0, index - 1) : index + 1]

    @cached_property
    def _by_country(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = defaultdict(list)
        for place, country in self.places:
            places[country].append(place)
        return places


def find_context(text: RunningText, compiled: Compiled, hits: Sequence[Hit]) -> Context:
    """Return the countries that the region hits and the demonyms of the text name."""
    demonyms = list(_demonyms(text.words, compiled))
    weights: dict[str, float] = defaultdict(float)
    places = []
    for hit in hits:
        code = _country(hit, compiled)
        if code and not part_of_feature(text.words, hit.first, hit.last):
            weights[code] += 1
            places.append((hit.first, code))
    for first, _last, codes in demonyms:
        for code in codes:
            weights[code] += WEAK / len(codes)
            places.append((first, code))
    spans = frozenset(index for first, last, _ in demonyms for index in range(first, last + 1))
    return Context(weights, sorted(places), demonyms, spans)


def part_of_feature(words: Sequence[Word], first: int, last: int) -> bool:
    """Tell whether the name is only a part of a lake's, river's or mountain's: "Lake Chad", "Gulf of Guinea"."""
    before = words[first - 1] if first and words[first].soft else None
    if before and before.fold in ("of", "the") and first > 1 and before.soft:
        before = words[first - 2] if words[first - 1].soft else None
    if before and before.capital and before.fold in PLACES_BEFORE and not before.initial:
        return True
    if before and before.capital and before.initial and before.fold in FEATURES_BEFORE:
        return True
    after = words[last + 1] if last + 1 < len(words) and words[last + 1].soft else None
    if words[last].possessive or after is None or not after.capital or after.in_head:
        return False
    return after.fold in FEATURES_AFTER


def _country(hit: Hit, compiled: Compiled) -> str | None:
    codes = {name.surface.entity for name in hit.names}
    kinds = [compiled.regions[code] for code in codes if code in compiled.regions]
    found = [region for region in kinds if region.kind == "country"]
    return found[0].code if len(found) == 1 else None


def _demonyms(words: Sequence[Word], compiled: Compiled) -> Iterator[Demonym]:
    free = 0
    beginnings = compiled.demonym_beginnings
    for at, word in enumerate(words):
        if at < free or not word.capital or word.fold not in beginnings:
            continue
        codes: tuple[str, ...] = ()
        last = at + 1
        if last < len(words) and words[last].soft:
            codes = compiled.demonyms.get(f"{word.fold} {words[last].fold}", ())
        if not codes:
            last, codes = at, compiled.demonyms.get(word.fold, ())
        if codes:
            yield at, last, codes
            free = last + 1
