"""Which region a place's name means, and whether it means one at all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.entities.recognising.context import part_of_feature
from monitor.entities.recognising.found import Found, Taken
from monitor.entities.recognising.region_ranks import RANKS, RegionRanks
from monitor.entities.recognising.standing import Standing
from monitor.entities.recognising.word_kinds import ADMIN1_NOUNS, ADMIN2_NOUNS, PEOPLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from monitor.entities.gazetteer import RegionEntry
    from monitor.entities.recognising.compiled import Compiled, Name
    from monitor.entities.recognising.context import Context
    from monitor.entities.recognising.hits import Hit
    from monitor.entities.recognising.lexicon import Lexicon
    from monitor.entities.recognising.region_ranks import Candidate
    from monitor.entities.recognising.running_text import RunningText

ADMIN_NOUNS = ADMIN1_NOUNS | ADMIN2_NOUNS
SHORT_NAMES = frozenset(["us", "uk", "uae", "drc", "u s", "u k", "usa", "ussr", "car"])
SHORTEST, SHORTEST_UNSURE = 4, 5  # letters
BIG_CITY = 150_000  # people: known without its country, where it stands as a place does
GREAT_CITY = 450_000  # people: known without its country
NO_MATTER_WHERE = 200_000  # people: known at the beginning of a sentence
FIRM = frozenset(["macro", "country", "cross_border", "border", "disputed", "former"])
SMALL = frozenset(["city", "admin2", "admin3"])


class RegionRules:
    """Decides about one article's regions."""

    def __init__(self, text: RunningText, compiled: Compiled, context: Context, lexicon: Lexicon) -> None:
        self.text = text
        self.words = text.words
        self.compiled = compiled
        self.context = context
        self.lexicon = lexicon
        self.standing = Standing(text, context, lexicon)
        self.ranks = RegionRanks(text, compiled, context, self.standing)
        self.seen: dict[tuple[int, int], tuple[Found | None, bool]] = {}  # what each hit was read as

    def resolve(self, hits: Sequence[Hit], taken: Taken) -> list[Found]:
        """Return the regions meant, leftmost and longest; words in `taken` belong to actors or other names."""
        self.standing.read(hits)
        found: list[Found] = []
        unsure: list[Found] = []
        free = 0
        for hit in hits:
            if hit.first < free or taken.touches(hit.first, hit.last):
                continue
            region, sure = self._known(hit)
            if region:
                free = hit.last + 1
                (found if sure else unsure).append(region)
        accepted = {self._printed(region) for region in found}
        found += [region for region in unsure if self._printed(region) in accepted]
        return self._placed(sorted(found, key=lambda region: region.first))

    def _printed(self, region: Found) -> str:
        return self.text.folded(region.first, region.last)

    def _known(self, hit: Hit) -> tuple[Found | None, bool]:
        key = (hit.first, hit.last)
        if key not in self.seen:
            self.seen[key] = self._read(hit)
        return self.seen[key]

    def _placed(self, found: Sequence[Found]) -> list[Found]:
        """Leave out small places that nowhere in the article stand as a place does: they are persons."""
        placed = {
            region.entity
            for region in found
            if not self._small(region) or self.standing.stands(region.first, region.last)
        }
        return [region for region in found if region.entity in placed]

    def _small(self, region: Found) -> bool:
        entry = self.compiled.regions[region.entity or ""]
        return entry.kind in SMALL and entry.population < BIG_CITY

    def located(self, region: Found) -> bool:
        """Tell whether a word beside says that this is a place."""
        return self.standing.located(region.first, region.last)

    def _read(self, hit: Hit) -> tuple[Found | None, bool]:
        """Return the region of a hit or None, and whether it is sure without being found elsewhere."""
        if self._stopped(hit) or part_of_feature(self.words, hit.first, hit.last):
            return None, False
        candidates = self.ranks.candidates(hit)
        for candidate in candidates:
            if self._allowed(hit, candidate, only=len(candidates) == 1):
                rest = [other for other in candidates if other is not candidate]
                return self._found(hit, candidate, rest), self._sure_here(hit, candidate)
        return None, False

    def likely(self, first: int, last: int) -> Found | None:
        """Return the likeliest region of the name at these words, however little speaks for it; a suggestion."""
        hit = self.standing.by_first.get(first)
        if hit is None or hit.last != last or self._stopped(hit):
            return None
        candidates = self.ranks.candidates(hit)
        return replace(self._found(hit, candidates[0], candidates[1:]), status="suggested") if candidates else None

    def _stopped(self, hit: Hit) -> bool:
        """Tell whether it is written like no place, or is a word that never means the place of its letters."""
        words = self.words[hit.first : hit.last + 1]
        key = " ".join(word.fold for word in words if word.fold != "the")
        if key in PEOPLES or (not any(word.capital for word in words) and not self._firm(hit)):
            return True
        if key in self.compiled.stop_words or key in self.compiled.demonyms:
            return not self._firm(hit)
        letters = len(key.replace(" ", ""))
        if letters >= SHORTEST or key in SHORT_NAMES or self._country_hit(hit):
            return False
        return letters < SHORTEST - 1 or words[0].shouted or not self.standing.located(hit.first, hit.last)

    def _country_hit(self, hit: Hit) -> bool:
        return any(self._kind(name) == "country" and not name.shouted for name in hit.names)

    def _firm(self, hit: Hit) -> bool:
        return any(self._kind(name) in FIRM for name in hit.names)

    def _kind(self, name: Name) -> str:
        region = self.compiled.regions.get(name.surface.entity)
        return region.kind if region else ""

    def _allowed(self, hit: Hit, candidate: Candidate, *, only: bool) -> bool:
        region = candidate.region
        if region.kind in FIRM or region.kind not in RANKS:
            return region.kind != "country" or not self.standing.part_of_name(hit.first, hit.last, only_behind=True)
        known = self.context.names(region.countries)
        sure = known and (candidate.capital or self.standing.located(hit.first, hit.last))
        if self._common(hit) and not sure:
            return False
        if region.kind == "admin1" and known:
            return not self.standing.part_of_name(hit.first, hit.last, only_behind=True)
        letters = sum(len(word.fold) for word in self.words[hit.first : hit.last + 1])
        if letters < SHORTEST_UNSURE and not candidate.capital and not sure:
            return False
        if self.standing.part_of_name(hit.first, hit.last):
            return False
        return known or candidate.capital or self._known_anyway(hit, region, only=only)

    def _known_anyway(self, hit: Hit, region: RegionEntry, *, only: bool) -> bool:
        """Tell whether a place is meant although its country is not named."""
        located = self.standing.located(hit.first, hit.last)
        if region.kind == "admin1":
            return len(hit) > 1 or located or only or not self.words[hit.first].initial
        return region.kind == "city" and region.population >= (BIG_CITY if located else GREAT_CITY)

    def _common(self, hit: Hit) -> bool:
        words = [word for word in self.words[hit.first : hit.last + 1] if word.fold != "the"]
        if any(word.fold in self.lexicon.either for word in words) and not words[0].initial:
            return False
        return all(self.lexicon.common(word.fold) for word in words)

    def _sure_here(self, hit: Hit, candidate: Candidate) -> bool:
        region, word = candidate.region, self.words[hit.first]
        if not word.initial or word.in_head or candidate.capital or region.kind not in SMALL:
            return True
        return region.population >= NO_MATTER_WHERE or self.standing.located(hit.first, hit.last)

    def _found(self, hit: Hit, candidate: Candidate, rest: Sequence[Candidate]) -> Found:
        region, surface = candidate.region, candidate.name.surface
        local = surface.sort in ("name", "translation") and region.kind not in FIRM
        acting = candidate.capital or region.kind == "country"
        return Found(
            hit.first,
            self._with_noun(hit, region),
            "region",
            region.code,
            candidate.name.written if local else region.name,  # of a town's spellings, that which is printed
            "gazetteer",
            status="suggested" if self._tied(candidate, rest) else "auto",
            score=round(min(1.0, candidate.score / 10 + 0.3), 2),
            alias_id=surface.alias_id,
            metonym=acting and self.standing.acts(hit.first, hit.last),
            candidates=tuple((other.region.code, round(10 * other.score, 1)) for other in rest[:5]),
        )

    def _tied(self, candidate: Candidate, rest: Iterable[Candidate]) -> bool:
        """Tell whether another region of another country is as likely, and no country is named."""
        region = candidate.region
        if self.context.names(region.countries):
            return False
        rivals = (other.region for other in rest if other.score == candidate.score)
        return any(other.kind == region.kind and other.countries != region.countries for other in rivals)

    def _with_noun(self, hit: Hit, region: RegionEntry) -> int:
        """Return the last word of the name with the capitalised "State" or "Region" behind it."""
        after = self.text.after(hit.last)
        if region.kind not in ("admin1", "admin2", "admin3") or after is None or not after.soft or not after.capital:
            return hit.last
        own = not self.words[hit.last].possessive and not after.in_head and after.gap == " "
        return hit.last + 1 if own and after.fold in ADMIN_NOUNS else hit.last
