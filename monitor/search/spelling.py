"""Words that may have been meant: those of the archive much like one it does not have, and other ways of writing a name.

They are offered, each as a query of its own, and never put in the place of what was asked. The vocabulary knows the
words of drafts, too: whoever shows one counts its hits first, for the person who asks, and shows none that finds nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from django.db import connections
from rapidfuzz.distance import OSA

from monitor.postgres.replicas import reading_alias
from monitor.search.query_tree import And, Node, Or, Phrase, Where, Within, Word, any_of, every_of
from monitor.search.query_tree import Near as NearTo
from monitor.search.stems import stem
from monitor.search.transliteration import agree, rough_sound
from monitor.search.vectors import LONGEST_WORD
from monitor.search.words import compounds_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SHORTEST = 4  # letters of a word for which others are offered
MOST_SPOTS = 6  # words of one query that are looked up
MOST_OFFERED = 4
SEVERAL = 2
LETTERS_A_MISTAKE = 4  # a word of four letters may have one mistake, one of eight two
MOST_MISTAKES = 2

# Likeness by trigrams finds what to measure; the sound finds names of which hardly a trigram is the same. A statement of its
# own for each word, so that each is planned for that word: joined to a list of words, the whole vocabulary would be read.
LIKE = """
(select %s as asked, v.word from monitor_vocabulary v where v.word %% %s order by v.word <-> %s, v.word limit 20)
union all
(select %s as asked, v.word from monitor_vocabulary v where v.sound = %s order by v.word limit 50)
"""


@dataclass(frozen=True, slots=True)
class Respelling:
    """A query with one word written otherwise. `is_known` says whether the archive has the word that was asked for."""

    tree: Node
    asked: str
    instead: str
    is_known: bool


class Spot(NamedTuple):
    """A word in a query: the node it is in, which of its words, where in that, and the word as it is compared."""

    node: Word | Phrase
    at: int
    start: int
    end: int
    word: str


def respellings(tree: Node, most: int = MOST_OFFERED) -> tuple[Respelling, ...]:
    """Return other writings of a query, one statement at most.

    First that with every word changed that the archive does not have, then those with one word changed, the known last.
    """
    spots = list(dict.fromkeys(spots_of(tree)))[:MOST_SPOTS]
    if not spots:
        return ()
    like = _words_like([spot.word for spot in spots])
    found = [one for spot in spots for one in _of_spot(tree, spot, like[spot.word])]
    unknown = {spot.word: one for spot, one in reversed([pair for pair in found if not pair[1].is_known])}
    ordered = [*_all_at_once(tree, unknown), *sorted((one for _, one in found), key=lambda one: one.is_known)]
    return tuple(ordered[:most])


def _of_spot(tree: Node, spot: Spot, like: list[str]) -> Iterator[tuple[Spot, Respelling]]:
    is_known = any(stem(word) == stem(spot.word) for word in like)
    for word in _names(spot.word, like) if is_known else _meant(spot.word, like):
        written = _in_letters_of(spot, word)
        yield spot, Respelling(_with(tree, spot, written), _typed(spot), written, is_known)


def _all_at_once(tree: Node, unknown: Mapping[str, Respelling]) -> Iterator[Respelling]:
    """Give the query with the likeliest change of each unknown word, where there are several."""
    if len(unknown) < SEVERAL:
        return
    for _ in range(MOST_SPOTS):
        spot = next((spot for spot in spots_of(tree) if spot.word in unknown), None)
        if spot is None:
            break
        tree = _with(tree, spot, _in_letters_of(spot, unknown[spot.word].instead.lower()))
    told = sorted(unknown.values(), key=lambda one: one.asked)
    yield Respelling(tree, ", ".join(one.asked for one in told), ", ".join(one.instead for one in told), is_known=False)


def spots_of(node: Node) -> Iterator[Spot]:
    """Give the words that speak for an article and are long enough to be mistaken, in the order of the query."""
    match node:
        case Word(text):
            yield from _spots_in(node, 0, text)
        case Phrase(words):
            for at, text in enumerate(words):
                yield from _spots_in(node, at, text)
        case And(children) | Or(children):
            for child in children:
                yield from spots_of(child)
        case Within("title" | "heads" | "body" | "endnotes", child):
            yield from spots_of(child)
        case NearTo(left, right):
            yield from spots_of(left)
            yield from spots_of(right)
        case Where(text, _):
            yield from spots_of(text)


def _spots_in(node: Word | Phrase, at: int, text: str) -> Iterator[Spot]:
    for compound in compounds_of(text):
        for part in compound:
            if SHORTEST <= len(part.word) <= LONGEST_WORD and part.word.isalpha():
                yield Spot(node, at, part.start, part.end, part.word)


def _words_like(words: list[str]) -> Mapping[str, list[str]]:
    found: dict[str, dict[str, None]] = {word: {} for word in words}
    asked = [value for word in found for value in (word, word, word, word, rough_sound(word))]
    with connections[reading_alias()].cursor() as cursor:
        cursor.execute(" union all ".join([LIKE] * len(found)), asked)
        for word, like in cursor.fetchall():
            found[word][like] = None
    return {word: list(like) for word, like in found.items()}


def _names(word: str, like: list[str]) -> list[str]:
    """Return other writings of a name that the archive has, the nearest first."""
    others = {stem(other): other for other in sorted(like, reverse=True) if agree(word, other)}
    others.pop(stem(word), None)
    return sorted(others.values(), key=lambda other: (OSA.distance(word, other), other))


def _meant(word: str, like: list[str]) -> list[str]:
    """Return what a word may be that the archive does not have: another writing of it, or one with few mistakes less."""
    mistakes = min(len(word) // LETTERS_A_MISTAKE, MOST_MISTAKES)
    near = [other for other in like if OSA.distance(word, other) <= mistakes]
    near.sort(key=lambda other: (OSA.distance(word, other), other))
    by_stem: dict[str, str] = {}
    for other in (*_names(word, like), *near):
        by_stem.setdefault(stem(other), other)
    return list(by_stem.values())


def _typed(spot: Spot) -> str:
    text = spot.node.text if isinstance(spot.node, Word) else spot.node.words[spot.at]
    return text[spot.start : spot.end]


def _in_letters_of(spot: Spot, word: str) -> str:
    """Return a word in capitals, or with one, as the word was typed in whose place it comes."""
    typed = _typed(spot)
    if typed.isupper():
        return word.upper()
    return word.capitalize() if typed[0].isupper() else word


def _with(node: Node, spot: Spot, word: str) -> Node:
    """Return the tree with another word in a spot."""
    if node == spot.node and isinstance(node, Word | Phrase):
        return _respelled(node, spot, word)
    match node:
        case And(children):
            return every_of(_with(child, spot, word) for child in children)
        case Or(children):
            return any_of(_with(child, spot, word) for child in children)
        case Within(_, child):
            return replace(node, child=_with(child, spot, word))
        case NearTo(left, right):
            return replace(node, left=_with(left, spot, word), right=_with(right, spot, word))
        case Where(text, _):
            return replace(node, text=_with(text, spot, word))
        case _:
            return node


def _respelled(node: Word | Phrase, spot: Spot, word: str) -> Node:
    if isinstance(node, Word):
        return replace(node, text=node.text[: spot.start] + word + node.text[spot.end :])
    text = node.words[spot.at]
    other = text[: spot.start] + word + text[spot.end :]
    return replace(node, words=(*node.words[: spot.at], other, *node.words[spot.at + 1 :]))
