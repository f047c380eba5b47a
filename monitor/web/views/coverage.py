"""Coverage: which actors were written about in which months, and where the archive was silent."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from monitor.entities.covered import covered_actors
from monitor.entities.told import published_months
from monitor.library.article_lists import matching
from monitor.library.queries import standing_articles
from monitor.library.replicas import reads_a_replica
from monitor.web.access import open_to_readers
from monitor.web.chosen_articles import chosen_articles
from monitor.web.drawing.months import Told, coverage_grid, months_up_to
from monitor.web.forms.entities import read_month, without
from monitor.web.unchanged import own_marks_of_all, places_of_all, tags_of_all, told_when_unchanged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

    from monitor.web.access import Request

MONTHS_SHOWN = 24


@require_safe
@open_to_readers
@told_when_unchanged(places_of_all, tags_of_all, own_marks_of_all)
@reads_a_replica
def coverage(request: Request) -> HttpResponse:
    seen = standing_articles(request.user)
    listed = chosen_articles(request, kept=["until"])
    published = published_months(request.user)
    latest = published[-1] if published else date.today().replace(day=1)  # noqa: DTZ011 (a month for an empty shelf)
    until, refused = read_month(request.GET.get("until", ""), latest=latest)
    months: Sequence[date] = months_up_to(until, MONTHS_SHOWN)
    found = matching(seen, listed.asked.wanted, request.user).order_by()
    covered = covered_actors(found, since=months[0], until=months[-1])
    # Of a month that is counted in part nothing can be said.
    months = [month for month in months if covered.since is None or month > covered.since] or months[-1:]
    rows = [Told(row.actor.name, row.actor.get_absolute_url(), row.months) for row in covered.actors]
    grid = coverage_grid(rows, months, published)
    earlier = months_up_to(months[0], 2)[0] if published and published[0] < months[0] else None
    context = {
        "here": "actors",
        "list": listed,
        "grid": grid,
        "months": months,
        "earlier": earlier,
        "later": min(latest, months_after(months[-1], MONTHS_SHOWN)) if until < latest else None,
        "keep": without(request.GET, ["until"]),
        "refused": refused,
    }
    return render(request, "actors/coverage.html", context, status=422 if refused or listed.is_refused else 200)


def months_after(month: date, count: int) -> date:
    """Return the month `count` months later, at most the last there is."""
    ordinal = month.year * 12 + month.month - 1 + count
    return date(min(ordinal // 12, date.max.year), ordinal % 12 + 1, 1)
