"""From an article's parts to the text of Postgres vectors, so that its words are ours and no text search configuration's.

Pure. Postgres holds positions up to 16,383 in a vector, 255 of one lexeme, and a megabyte in all. An article beyond that is
given in overlapping stretches instead: what stands in it stands whole in one of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from monitor.search.compiled import MOST_APART, Field
from monitor.search.stems import stem
from monitor.search.words import AS_WRITTEN, positions_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

WEIGHTS = {Field.TITLE: "A", Field.HEADS: "B", Field.BODY: "C", Field.NOTES: "D"}
# Lexemes of few words are there a second time behind their field: a vector's weights would be looked up row by row.
MARKED = {Field.TITLE: "t/", Field.HEADS: "h/"}
BETWEEN_PARTS = MOST_APART + 2  # positions: no phrase or neighbourhood reaches over them
MOST_POSITIONS = 16_000
MOST_OF_ONE = 255
MOST_BYTES = 700_000
LONGEST_CHAIN = 40  # lexemes, of what is looked for
OVERLAP = 2 * LONGEST_CHAIN + MOST_APART + 2
SHORTEST_WORD, LONGEST_WORD = 3, 40  # letters, of what is suggested


class Part(NamedTuple):
    """One part of an article: no match crosses its border."""

    field: Field
    text: str


@dataclass(frozen=True, slots=True)
class Vectors:
    """A vector of the whole as Postgres reads it, or several of stretches; and the words as they are printed, folded."""

    whole: str
    stretches: tuple[str, ...]
    words: frozenset[str]


class _Stretch:
    """A vector in the making."""

    def __init__(self) -> None:
        self.places: dict[str, list[tuple[int, str]]] = {}
        self.bytes = 0

    def add(self, lexeme: str, position: int, weight: str) -> None:
        here = self.places.get(lexeme)
        if here is None:
            self.places[lexeme] = [(position, weight)]
            self.bytes += len(lexeme.encode()) + 4
        else:
            here.append((position, weight))
        self.bytes += 2

    def written(self, first: int) -> str:
        """Return the vector; `first` is the position that becomes 1."""
        return " ".join(
            f"'{lexeme}':" + ",".join([f"{at - first + 1}{weight}" for at, weight in places])
            for lexeme, places in self.places.items()
        )


Run = tuple[int, str, dict[str, list[int]]]  # a part's first position, its weight, where its lexemes stand from there
Placed = tuple[int, str, str]  # position, lexeme, weight
_LABELS = {weight: [f"{at + 1}{weight}" for at in range(MOST_POSITIONS + 1)] for weight in WEIGHTS.values()}


def vectors_of(parts: Iterable[Part]) -> Vectors:
    """Return what the index keeps of an article's words."""
    placed = list(_placed(parts))
    words = frozenset(_printed({lexeme for _, _, positions in placed for lexeme in positions}))
    whole = _whole(placed)
    if whole is not None:
        return Vectors(whole, (), words)
    spread = [
        (first + at, lexeme, weight) for first, weight, found in placed for lexeme in found for at in found[lexeme]
    ]
    return Vectors("", tuple(_stretches(sorted(spread))), words)


def _whole(placed: Sequence[Run]) -> str | None:
    """Return the vector of a whole article, or None where Postgres could not hold it."""
    places: dict[str, list[str]] = {}
    for first, weight, positions in placed:
        labels = _LABELS[weight]
        if first + max(found[-1] for found in positions.values()) > MOST_POSITIONS:
            return None
        for lexeme, found in positions.items():
            places.setdefault(lexeme, []).extend([labels[first + at] for at in found])
    if any(len(found) > MOST_OF_ONE for found in places.values()):
        return None
    vector = " ".join([f"'{lexeme}':{','.join(found)}" for lexeme, found in places.items()])
    return vector if len(vector) <= MOST_BYTES else None


def _placed(parts: Iterable[Part]) -> Iterator[Run]:
    """Yield each part's lexemes, those of few words a second time behind their field; the first position is 0."""
    begin = 0
    for field, text in parts:
        positions = positions_of(text)
        if not positions:
            continue
        last = max(found[-1] for found in positions.values())
        if field in MARKED:
            positions |= {MARKED[field] + lexeme: found for lexeme, found in positions.items()}
        yield begin, WEIGHTS[field], positions
        begin += last + BETWEEN_PARTS


def _printed(lexemes: set[str]) -> Iterator[str]:
    """Yield the words as written: a stem that another word left behind is none, unless it is written, too."""
    written = {lexeme.removeprefix(AS_WRITTEN) for lexeme in lexemes if lexeme.startswith(AS_WRITTEN)}
    stems = {stem(word) for word in written}
    for lexeme in lexemes:
        word = lexeme.removeprefix(AS_WRITTEN)
        if (word != lexeme or word not in stems) and SHORTEST_WORD <= len(word) <= LONGEST_WORD and word.isalpha():
            yield word


def _stretches(placed: Sequence[Placed]) -> Iterator[str]:
    """Yield vectors of stretches that overlap; each begins OVERLAP positions before the last one ended."""
    begin = 0
    while begin < len(placed):
        first, stretch, counts = placed[begin][0], _Stretch(), dict[str, int]()
        end = begin
        for position, lexeme, weight in placed[begin:]:
            counts[lexeme] = counts.get(lexeme, 0) + 1
            full = position - first >= MOST_POSITIONS or counts[lexeme] > MOST_OF_ONE or stretch.bytes > MOST_BYTES
            if full:
                break
            stretch.add(lexeme, position, weight)
            end += 1
        yield stretch.written(first)
        if end == len(placed):
            return
        begin = _back(placed, begin, end)


def _back(placed: Sequence[Placed], begin: int, end: int) -> int:
    """Return where the next stretch begins: all of the positions from OVERLAP before the end on, and always further on."""
    wanted, at = placed[end][0] - OVERLAP, end
    while at > begin + 1 and placed[at - 1][0] >= wanted:
        at -= 1
    return at
