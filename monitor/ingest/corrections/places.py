"""Finding a place by its words: what a correction is about, in whatever way a parser cut the text.

Compared are letters and digits alone, without case and accents, over the whole issue: blanks, hyphens at line ends
and the edges of blocks do not count, so that a paragraph is found whether it stands alone, joined or in halves.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from monitor.ingest.corrections.correction import Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from monitor.ingest.corrections.loose_parts import LooseArticle, LooseIssue

QUOTE = 80  # code points of a quote and of the words on either side of it
LONG = 24  # letters and digits from which a quote is a place's own
NEAR_BY = 12  # letters and digits beside a quote that make sure of it
SAME_WORDS = 90  # rapidfuzz ratio from which a quote with other letters in it is still the same
SAME_TITLE = 85
MOST_HITS = 1000  # of a quote of a letter or two, which is looked for where blocks begin alone
AT_EDGE = 30  # what it weighs that a place is where a block begins
NO_LETTERS = re.compile(r"[\W_]+")


@lru_cache(maxsize=8192)
def squeezed(text: str) -> str:
    """Return the letters and digits of a text, without case and accents."""
    return NO_LETTERS.sub("", unicodedata.normalize("NFKD", text)).casefold()


def digest_of(letters: str) -> str:
    """Return what tells a run of letters and digits from all others."""
    return hashlib.sha256(letters.encode()).hexdigest()[:16]


def offset_in(text: str, letters: int) -> int:
    """Return the code point of `text` before which `letters` of its letters and digits stand."""
    seen = 0
    for at, character in enumerate(text):
        width = len(squeezed(character))
        if width and seen >= letters:
            return at
        seen += width
    return len(text)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the words of a target stand: in block `block` of article `article`, or in its title (None)."""

    article: int
    block: int | None
    letters: int  # letters and digits of that text before the place
    sure: bool  # the words beside it are those of the target too


@dataclass(frozen=True, slots=True)
class Element:
    """A title or block in the flow of the issue."""

    article: int
    block: int | None
    text: str


class Flow:
    """All titles and blocks of an issue as one run of letters and digits."""

    def __init__(self, articles: Sequence[LooseArticle]) -> None:
        self.elements = list(_elements(articles))
        self.starts: list[int] = []
        at = 0
        for element in self.elements:
            self.starts.append(at)
            at += len(squeezed(element.text))
        self.text = "".join(squeezed(element.text) for element in self.elements)
        self._edges = frozenset(self.starts)

    def find(self, target: Target) -> list[Place]:
        """Return the places that fit a target best, in order: none, one, or several that it cannot tell apart."""
        quote = squeezed(target.quote)
        if not quote:
            return self._without_letters(target)
        hits = [found.start() for found in re.finditer(f"(?={re.escape(quote)})", self.text)]
        if len(hits) > MOST_HITS:
            hits = [at for at in hits if at in self._edges]
        scored = [(self._score(target, at, len(quote)), at) for at in hits]
        if not scored:
            return self._like(quote)
        best = max(score for score, _ in scored)
        return [self._place(target, at, len(quote)) for score, at in scored if score == best]

    def _without_letters(self, target: Target) -> list[Place]:
        """Return the blocks that are just these signs, an ornament say, where most words beside them agree."""
        signs = target.quote.strip()
        hits = [k for k, e in enumerate(self.elements) if signs and e.block is not None and e.text.strip() == signs]
        scored = [(sum(self._beside(target, self.starts[k], 0)), k) for k in hits]
        best = max((score for score, _ in scored), default=0)
        return [
            Place(self.elements[k].article, self.elements[k].block, 0, sure=score >= NEAR_BY)
            for score, k in scored
            if score == best
        ]

    def _like(self, quote: str) -> list[Place]:
        """Return the place of words that are nearly the quote: a later parser may read a letter otherwise."""
        if len(quote) < LONG or len(self.text) < len(quote):
            return []
        found = fuzz.partial_ratio_alignment(quote, self.text, score_cutoff=SAME_WORDS)
        return [self._at(found.dest_start, sure=False)] if found else []

    def _score(self, target: Target, at: int, length: int) -> int:
        before, after = self._beside(target, at, length)
        whole = self.text[at : at + target.length]
        same = len(whole) == target.length > 0 and digest_of(whole) == target.digest
        return before + after + AT_EDGE * (at in self._edges) + AT_EDGE * same

    def _beside(self, target: Target, at: int, length: int) -> tuple[int, int]:
        """Return how many letters agree before and after a hit."""
        before, after = squeezed(target.before), squeezed(target.after)
        return (
            _agreeing(reversed(before), reversed(self.text[max(0, at - len(before)) : at])),
            _agreeing(after, self.text[at + length : at + length + len(after)]),
        )

    def _place(self, target: Target, at: int, length: int) -> Place:
        before, after = self._beside(target, at, length)
        sides = (before, squeezed(target.before)), (after, squeezed(target.after))
        return self._at(at, sure=any(n and n >= min(NEAR_BY, len(side)) for n, side in sides))

    def _at(self, at: int, *, sure: bool) -> Place:
        # Of elements without letters, which begin at the same point, the last one has the words.
        k = bisect_right(self.starts, at) - 1
        return Place(self.elements[k].article, self.elements[k].block, at - self.starts[k], sure)

    def around(self, k: int, start: int, end: int) -> tuple[str, str]:
        """Return the texts before and after code points `start:end` of element k, QUOTE code points each."""
        before, after = self.elements[k].text[:start], self.elements[k].text[end:]
        for element in reversed(self.elements[max(0, k - QUOTE) : k]):
            before = f"{element.text} {before}" if len(before) < QUOTE else before
        for element in self.elements[k + 1 : k + 1 + QUOTE]:
            after = f"{after} {element.text}" if len(after) < QUOTE else after
        return before[-QUOTE:], after[:QUOTE]


def _elements(articles: Sequence[LooseArticle]) -> Iterable[Element]:
    for a, article in enumerate(articles):
        yield Element(a, None, article.facts.title)
        for b, loose in enumerate(article.blocks):
            yield Element(a, b, loose.text)


def _agreeing(first: Iterable[str], second: Iterable[str]) -> int:
    count = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        count += 1
    return count


def target_of_block(articles: Sequence[LooseArticle], article: int, block: int, offset: int = 0) -> Target:
    """Return the target of a block, or of a cut at code point `offset` of it."""
    flow = Flow(articles)
    k = next(k for k, each in enumerate(flow.elements) if (each.article, each.block) == (article, block))
    text = flow.elements[k].text
    begin = offset + len(text[offset:]) - len(text[offset:].lstrip())
    before, after = flow.around(k, begin, begin + QUOTE)
    whole = squeezed(text[begin:])
    target = Target(text[begin : begin + QUOTE], before, after, length=len(whole), digest=digest_of(whole))
    found = [(place.article, place.block, place.letters) for place in flow.find(target)]
    own = (article, block, len(squeezed(text[:begin])))
    return replace(target, ordinal=found.index(own) if own in found else 0)


def target_of_article(articles: Sequence[LooseArticle], article: int) -> Target:
    """Return the target of an article: its title and the opening words of its text."""
    title, opening = articles[article].facts.title, opening_of(articles[article])[:QUOTE]
    found = articles_at(articles, Target(title, after=opening))
    return Target(title[: 4 * QUOTE], after=opening, ordinal=found.index(article) if article in found else 0)


def opening_of(article: LooseArticle) -> str:
    """Return the first words of an article's text."""
    text = ""
    for loose in article.blocks:
        text = f"{text} {loose.text}"
        if len(text) > 2 * QUOTE:
            break
    return text.strip()


def articles_at(articles: Sequence[LooseArticle], target: Target) -> list[int]:
    """Return the articles that fit a target best: title and opening words, these words alone, the title alone."""
    title, opening = squeezed(target.quote), squeezed(target.after)
    scores = []
    for article in articles:
        own = squeezed(article.facts.title[: len(target.quote) + 1])
        opens = bool(opening) and squeezed(opening_of(article)).startswith(opening)
        scores.append(3 * opens + 2 * (own == title and bool(title or not opening)))
    best = max(scores, default=0)
    return [index for index, score in enumerate(scores) if score == best] if best else []


def article_like(articles: Sequence[LooseArticle], target: Target) -> int | None:
    """Return the one article whose title is nearly that of the target."""
    title = target.quote.casefold()
    alike = [
        index
        for index, article in enumerate(articles)
        if fuzz.ratio(article.facts.title[: len(title) + QUOTE].casefold(), title) >= SAME_TITLE
    ]
    return alike[0] if len(alike) == 1 and title else None


def is_set_aside(issue: LooseIssue, target: Target) -> bool:
    """Return whether a target's words stand in what belongs to no block: furniture, or a biography."""
    quote = squeezed(target.quote)
    aside = (*issue.furniture, *(article.facts.bio or "" for article in issue.articles))
    return any(quote in squeezed(text) if quote else target.quote == text for text in aside)
