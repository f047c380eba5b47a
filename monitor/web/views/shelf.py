"""The shelf of issues."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.views.decorators.http import require_safe

from monitor.annotations.own_counts import own_in_issues
from monitor.library import shelf_lists
from monitor.library.replicas import reads_a_replica
from monitor.web.access import open_to_readers
from monitor.web.forms.shelf import read_shelf_filter
from monitor.web.paging import asked_page
from monitor.web.unchanged import own_marks_of_all, places_of_all, told_when_unchanged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

    from monitor.library.models import Issue
    from monitor.library.shelf_lists import Person, WantedIssues
    from monitor.web.access import Request

ISSUES_PER_PAGE = 60
ROWS_PER_PAGE = 200  # of the table
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
@told_when_unchanged(places_of_all, own_marks_of_all)
@reads_a_replica
def shelf(request: Request) -> HttpResponse:
    person = request.user
    asked = read_shelf_filter(request.GET, is_reader=person.is_authenticated)
    wanted = asked.wanted
    page = asked_page(
        request.GET,
        shelf_lists.shelf_issues(person, wanted),
        shelf_lists.ORDERS[asked.order],
        size=ROWS_PER_PAGE if asked.view else ISSUES_PER_PAGE,
    )
    _count_own(page.rows, person)
    years = shelf_lists.year_facets(person, wanted)
    context = {
        "here": "shelf",
        "asked": asked,
        "orders": ORDERS,
        "page": page,
        "volumes": _volumes(page.rows, shelf_lists.volume_sizes(person, page.rows)),
        "states": shelf_lists.unread_facets(person, wanted) if person.is_authenticated else [],
        "periodicals": (periodicals := shelf_lists.periodical_facets(person, wanted)),
        "found": _total(periodicals, wanted),
        "years": years[:YEARS_SHOWN],
        "earlier_years": years[YEARS_SHOWN:],
        "earlier_is_asked": any(facet.value in asked.year_words for facet in years[YEARS_SHOWN:]),
        "totals": shelf_lists.shelf_totals(person),
    }
    part = "#swapped" if request.htmx and not request.htmx.history_restore_request else ""
    return render(request, f"issues/shelf.html{part}", context, status=422 if page.refused else 200)


def _count_own(issues: Sequence[Any], person: Person) -> None:
    """Give each issue `own_marks`: how many annotations this person made in it."""
    counts = own_in_issues(person, [issue.pk for issue in issues])
    for issue in issues:
        issue.own_marks = counts.get(issue.pk, 0)


def _total(periodicals: Sequence[shelf_lists.Facet], wanted: WantedIssues) -> int:
    """Return how many issues are found: each is in one periodical."""
    return sum(facet.count for facet in periodicals if not wanted.periodicals or facet.value in wanted.periodicals)


def _volumes(issues: Sequence[Issue], sizes: dict[tuple[int, str], int]) -> list[Volume]:
    """Gather a page's issues by volume, in the order in which each volume first comes up."""
    gathered: dict[tuple[int, str], list[Issue]] = {}
    for issue in issues:
        gathered.setdefault((issue.periodical_id, issue.volume), []).append(issue)
    return [
        Volume(found[0].periodical.name, key[1], tuple(found), sizes.get(key, len(found)))
        for key, found in gathered.items()
    ]
