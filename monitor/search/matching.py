"""Whether an article has what a query's words ask for, worked out from its texts alone: the measure of every engine. Pure.

It is written to be plainly right and not to be fast: each chain is tried at each position. `hit_places.py` finds the
same places quickly, for pages; the tests hold both and the engines to this.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from monitor.search.compiled import Close, Field
from monitor.search.words import tokenise

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monitor.search.compiled import Chain, Lexeme, Text, Words
    from monitor.search.words import Token


class Stand(NamedTuple):
    """Where a chain stands: its first and last position, and the half-open range of code points."""

    first: int
    last: int
    start: int
    end: int


def matches(text: Text, parts: Iterable[tuple[Field, str]]) -> bool:
    """Return whether one of an article's parts in one of the asked fields has the words; nothing reaches over two parts."""
    return any(words_in(text.words, part) for field, part in parts if field in text.fields)


def words_in(words: Words | Close, text: str) -> bool:
    """Return whether a single text has the words."""
    return bool(places_of(words, text))


def places_of(words: Words | Close, text: str) -> list[tuple[int, int]]:
    """Return where they stand: half-open ranges of code points in order, without doubles; of Close both of its sides."""
    positions = _positions(text)
    if not isinstance(words, Close):
        return sorted({(stand.start, stand.end) for stand in _stands(words, positions)})
    left, right = _stands(words.left, positions), _stands(words.right, positions)
    pairs = [*_pairs(left, right, words.distance), *_pairs(right, left, words.distance)]
    return sorted({(stand.start, stand.end) for pair in pairs for stand in pair})


def _positions(text: str) -> list[list[Token]]:
    """Return the tokens at each position of a text."""
    positions: list[list[Token]] = []
    for token in tokenise(text):
        if token.position == len(positions):
            positions.append([])
        positions[token.position].append(token)
    return positions


def _stands(words: Words, positions: list[list[Token]]) -> list[Stand]:
    found = (_stand(chain, at, positions) for chain in words.chains for at in range(len(positions)))
    return [stand for stand in found if stand is not None]


def _stand(chain: Chain, at: int, positions: list[list[Token]]) -> Stand | None:
    """Return the stand of a chain that begins at a position, the widest one there, or None."""
    if at + len(chain) > len(positions):
        return None
    tokens = [[token for token in positions[at + i] if _is(token, part)] for i, part in enumerate(chain)]
    if not all(tokens):
        return None
    known = [token for here in tokens for token in here]
    return Stand(at, at + len(chain) - 1, min(token.start for token in known), max(token.end for token in known))


def _is(token: Token, part: Lexeme) -> bool:
    return token.lexeme.startswith(part.text) if part.prefix else token.lexeme == part.text


def _pairs(earlier: list[Stand], later: list[Stand], distance: int) -> list[tuple[Stand, Stand]]:
    """Return those of which the later begins 1 to `distance` positions after the earlier ends."""
    beginning: dict[int, list[Stand]] = {}
    for stand in later:
        beginning.setdefault(stand.first, []).append(stand)
    return [
        (one, other)
        for one in earlier
        for first in range(one.last + 1, one.last + distance + 1)
        for other in beginning.get(first, ())
    ]
