"""Names of the gazetteer that an unknown name may be a spelling of: offered to people, never joined by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from monitor.entities.recognising.letters import fold

if TYPE_CHECKING:
    from monitor.entities.recognising.compiled import Compiled

LEAST = 88.0  # of 100
MOST = 5


def neighbours(name: str, compiled: Compiled) -> tuple[tuple[str, float], ...]:
    """Return up to five (slug, score 88-100) of actors whose names are like `name`, best first."""
    key = " ".join(sorted(fold(word) for word in name.replace("-", " ").split()))
    found = process.extract(key, compiled.sorted_names, scorer=fuzz.ratio, score_cutoff=LEAST, limit=4 * MOST)
    best: dict[str, float] = {}
    for folded, score, _ in found:
        for slug in compiled.slugs_of[folded]:
            best.setdefault(slug, round(score, 1))
    return tuple(sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST])
