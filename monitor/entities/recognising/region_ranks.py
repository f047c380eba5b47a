"""Which of the regions of one name is meant: the greater, the one whose country is spoken of, the one that fits."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from monitor.entities.recognising.capitals import CAPITALS
from monitor.entities.recognising.letters import fold
from monitor.entities.recognising.word_kinds import ADMIN1_NOUNS, ADMIN2_NOUNS, CITY_NOUNS, COMPASS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor.entities.gazetteer import RegionEntry
    from monitor.entities.recognising.compiled import Compiled, Name
    from monitor.entities.recognising.context import Context
    from monitor.entities.recognising.hits import Hit
    from monitor.entities.recognising.running_text import RunningText
    from monitor.entities.recognising.standing import Standing

RANKS = {"macro": 9.0, "country": 9.6, "admin1": 4.0, "city": 2.5, "admin2": 2.0, "admin3": 1.5}
OTHER_RANK = 5.0  # rows by hand: former countries, places
LANDS = frozenset(["disputed", "cross_border", "border"])
LAND_RANK = 9.4  # before every province of the name, after a country
CAPITAL_RANK, GREAT_CITY_RANK = 4.4, 4.2  # before a province of the same name
GREAT_CITY = 300_000  # people
IN_CONTEXT = 3.0
MENTIONED = 1.5  # at most, for the share of what is said that is said of its country
NEARBY = 0.8
BESIDE = 2.5  # the noun beside says what it is: "Kirkuk province"
WITHIN = 6.0  # the place behind the comma holds it: "Atlanta, Georgia"
ANCESTORS = 4  # steps up that are looked at


@dataclass(frozen=True, slots=True)
class Candidate:
    """A region that a name may mean, and how likely beside the others of the name."""

    region: RegionEntry
    name: Name
    score: float
    capital: bool


class _Beside(NamedTuple):
    """What stands beside a name: "province" and the like, and the regions' names before and behind a comma."""

    noun: str
    before: Hit | None
    behind: Hit | None


class RegionRanks:
    """Ranks the regions of one name in one article."""

    def __init__(self, text: RunningText, compiled: Compiled, context: Context, standing: Standing) -> None:
        self.text = text
        self.compiled = compiled
        self.context = context
        self.standing = standing

    def candidates(self, hit: Hit) -> list[Candidate]:
        """Return the regions of the name by falling likelihood; ties by population, then by code."""
        best: dict[str, Candidate] = {}
        printed = self.text.folded(hit.first, hit.last)
        beside = self._beside(hit)
        for name in hit.names:
            region = self.compiled.regions.get(name.surface.entity)
            needs = name.surface.needs
            if region is None or region.code in best or (needs and not self.context.names(needs)):
                continue
            capital = is_capital(region, printed)
            best[region.code] = Candidate(region, name, self._score(hit, region, beside, capital=capital), capital)
        if len(best) == 1:
            return list(best.values())
        return sorted(best.values(), key=lambda one: (-one.score, -one.region.population, one.region.code))

    def _score(self, hit: Hit, region: RegionEntry, beside: _Beside, *, capital: bool) -> float:
        if region.kind in LANDS:
            return LAND_RANK
        score = RANKS.get(region.kind, OTHER_RANK)
        if capital or (region.kind == "city" and region.population >= GREAT_CITY):
            score = CAPITAL_RANK if capital else GREAT_CITY_RANK
        if region.kind != "country" and self.context.names(region.countries):
            score += IN_CONTEXT + MENTIONED * self.context.weight(region.countries)
            score += NEARBY * self.context.nearness(region.countries, hit.first)
        return score + self._named(hit, region, beside.noun) + self._held(region, beside)

    def _beside(self, hit: Hit) -> _Beside:
        standing = self.standing
        noun = standing.noun_beside(hit.first, hit.last)
        return _Beside(noun, standing.before_comma(hit.first), standing.behind_comma(hit.last))

    def _named(self, hit: Hit, region: RegionEntry, noun: str) -> float:
        """Return what "province" or "city" beside the name says for this region."""
        if noun in ADMIN1_NOUNS or (not noun and self._side_of(hit, region)):
            return BESIDE if region.kind == "admin1" else 0.0
        if noun in ADMIN2_NOUNS:
            return BESIDE if region.kind in ("admin2", "admin3") else 0.0
        if noun in CITY_NOUNS:
            return BESIDE if region.kind in ("city", "place") else 0.0
        return 0.0

    def _side_of(self, hit: Hit, region: RegionEntry) -> bool:
        """Tell whether "eastern" stands before a province that does not lie round a city of its name: Washington."""
        before = self.text.before(hit.first)
        if before is None or before.fold not in COMPASS or not before.fold.endswith("ern"):
            return False
        others = (self.compiled.regions.get(name.surface.entity) for name in hit.names)
        return not any(region.code in self._ancestors(other) for other in others if other and other.kind == "city")

    def _held(self, region: RegionEntry, beside: _Beside) -> float:
        """Return what the place before or behind the comma says: the smaller lies in the greater."""
        before, behind = beside.before, beside.behind
        if behind and any(name.surface.entity in self._ancestors(region) for name in behind.names):
            return WITHIN
        smaller = (self.compiled.regions.get(name.surface.entity) for name in before.names) if before else ()
        return WITHIN if any(region.code in self._ancestors(other) for other in smaller if other) else 0.0

    def _ancestors(self, region: RegionEntry) -> set[str]:
        return set(self._above(region, ANCESTORS))

    def _above(self, region: RegionEntry, steps: int) -> Iterator[str]:
        for code in region.parents if steps else ():
            yield code
            parent = self.compiled.regions.get(code)
            if parent:
                yield from self._above(parent, steps - 1)


@cache
def _capital_names() -> dict[str, frozenset[str]]:
    names: dict[str, set[str]] = {}
    for country, name in CAPITALS:
        names.setdefault(country, set()).add(_key(name))
    return {country: frozenset(found) for country, found in names.items()}


@lru_cache(maxsize=1 << 14)
def _key(name: str) -> str:
    return " ".join(fold(word) for word in name.replace("-", " ").split() if word != "The")


def is_capital(region: RegionEntry, printed: str) -> bool:
    """Tell whether a city is its country's capital, by its name or by the folded name as printed."""
    if region.kind not in ("city", "place"):
        return False
    own = _key(region.name)
    names = (_capital_names().get(country, frozenset()) for country in region.countries)
    return any(printed in found or own in found for found in names)
