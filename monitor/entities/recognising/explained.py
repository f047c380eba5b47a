"""The definitions of an article, read: who is meant by the short forms it explains."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.entities.recognising.likeness import neighbours
from monitor.entities.recognising.local_names import LocalNames, Meaning
from monitor.entities.recognising.organisations import sort_of
from monitor.entities.recognising.word_kinds import THINGS, TITLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from monitor.entities.recognising.compiled import Compiled
    from monitor.entities.recognising.context import Context
    from monitor.entities.recognising.definitions import Definition, Span
    from monitor.entities.recognising.found import Found
    from monitor.entities.recognising.phrases import Phrase
    from monitor.entities.recognising.running_text import RunningText

ADJECTIVE_ENDINGS = ("ist", "ists", "ite", "ish", "ese", "ian", "ic")


class Explanations:
    """Turns definitions into local names."""

    def __init__(self, text: RunningText, compiled: Compiled, context: Context) -> None:
        self.text = text
        self.words = text.words
        self.compiled = compiled
        self.context = context
        self._by_end: dict[int, list[Found]] = {}

    def read(
        self,
        definitions: Iterable[Definition],
        actors: Sequence[Found],
        regions: Sequence[Found],
        phrases: Sequence[Phrase],
    ) -> LocalNames:
        """Return what the article explains: known actors and regions, new organisations, and other things."""
        names = LocalNames()
        actor_at = {(actor.first, actor.last): actor for actor in actors}
        self._by_end = defaultdict(list)
        for actor in actors:
            self._by_end[actor.last].append(actor)
        region_at = {(region.first, region.last): region for region in regions}
        begins = {phrase.last: phrase.first for phrase in phrases}
        for definition in definitions:
            long = self._extended(definition, begins, actor_at)
            meaning = self._meaning(definition, long, actor_at, region_at)
            if meaning is None:
                continue
            if meaning.kind != "region" and (meaning.entity is None or meaning.method == "acronym"):
                names.add(self.words[long[0] : long[1] + 1], long[0], meaning)
            # A translation that nobody knows is a question; the known acronym behind it is none.
            short = replace(meaning, status="auto") if meaning.method == "acronym" else meaning
            for _short, (first, last) in definition.shorts:
                names.add(self.words[first : last + 1], long[0], short)
            for first, last in definition.others:
                if (first, last) not in actor_at and meaning.kind == "actor":
                    names.add(self.words[first : last + 1], long[0], meaning)
        return names

    def _extended(self, definition: Definition, begins: Mapping[int, int], actors: Mapping[Span, Found]) -> Span:
        """Return the long form, with the capitals before it that belong to it: "Tigyain Township People's…"."""
        first, last = definition.long
        begin = first
        while begin > begins.get(last, first) and self.words[begin - 1].capital:
            begin -= 1
        if begin == first or not definition.by_letters:
            return first, last
        known = definition.long in actors
        while begin < first and self._describes(begin, known=known):
            begin += 1
        return begin, last

    def _describes(self, index: int, *, known: bool) -> bool:
        """Tell whether the word before a name only describes it."""
        word = self.words[index]
        if index in self.context.demonym_words or word.fold in TITLES or word.possessive or not word.capital:
            return True
        return word.fold.endswith(ADJECTIVE_ENDINGS) or word.shouted

    def _meaning(
        self, definition: Definition, long: Span, actors: Mapping[Span, Found], regions: Mapping[Span, Found]
    ) -> Meaning | None:
        known = actors.get(long) or self._ending(long) or self._only_known(definition, actors)
        if known:
            return Meaning("actor", known.entity, known.name, "definition", known.status, known.sort, known.candidates)
        region = regions.get(long)
        if region:
            return Meaning("region", region.entity, region.name, "definition", region.status)
        name = self.text.name(*long)
        sort = sort_of(self.words, *long, explained=not definition.loose)
        if sort is None and definition.loose:
            return None
        if sort is None:
            return Meaning(None, None, name, "definition", "suggested")
        by_acronym = self._known_acronym(definition)
        if by_acronym:
            actor = self.compiled.actors[by_acronym]
            return Meaning("actor", actor.slug, actor.name, "acronym", "suggested", actor.kind)
        return Meaning("actor", None, name, "definition", "suggested", sort, neighbours(name, self.compiled))

    def _ending(self, long: Span) -> Found | None:
        """Return the known actor whose name holds the long form and ends with it: "al-Qaeda in the Arabian…"."""
        return next((actor for actor in self._by_end.get(long[1], ()) if actor.first < long[0]), None)

    def _only_known(self, definition: Definition, actors: Mapping[Span, Found]) -> Found | None:
        """Return the actor that another name in the brackets means."""
        return next((actors[span] for span in definition.others if span in actors), None)

    def _known_acronym(self, definition: Definition) -> str | None:
        """Return the one actor of the gazetteer with this acronym and a country in context.

        Only where no letters agree: an unknown translation must not lose every mention of a known group.
        """
        if definition.by_letters or any(
            word.fold in THINGS for word in self.words[definition.long[0] : definition.long[1] + 1]
        ):
            return None
        slugs = {
            name.surface.entity
            for _, (first, last) in definition.shorts
            for name in self.compiled.names_at(self.words[first : last + 1])
            if name.surface.kind == "actor" and name.shouted
        }
        return (
            next(iter(slugs))
            if len(slugs) == 1 and self.context.names(self.compiled.actors[min(slugs)].countries)
            else None
        )
