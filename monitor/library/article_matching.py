"""Which stored article a newly read one is: by title, by text, or by a title that is nearly the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

SAME_TITLE = 85  # rapidfuzz ratio from which two titles are one: "The Taliban('s) Takeover"
COMPARED = 300  # code points of a title; no printed one is longer, and comparing takes the square


@dataclass(frozen=True, slots=True)
class Known:
    """What tells an article from the others of its issue."""

    title: str
    body: str = ""


def match_articles(read: Sequence[Known], stored: Sequence[Known]) -> list[int | None]:
    """Return for each read article the index of the stored one that it is, or None; each is taken once.

    The surest signs come first, so that a series ("Part 1", "Part 2") keeps its parts apart. Among equals the
    printed order decides.
    """
    matches: dict[int, int] = {}
    signs: tuple[Callable[[Known], Hashable], ...] = (
        lambda article: (_folded(article.title), article.body),
        lambda article: _folded(article.title),
        lambda article: article.body or None,
    )
    for sign in signs:
        _match_equal(read, stored, sign, matches)
    _match_similar(read, stored, matches)
    return [matches.get(number) for number in range(len(read))]


def _match_equal(
    read: Sequence[Known], stored: Sequence[Known], sign: Callable[[Known], Hashable], matches: dict[int, int]
) -> None:
    free: dict[Hashable, list[int]] = {}
    for at in sorted(set(range(len(stored))) - set(matches.values()), reverse=True):
        free.setdefault(sign(stored[at]), []).append(at)
    for number, article in enumerate(read):
        among = free.get(sign(article))
        if number not in matches and among and sign(article) is not None:
            matches[number] = among.pop()


def _match_similar(read: Sequence[Known], stored: Sequence[Known], matches: dict[int, int]) -> None:
    free = {at: _folded(stored[at].title) for at in range(len(stored)) if at not in matches.values()}
    scores = [
        (-score, number, at)
        for number, article in enumerate(read)
        if number not in matches
        for _, score, at in process.extract(
            _folded(article.title), free, scorer=fuzz.ratio, score_cutoff=SAME_TITLE, limit=None
        )
    ]
    for _, number, at in sorted(scores):
        if number not in matches and at not in matches.values():
            matches[number] = at


def _folded(title: str) -> str:
    return title[:COMPARED].casefold()
