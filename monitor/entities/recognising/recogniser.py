"""From a document to its mentions: the order in which the rules are asked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.entities.recognising.aboutness import about
from monitor.entities.recognising.actors import ActorRules
from monitor.entities.recognising.context import find_context
from monitor.entities.recognising.definitions import find_definitions
from monitor.entities.recognising.document import Mention, Recognised
from monitor.entities.recognising.explained import Explanations
from monitor.entities.recognising.found import Found, Taken
from monitor.entities.recognising.hits import find_hits
from monitor.entities.recognising.letters import fold
from monitor.entities.recognising.organisations import OrganisationRules
from monitor.entities.recognising.phrases import Phrase, find_phrases
from monitor.entities.recognising.places import PlaceRules
from monitor.entities.recognising.regions import RegionRules
from monitor.entities.recognising.running_text import RunningText
from monitor.entities.recognising.surnames import SurnameRules
from monitor.entities.recognising.word_kinds import THINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from monitor.entities.recognising.compiled import Compiled
    from monitor.entities.recognising.document import Document
    from monitor.entities.recognising.lexicon import Lexicon
    from monitor.entities.recognising.local_names import LocalNames

# Raised whenever the same text and gazetteer may give other mentions: part of what names a run.
RULES_VERSION = 2


def recognise(document: Document, compiled: Compiled, lexicon: Lexicon) -> Recognised:
    """Return the mentions of a document in order of piece and place, and what it is about.

    The same document, gazetteer and lexicon give the same answer. Mentions of one kind never overlap.
    """
    text = RunningText(document)
    if not text.words:
        return Recognised((), (), ())
    article = _Article(text, document, compiled, lexicon)
    mentions = tuple(_mention(text, found) for found in sorted(article.found(), key=lambda one: (one.first, one.kind)))
    weak = tuple(_mention(text, found) for found in article.weak())
    return Recognised(mentions, weak, about(mentions, document.pieces, article.states()))


class _Article:
    """One document on its way through the rules."""

    def __init__(self, text: RunningText, document: Document, compiled: Compiled, lexicon: Lexicon) -> None:
        self.text, self.compiled, self.lexicon = text, compiled, lexicon
        sources = frozenset(" ".join(fold(word) for word in name.split()) for name in document.sources)
        self.hits = find_hits(text, compiled, lexicon)
        self.context = find_context(text, compiled, self.hits.regions)
        self.phrases = find_phrases(text, lexicon)
        self.actor_rules = ActorRules(text, compiled, self.context, lexicon, document.date)
        self.region_rules = RegionRules(text, compiled, self.context, lexicon)
        self.organisation_rules = OrganisationRules(text, compiled, self.context, lexicon, sources)
        self.place_rules = PlaceRules(text, compiled, self.context, lexicon, self.region_rules)
        self.person_rules = SurnameRules(text, self.context, lexicon, sources)

    def found(self) -> list[Found]:
        """Return actors and regions."""
        actors = self._actors()
        named = [actor for actor in actors if actor.tier == "name"]
        blocked = Taken(named)
        things = [(phrase.first, phrase.last) for phrase in self.phrases if self._thing(phrase)]
        for span in things:
            blocked.add(span)
        features = self.place_rules.features(self.phrases, Taken(actors))
        known = self.region_rules.resolve(self.hits.regions, blocked)
        spans = {(region.first, region.last) for region in known}
        features = [
            place
            for place in features
            if not self._known_feature(place, known) and (place.first, place.last) not in spans
        ]
        covered = Taken(features)
        regions = [region for region in known if not covered.touches(region.first, region.last)] + features
        regions += self.place_rules.apposed(self.phrases, Taken([*actors, *regions, *things]))
        regions += self._explained_regions(actors, regions)
        taken = Taken([*actors, *regions])
        for span in things:
            taken.add(span)
        persons = self.person_rules.find(self.phrases, self._firm(actors, regions, things))
        groups = self.organisation_rules.by_company(
            self.phrases, Taken([*actors, *regions, *persons, *things, *self.explained])
        )
        persons = [person for person in persons if not Taken(groups).touches(person.first, person.last)]
        actors += groups
        inside = Taken(persons)
        regions = [region for region in regions if not inside.touches(region.first, region.last)]
        by_name = [*(actor for actor in actors if actor.sort == "person"), *persons]
        regions = [region for region in regions if not self._surname(region, by_name)]
        actors += self.organisation_rules.by_first_word(actors, Taken(regions), Taken([*actors, *persons, *things]))
        persons += self.person_rules.backreferences(by_name, Taken([*actors, *regions, *persons, *things]))
        actors = _disjoint([*actors, *persons])
        places = self.place_rules.names(self.phrases, regions, Taken([*actors, *regions, *things]))
        regions += places
        actors += self.person_rules.acting(self.phrases, Taken([*actors, *regions, *things]))
        return [*self._by_own_name(actors), *_disjoint(regions)]

    def _by_own_name(self, actors: Sequence[Found]) -> list[Found]:
        """Return the actors under the name by which the article first names each in full."""
        names: dict[str, str] = {}
        for actor in sorted(actors, key=lambda one: one.first):
            if actor.entity and actor.method == "gazetteer" and len(actor) > 1:
                names.setdefault(actor.entity, actor.name)
        return [replace(actor, name=names.get(actor.entity or "", actor.name)) for actor in actors]

    def states(self) -> dict[str, tuple[str, str]]:
        """Return code and name of the country of each capital that the article names as a state that acts."""
        codes = {found.entity for found, _ in self.region_rules.seen.values() if found and found.metonym}
        regions = (self.compiled.regions[code] for code in codes if code)
        return {
            region.code: (region.countries[0], self._name_of(region.countries[0]))
            for region in regions
            if region.kind != "country" and region.countries
        }

    def weak(self) -> list[Found]:
        """Return the demonyms: evidence of a region, no mention."""
        return [
            Found(first, last, "region", code, self._name_of(code), "gazetteer", score=0.3, tier="weak")
            for first, last, codes in self.context.demonyms
            for code in codes[:1]
        ]

    def _name_of(self, code: str) -> str:
        region = self.compiled.regions.get(code)
        return region.name if region else code

    def _actors(self) -> list[Found]:
        """Return actors of the gazetteer, those the article explains, and unknown organisations."""
        self.actor_rules.read_long_names(self.hits.actors)
        known = self.actor_rules.resolve(self.hits.actors)
        regions = self.region_rules.resolve(self.hits.regions, Taken(known))
        explanations = Explanations(self.text, self.compiled, self.context)
        self.local = explanations.read(find_definitions(self.text), known, regions, self.phrases)
        local = self.explained = self._local(self.local)
        blocked = Taken(local)
        actors = [actor for actor in known if not self._overruled(actor, blocked)]
        kept = Taken(actors)
        actors += [
            one
            for one in local
            if one.kind == "actor" and one.sort != "nothing" and not kept.touches(one.first, one.last)
        ]
        organisations = self.organisation_rules.find(self.phrases, actors)
        replaced = Taken(organisations)
        actors = [actor for actor in actors if not replaced.touches(actor.first, actor.last)] + organisations
        return actors + self.organisation_rules.by_initials(
            [actor for actor in actors if len(actor) > 2], Taken([*actors, *local])
        )

    def _local(self, names: LocalNames) -> list[Found]:
        """Return every place where an explained name is printed; those that mean no actor have no method of ours."""
        return [
            Found(
                first,
                last,
                "actor" if meaning.kind != "region" else "region",
                meaning.entity,
                meaning.name,
                meaning.method,
                meaning.status,
                0.9 if meaning.entity else 0.5,
                sort=meaning.sort if meaning.kind else "nothing",
                candidates=meaning.candidates,
            )
            for first, last, meaning in names.printed(self.text.words)
        ]

    def _overruled(self, actor: Found, local: Taken) -> bool:
        """Tell whether the article itself says what stands here, for a short or a longer name."""
        return local.touches(actor.first, actor.last)

    def _explained_regions(self, actors: Sequence[Found], regions: Sequence[Found]) -> list[Found]:
        taken = Taken([*actors, *regions])
        return [one for one in self.explained if one.kind == "region" and not taken.touches(one.first, one.last)]

    def _thing(self, phrase: Phrase) -> bool:
        """Tell whether a phrase names an agreement, a school or the like: places in it are not meant."""
        words = self.text.words
        return (
            phrase.last > phrase.first and words[phrase.last].fold in THINGS and not words[phrase.last - 1].possessive
        )

    def _known_feature(self, place: Found, known: Iterable[Found]) -> bool:
        """Tell whether the gazetteer has the name: whole, or without the "District" at its end."""
        return any(region.first == place.first and region.last >= place.last - 1 for region in known)

    def _surname(self, region: Found, persons: Iterable[Found]) -> bool:
        """Tell whether a small place's name is here that of a person of the article."""
        words = self.text.words
        if region.first != region.last or self._firmly(region, anywhere=True) or self.region_rules.located(region):
            return False
        return any(words[region.first].fold == words[person.last].fold for person in persons)

    def _firm(self, actors: Sequence[Found], regions: Sequence[Found], things: Sequence[tuple[int, int]]) -> Taken:
        """Return the words no person's name may touch: small places of other names may be persons."""
        firm = [region for region in regions if self._firmly(region)]
        return Taken([*actors, *firm, *things])

    def _firmly(self, region: Found, *, anywhere: bool = False) -> bool:
        entry = self.compiled.regions.get(region.entity or "")
        if entry is None or entry.kind not in ("city", "admin2", "admin3"):
            return True
        return self.context.names(entry.countries) and not anywhere


def _disjoint(found: Iterable[Found]) -> list[Found]:
    """Return the leftmost and longest, none overlapping another."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: (one.first, -one.last, one.method)):
        if not kept or one.first > kept[-1].last:
            kept.append(one)
    return kept


def _mention(text: RunningText, found: Found) -> Mention:
    first, last = text.words[found.first], text.words[found.last]
    piece = text.pieces[first.piece]
    end = last.end
    if len(last.plain) == 1 and last.gap == "." and piece.text[end : end + 1] == ".":
        end += 1  # the last dot of "U.S."
    return Mention(
        first.start,
        end,
        found.kind,
        found.entity,
        found.name,
        piece.text[first.start : end],
        found.alias_id,
        found.tier,
        found.metonym,
        found.method,
        found.score,
        found.status,
        piece.where,
        piece.note,
        found.sort,
        found.candidates,
    )
