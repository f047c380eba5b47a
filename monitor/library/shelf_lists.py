"""The shelf: issues by periodical, year and what is left to read in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from django.db.models import Count
from django.db.models.functions import ExtractYear, Lower

from monitor.library.keyset import Key
from monitor.library.models import Issue, Periodical
from monitor.library.queries import count_of, standing_articles
from monitor.library.reading_places import has_unread, unread_in_issue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from monitor.accounts.models import User

    Person = User | AnonymousUser

Order = Literal["newest", "oldest", "added"]
ORDERS: dict[Order, tuple[Key, ...]] = {
    "newest": (Key("sort_date", "day", descending=True), Key("pk", "number", descending=True)),
    "oldest": (Key("sort_date", "day"), Key("pk", "number")),
    "added": (Key("created", "moment", descending=True), Key("pk", "number", descending=True)),
}


@dataclass(frozen=True, slots=True)
class Facet:
    """One choice of a filter, with the number of issues it would show."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class ShelfTotals:
    """What stands on the whole shelf."""

    issues: int
    periodicals: int
    articles: int
    newest: Issue | None  # of those whose date is known, or worked out


@dataclass(frozen=True, slots=True)
class WantedIssues:
    """Which issues the shelf is to show: of these periodicals (slugs) and years, or of all."""

    periodicals: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    only_unread: bool = False


def shelf_totals(person: Person) -> ShelfTotals:
    shelf = Issue.objects.visible_to(person)
    facts = shelf.aggregate(n=Count("pk"), periodicals=Count("periodical", distinct=True))
    # An issue without any date sorts by the day it was handed in, which says nothing of its age.
    newest = shelf.exclude(date=None, date_from=None).order_by("-sort_date", "-id").first()
    return ShelfTotals(facts["n"], facts["periodicals"], standing_articles(person).count(), newest)


def shelf_issues(person: Person, wanted: WantedIssues) -> QuerySet[Issue]:
    """Return the issues that are wanted, with `article_count` and `unread_count`.

    A visitor has read nothing and leaves nothing unread: there `unread_count` means nothing.
    """
    issues = _filtered(person, wanted).select_related("periodical")
    counted: QuerySet[Issue] = issues.annotate(
        article_count=count_of(standing_articles(person), "issue"), unread_count=unread_in_issue(person)
    )
    return counted


def _filtered(
    person: Person,
    wanted: WantedIssues,
    *,
    any_periodical: bool = False,
    any_year: bool = False,
    any_state: bool = False,
) -> Any:
    issues = Issue.objects.visible_to(person)
    if wanted.periodicals and not any_periodical:
        issues = issues.filter(periodical__slug__in=wanted.periodicals)
    if wanted.only_unread and not any_state:
        issues = issues.filter(has_unread(person))
    if wanted.years and not any_year:
        issues = issues.annotate(year=ExtractYear("sort_date")).filter(year__in=wanted.years)
    return issues


def periodical_facets(person: Person, wanted: WantedIssues) -> list[Facet]:
    """Return every periodical one may see, with the number of its issues that the other filters leave."""
    found = _filtered(person, wanted, any_periodical=True)
    counts = dict(found.values_list("periodical").annotate(n=Count("pk")).order_by())
    seen = Issue.objects.visible_to(person).values("periodical")
    shown = Periodical.objects.filter(pk__in=seen).order_by(Lower("name"))
    return [Facet(row.slug, row.name, counts.get(row.pk, 0)) for row in shown]


def year_facets(person: Person, wanted: WantedIssues) -> list[Facet]:
    """Return the years of the issues that the other filters leave, newest first."""
    issues = _filtered(person, wanted, any_year=True)
    years = issues.annotate(year=ExtractYear("sort_date")).values_list("year")
    rows = years.annotate(n=Count("pk", distinct=True)).order_by("-year")
    return [Facet(str(year), str(year), count) for year, count in rows]


def unread_facets(person: Person, wanted: WantedIssues) -> list[Facet]:
    """Return how many issues there are at all, and how many of them have something left to read."""
    issues = _filtered(person, wanted, any_state=True)
    every = issues.count()
    return [Facet("", "Everything", every), Facet("unread", "Unread", issues.filter(has_unread(person)).count())]


def volume_sizes(person: Person, issues: Sequence[Issue]) -> dict[tuple[int, str], int]:
    """Return how many issues the volumes have that these issues belong to, by periodical id and volume."""
    rows = (
        Issue.objects.visible_to(person)
        .filter(periodical__in={issue.periodical_id for issue in issues})
        .values_list("periodical", "volume")
        .annotate(n=Count("pk"))
        .order_by()
    )
    return {(periodical, volume): count for periodical, volume, count in rows}
