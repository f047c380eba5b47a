"""Invented words, sentences and names, always the same for a seed: few words are common and most are rare, as in print."""

from __future__ import annotations

import random
from itertools import accumulate

SYLLABLES = (
    "an", "bel", "cor", "da", "el", "fen", "gar", "hol", "in", "jos", "kel", "lo", "mar", "nev", "or", "pel", "ros", "su",
    "tir", "ul", "ven", "wo", "zar",
)  # fmt: skip
STEEPNESS = 1.07  # of the frequencies: the n-th word is n to the power of this rarer than the first
SENTENCES = 20_000  # that texts are put together from
SHORTEST, LONGEST = 6, 22  # words of a sentence


class Language:
    """A vocabulary with frequencies, and sentences made of it."""

    def __init__(self, seed: int, words: int, *, sentences: int = SENTENCES) -> None:
        self.draw = random.Random(seed)  # noqa: S311 - the same words each time
        self.words = self._invented(words)
        self._weights = list(accumulate(1 / rank**STEEPNESS for rank in range(1, words + 1)))
        self.sentences = [self.sentence() for _ in range(sentences)]

    def _invented(self, number: int) -> list[str]:
        found: dict[str, None] = {}
        while len(found) < number:
            found["".join(self.draw.choices(SYLLABLES, k=self.draw.randint(2, 4)))] = None
        return list(found)

    def some(self, number: int) -> list[str]:
        return self.draw.choices(self.words, cum_weights=self._weights, k=number)

    def sentence(self) -> str:
        words = self.some(self.draw.randint(SHORTEST, LONGEST))
        if self.draw.random() < 0.2:
            words[1] = f"{words[1]}-{words[2]}"
        return " ".join(words).capitalize() + "."

    def paragraph(self, words: int) -> str:
        """Return about so many words in sentences that other paragraphs may have, too."""
        number = max(1, round(words * 2 / (SHORTEST + LONGEST)))
        return " ".join(self.draw.choices(self.sentences, k=number))
