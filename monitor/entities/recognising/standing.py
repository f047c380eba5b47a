"""How a name stands among the words beside it: as a place does, as a part of a longer name, as a state that acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.entities.recognising.word_kinds import (
    BEFORE_TARGETS,
    COMPASS,
    LOCATIVES,
    METONYM_VERBS,
    PLACE_NOUNS,
    RULERS,
    SPEECH,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from monitor.entities.recognising.context import Context
    from monitor.entities.recognising.hits import Hit
    from monitor.entities.recognising.lexicon import Lexicon
    from monitor.entities.recognising.running_text import RunningText, Word

LOCATING = (LOCATIVES - {"of", "to"}) | COMPASS
STANDING = LOCATIVES | BEFORE_TARGETS
NOT_ACTING = STANDING | {"and", "the"}
LIST_WORDS = 24  # of a list that one noun ends: "Diyala, Kirkuk and Baghdad provinces"
SHORTEST_VERB = 4  # letters
PART_OF_PLACE = frozenset(["prison", "airport", "city"])


class Standing:
    """Looks at what stands beside the names of one article."""

    def __init__(self, text: RunningText, context: Context, lexicon: Lexicon) -> None:
        self.text = text
        self.words = text.words
        self.context = context
        self.lexicon = lexicon
        self.by_first: Mapping[int, Hit] = {}  # the longest names of regions, by their first and last word
        self.by_last: Mapping[int, Hit] = {}

    def read(self, hits: Collection[Hit]) -> None:
        """Note where any region's name stands."""
        self.by_first = {hit.first: hit for hit in sorted(hits, key=len)}
        self.by_last = {hit.last: hit for hit in sorted(hits, key=len)}

    def before_comma(self, first: int) -> Hit | None:
        """Return the region's name before the comma before word `first`: "Atlanta" of "Atlanta, Georgia"."""
        return self.by_last.get(first - 1) if first and self.words[first].gap == ", " else None

    def behind_comma(self, last: int) -> Hit | None:
        """Return the region's name behind the comma behind word `last`."""
        after = self.text.after(last)
        return self.by_first.get(last + 1) if after and after.gap == ", " else None

    def located(self, first: int, last: int) -> bool:
        """Tell whether a word before, or a noun or a comma and a place behind, says that it is a place."""
        before = self.text.before(first)
        if before and before.fold in ("the", "and", "or") and first > 1:
            before = self.text.before(first - 1)
        if before and self.words[first].soft and (before.fold in LOCATING):
            return True
        return bool(self.noun_beside(first, last) or self.behind_comma(last))

    def stands(self, first: int, last: int) -> bool:
        """Tell the same of weaker signs too: "on Jermuk", "Martuni and Askeran"; headings have none, and may be."""
        words = self.words
        if words[first].in_head or self.located(first, last):
            return True
        before, after = self.text.before(first), self.text.after(last)
        if before and words[first].soft and before.fold in STANDING:
            return True
        speaks = after is not None and after.soft and after.fold in SPEECH  # "In Niger, Bakura has sent"
        if before and words[first].gap.strip() == "," and first - 1 in self.by_last and not speaks:
            return True
        if before and before.fold in ("and", "or") and first - 2 in self.by_last:
            return True
        if after and after.fold in ("and", "or") and last + 2 in self.by_first:
            return True
        return bool(after and after.gap.strip() == "," and last + 1 in self.by_first)

    def noun_beside(self, first: int, last: int) -> str:
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

    def part_of_name(self, first: int, last: int, *, only_behind: bool = False) -> bool:
        """Tell whether a capital beside it says that it is a part of a longer name.

        `only_behind`: what may be no part of one by the word before, as a country.
        """
        words = self.words
        if words[first].in_head:
            return False
        after = self.text.after(last)
        if after and after.soft and after.gap.strip() == "" and after.capital and not words[last].possessive:
            known = after.fold in PLACE_NOUNS or after.fold in PART_OF_PLACE or self._demonym(last + 1)
            if not known and not (only_behind and (self.lexicon.common(after.fold) or after.shouted)):
                return True
        return not only_behind and self._goes_on(first)

    def _goes_on(self, first: int) -> bool:
        """Tell whether the word before begins the name: "Abu" of "Abu Kabir"."""
        word, before = self.words[first], self.text.before(first)
        if before is None or not word.soft or word.gap.strip() or not before.capital or before.possessive:
            return False
        if before.fold in COMPASS or self._demonym(first - 1):
            return False
        return not (before.initial and (self.lexicon.common(before.fold) or before.fold in LOCATIVES))

    def _demonym(self, index: int) -> bool:
        return index in self.context.demonym_words

    def acts(self, first: int, last: int) -> bool:
        """Tell whether a country or capital is named as a state that acts: "Islamabad was confident"."""
        before, after = self.text.before(first) if self.words[first].soft else None, self.text.after(last)
        if before and before.fold == "in" and first > 1 and self.words[first - 2].fold in RULERS:
            return True
        if before is not None and before.fold in NOT_ACTING:
            return False
        if self.words[first].in_head:
            return before is None or not before.capital
        return after is not None and after.gap == " " and _verb(after)


def _verb(word: Word) -> bool:
    if word.fold in METONYM_VERBS:
        return True
    ending = word.fold.endswith(("ed", "s")) and not word.fold.endswith("ss")
    return ending and not word.capital and len(word.fold) >= SHORTEST_VERB
