"""Printed page numbers against the pages of the file: two facts, of which the contents know the first."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from monitor.ingest.pieces import PageFacts

AGREEING = 2  # entries of the contents that make a distance between the two numbers sure


def printed_numbers(
    places: Sequence[int | None], announced: Sequence[int | None], pages: PageFacts
) -> tuple[int | None, ...]:
    """Return the number printed on the page where each article begins; `places` are the physical pages.

    What the page prints itself wins; then the distance that other pages' numbers keep to the physical ones; then the
    distance that most entries of the contents (`announced`, by article) agree on; without all these it is the
    physical page. An article whose page is not known has none.
    """
    shift = usual(number - page for page, number in pages.printed.items())
    if shift is None:
        shift = usual(
            (
                said - page
                for page, said in zip(places, announced, strict=True)
                if page is not None and said is not None
            ),
            fewest=AGREEING,
        )
    return tuple(None if page is None else number_of(page, pages, shift or 0) for page in places)


def number_of(page: int, pages: PageFacts, shift: int) -> int:
    """Return a page's own number, else the one that the usual distance gives it where that is a page number."""
    return pages.printed.get(page, page + shift if page + shift > 0 else page)


def usual(shifts: Iterable[int], fewest: int = 1) -> int | None:
    """Return the commonest distance, the smallest of equals; None where fewer than `fewest` agree."""
    counts = Counter(shifts)
    best = max(counts, key=lambda shift: (counts[shift], -abs(shift)), default=None)
    return best if best is not None and counts[best] >= fewest else None
