"""Where in a text stands what a query looks for: half-open ranges of code points, for snippets and for the reading page. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING

from monitor.search import compiled as c
from monitor.search.words import tokenise

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Span = tuple[int, int]
    Run = tuple[int, int]  # positions, both included

MOST_RUNS = 5_000  # of one leaf in one text


class Tokens:
    """A text cut into words once, to be looked through for several things."""

    def __init__(self, text: str) -> None:
        self.at: Mapping[str, list[int]] = defaultdict(list)
        self.place: dict[tuple[str, int], Span] = {}
        for token in tokenise(text):
            self.at[token.lexeme].append(token.position)
            self.place.setdefault((token.lexeme, token.position), (token.start, token.end))
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


def hits_in(text: str, wanted: Iterable[c.Words | c.Close]) -> list[Span]:
    """Return where any of this stands in a text, in order and disjoint; hits that only blanks part are one."""
    tokens = Tokens(text)
    return joined(text, sorted({span for words in wanted for span in tokens.spans(words)}))


def joined(text: str, spans: Iterable[Span]) -> list[Span]:
    """Join spans (in order) that overlap or that only blanks of one line part."""
    hits: list[Span] = []
    for start, end in spans:
        if hits and _touch(text, hits[-1][1], start):
            hits[-1] = (hits[-1][0], max(end, hits[-1][1]))
        else:
            hits.append((start, end))
    return hits


def _touch(text: str, end: int, start: int) -> bool:
    between = text[end:start]
    return start <= end or (between.isspace() and "\n" not in between)


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
