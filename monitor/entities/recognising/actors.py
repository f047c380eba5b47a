"""Which actor a gazetteer's name means in this article, and whether it means one at all."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from monitor.entities.recognising.found import Found
from monitor.entities.recognising.word_kinds import OF_FORCES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from monitor.entities.gazetteer import ActorEntry
    from monitor.entities.recognising.compiled import Compiled, Name
    from monitor.entities.recognising.context import Context
    from monitor.entities.recognising.document import Method, Status
    from monitor.entities.recognising.hits import Hit
    from monitor.entities.recognising.lexicon import Lexicon
    from monitor.entities.recognising.running_text import RunningText

FULL = frozenset(["name", "translation"])  # sorts of names that say in full who is meant
BESIDE = 4  # words in which `not_near` counts
SURE_ACRONYM = 4  # letters of an acronym that is believed where nothing speaks for or against it
WORLDWIDE = 6  # countries of an actor that needs none of them named
LATELY = 60  # words after which a name said in full has lost half its weight
OWN_NAME = 3.0  # weight of another name of the candidate in the article, beside a country of its own
LEAST_LEAD = 0.15  # by how much the best of several candidates must lead


class ActorRules:
    """Decides about one article's actors."""

    def __init__(
        self, text: RunningText, compiled: Compiled, context: Context, lexicon: Lexicon, date: str | None
    ) -> None:
        self.text = text
        self.words = text.words
        self.compiled = compiled
        self.context = context
        self.lexicon = lexicon
        self.date = date
        self.named: dict[str, list[int]] = {}  # slug -> words at which a name of several words stands

    def read_long_names(self, hits: Iterable[Hit]) -> None:
        """Note which actors the article names by an unmistakable name of several words."""
        named: dict[str, list[int]] = defaultdict(list)
        for hit in hits:
            slugs = {name.surface.entity for name in hit.names if self._allowed(name, hit)}
            if len(slugs) == 1 and len(hit) > 1:
                named[slugs.pop()].append(hit.first)
        self.named = dict(named)

    def resolve(self, hits: Iterable[Hit]) -> list[Found]:
        """Return the actors meant, leftmost and longest."""
        found: list[Found] = []
        free = 0
        for hit in hits:
            if hit.first >= free:
                actor = self.read(hit)
                if actor:
                    found.append(actor)
                    free = hit.last + 1
        return found

    def read(self, hit: Hit) -> Found | None:
        """Return the actor of a hit, or None where it means none."""
        names = [name for name in hit.names if self._allowed(name, hit)]
        if not names or self._only_adjective(hit):
            return None
        by_slug = {name.surface.entity: name for name in reversed(names)}
        acronym = len(hit) == 1 and self.words[hit.first].shouted
        ranked = sorted(((self._evidence(slug, hit), slug) for slug in by_slug), key=lambda pair: (-pair[0], pair[1]))
        if acronym and not self._believed(hit, ranked):
            return None
        evidence, slug = ranked[0]
        tied = len(ranked) > 1 and evidence - ranked[1][0] < LEAST_LEAD
        return self._found(hit, by_slug[slug], [other for _, other in ranked], tied=tied, acronym=acronym)

    def _allowed(self, name: Name, hit: Hit) -> bool:
        surface = name.surface
        actor = self.compiled.actors.get(surface.entity)
        if actor is None or (surface.needs and not self.context.names(surface.needs)):
            return False
        if not name.shouted and not self._at_home(actor) and self._doubtful(actor, name, hit):
            return False
        if surface.not_near:
            beside = self.words[max(0, hit.first - BESIDE) : hit.last + 1 + BESIDE]
            folds = " ".join(word.fold for word in beside)
            return not any(other.casefold() in folds for other in surface.not_near)
        return self._not_inside(hit)

    def _doubtful(self, actor: ActorEntry, name: Name, hit: Hit) -> bool:
        return actor.strict or (self._ordinary(name) and not self._as_written(name, hit))

    def _ordinary(self, name: Name) -> bool:
        """Tell whether a name is made of common words alone."""
        return not name.shouted and all(self.lexicon.common(word.lower()) for word in name.words)

    def _as_written(self, name: Name, hit: Hit) -> bool:
        """Tell whether a name of several words is printed with all its capitals, not at a sentence's beginning."""
        words = [word for word in self.words[hit.first : hit.last + 1] if word.fold != "the"]
        return len(words) > 1 and tuple(word.plain for word in words) == name.words and not words[0].in_head

    def _at_home(self, actor: ActorEntry) -> bool:
        return not actor.countries or self.context.names(actor.countries)

    def _not_inside(self, hit: Hit) -> bool:
        """Tell whether a name of one word is no part of a longer one: "Wagner" in "Richard Wagner"."""
        if len(hit) > 1 or self.words[hit.first].in_head or self.words[hit.first].shouted:
            return True
        word, before = self.words[hit.first], self.text.before(hit.first)
        if before is None or not word.soft or word.gap.strip() or not before.capital or before.possessive:
            return True
        return (
            before.initial
            or before.shouted
            or hit.first - 1 in self.context.demonym_words
            or self.lexicon.common(before.fold)
        )

    def _evidence(self, slug: str, hit: Hit) -> float:
        actor = self.compiled.actors[slug]
        evidence = OWN_NAME + self._last_named(slug, hit.first) if slug in self.named else 0.0
        evidence += self.context.weight(actor.countries) + self.context.nearness(actor.countries, hit.first)
        return evidence

    def _last_named(self, slug: str, at: int) -> float:
        """Return 0-2: how near an unmistakable name of the actor stands, before word `at` rather than behind it."""
        before = [at - place for place in self.named[slug] if place <= at]
        if before:
            return 2 * LATELY / (LATELY + min(before))
        return LATELY / (LATELY + min(place - at for place in self.named[slug]))

    def _believed(self, hit: Hit, ranked: Sequence[tuple[float, str]]) -> bool:
        """Tell whether an acronym that the article does not explain means an actor."""
        evidence, slug = ranked[0]
        actor = self.compiled.actors[slug]
        if evidence > 0:
            return True
        letters = len(self.words[hit.first].plain)
        return (
            (len(ranked) == 1 and letters >= SURE_ACRONYM) or len(actor.countries) >= WORLDWIDE or not actor.countries
        )

    def _found(self, hit: Hit, name: Name, ranked: Sequence[str], *, tied: bool, acronym: bool) -> Found:
        surface, actor = name.surface, self.compiled.actors[name.surface.entity]
        descriptive = surface.sort == "descriptive" or self._describes(hit)
        status: Status = "auto"
        foreign = self._ordinary(name) and not self._at_home(actor)
        if (
            tied
            or foreign
            or not self._valid(name)
            or (acronym and not self._evidence(actor.slug, hit) and actor.countries)
        ):
            status = "suggested"
        method: Method = "descriptive" if descriptive else "acronym" if acronym else "gazetteer"
        before = self.text.before(hit.first)
        article = (
            name.article and before is not None and before.plain == "The" and (hit.first - 1 or not before.initial)
        )
        return Found(
            hit.first - 1 if article else hit.first,
            hit.last,
            "actor",
            actor.slug,
            name.written if surface.sort in FULL and not acronym and not descriptive else actor.name,
            method,
            status=status,
            score=0.6 if status == "suggested" else 0.95,
            alias_id=surface.alias_id,
            tier="desc" if descriptive else "name",
            sort=actor.kind,
            candidates=tuple((slug, round(100 / (1 + place), 1)) for place, slug in enumerate(ranked[:6]))
            if tied
            else (),
        )

    def _only_adjective(self, hit: Hit) -> bool:
        """Tell whether it only says whose: "Iraqi military sources"."""
        after = self.text.after(hit.last)
        if after is None or after.gap != " " or after.fold not in OF_FORCES or self.words[hit.last].possessive:
            return False
        return not self.words[hit.last].capital and len(hit) > 1

    def _describes(self, hit: Hit) -> bool:
        """Tell whether it is a demonym or country and a common noun: "Iraqi soldiers", "U.S. military"."""
        demonym = next((place for place in range(hit.first, hit.last) if place in self.context.demonym_words), None)
        begin = next((last for last in range(hit.last, hit.first, -1) if self._noun(last, hit.last)), None)
        if begin is None:
            return False
        if self.words[hit.last].capital:
            return False  # a name: "Libyan National Army"
        return demonym == hit.first or any(place == hit.first for place, _ in self.context.places)

    def _noun(self, first: int, last: int) -> bool:
        return self.text.folded(first, last) in self.compiled.head_nouns

    def _valid(self, name: Name) -> bool:
        """Tell whether the name was in use on the article's day; an imprecise date holds for all its days."""
        surface, day = name.surface, self.date
        if not day:
            return True
        begins, ends = surface.valid_from, surface.valid_to
        return not (begins and day[: len(begins)] < begins[: len(day)]) and not (
            ends and day[: len(ends)] > ends[: len(day)]
        )
