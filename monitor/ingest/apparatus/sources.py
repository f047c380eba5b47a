"""Cited outlets that may be one under several spellings: suggestions for a person, never merges."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from monitor.ingest.document import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from monitor.ingest.document import Article

NEAR = 88
MOST_SOURCES = 400
# Shorter names are near too many others.
SHORTEST_NEAR = 5
DOMAIN = re.compile(r"(?:www\.)?([a-z0-9-]{2,60})(?:\.[a-z]{2,3})?\.[a-z]{2,10}$")
# Bodies often cited and often misspelt; general knowledge, not taken from any issue.
WELL_KNOWN = (
    "ACLED",
    "Amnesty International",
    "Associated Press",
    "Combating Terrorism Center",
    "Human Rights Watch",
    "International Crisis Group",
    "International Organization for Migration",
    "New York Times",
    "United Nations Security Council",
    "United Nations High Commissioner for Refugees",
    "U.S. Department of Defense",
    "U.S. Department of State",
    "Voice of America",
    "Wall Street Journal",
    "Washington Post",
    "World Health Organization",
)


def stem(source: str) -> str:
    """Return the name of an outlet without article, top-level domain and signs: "al-Jazeera.net" -> "aljazeera"."""
    folded = source.casefold().removeprefix("the ")
    domain = DOMAIN.match(folded)
    return re.sub(r"[\W_]+", "", domain[1] if domain else folded)


def source_findings(articles: Iterable[Article]) -> Iterator[Finding]:
    """Yield one suggestion for each spelling of a source that is near another one cited, or a well-known name."""
    counts: Counter[str] = Counter()
    printed: dict[str, str] = {}
    for article in articles:
        for citation in article.citations:
            if citation.source:
                key = citation.source.casefold()
                printed.setdefault(key, citation.source)
                counts[key] += 1
    done: list[str] = []
    for key in sorted(counts, key=lambda key: (-counts[key], key))[:MOST_SOURCES]:
        near = next((other for other in done if are_near(key, other)), None)
        known = None if near else next((name for name in WELL_KNOWN if is_misspelt(key, name)), None)
        meant = printed[near] if near else known
        if meant is not None:
            yield Finding(
                "source_near_other",
                f'"{printed[key]}" may be the same source as "{meant}".',
                severity="info",
                suggestion=meant,
            )
        done.append(key)


def are_near(first: str, second: str) -> bool:
    """Tell whether two folded sources may be one outlet."""
    if stem(first) == stem(second):
        return bool(stem(first))
    # Two accounts of one service, or two numbered reports, are near in spelling and different.
    if "@" in first or "@" in second or has_other_digits(first, second):
        return False
    return min(len(first), len(second)) >= SHORTEST_NEAR and fuzz.ratio(first, second) >= NEAR


def has_other_digits(first: str, second: str) -> bool:
    """Tell whether two names differ in their numbers."""
    return re.sub(r"\D", "", first) != re.sub(r"\D", "", second)


def is_misspelt(key: str, name: str) -> bool:
    """Tell whether a folded source is nearly, but not quite, a well-known name."""
    known = name.casefold()
    return stem(key) != stem(known) and are_near(key, known)
