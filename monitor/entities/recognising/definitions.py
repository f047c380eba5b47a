"""Short forms that a text explains: "Group for Islam and Muslims (JNIM)", "FATA (Federally Administered Tribal Areas)".

After Schwartz and Hearst (2003), on words: the letters of the short form are found from right to left in the words
before it, the first of them at the beginning of a word. Where a translation stands before the bracket the letters
agree with nothing, and the capitalised phrase before it is the long form.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.entities.recognising.phrases import begins
from monitor.entities.recognising.word_kinds import LINKS, OPENERS, TITLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monitor.entities.recognising.running_text import RunningText, Word

Span = tuple[int, int]  # first and last word, both included
SHORTEST, LONGEST = 2, 10  # letters of a short form
MOST_IN_BRACKETS = 12  # words
# Whose 's is a part of an organisation's name, as in "People's Defense Force".
OWNERS = frozenset(
    ["people", "lord", "women", "worker", "workers", "farmer", "farmers", "god", "citizen", "student", "king"]
)
MOST_BEFORE = 9  # words of a long form that the letters do not confirm


@dataclass(frozen=True, slots=True)
class Definition:
    """`long` is named by `shorts` (as printed, folded to plain letters) and by `others` in the same brackets."""

    long: Span
    shorts: tuple[tuple[str, Span], ...]
    others: tuple[Span, ...] = ()
    by_letters: bool = True  # the letters agree; else the phrase before the bracket
    loose: bool = False  # by "known as" or "or", without a bracket and without letters


def find_definitions(text: RunningText) -> list[Definition]:
    """Return the definitions in order of place."""
    words = text.words
    found = []
    for at, word in enumerate(words):
        if word.gap == " ":
            continue
        if "(" in word.gap or "[" in word.gap:
            definition = _bracketed(words, at)
        elif word.gap.startswith(",") and word.fold in ("or", "known"):
            definition = _after_comma(words, at)
        else:
            continue
        if definition:
            found.append(definition)
    return found


def _bracketed(words: Sequence[Word], at: int) -> Definition | None:
    segments = list(_segments(words, at))
    shorts = tuple((short_form(words, span), span) for span in segments if short_form(words, span))
    if not shorts:
        return _reversed(words, at, segments)
    long, by_letters = _long_before(words, at, [short for short, _ in shorts])
    others = tuple(span for span in segments if span not in [found for _, found in shorts] and _is_name(words, span))
    if long is None:
        return None
    return Definition(long, shorts, others, by_letters)


def _segments(words: Sequence[Word], at: int) -> Iterator[Span]:
    """Yield the parts of a bracket that begins before word `at`, between its commas, dashes and "or"s."""
    first = at
    for index in range(at, min(at + MOST_IN_BRACKETS, len(words))):
        ending = words[index + 1].gap if index + 1 < len(words) else ")"
        if words[index].fold in ("or", "also", "known", "as", "aka", "hereafter", "formerly", "the") and first == index:
            first = index + 1
        elif ending[:1] in ")]" or ending[1:2] == ")" or not words[index + 1].soft:
            if first <= index:
                yield first, index
            first = index + 1
        if ")" in ending or "]" in ending or (index + 1 < len(words) and words[index + 1].piece != words[at].piece):
            return


def short_form(words: Sequence[Word], span: Span) -> str:
    """Return the letters of an acronym printed at `span`, hyphens kept, or an empty string."""
    first, last = span
    if last - first > 2 or any(words[index].gap not in "-." for index in range(first + 1, last + 1)):
        return ""
    parts = [words[first].plain]
    for word in words[first + 1 : last + 1]:
        parts += [word.gap.strip("."), word.plain]
    short = "".join(parts)
    letters = [letter for letter in short if letter.isalnum()]
    capitals = sum(letter.isupper() for letter in letters)
    if not SHORTEST <= len(letters) <= LONGEST or not letters[0].isalpha():
        return ""
    digits = any(letter.isdigit() for letter in letters)
    return short if (capitals >= 2 and capitals * 2 >= len(letters)) or (capitals and digits) else ""


def _is_name(words: Sequence[Word], span: Span) -> bool:
    return words[span[0]].capital and words[span[1]].capital and span[1] > span[0]


def _long_before(words: Sequence[Word], at: int, shorts: Sequence[str]) -> tuple[Span | None, bool]:
    """Return the long form before word `at`, and whether the letters of a short form confirm it."""
    for short in shorts:
        letters = [letter.lower() for letter in short if letter.isalnum()]
        first = _by_letters(words, at - 1, letters)
        if first is not None:
            return (first, at - 1), True
    first = _phrase_before(words, at - 1)
    return ((first, at - 1) if first is not None else None), False


def _by_letters(words: Sequence[Word], last: int, letters: Sequence[str]) -> int | None:
    """Return the first word of the long form that ends at `last`, where all `letters` are found in it in order."""
    if last < 0 or not words[last].capital:
        return None
    most = min(len(letters) + 5, 2 * len(letters))
    left, at = len(letters) - 1, last
    while at >= 0 and last - at < most:
        left = _consumed(words[at], letters, left)
        if left < 0:
            break
        if not words[at].soft:
            return None
        at -= 1
    if left >= 0 or at < 0 or last - at >= most or last == at:
        return None
    return at


def _consumed(word: Word, letters: Sequence[str], left: int) -> int:
    """Return the index of the last letter still to find after `word` was read from its end.

    The first letter of all must begin a word with a capital.
    """
    fold = word.fold
    begins_name = word.capital or fold == "al"
    for position in range(len(fold) - 1, -1, -1):
        if left < 0:
            break
        if fold[position] == letters[left] and (left > 0 or (position == 0 and begins_name)):
            left -= 1
    return left


def _phrase_before(words: Sequence[Word], last: int) -> int | None:
    """Return the first word of the capitalised phrase that ends at `last`: cut behind a small word as "-aligned"."""
    if last < 0 or not words[last].capital:
        return None
    first, at = last, last
    while at > 0 and words[at].soft and last - at < MOST_BEFORE:
        before = words[at - 1]
        if before.possessive and before.fold not in OWNERS:
            break
        if before.capital and not (before.initial and before.fold in OPENERS) and before.fold not in TITLES:
            first = at - 1
        elif before.fold not in LINKS and before.fold != "in":
            break
        at -= 1
    while first < last and not begins(words, first):
        first += 1
    return first if first < last or words[last].plain[1:].islower() else None


def _reversed(words: Sequence[Word], at: int, segments: Sequence[Span]) -> Definition | None:
    """Return the definition of the short form before a bracket that holds the long one."""
    first = at - 1
    while at and first >= 0:
        short = short_form(words, (first, at - 1))
        letters = [letter.lower() for letter in short if letter.isalnum()]
        for start, end in segments if letters else ():
            if words[start].capital and end > start and _by_letters(words, end, letters) == start:
                return Definition((start, end), ((short, (first, at - 1)),))
        if not words[first].soft or words[first].gap not in ("-", "."):
            break  # the short form is that of the last word, or of words that hyphens join
        first -= 1
    return None


def _after_comma(words: Sequence[Word], at: int) -> Definition | None:
    """Return the definition "..., or PF,", "..., known as the BIR," or "..., or Rada,"."""
    begin = at + 1
    while (
        begin < len(words)
        and words[begin].soft
        and words[begin].fold in ("as", "the", "by", "its", "acronym", "locally")
    ):
        begin += 1
    if begin >= len(words) or at < 1 or not words[begin].soft or not words[begin].capital:
        return None
    last = begin
    while last + 1 < len(words) and words[last + 1].soft and words[last + 1].capital:
        last += 1
    short = short_form(words, (begin, last))
    first = _by_letters(words, at - 1, [letter.lower() for letter in short if letter.isalnum()]) if short else None
    if first is not None:
        return Definition((first, at - 1), ((short, (begin, last)),))
    first = _phrase_before(words, at - 1)
    closed = last + 1 == len(words) or words[last + 1].gap[:1] in (",", ".", ";", ")")
    if first is None or first == at - 1 or not closed:
        return None
    return Definition((first, at - 1), ((short or words[begin].plain, (begin, last)),), by_letters=False, loose=True)
