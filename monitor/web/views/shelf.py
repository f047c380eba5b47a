"""The shelf of issues."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from monitor.library import queries
from monitor.web.access import open_to_readers
from monitor.web.forms.shelf import read_shelf_filter
from monitor.web.paging import page_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from monitor.library.models import Issue
    from monitor.web.access import Request

ISSUES_PER_PAGE = 60
YEARS_SHOWN = 8  # the others are folded
ORDERS = {"newest": "Newest first", "oldest": "Oldest first", "added": "Recently added"}


@dataclass(frozen=True, slots=True)
class Volume:
    """The issues of one volume that a page shows."""

    periodical: str
    volume: str
    issues: tuple[Issue, ...]
    size: int

    @property
    def years(self) -> str:
        years = [issue.sort_date.year for issue in self.issues]
        return f"{min(years)}" if min(years) == max(years) else f"{min(years)}–{max(years)}"  # noqa: RUF001


@require_safe
@open_to_readers
def shelf(request: Request) -> HttpResponse:
    asked = read_shelf_filter(request.GET)
    person = request.user
    issues = queries.shelf_issues(person, periodicals=asked.periodicals, years=asked.years, order=asked.order)
    page = page_of(request, issues, size=ISSUES_PER_PAGE)
    shown = list(page.object_list)
    years = queries.year_facets(person, periodicals=asked.periodicals)
    context = {
        "here": "shelf",
        "asked": asked,
        "orders": ORDERS,
        "page": page,
        "volumes": _volumes(shown, queries.volume_sizes(person, shown)),
        "periodicals": queries.periodical_facets(person, years=asked.years),
        "years": years[:YEARS_SHOWN],
        "earlier_years": years[YEARS_SHOWN:],
        "earlier_is_asked": any(facet.value in asked.year_words for facet in years[YEARS_SHOWN:]),
        "totals": queries.shelf_totals(person),
    }
    part = "#issues" if request.htmx and not request.htmx.history_restore_request else ""
    return render(request, f"issues/shelf.html{part}", context)


def _volumes(issues: list[Issue], sizes: dict[tuple[int, str], int]) -> list[Volume]:
    """Gather a page's issues by volume, in the order in which each volume first comes up."""
    gathered: dict[tuple[int, str], list[Issue]] = {}
    for issue in issues:
        gathered.setdefault((issue.periodical_id, issue.volume), []).append(issue)
    return [
        Volume(found[0].periodical.name, key[1], tuple(found), sizes.get(key, len(found)))
        for key, found in gathered.items()
    ]
