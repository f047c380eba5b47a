"""Whether words occur in one text, by the positions of its lexemes. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.search.compiled import Close
from monitor.search.words import positions_of

if TYPE_CHECKING:
    from monitor.search.compiled import Chain, Lexeme, Words

Positions = dict[str, list[int]]
Runs = set[tuple[int, int]]  # first and last position


def words_in(words: Words | Close, text: str) -> bool:
    """Return whether a text has these words."""
    return bool(_runs(words, positions_of(text)))


def _runs(words: Words | Close, positions: Positions) -> Runs:
    if not isinstance(words, Close):
        return set().union(*(_chain(chain, positions) for chain in words.chains))
    left, right = _runs(words.left, positions), _runs(words.right, positions)
    return {
        (min(a[0], b[0]), max(a[1], b[1]))
        for a in left
        for b in right
        if 1 <= b[0] - a[1] <= words.distance or 1 <= a[0] - b[1] <= words.distance
    }


def _chain(chain: Chain, positions: Positions) -> Runs:
    starts = _at(chain[0], positions) if chain else set()
    for step, lexeme in enumerate(chain[1:], 1):
        starts &= {position - step for position in _at(lexeme, positions)}
    return {(start, start + len(chain) - 1) for start in starts}


def _at(lexeme: Lexeme, positions: Positions) -> set[int]:
    if not lexeme.prefix:
        return set(positions.get(lexeme.text, ()))
    return {at for text, places in positions.items() if text.startswith(lexeme.text) for at in places}
