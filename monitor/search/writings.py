"""What a query's words look for: every way in which a word or phrase may stand in a text, as lexemes. Pure.

The other half of `words.py`. A compound is looked for joined and apart, with and without the articles and joints of
names: "al-Kadhimi" finds Kadhimi, el-Kadhimi and Alkadhimi; "counter terrorism" as a phrase finds counter-terrorism and
counterterrorism. The first chain is the one that a text with the very same writing has.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations, islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

from monitor.search.compiled import MOST_CHAINS, Close, Lexeme, Words
from monitor.search.query_tree import Near, Or, Phrase, Prefix, Word
from monitor.search.stems import stem
from monitor.search.words import AS_WRITTEN, LONGEST_LEXEME, compounds_of, without_joints

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor.search.compiled import Chain
    from monitor.search.query_tree import Node
    from monitor.search.words import Part

LONGEST_CHAIN = 40  # positions; what a longer phrase goes on with is not looked at
MOST_JOINED = 3  # words apart that may be one compound elsewhere
LONGEST_JOINED_IN = 4  # words of a phrase in which that is looked for; a longer one was copied as it stands
# Words that are never taken as the part of a compound written apart: "the rapist" is no therapist.
_SMALL = """
a all an and any as at be but by can do every for from go had has have he her his how if in into is it its may me my
no not of off on one or our out over she so some than that the their them then they this to under up us was we were
when who will with you
"""
SMALL = frozenset(_SMALL.split())

Sequence = tuple[str, ...]  # folded words at consecutive positions


class Change(NamedTuple):
    """Another writing for the compounds from `first` to before `last` of a phrase."""

    first: int
    last: int
    written: Sequence


def expanded(node: Node) -> Words | Close:
    """Return what to look for. `node` is a Word, Prefix, Phrase, Near, or an Or of the first three, as sides of Near are.

    At most MOST_CHAINS chains of at most LONGEST_CHAIN positions. No chain at all: nothing in it is a word.
    """
    if isinstance(node, Near):
        return Close(words_for(node.left), words_for(node.right), node.distance)
    return words_for(node)


def words_for(node: Node) -> Words:
    """Return what to look for, as `expanded` does, for anything but Near."""
    match node:
        case Word(text):
            return Words(_chains(text, beginning=False))
        case Prefix(text):
            return Words(_chains(text, beginning=True))
        case Phrase(words):
            return Words(_chains(" ".join(words), beginning=False))
        case Or(children):
            found = dict.fromkeys(chain for child in children for chain in words_for(child).chains)
            return Words(tuple(islice(found, MOST_CHAINS)))
        case _:
            return Words(())


@lru_cache(maxsize=4096)
def _chains(text: str, *, beginning: bool) -> tuple[Chain, ...]:
    compounds = compounds_of(text)[:LONGEST_CHAIN]
    if not compounds:
        return ()
    ways = islice(_writings(compounds), MOST_CHAINS)
    found = dict.fromkeys(chain for written in ways for chain in _looked_for(written, beginning))
    return tuple(islice(found, MOST_CHAINS))


def _looked_for(written: Sequence, beginning: bool) -> list[Chain]:
    """Return the chains for one writing. A beginning is looked for in stems and in words as they are written."""
    written = tuple(word[:LONGEST_LEXEME] for word in written[:LONGEST_CHAIN])
    if not beginning:
        return [tuple(Lexeme(stem(word)) for word in written)]
    before = tuple(Lexeme(stem(word)) for word in written[:-1])
    return [(*before, Lexeme(sign + written[-1], prefix=True)) for sign in ("", AS_WRITTEN)]


def _writings(compounds: list[tuple[Part, ...]]) -> Iterator[Sequence]:
    """Give the ways to write these words, those with the fewest changes first."""
    ways = [_ways(tuple(part.word for part in compound), compound) for compound in compounds]
    usual = [way[0] for way in ways]
    changes = [Change(at, at + 1, other) for at, way in enumerate(ways) for other in way[1:]]
    changes += _joined_runs(compounds)
    yield _with_changes(usual, ())
    for count in (1, 2, 3):
        for chosen in combinations(changes, count):
            apart = sorted(chosen)
            if all(one.last <= other.first for one, other in pairwise(apart)):
                yield _with_changes(usual, tuple(apart))


def _with_changes(usual: list[Sequence], changes: tuple[Change, ...]) -> Sequence:
    written: list[str] = []
    at = 0
    for change in changes:
        written += [word for way in usual[at : change.first] for word in way]
        written += change.written
        at = change.last
    return (*written, *(word for way in usual[at:] for word in way))


def _ways(whole: Sequence, compound: tuple[Part, ...]) -> list[Sequence]:
    """Return the ways to write one compound: in one, apart, without joints, and with two neighbours in one."""
    if len(whole) == 1:
        return [whole]
    bare = tuple(part.word for part in without_joints(compound))
    ways = [("".join(bare),), ("".join(whole),), whole, bare]
    ways += [(*whole[:at], whole[at] + whole[at + 1], *whole[at + 2 :]) for at in range(len(whole) - 1)]
    return list(dict.fromkeys(ways))


def _joined_runs(compounds: list[tuple[Part, ...]]) -> list[Change]:
    runs: list[Change] = []
    if len(compounds) > LONGEST_JOINED_IN:
        return runs
    for length in range(2, MOST_JOINED + 1):
        for first in range(len(compounds) - length + 1):
            run = tuple(part for compound in compounds[first : first + length] for part in without_joints(compound))
            if _may_be_one([part.word for part in run]):
                ways = dict.fromkeys("".join(part.word for part in kept) for kept in (without_joints(run), run))
                runs += [Change(first, first + length, (word,)) for word in ways]
    return runs


def _may_be_one(words: list[str]) -> bool:
    """Return whether words apart may be one compound elsewhere; `words.py` joins no digits and no unspaced letters."""
    return all(word not in SMALL and word.isascii() for word in words) and not any(
        one[-1].isdigit() and other[0].isdigit() for one, other in pairwise(words)
    )
