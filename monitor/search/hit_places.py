"""Where in a text stands what a query looks for: half-open ranges of code points, for snippets and for the reading page. Pure.

Most pieces of a text between its blanks are not looked for. Each is judged once (`Finder`), and a text in which none is
wanted costs a look into a dictionary a word.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from functools import lru_cache
from itertools import accumulate, compress, count
from operator import add
from typing import TYPE_CHECKING

from monitor.search import compiled as c
from monitor.search.words import Token, tokenise, tokens_of, width_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    Span = tuple[int, int]
    Run = tuple[int, int]  # positions, both included

MOST_RUNS = 5_000  # of one leaf in one text
MOST_KEPT = 1 << 15  # pieces of texts that a finder remembers
BETWEEN_BLANKS = re.compile(r"\S+")


class Tokens:
    """A text cut into words once, to be looked through for several things; `tokens`: those of its tokens that matter."""

    def __init__(self, text: str, tokens: Iterable[tuple[str, int, int, int]] | None = None) -> None:
        self.at: Mapping[str, list[int]] = defaultdict(list)
        self.place: dict[tuple[str, int], Span] = {}
        for lexeme, start, end, position in tokenise(text) if tokens is None else tokens:
            self.at[lexeme].append(position)
            self.place.setdefault((lexeme, position), (start, end))
        self.sorted = sorted(self.at)

    def spans(self, words: c.Words | c.Close) -> list[Span]:
        """Return where this stands; of words close to each other both sides."""
        if isinstance(words, c.Words):
            return [span for _, span in self._runs(words)]
        left, right = self._runs(words.left), self._runs(words.right)
        return [span for near in _near(left, right, words.distance) for span in near]

    def _runs(self, words: c.Words) -> list[tuple[Run, Span]]:
        return [run for chain in words.chains for run in self._chain(chain)]

    def _chain(self, chain: c.Chain) -> list[tuple[Run, Span]]:
        """Return the runs of positions at which a chain stands, with their places in the text."""
        places = [self._places(lexeme) for lexeme in chain]
        if not places:
            return []
        found = []
        for first in sorted(places[0])[:MOST_RUNS]:
            spans = [places[step].get(first + step) for step in range(len(places))]
            if all(spans):
                known = [span for span in spans if span]
                run = (first, first + len(places) - 1)
                found.append((run, (min(start for start, _ in known), max(end for _, end in known))))
        return found

    def _places(self, lexeme: c.Lexeme) -> dict[int, Span]:
        return {at: self.place[known, at] for known in self._lexemes(lexeme) for at in self.at[known]}

    def _lexemes(self, lexeme: c.Lexeme) -> Sequence[str]:
        if not lexeme.prefix:
            return (lexeme.text,) if lexeme.text in self.at else ()
        begin = bisect_left(self.sorted, lexeme.text)
        end = bisect_left(self.sorted, lexeme.text + "\U0010ffff")
        return self.sorted[begin:end]


def _near(
    left: Sequence[tuple[Run, Span]], right: Sequence[tuple[Run, Span]], distance: int
) -> Iterable[tuple[Span, Span]]:
    """Give each left side with every right side that is close to it."""
    order = sorted(right)
    longest = max((last - first for (first, last), _ in order), default=0)
    for (first, last), span in left[:MOST_RUNS]:
        at = bisect_left(order, ((first - distance - longest, 0), (0, 0)))
        while at < len(order) and order[at][0][0] <= last + distance:
            (begins, ends), other = order[at]
            if 1 <= begins - last <= distance or 1 <= first - ends <= distance:
                yield span, other
            at += 1


class Finder:
    """What is looked for, made ready once for many texts."""

    def __init__(self, wanted: Iterable[c.Words | c.Close]) -> None:
        self.wanted = tuple(wanted)
        lexemes = {lexeme for words in self.wanted for lexeme in _lexemes_of(words)}
        self.kept = _Kept(lexemes)
        # Each lexeme by itself is a hit: it does not matter which positions they have.
        self.is_plain = all(isinstance(words, c.Words) and _is_plain(words) for words in self.wanted)

    def hits(self, text: str) -> list[Span]:
        """Return where any of it stands in a text, in order and disjoint; hits that only blanks part are one."""
        pieces = text.split()
        wanted = list(map(self.kept.__getitem__, pieces))
        if not any(wanted):
            return []
        found = compress(zip(_starts(text, pieces), wanted, strict=False), wanted)
        if self.is_plain:
            spans = [(start + begin, start + end) for start, tokens in found for _, begin, end, _ in tokens]
            return joined(text, spans if len(spans) == 1 else sorted(set(spans)))
        tokens = Tokens(text, self._tokens(pieces, wanted, found))
        return joined(text, sorted({span for words in self.wanted for span in tokens.spans(words)}))

    def _tokens(
        self, pieces: list[str], wanted: list[tuple[Token, ...]], found: Iterable[tuple[int, tuple[Token, ...]]]
    ) -> Iterator[tuple[str, int, int, int]]:
        """Give the tokens that are looked for, with their places and positions in the text."""
        positions = compress(accumulate(map(width_of, pieces), initial=0), wanted)
        for (start, tokens), position in zip(found, positions, strict=True):
            for lexeme, begin, end, at in tokens:
                yield lexeme, start + begin, start + end, position + at


class _Kept(dict[str, tuple[Token, ...]]):
    """Of each piece of a text the tokens that are looked for."""

    def __init__(self, lexemes: Iterable[c.Lexeme]) -> None:
        wanted = tuple(lexemes)
        self.exact = {lexeme.text for lexeme in wanted if not lexeme.prefix}
        self.begun = tuple(lexeme.text for lexeme in wanted if lexeme.prefix)

    def __missing__(self, piece: str) -> tuple[Token, ...]:
        found = tuple(
            t for t in tokens_of(piece) if t.lexeme in self.exact or (self.begun and t.lexeme.startswith(self.begun))
        )
        if len(self) >= MOST_KEPT:
            self.clear()
        self[piece] = found
        return found


def _starts(text: str, pieces: list[str]) -> Iterable[int]:
    """Give where each piece begins: counted where one blank parts them, as in most texts, else looked for."""
    ends = list(accumulate(map(len, pieces)))
    if ends[-1] + len(pieces) - 1 == len(text):  # one blank between two pieces, and none at the ends
        return map(add, [0, *ends], count())
    return (found.start() for found in BETWEEN_BLANKS.finditer(text))


def _is_plain(words: c.Words) -> bool:
    return all(len(chain) == 1 for chain in words.chains)


def _lexemes_of(words: c.Words | c.Close) -> Iterator[c.Lexeme]:
    for side in (words,) if isinstance(words, c.Words) else (words.left, words.right):
        yield from (lexeme for chain in side.chains for lexeme in chain)


@lru_cache(maxsize=64)
def finder(wanted: tuple[c.Words | c.Close, ...]) -> Finder:
    """Return the finder of this; the last ones are kept, since a page asks for the same in each of its parts."""
    return Finder(wanted)


def hits_in(text: str, wanted: Iterable[c.Words | c.Close]) -> list[Span]:
    """Return where any of this stands in a text, in order and disjoint; hits that only blanks part are one."""
    return finder(tuple(wanted)).hits(text)


def joined(text: str, spans: Iterable[Span]) -> list[Span]:
    """Join spans (in order) that overlap or that only blanks of one line part."""
    hits: list[Span] = []
    begin, stop = -1, -1
    for start, end in spans:
        if start > stop and (begin < 0 or not (between := text[stop:start]).isspace() or "\n" in between):
            if begin >= 0:
                hits.append((begin, stop))
            begin, stop = start, end
        elif end > stop:
            stop = end
    if begin >= 0:
        hits.append((begin, stop))
    return hits


def wanted_texts(node: c.Node, *, negated: bool = False) -> list[c.Text]:
    """Return the leaves of words that speak for an article: those below a Not speak against it."""
    if isinstance(node, c.Text):
        return [] if negated else [node]
    if isinstance(node, c.And | c.Or):
        return [leaf for child in node.children for leaf in wanted_texts(child, negated=negated)]
    if isinstance(node, c.Not | c.Choice):
        return wanted_texts(node.child, negated=negated != isinstance(node, c.Not))
    if isinstance(node, c.Annotated) and not negated:
        return [c.Text(words) for words in passages(node.of)]
    return []


def passages(mark: object) -> list[c.Words | c.Close]:
    """Return the words that are looked for inside marked passages."""
    if isinstance(mark, c.Passage):
        return [mark.words]
    if isinstance(mark, c.And | c.Or):
        return [words for child in mark.children for words in passages(child)]
    return []
