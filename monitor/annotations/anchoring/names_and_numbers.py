"""Whether two passages that are much alike tell of different people, places or numbers."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rapidfuzz.distance import Levenshtein

from monitor.annotations.anchoring.folding import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor.annotations.anchoring.folding import Folded

SAME_NAME = 0.6  # likeness of two spellings from which noise explains the difference: "Tal1ban"
_ACRONYM = 3  # letters of a name of which noise strikes one at most
_MOST_WORDS = 4000  # of longer passages a name is never the only thing that tells them apart


def changed_names(quote: str, found: str, *, new: Folded, old: Folded | None) -> list[str]:
    """Return the names and numbers of the quote that are others in what was found.

    Another spelling that is a word of the old text is another name, "Iraq" for "Iran"; one that is not is noise,
    "Irau". Without the old text, being there twice makes a word of it.
    """
    ours, theirs = words_of(quote), words_of(found)
    if len(ours) > _MOST_WORDS or len(theirs) > _MOST_WORDS:
        return []
    return [mine for mine, yours in _replaced(ours, theirs) if _is_key(mine) and _is_other(mine, yours, new, old)]


def _replaced(ours: list[tuple[str, str]], theirs: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the words that stand in each other's place, as printed; a word fallen apart is put together."""
    codes = Levenshtein.opcodes([word for word, _ in ours], [word for word, _ in theirs])
    for equal, group in groupby(codes, key=lambda code: code.tag == "equal"):
        if equal:
            continue
        block = list(group)
        old = [printed for _, printed in ours[block[0].src_start : block[-1].src_end]]
        new = [printed for _, printed in theirs[block[0].dest_start : block[-1].dest_end]]
        if len(old) == len(new):
            yield from zip(old, new, strict=True)
        elif new and _alike("".join(old), "".join(new)) <= SAME_NAME:
            # Among lines that have fallen in, each word is compared with the likest.
            yield from ((word, max((_alike(word, one), one) for one in new)[1]) for word in old)


def _alike(one: str, other: str) -> float:
    return Levenshtein.normalized_similarity(one.casefold(), other.casefold())


def _begins_or_ends(one: str, other: str) -> bool:
    """Tell whether one word is the other with something put on: "Niger", "Nigeria"; "Mali", "Somalia" is not alike."""
    short, long = sorted((one, other), key=len)
    return long.startswith(short) or long.endswith(short)


def _is_key(word: str) -> bool:
    return word[:1].isupper() or word[:1].isdecimal()


def _is_other(mine: str, yours: str, new: Folded, old: Folded | None) -> bool:
    if mine.isdecimal():
        return yours.isdecimal() or _alike(mine, yours) == 0
    one, other = mine.casefold(), yours.casefold()
    if old.words[other] if old else new.words[other] > 1:
        return True
    if len(one) <= _ACRONYM:
        return Levenshtein.distance(one, other) > 1
    return _alike(one, other) < SAME_NAME or (abs(len(one) - len(other)) > 1 and _begins_or_ends(one, other))
