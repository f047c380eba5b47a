"""Ways through one article: from hit to hit of `?q=`, and back to where one stopped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from monitor.library.keeping_places import place_now

if TYPE_CHECKING:
    from django.http import QueryDict

    from monitor.library.models import Article

LONGEST_QUERY = 1_500  # characters of a search that goes along in an address
MOST_DIGITS = 6
WORDS_A_MINUTE = 230  # adults read expository English at 175 to 300 words a minute


def whole_number(asked: str | None) -> int:
    """Return a number from an address: no sign, no blanks, no five thousand digits; 0 for anything else."""
    plain = asked is not None and asked.isascii() and asked.isdigit() and len(asked) <= MOST_DIGITS
    return int(asked or 0) if plain else 0


def asked_query(get: QueryDict) -> str:
    """Return the query of `?q=` as it is looked for, and shown."""
    return " ".join(get.get("q", "").replace("\0", "").encode("utf-8", "ignore").decode().split())[:LONGEST_QUERY]


@dataclass(frozen=True, slots=True)
class HitWalk:
    """The hits of a query: how many, which is at hand (0: none yet), and the addresses of those before and after it."""

    query: str
    total: int
    at: int
    before: str
    after: str
    away: str  # the page without the query


def hit_walk(query: str, *, total: int, asked: int, page: int = 0) -> HitWalk:
    """Return the way through `total` hits; after the last comes the first."""
    kept = {"page": page} if page else {}
    at = asked if 1 <= asked <= total else 0
    before, after = (at - 1 or total) if at else total, at % total + 1 if total else 0
    ways = [f"?{urlencode({'q': query, **kept, 'hit': hit})}#h{hit}" for hit in (before, after)]
    return HitWalk(query, total, at, ways[0], ways[1], f"?{urlencode(kept)}" if kept else "?")


@dataclass(frozen=True, slots=True)
class Resume:
    """Where a person stopped, as a paragraph of the text as it is now."""

    paragraph: int
    of: int
    is_moved: bool  # the text was read anew since, and the place goes by its share of the way


def resume_of(article: Article, size: int) -> Resume | None:
    """Return the place to go on from; nothing for a text that was read, or is at its first or last.

    `article` comes from `printed.articles_to_read`; `size` is the number of paragraphs now.
    """
    paragraph, paragraphs = getattr(article, "my_paragraph", None), getattr(article, "my_paragraphs", None)
    if paragraph is None or paragraphs is None or getattr(article, "my_read", None) or size < 1:
        return None
    now = place_now(paragraph, paragraphs, size=size)
    return Resume(now, size, is_moved=paragraphs != size) if 1 < now < size else None


def minutes_of(words: int) -> int:
    """Return how long a text takes to read, in whole minutes, at least one."""
    return max(-(-words // WORDS_A_MINUTE), 1)
