"""Where the words of `?q=` stand in a text; case and accents do not count. The query language will take its place.

`“prison break”` in quotes is a phrase; other words are hits each by itself, and neighbours make one hit. A word is a
whole word; in scripts written without blanks every letter is one.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.ingest.document import BLOCK_JOINT

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_QUERY = 200
MOST_TERMS = 12
# Thai to Burmese, kana, Chinese characters, Hangul stays with the words: it has blanks.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")
_TERM = re.compile(
    r"[\"\u201c\u201d\u201e\u00ab]([^\"\u201c\u201d\u00bb]{1,200})[\"\u201c\u201d\u00bb]|([^\s\"\u201c\u201d]{1,200})"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word of the text and the code points it stands at."""

    folded: str
    start: int
    end: int


def folded_letters(text: str) -> tuple[str, list[int]]:
    """Return the text without case and accents, and for each of its characters the code point it came from."""
    if text.isascii():
        return text.lower(), list(range(len(text)))
    letters, origins = [], []
    for at, letter in enumerate(text):
        plain = letter.lower() if letter.isascii() else _plain(letter)
        letters.append(plain)
        origins += [at] * len(plain)
    return "".join(letters), origins


def _plain(letter: str) -> str:
    parts = unicodedata.normalize("NFKD", letter.casefold())
    # Accents, and characters without a shape of their own such as soft hyphens.
    return "".join(part for part in parts if unicodedata.category(part) not in {"Mn", "Me", "Cf"}).casefold()


def words_of(text: str) -> list[Word]:
    """Return the words of a text in order; accents that follow a word's last letter belong to it."""
    folded, origins = folded_letters(text)
    return [
        Word(found[0], origins[found.start()], _end(text, origins[found.end() - 1] + 1))
        for found in _WORD.finditer(folded)
    ]


def is_unspaced(letter: str) -> bool:
    """Return whether the letter is of a script written without blanks between words."""
    return re.match(f"[{_UNSPACED}]", letter) is not None


def _end(text: str, at: int) -> int:
    while at < len(text) and unicodedata.combining(text[at]):
        at += 1
    return at


def asked_terms(query: str) -> list[list[str]]:
    """Return what a query asks for: each term as the folded words that must follow each other."""
    terms = []
    for found in _TERM.finditer(query[:LONGEST_QUERY]):
        words = [word.folded for word in words_of(found[1] or found[2])]
        if words and words not in terms:
            terms.append(words)
    return terms[:MOST_TERMS]


def find_hits(text: str, query: str) -> list[tuple[int, int]]:
    """Return where the query's words stand in the text: half-open ranges of code points, in order and disjoint."""
    terms = asked_terms(query)
    if not terms:
        return []
    words = words_of(text)
    found = sorted(
        (words[at].start, words[at + len(term) - 1].end)
        for term in terms
        for at in _places(words, term)
        if BLOCK_JOINT not in text[words[at].start : words[at + len(term) - 1].end]
    )
    return _joined(text, found)


def _places(words: Sequence[Word], term: list[str]) -> list[int]:
    return [
        at
        for at in range(len(words) - len(term) + 1)
        if words[at].folded == term[0] and all(words[at + i].folded == word for i, word in enumerate(term))
    ]


def _joined(text: str, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join hits that overlap or that only blanks of one line part."""
    hits: list[tuple[int, int]] = []
    for start, end in found:
        if hits and (
            start <= hits[-1][1] or (text[hits[-1][1] : start].isspace() and "\n" not in text[hits[-1][1] : start])
        ):
            hits[-1] = (hits[-1][0], max(end, hits[-1][1]))
        else:
            hits.append((start, end))
    return hits
