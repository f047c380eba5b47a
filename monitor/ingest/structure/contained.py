"""A printed title inside an entry of the contents, whatever stands around it: names, brackets, a number, cells of a table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from monitor.ingest.structure.bylines import read_byline

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST_LETTERS = 12
SHORTEST_RUN = 1  # words
SEPARATORS = " ,:;|/()[]\u2013\u2014-\u2022\u00b7.\u2026\"'\u201c\u201d*"
PAGE = re.compile(r"(?:pp?\.|page|s\.)? ?\d{1,4}$", re.IGNORECASE)
MOST_WORDS = 60


def contained(entry: str, title: str) -> tuple[str, str] | None:
    """Return what an entry prints as a title and what is left of it, where all words of `title` stand in the entry.

    They stand there as one run or as two, the authors between these (cells side by side); what is left over names
    people, or is nothing but signs and a page. None where that is not so, or for titles of few letters.
    """
    words, wanted = entry.split(" ")[:MOST_WORDS], keys(title.split(" "))
    found = keys(words)
    if sum(map(len, wanted)) < LEAST_LETTERS or not 0 < len(wanted) <= len(found):
        return None
    for taken in runs(found, wanted):
        run = " ".join(words[k] for k in taken).strip(" ,|/\u2013\u2014")
        rest = without_signs(" ".join(word for k, word in enumerate(words) if k not in taken))
        if not rest or read_byline(rest) is not None:
            return run.rstrip(":(") if not title.endswith(":") else run, rest
    return None


def keys(words: Sequence[str]) -> list[str]:
    """Return words as they are compared: letters and digits, folded; signs alone are no words."""
    return ["".join(filter(str.isalnum, word.casefold())) for word in words]


def runs(found: Sequence[str], wanted: Sequence[str]) -> list[list[int]]:
    """Return the places of the wanted words among those found: as one run, or as two in order with something between."""
    wanted = [word for word in wanted if word]
    places = [k for k, word in enumerate(found) if word]
    plain = [found[k] for k in places]
    result: list[list[int]] = []
    for low in range(len(plain)):
        length = common(plain[low:], wanted)
        if length == len(wanted):
            return [[places[k] for k in range(low, low + length)]]
        if length < SHORTEST_RUN:
            continue
        rest = list(wanted[length:])
        for high in range(low + length + 1, len(plain) - len(rest) + 1):
            if plain[high : high + len(rest)] == rest:
                result.append([places[k] for k in (*range(low, low + length), *range(high, high + len(rest)))])
                break
    return result


def common(first: Sequence[str], second: Sequence[str]) -> int:
    """Return how many words two lists begin with alike."""
    length = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        length += 1
    return length


def without_signs(rest: str) -> str:
    """Return what is left of an entry without page, leaders, brackets and the like around it."""
    bare = rest.strip(SEPARATORS)
    while (page := PAGE.search(bare)) is not None:
        bare = bare[: page.start()].strip(SEPARATORS)
    return re.sub(r"^(?:pp?\. ?)?\d{1,3} (?=[^\W\d_])", "", bare)
