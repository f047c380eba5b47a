"""Capitalised phrases: what an unknown name can be, before anything is known of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.entities.recognising.word_kinds import (
    FOREIGN_HEADS,
    HEAD_KINDS,
    HEADS_OF,
    LINKS,
    MONTHS,
    OPENERS,
    PLACES_BEFORE,
    THINGS,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monitor.entities.recognising.lexicon import Lexicon
    from monitor.entities.recognising.running_text import RunningText, Word

NAMING = frozenset(["first", "second", "third", "new", "old", "national", "free", "one", "all"])
MAY_BEGIN = frozenset(["al", "el", "ash", "as", "ad", "an", "ar", "at", "az"])  # written small
MOST_WORDS = 14
MOST_LINKS = 2  # small words in a row: "of the"
AND = frozenset(["and", "y", "et", "e"])
# What "of" goes on, beside organisations.
NAMED_OF = (
    PLACES_BEFORE | THINGS | HEADS_OF | frozenset(["republic", "kingdom", "state", "states", "islamic", "emirate"])
)
OF = frozenset(["of", "for", "de", "del", "des", "du", "da", "do"])


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words `first` to `last`, both included: capitalised at both ends, small words only between."""

    first: int
    last: int

    def __len__(self) -> int:
        return self.last - self.first + 1


def find_phrases(text: RunningText, lexicon: Lexicon) -> list[Phrase]:
    """Return the longest capitalised phrases outside headings and titles, cut where "and" joins two names."""
    words, at = text.words, 0
    phrases: list[Phrase] = []
    while at < len(words):
        word = words[at]
        if (not word.capital and word.fold not in MAY_BEGIN and not word.plain[0].isdigit()) or not begins(words, at):
            at += 1
            continue
        last = _end(words, at, lexicon)
        phrases.extend(_cut(words, at, last, lexicon))
        at = last + 1
    return phrases


def begins(words: Sequence[Word], at: int) -> bool:
    """Tell whether a name may begin here: a capital, and no "The" or "Although" that only begins a sentence."""
    word = words[at]
    if word.in_head:
        return False
    if word.plain[0].isdigit():
        return at + 1 < len(words) and words[at + 1].soft and words[at + 1].capital and _ordinal(word.fold)
    if not word.capital:
        return _small_article(words, at)
    if word.fold in MONTHS:  # "February 17 Brigade"
        dated = words[at + 1 : at + 3]
        return len(dated) == 2 and dated[0].plain.isdigit() and dated[1].capital and dated[1].soft and dated[0].soft
    if word.fold in NAMING:  # "New People's Army", "First Capital Command"
        return at + 1 < len(words) and words[at + 1].soft and words[at + 1].capital
    return word.fold not in OPENERS


def _ordinal(fold: str) -> bool:
    return len(fold) > 2 and fold[-2:] in ("st", "nd", "rd", "th") and fold[:-2].isdigit()


def _small_article(words: Sequence[Word], at: int) -> bool:
    """Tell whether this is the "al" of "al-Kadhimi"."""
    if words[at].fold not in MAY_BEGIN:
        return False
    return at + 1 < len(words) and words[at + 1].gap == "-" and words[at + 1].capital


def _end(words: Sequence[Word], first: int, lexicon: Lexicon) -> int:
    last, at, links = first, first + 1, 0
    while at < len(words) and at - first < MOST_WORDS and words[at].soft and not words[at].in_head:
        word = words[at]
        if words[at - 1].possessive and not lexicon.common(words[at - 1].fold):
            break  # "Nigeria's Department of State Services", but "People's Defense Force"
        if word.capital or (word.plain[0].isdigit() and words[at - 1].capital and words[at].gap != "-"):
            if word.capital or at + 1 < len(words):
                last, links = at, 0
        elif word.fold in LINKS and links < MOST_LINKS and words[at - 1].possessive is False:
            links += 1
        else:
            break
        at += 1
    return last


def _cut(words: Sequence[Word], first: int, last: int, lexicon: Lexicon) -> Iterator[Phrase]:
    """Yield the phrase in pieces, cut at each "and" that joins two names."""
    begin = first
    for at in range(first + 1, last):
        if words[at].capital or at <= begin:
            continue
        joins = words[at].fold in AND and words[at].gap != "-" and not _one_name(words, begin, at, last, lexicon)
        if joins or (words[at].fold == "of" and _two_names(words, begin, at, last, lexicon)):
            yield from _trimmed(words, begin, at - 1)
            begin = at + 1
    yield from _trimmed(words, begin, last)


def _trimmed(words: Sequence[Word], first: int, last: int) -> Iterator[Phrase]:
    """Yield the phrase without small words at its ends, if anything is left."""
    while (
        first <= last
        and not (words[first].capital or words[first].plain[0].isdigit())
        and not _small_article(words, first)
    ):
        first += 1
    while last >= first and not (words[last].capital or words[last].plain[0].isdigit()):
        last -= 1
    if first <= last:
        yield Phrase(first, last)


def _one_name(words: Sequence[Word], begin: int, at: int, last: int, lexicon: Lexicon) -> bool:
    """Tell whether the "and" at `at` stands inside one name: "Ministry of X and Y", "Peace and Security Council"."""
    joined = (index for index in range(at + 1, last) if words[index].fold in AND)
    left, right = words[begin:at], words[at + 1 : next(joined, last + 1)]
    headed_right = any(is_head(word) for word in right)
    linked = next((index for index, word in enumerate(left) if word.fold in OF), None)
    if linked is not None and any(is_head(word) for word in left[:linked]):
        return not headed_right and all(lexicon.common(word.fold) or word.fold in LINKS for word in left[linked:])
    if any(is_head(word) for word in left):
        return False
    return headed_right and all(lexicon.common(word.fold) for word in left)


def _two_names(words: Sequence[Word], begin: int, at: int, last: int, lexicon: Lexicon) -> bool:
    """Tell whether "of" joins two: "Omar Abdullah of the X Conference", "Ennahda Movement of Rached Ghannouchi"."""
    left = words[begin:at]
    right = [word for word in words[at + 1 : last + 1] if word.capital]
    if not any(is_head(word) or word.fold in NAMED_OF for word in left):
        return not lexicon.common(left[-1].fold) and not left[-1].possessive
    if not is_head(left[-1]) or len(left) < 2 or words[at + 1].fold == "the":
        return False
    plain = [word for word in right if lexicon.common(word.fold) or word.shouted or is_head(word)]
    return not plain and len(right) in (2, 3) and len(right) == last - at


def is_head(word: Word) -> bool:
    """Tell whether the word makes an organisation of a phrase."""
    return word.capital and (word.fold in HEAD_KINDS or word.fold in FOREIGN_HEADS)
