"""What a hyphen at the end of a printed line means: part of the word, or put there by the typesetter."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

import pyphen

if TYPE_CHECKING:
    from collections.abc import Iterable

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+){0,6}")
LAST_WORD = re.compile(r"[^\W_]{1,40}$")
FIRST_WORD = re.compile(r"[^\W_]{1,40}")
LONGEST_WORD = 40

# Words that begin many more words ("in|different", "with|draw", "any|where") than compounds; these are the compounds.
BEGINNINGS = frozenset(["any", "be", "every", "for", "in", "per", "some", "there", "un", "where", "with"])
AFTER_IN_OR_FOR = frozenset(
    ["between", "country", "depth", "flight", "house", "kind", "law", "laws", "person", "profit", "service", "theater"]
)

Decision = Literal["keep", "drop", "guessed_keep", "guessed_drop"]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """How often each word, and each compound with its hyphens, stands inside the lines of an issue."""

    seen: Counter[str]


def vocabulary(lines: Iterable[str]) -> Vocabulary:
    """Count the words of printed lines, leaving out both halves of a word that a hyphen cuts at a line's end."""
    seen: Counter[str] = Counter()
    cut = False
    for line in lines:
        bare = line.rstrip()
        words: list[str] = WORD.findall(bare.casefold())
        kept = words[1:] if cut else words
        cut = bare.endswith("-") and bool(words)
        if cut and kept:
            kept.pop()
        seen.update(kept)
        seen.update(part for word in kept if "-" in word for part in word.split("-"))
    return Vocabulary(seen)


@cache
def breaks() -> pyphen.Pyphen:
    """Return the English hyphenation patterns, read once."""
    return pyphen.Pyphen(lang="en_US")


def at_line_end(before: str, after: str, known: Vocabulary) -> Decision:
    """Say what to do with the hyphen between `before` (which ends in it) and `after`.

    The order of the tests was measured on typeset issues; "guessed" means that only the hyphenation patterns, or
    nothing at all, decided.
    """
    tail = before[-LONGEST_WORD - 2 : -1]
    left, right = LAST_WORD.search(tail), FIRST_WORD.match(after)
    if left is None or right is None or not (left.group() + right.group()).isalpha():
        return "keep"
    joined = (left.group() + right.group()).casefold()
    if right.group()[0].isupper() and not left.group().isupper():
        # No typesetter cuts a word before a capital; "aljazeera.com" says nothing about "al-Jazeera".
        return "keep"
    with_hyphen = known.seen[f"{left.group()}-{right.group()}".casefold()]
    if with_hyphen > known.seen[joined]:
        return "keep"
    if known.seen[joined]:
        return "drop"
    if tail[: left.start()].endswith("-"):
        # "state-of-the-art" has its hyphens from its writer.
        return "keep"
    legal = len(joined) <= LONGEST_WORD and len(left.group()) in breaks().positions(joined)
    first, second = left.group().casefold(), right.group().casefold()
    begins = legal and first in BEGINNINGS and second not in AFTER_IN_OR_FOR
    if known.seen[first] and known.seen[second] and not begins:
        return "keep"
    if legal:
        return "guessed_drop"
    return "guessed_drop" if len(left.group()) > 1 else "guessed_keep"
