"""Organisations that are in no gazetteer, by the words organisations are named with; all wait for a person's word."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from monitor.entities.recognising.found import Found, Taken
from monitor.entities.recognising.lexicon import english
from monitor.entities.recognising.likeness import neighbours
from monitor.entities.recognising.phrases import OF
from monitor.entities.recognising.word_kinds import (
    AUXILIARIES,
    COMPASS,
    FIGHTERS,
    FOREIGN_HEADS,
    GENERIC,
    HEAD_KINDS,
    HEADS_OF,
    LINKS,
    MONTHS,
    NO_ACTORS,
    OFFICES,
    PEOPLES,
    PLACES_AFTER,
    SPEECH,
    THINGS,
    TITLES,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from monitor.entities.recognising.compiled import Compiled
    from monitor.entities.recognising.context import Context
    from monitor.entities.recognising.document import Method
    from monitor.entities.recognising.lexicon import Lexicon
    from monitor.entities.recognising.phrases import Phrase
    from monitor.entities.recognising.running_text import RunningText, Word

SPOKEN = SPEECH - AUXILIARIES
NAMESAKES = frozenset(
    [
        "sultan",
        "imam",
        "king",
        "prince",
        "sheikh",
        "shaykh",
        "mullah",
        "general",
        "commander",
        "colonel",
        "captain",
        "lord",
    ]
)
OFTEN = 2  # times that an acronym nobody explains must be printed
SHORTEST_ALONE = 4  # letters of a word that stands for a whole name
SHORTEST_ACRONYM, LONGEST_ACRONYM = 3, 7  # letters of an acronym that nothing explains


def sort_of(words: Sequence[Word], first: int, last: int, *, explained: bool = False) -> str | None:
    """Return the kind of actor that words `first` to `last` name, or None if they name none.

    `explained`: a short form stands behind them, so that no organisation word is needed.
    """
    name = words[first : last + 1]
    folds = [word.fold for word in name]
    if folds[0] == "operation" or (folds[0] == "exercise" and len(name) > 1):
        return "operation" if len(name) > 1 and name[1].capital else None
    head = _head(name)
    if folds[-1] == "department" and head == len(name) - 1 and not english().common(folds[-2]):
        return None  # "Concepción Department"
    if len(folds) > 2 and name[0].plain[0].isdigit() and folds[-1] in ("base", "bases"):
        return "state_force"  # "201st Military Base"
    if len(folds) > 2 and folds[-2:] in (["military", "district"], ["military", "region"], ["military", "zone"]):
        return "state_force"
    if folds[-1] in THINGS or (folds[-1] in PLACES_AFTER and head != len(name) - 1):
        return None
    if head is None:
        return _headless(folds, explained=explained)
    if not explained and all(fold in HEAD_KINDS or fold in GENERIC or fold in LINKS for fold in folds):
        return None
    kind = FOREIGN_HEADS.get(folds[head]) if head == 0 and folds[0] in FOREIGN_HEADS else None
    return kind or HEAD_KINDS.get(folds[head], "organisation")


def _headless(folds: Sequence[str], *, explained: bool) -> str | None:
    if not explained or len(folds) < 2 or any(fold in THINGS or fold in PLACES_AFTER for fold in folds):
        return None
    return None if folds[-1] in NO_ACTORS else "organisation"


def _head(name: Sequence[Word]) -> int | None:
    """Return the place of the word that makes it an organisation."""
    if len(name) < 2:
        return None
    if name[-1].fold in HEAD_KINDS:
        return len(name) - 1
    for at, word in enumerate(name[:-1]):
        following = name[at + 1]
        if word.fold in HEADS_OF and word.capital and following.fold in OF:
            return at
        if word.fold in HEAD_KINDS and word.capital and (following.fold in OF or _number(following)):
            return at
    return 0 if name[0].fold in FOREIGN_HEADS else None


def _number(word: Word) -> bool:
    return word.plain.isdigit() or (len(word.plain) <= 2 and word.shouted)


# Before "of" and a name: these make a group of it.
MEMBERS = frozenset(
    [
        "fighters",
        "militants",
        "rebels",
        "insurgents",
        "guerrillas",
        "gunmen",
        "members",
        "cadres",
        "men",
        "soldiers",
        "supporters",
    ]
) | {"remnants", "veterans", "ranks", "leadership", "followers", "combatants", "recruits", "affiliate", "offshoot"}
GROUPS = frozenset(
    [
        "group",
        "party",
        "militia",
        "movement",
        "organization",
        "faction",
        "outfit",
        "gang",
        "network",
        "coalition",
        "alliance",
        "wing",
    ]
) | {"brigade", "battalion", "separatists", "rebels", "jihadists", "militants", "insurgents", "cartel", "offshoot"}


class OrganisationRules:
    """Finds one article's unknown organisations."""

    def __init__(
        self, text: RunningText, compiled: Compiled, context: Context, lexicon: Lexicon, sources: frozenset[str]
    ) -> None:
        self.text = text
        self.words = text.words
        self.compiled = compiled
        self.context = context
        self.lexicon = lexicon
        self.sources = sources

    def find(self, phrases: Iterable[Phrase], actors: Sequence[Found]) -> list[Found]:
        """Return organisations by their words; one that ends with a known actor's name replaces it."""
        known = defaultdict(list)
        for actor in actors:
            known[actor.last].append(actor)
        taken = Taken(actors)
        found = []
        for phrase in phrases:
            first, last = self._span(phrase)
            if first > last or self.text.folded(first, last) in self.sources:
                continue
            last = self._before_known(first, last, taken)
            sort = sort_of(self.words, first, last)
            if sort and self._free(first, last, taken, known.get(last, ())):
                found.append(self.new(first, last, sort, "pattern"))
        return found

    def new(self, first: int, last: int, sort: str, method: Method) -> Found:
        """Return an organisation that the gazetteer does not know, as printed."""
        name = self.text.name(first, last)
        return Found(
            first,
            last,
            "actor",
            None,
            name,
            method,
            "suggested",
            0.5,
            sort=sort,
            candidates=neighbours(name, self.compiled),
        )

    def _span(self, phrase: Phrase) -> tuple[int, int]:
        """Return the phrase without offices and ranks before it, and cut before one inside it."""
        first, last, words = phrase.first, phrase.last, self.words
        while first < last and (
            (words[first].fold in TITLES and not self._namesake(first, last))
            or (words[first].initial and words[first].fold == "former")
        ):
            first += 1
            while first < last and words[first].fold in LINKS:
                first += 1
        first = self._behind_of(first, last)
        for at in range(first + 1, last + 1):
            if words[at].fold in TITLES and words[at].capital and sort_of(words, first, at - 1):
                return first, self._without_links(first, at - 1)
        return first, self._before_person(first, last)

    def _namesake(self, first: int, last: int) -> bool:
        """Tell whether an organisation bears the name of a person with his title: "Sultan Murad Division"."""
        armed = HEAD_KINDS.get(self.words[last].fold) in ("armed_group", "state_force")
        return armed and self.words[first].fold in NAMESAKES and last - first > 1

    def _before_known(self, first: int, last: int, taken: Taken) -> int:
        """Return where the name ends before a known actor it belongs to: "1st Army Corps of the DPR"."""
        for at in range(first + 1, last):
            if self.words[at].fold == "of" and taken.covers(last, last) and not taken.touches(first, at):
                return at - 1
        return last

    def _without_links(self, first: int, last: int) -> int:
        while last > first and self.words[last].fold in LINKS and not self.words[last].capital:
            last -= 1
        return last

    def _behind_of(self, first: int, last: int) -> int:
        """Return where the name begins: "Norway of the X Council" and "Officers of the X Police" begin with X."""
        words = self.words
        for at in range(first + 1, last):
            if words[at].fold not in ("of", "for"):
                continue
            left = words[first:at]
            if any(word.fold in HEAD_KINDS or word.fold in FOREIGN_HEADS or word.fold in HEADS_OF for word in left):
                return first
            place = any(place == first for place, _ in self.context.places)
            plain = words[first].initial and all(self.lexicon.common(word.fold) for word in left)
            behind = at + 2 if words[at + 1].fold == "the" else at + 1
            return behind if (place or plain) and behind <= last and sort_of(words, behind, last) else first
        return first

    def _before_person(self, first: int, last: int) -> int:
        """Return where the name ends: "Movement of Rached Ghannouchi" is named before the person that leads it."""
        words = self.words
        for at in range(first + 1, last):
            head = words[at - 1].fold in HEAD_KINDS and words[at - 1].capital
            if not head or words[at].fold != "of" or at - 1 == first:
                continue
            behind = words[at + 1 : last + 1]
            names = [
                word for word in behind if not self.lexicon.common(word.fold) and word.capital and not word.shouted
            ]
            known = any(at < place <= last for place, _ in self.context.places)
            if behind and behind[0].fold == "the" and any(word.fold in HEAD_KINDS for word in behind):
                return at - 1  # "Uniform Force of the Rashtriya Rifles"
            if len(names) == len(behind) and len(behind) in (2, 3) and not known:
                return at - 1
        return last

    def _free(self, first: int, last: int, taken: Taken, at_end: Sequence[Found]) -> bool:
        if not taken.touches(first, last):
            return True
        actor = next((actor for actor in at_end if actor.first > first), None)
        if actor is None or len(actor) < 2 or actor.tier == "desc" or taken.touches(first, actor.first - 1):
            return False
        before = range(first, actor.first)
        return not all(self._only_describes(index) for index in before)

    def _only_describes(self, index: int) -> bool:
        word = self.words[index]
        return (
            index in self.context.demonym_words
            or self.lexicon.common(word.fold)
            or word.fold in LINKS
            or word.fold in PEOPLES
        )

    def by_company(self, phrases: Iterable[Phrase], taken: Taken) -> list[Found]:
        """Return names that are no more than names, by what stands beside them: "Ansaru fighters", "the MNLA said"."""
        named: dict[tuple[str, ...], str] = {}
        spans = [(phrase.first, phrase.last) for phrase in phrases if not taken.touches(phrase.first, phrase.last)]
        often = Counter(self._key(first, last) for first, last in spans if first == last and self.words[first].shouted)
        for first, last in spans:
            if self._unknown(first, last) and (self._acts(first, last) or self._repeated(first, last, often)):
                named.setdefault(self._key(first, last), self.text.name(first, last))
        return [
            Found(first, last, "actor", None, named[key], "pattern", "suggested", 0.4, sort="armed_group")
            for first, last in spans
            if (key := self._key(first, last)) in named
        ]

    def _key(self, first: int, last: int) -> tuple[str, ...]:
        return tuple(word.plain for word in self.words[first : last + 1])

    def _unknown(self, first: int, last: int) -> bool:
        words = self.words[first : last + 1]
        if any(word.fold in PEOPLES or word.fold in THINGS or word.fold in OFFICES for word in words):
            return False
        if any(index in self.context.demonym_words for index in range(first, last + 1)):
            return False
        if self.text.folded(first, last) in self.sources:
            return False
        if len(words) == 1 and words[0].shouted:
            return SHORTEST_ACRONYM <= len(words[0].plain) <= LONGEST_ACRONYM and words[0].fold not in NO_ACTORS
        if len(words) == 1 and words[0].initial and words[0].fold in self.lexicon.either:
            return False
        return not all(self.lexicon.common(word.fold) or word.fold in LINKS for word in words)

    def _acts(self, first: int, last: int) -> bool:
        after = self.text.after(last)
        if self._of_fighters(first) or self._apposed(first, last):
            return True
        if after is None or not after.soft or after.capital:
            return False
        if after.fold in FIGHTERS:
            return not self.words[last].possessive
        before = self.text.before(first)
        article = before is not None and before.fold == "the"
        return after.fold in SPOKEN and len(self.words[last].plain) > 2 and (self.words[last].shouted or article)

    def _repeated(self, first: int, last: int, often: Counter[tuple[str, ...]]) -> bool:
        """Tell whether an acronym that nothing explains comes back, and stands with "the" or a possessive 's."""
        if often[self._key(first, last)] < OFTEN:
            return False
        before = self.text.before(first)
        return self.words[last].possessive or (before is not None and before.fold in ("the", "and", "of", "by"))

    def _of_fighters(self, first: int) -> bool:
        """Tell whether "fighters of", "the men of the" or "the group" stands before."""
        words = self.words
        before = first - 2 if first > 1 and words[first - 1].fold == "the" else first - 1
        if before < 1 or not words[first].soft:
            return False
        if words[before].fold == "of":
            return words[before - 1].fold in MEMBERS and not words[before - 1].capital
        return before == first - 1 and words[before].fold in GROUPS and not words[before].capital

    def _apposed(self, first: int, last: int) -> bool:
        """Tell whether it stands between commas behind "a party" or the like."""
        before, after = self.text.before(first), self.text.after(last)
        if before is None or before.fold not in GROUPS or before.capital or self.words[first].gap.strip() != ",":
            return False
        return after is not None and after.gap[:1] == ","

    def by_first_word(self, organisations: Iterable[Found], regions: Taken, taken: Taken) -> list[Found]:
        """Return the places where an organisation is named by the first word of its name alone: "Azov", "Jaish"."""
        by_word: dict[str, set[tuple[str | None, str]]] = defaultdict(set)
        full: dict[tuple[str | None, str], Found] = {}
        for one in organisations:
            word = self.words[one.first]
            if len(one) > 1 and one.sort != "person" and one.tier == "name" and self._distinct(one.first):
                by_word[word.plain].add((one.entity, one.name))
                full[one.entity, one.name] = one
        found = []
        for at, word in enumerate(self.words) if by_word else ():
            meant = by_word.get(word.plain, ())
            if len(meant) == 1 and not taken.touches(at, at) and not regions.touches(at, at) and self._alone(at):
                (one,) = (full[key] for key in meant)
                found.append(Found(at, at, "actor", one.entity, one.name, "backref", "suggested", 0.5, sort=one.sort))
        return found

    def _distinct(self, at: int) -> bool:
        """Tell whether a word by itself can only be a name."""
        word = self.words[at]
        if not word.capital or word.shouted or len(word.plain) < SHORTEST_ALONE or at in self.context.demonym_words:
            return False
        known = (
            word.fold in MONTHS
            or word.fold in PEOPLES
            or word.fold in OFFICES
            or word.fold in HEAD_KINDS
            or word.fold in COMPASS
        )
        places = any(place == at for place, _ in self.context.places)
        return not (known or places or self.lexicon.common(word.fold))

    def _alone(self, at: int) -> bool:
        after = self.text.after(at)
        before = self.text.before(at)
        joined = before is not None and self.words[at].soft and self.words[at].gap in (" ", "-") and before.capital
        return not (after and after.soft and after.capital) and not (joined and before and not before.initial)

    def by_initials(self, organisations: Iterable[Found], taken: Taken) -> list[Found]:
        """Return acronyms that no bracket explains and that are the initials of an organisation the article names."""
        initials: dict[str, Found] = {}
        for organisation in organisations:
            for letters in self._initials(organisation):
                initials.setdefault(letters, organisation)
        return [
            Found(at, at, "actor", full.entity, full.name, "acronym", full.status, 0.5, sort=full.sort)
            for at, word in enumerate(self.words)
            if word.shouted and not taken.touches(at, at) and (full := initials.get(word.plain)) is not None
        ]

    def _initials(self, organisation: Found) -> Iterator[str]:
        words = [word for word in self.words[organisation.first : organisation.last + 1] if word.capital]
        if len(words) >= SHORTEST_ACRONYM:
            yield "".join(word.plain[0] for word in words)
