"""Which actors articles tell of month by month: for the coverage page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, DateField, Q
from django.db.models.functions import TruncMonth

from monitor.entities.kin import last_day
from monitor.entities.mention_models import ArticleActor
from monitor.entities.models import Actor, ActorKind, ActorStatus
from monitor.entities.newest import newest_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.db.models import QuerySet

    from monitor.library.models import Article

COUNTED = 10_000  # articles
MOST_ACTORS = 40


@dataclass(frozen=True, slots=True)
class Covered:
    """An actor and the number of articles that name it, by month."""

    actor: Actor
    months: Mapping[date, int]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The actors named most, and since which day it is told, where there were too many articles for all the months."""

    actors: tuple[Covered, ...]
    since: date | None = None


def covered_actors(articles: QuerySet[Article], *, since: date, until: date) -> Coverage:
    """Return the actors that these articles name most in these months (the first days of the first and last).

    Persons and names that nobody confirmed are left out. Four queries, of the newest COUNTED articles of these months.
    """
    dated = articles.exclude(issue__date=None, issue__date_from=None).filter(issue__sort_date__gte=since)
    newest = newest_of(dated, until=last_day(f"{until:%Y-%m}"), reach=COUNTED)
    confirmed = Q(actor__canonical__status=ActorStatus.ACTIVE) & ~Q(actor__canonical__kind=ActorKind.PERSON)
    rows = ArticleActor.objects.filter(confirmed, article__in=newest.rows).order_by()
    ranked = rows.values("actor__canonical").annotate(n=Count("article", distinct=True))
    first = list(ranked.order_by("-n", "actor__canonical").values_list("actor__canonical", flat=True)[:MOST_ACTORS])
    month = TruncMonth("article__issue__sort_date", output_field=DateField())
    by_month = rows.filter(actor__canonical__in=first).values("actor__canonical", month=month)
    months: dict[int, dict[date, int]] = {}
    for row in by_month.annotate(n=Count("article", distinct=True)):
        months.setdefault(row["actor__canonical"], {})[row["month"]] = row["n"]
    actors = Actor.objects.in_bulk(first)
    return Coverage(tuple(Covered(actors[key], months[key]) for key in first), newest.oldest)
