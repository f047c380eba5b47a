"""Filters of lists: what cannot be meant is left out, so that an old address still shows something."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from monitor.library.shelf_lists import WantedIssues

if TYPE_CHECKING:
    from django.http import QueryDict

    from monitor.library.shelf_lists import Order

LONGEST_NAME = 200
MOST_CHOICES = 50


@dataclass(frozen=True, slots=True)
class ShelfFilter:
    """What the shelf is asked to show, and as what: covers or rows of a table."""

    wanted: WantedIssues = field(default_factory=WantedIssues)
    order: Order = "newest"
    view: str = ""

    @property
    def is_set(self) -> bool:
        return self.wanted != WantedIssues()

    @property
    def year_words(self) -> tuple[str, ...]:
        return tuple(str(year) for year in self.wanted.years)


def read_shelf_filter(query: QueryDict, *, is_reader: bool) -> ShelfFilter:
    """Read the address of the shelf; only one who is signed in (`is_reader`) has anything unread."""
    years = {int(year) for year in query.getlist("year")[:MOST_CHOICES] if _is_year(year)}
    slugs = {clean for slug in query.getlist("periodical")[:MOST_CHOICES] if (clean := asked_words(slug))}
    unread = is_reader and query.get("show") == "unread"
    return ShelfFilter(
        WantedIssues(tuple(sorted(slugs)), tuple(sorted(years)), unread),
        _order(query.get("sort", "newest")),
        "list" if query.get("view") == "list" else "",
    )


def _is_year(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) == len("2022")


def _order(asked: str) -> Order:
    return "oldest" if asked == "oldest" else "added" if asked == "added" else "newest"


def asked_words(text: str) -> str:
    """Return words from an address as the database can take them: no NUL, no lone surrogates, not too long."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode().strip()[:LONGEST_NAME]
