"""Where a phrase stands in a text, whole words only. Pure; offsets are code points."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from monitor.annotations.anchoring.folding import DASHES
from monitor.annotations.hits import words_of
from monitor.ingest.document import BLOCK_JOINT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.annotations.hits import Word

LONGEST_PHRASE = 200  # characters
MOST_WORDS = 20
# Between the words of a phrase these may stand or not: line ends, hyphens, and what has no shape of its own.
_NO_MATTER = re.compile(rf"[\s{re.escape(DASHES)}\u00ad\u200b-\u200d\u2060\ufeff]")


def phrase_words(phrase: str) -> list[str]:
    """Return the folded words of a phrase, none where it has none or too many."""
    words = [word.folded for word in words_of(phrase[:LONGEST_PHRASE])]
    return words if len(words) <= MOST_WORDS else []


def find_occurrences(text: str, phrase: str, *, letters: bool = False) -> list[tuple[int, int]]:
    """Return where the phrase stands, in order and disjoint: never in parts of words, nor over the end of a paragraph.

    Case and accents do not count unless `letters` says so; hyphens and line ends between its words never do.
    """
    meant = words_of(phrase[:LONGEST_PHRASE])
    if not meant or len(meant) > MOST_WORDS:
        return []
    words, found, at = words_of(text), list[tuple[int, int]](), 0
    while at + len(meant) <= len(words):
        run = words[at : at + len(meant)]
        if _is_same(text, run, phrase, meant, letters=letters):
            found.append((run[0].start, run[-1].end))
            at += len(meant)
        else:
            at += 1
    return found


def _is_same(text: str, run: Sequence[Word], phrase: str, meant: Sequence[Word], *, letters: bool) -> bool:
    if any(one.folded != other.folded for one, other in zip(run, meant, strict=True)):
        return False
    if letters and _spelt(text, run) != _spelt(phrase, meant):
        return False
    return BLOCK_JOINT not in text[run[0].start : run[-1].end] and _between(text, run) == _between(phrase, meant)


def _spelt(text: str, words: Sequence[Word]) -> list[str]:
    return [text[word.start : word.end] for word in words]


def _between(text: str, words: Sequence[Word]) -> list[str]:
    """Return what parts the words, so that the end of a sentence is not taken for a blank."""
    return [_NO_MATTER.sub("", text[one.end : other.start]) for one, other in pairwise(words)]
