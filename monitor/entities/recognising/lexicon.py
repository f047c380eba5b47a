"""Which words are common words: those never begin or end an unknown name by themselves.

The list of English words that the reader of hyphens uses writes everything in lower case, names included;
`capitalised_words.txt` says which of its words are only ever printed with a capital, and (after a tilde) which may be
either a word or a name, as Rice and King are. What an archive prints in lower case is added to it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING

from monitor.entities.recognising.letters import fold
from monitor.ingest.letters.word_list import english_words

if TYPE_CHECKING:
    from collections.abc import Iterable

EITHER = "~"
SHORTEST = 3  # letters of a word that an archive may add


@dataclass(frozen=True)
class Lexicon:
    """Common words, names, and words that are either; all folded."""

    words: frozenset[str]
    names: frozenset[str]
    either: frozenset[str]

    @cached_property
    def hash(self) -> str:
        """The sha256, in hexadecimal, of the sorted words."""
        rows = ("\n".join(sorted(kind)) for kind in (self.words, self.names, self.either))
        return hashlib.sha256("\n\n".join(rows).encode()).hexdigest()

    def common(self, word: str) -> bool:
        """Tell whether the folded `word` is an ordinary word and no name."""
        return word in self.words

    def with_words(self, words: Iterable[str]) -> Lexicon:
        """Return a lexicon that also knows the words an archive prints in lower case, in any spelling."""
        new = {fold(word) for word in words}
        more = {word for word in new if len(word) >= SHORTEST and word.isalpha()} - self.names
        return Lexicon(self.words | more, self.names, self.either)


@cache
def english() -> Lexicon:
    """Return the lexicon of a new archive: English words, without those that are only names."""
    lines = (files(__package__) / "capitalised_words.txt").read_text(encoding="utf-8").split()
    names = frozenset(line for line in lines if not line.startswith(EITHER))
    either = frozenset(line.removeprefix(EITHER) for line in lines if line.startswith(EITHER))
    words = frozenset(fold(word) for word in english_words() - names)
    return Lexicon(words - names, names, either)
