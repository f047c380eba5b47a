"""Filters of lists: what cannot be meant is left out, so that an old address still shows something."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.http import QueryDict

    from monitor.library.queries import Order

LONGEST_NAME = 200
MOST_CHOICES = 50


@dataclass(frozen=True, slots=True)
class ShelfFilter:
    """What the shelf is asked to show."""

    periodicals: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    order: Order = "newest"

    @property
    def is_set(self) -> bool:
        return bool(self.periodicals or self.years)

    @property
    def year_words(self) -> tuple[str, ...]:
        return tuple(str(year) for year in self.years)


def read_shelf_filter(query: QueryDict) -> ShelfFilter:
    years = {int(year) for year in query.getlist("year")[:MOST_CHOICES] if _is_year(year)}
    slugs = {clean for slug in query.getlist("periodical")[:MOST_CHOICES] if (clean := asked_words(slug))}
    return ShelfFilter(tuple(sorted(slugs)), tuple(sorted(years)), _order(query.get("sort", "newest")))


def _is_year(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) == len("2022")


def _order(asked: str) -> Order:
    return "oldest" if asked == "oldest" else "added" if asked == "added" else "newest"


def asked_words(text: str) -> str:
    """Return words from an address as the database can take them: no NUL, no lone surrogates, not too long."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode().strip()[:LONGEST_NAME]
