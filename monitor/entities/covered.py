"""Which actors articles tell of month by month: for the coverage page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, DateField, Q
from django.db.models.functions import Coalesce, TruncMonth

from monitor.entities.mention_models import ArticleActor
from monitor.entities.models import Actor, ActorKind, ActorStatus

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

MOST_ACTORS = 40


@dataclass(frozen=True, slots=True)
class Covered:
    """An actor and the number of articles that name it, by month."""

    actor: Actor
    months: Mapping[date, int]


def covered_actors(articles: Any, *, since: date, until: date) -> list[Covered]:
    """Return the actors that these articles name most in these months (the first days of the first and last).

    Persons and names that nobody confirmed are left out. Three queries.
    """
    month = TruncMonth(Coalesce("article__issue__date", "article__issue__date_from"), output_field=DateField())
    confirmed = Q(actor__canonical__status=ActorStatus.ACTIVE) & ~Q(actor__canonical__kind=ActorKind.PERSON)
    rows = ArticleActor.objects.filter(confirmed, article__in=articles).annotate(month=month).order_by()
    rows = rows.filter(month__gte=since, month__lte=until)
    ranked = rows.values("actor__canonical").annotate(n=Count("article", distinct=True))
    first = list(ranked.order_by("-n", "actor__canonical").values_list("actor__canonical", flat=True)[:MOST_ACTORS])
    by_month = rows.filter(actor__canonical__in=first).values("actor__canonical", "month")
    months: dict[int, dict[date, int]] = {}
    for row in by_month.annotate(n=Count("article", distinct=True)):
        months.setdefault(row["actor__canonical"], {})[row["month"]] = row["n"]
    actors = Actor.objects.in_bulk(first)
    return [Covered(actors[key], months[key]) for key in first]
