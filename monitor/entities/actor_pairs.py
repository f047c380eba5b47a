"""Two actors side by side, before somebody says that they are one: what each is called, related to and told of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count

from monitor.entities.actor_lists import Facts, Name, facts_of, names_of
from monitor.entities.kin import Kin, kin_of
from monitor.entities.mention_models import ArticleActor
from monitor.entities.region_lists import country_names
from monitor.library.queries import standing_articles

if TYPE_CHECKING:
    from monitor.entities.models import Actor
    from monitor.entities.told import Person
    from monitor.library.models import Article

NEWEST = 3


@dataclass(frozen=True, slots=True)
class Sided:
    """One of the two: its names, relations, countries, and the newest articles that name it."""

    actor: Actor
    names: tuple[Name, ...]
    kin: tuple[Kin, ...]
    countries: tuple[str, ...]
    facts: Facts
    newest: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two actors, in how many articles both are named, and the names (folded) that both have."""

    one: Sided
    other: Sided
    together: int
    shared: frozenset[str]


def paired(one: Actor, other: Actor, person: Person) -> Pair:
    """Return both as far as one may see the articles; the number of queries does not grow with either."""
    facts = facts_of([one, other], person)
    sides = [_side(actor, facts.get(actor.pk, Facts()), person) for actor in (one, other)]
    folds = [{row.alias.fold for row in side.names} for side in sides]
    rows = ArticleActor.objects.filter(article__in=standing_articles(person), actor__canonical__in=[one.pk, other.pk])
    both = rows.order_by().values("article").annotate(n=Count("actor__canonical", distinct=True)).filter(n=2)
    return Pair(sides[0], sides[1], both.count(), frozenset(folds[0] & folds[1]))


def _side(actor: Actor, facts: Facts, person: Person) -> Sided:
    told = ArticleActor.objects.filter(actor__canonical=actor.pk)
    articles = standing_articles(person).filter(pk__in=told.values("article")).select_related("issue__periodical")
    newest = articles.order_by("-issue__sort_date", "-pk")[:NEWEST]
    countries = country_names(actor.countries)
    return Sided(
        actor,
        tuple(names_of(actor, person)),
        tuple(kin_of(actor)),
        tuple(countries.get(code, code) for code in actor.countries),
        facts,
        tuple(newest),
    )
