"""Names of the gazetteer that an unknown name may be a spelling of: offered to people, never joined by itself."""

from __future__ import annotations

from math import ceil, floor
from operator import itemgetter
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from monitor.entities.recognising.letters import fold

if TYPE_CHECKING:
    from monitor.entities.recognising.compiled import Compiled

LEAST = 88.0  # of 100
NEAR = LEAST / (200 - LEAST)  # of the longer name's letters that the shorter one must have
MOST = 5
MOST_KEPT = 20_000


def neighbours(name: str, compiled: Compiled) -> tuple[tuple[str, float], ...]:
    """Return up to five (slug, score 88-100) of actors whose names are like `name`, best first."""
    key = " ".join(sorted(fold(word) for word in name.replace("-", " ").split()))
    known = compiled.neighbours.get(key)
    if known is None:
        if len(compiled.neighbours) >= MOST_KEPT:
            compiled.neighbours.clear()
        known = compiled.neighbours[key] = _neighbours(key, compiled)
    return known


def _neighbours(key: str, compiled: Compiled) -> tuple[tuple[str, float], ...]:
    best: dict[str, float] = {}
    for score, folded in sorted(_alike(key, compiled), key=lambda pair: -pair[0])[: 4 * MOST]:
        for slug in compiled.slugs_of[folded]:
            best.setdefault(slug, round(score, 1))
    return tuple(sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST])


def _alike(key: str, compiled: Compiled) -> list[tuple[float, str]]:
    """Return (score, folded name) of all names that are like enough, in the order of names.

    The score is twice the letters in common of a hundred of both names' letters, so that no name that is much shorter or
    longer can reach it.
    """
    shortest, longest = ceil(len(key) * NEAR), floor(len(key) / NEAR)
    found = []
    for length in range(shortest, longest + 1):
        names = compiled.names_by_length.get(length, ())
        matches = process.extract(key, names, scorer=fuzz.ratio, score_cutoff=LEAST, limit=None)
        found += [(score, folded) for folded, score, _ in matches]
    return sorted(found, key=itemgetter(1))
