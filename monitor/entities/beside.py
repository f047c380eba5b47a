"""Who appears with whom: actors named in the same articles, and how much more often than chance would have it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count

from monitor.entities.mention_models import ArticleActor
from monitor.entities.models import Actor, ActorStatus
from monitor.entities.newest import newest_of
from monitor.library.queries import standing_articles

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

    from monitor.entities.told import Person, Told

MOST_COMPANIONS = 40
SHELF = 5_000  # articles in which it is counted how often others are named at all


@dataclass(frozen=True, slots=True)
class Companion:
    """An actor named in the same articles: in how many, in how many at all, and the lift.

    The lift is how many times as often the two stand together as they would if neither knew of the other.
    """

    actor: Actor
    together: int
    articles: int
    lift: float


def companions_of(told: Told, person: Person, *, leaving_out: Collection[int], articles: int) -> list[Companion]:
    """Return who appears with it, the most frequent first; `articles` is in how many it is named itself.

    Names that nobody confirmed are left out, and so are the actors (kept ones, by key) in `leaving_out`. Three queries.
    How often an actor is named at all is counted in the newest articles of the shelf.
    """
    shelf = newest_of(standing_articles(person), reach=SHELF)
    of_shelf = ArticleActor.objects.exclude(actor__canonical__status=ActorStatus.RETIRED).order_by()
    beside = of_shelf.filter(article__in=told.newest.rows).exclude(actor__canonical__in=leaving_out)
    together = dict(_by_actor(beside)[:MOST_COMPANIONS])
    alone = dict(_by_actor(of_shelf.filter(article__in=shelf.rows, actor__canonical__in=together)))
    actors = Actor.objects.in_bulk(together)
    found = []
    for pk, n in together.items():
        named = max(alone.get(pk, 0), 1 if shelf.is_partial else n)
        lift = lift_of(together=n, one=articles, other=named, all_=len(shelf.keys))
        found.append(Companion(actors[pk], n, named, lift))
    return sorted(found, key=lambda row: (-row.together, -row.lift, row.actor.key, row.actor.pk))


def _by_actor(rows: QuerySet[ArticleActor]) -> QuerySet[ArticleActor, tuple[int, int]]:
    counted = rows.values("actor__canonical").annotate(n=Count("article", distinct=True))
    return counted.order_by("-n", "actor__canonical").values_list("actor__canonical", "n")


def lift_of(*, together: int, one: int, other: int, all_: int) -> float:
    """Return the lift of two things: how often they stand together, and each of them, among all articles."""
    return together * all_ / (one * other) if one and other else 0.0
