"""Two actors side by side, before somebody says that they are one: what each is called, related to and told of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.entities.actor_lists import Facts, Name, facts_of, names_of
from monitor.entities.kin import Kin, kin_of
from monitor.entities.mention_models import ArticleActor
from monitor.entities.newest import newest_of
from monitor.entities.region_lists import country_names
from monitor.library.models import Article
from monitor.library.queries import standing_articles

if TYPE_CHECKING:
    from monitor.entities.models import Actor
    from monitor.entities.newest import Newest
    from monitor.entities.told import Person

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
    """Two actors, in how many of the newest articles of each both are named, and the names (folded) that both have."""

    one: Sided
    other: Sided
    together: int
    shared: frozenset[str]


def paired(one: Actor, other: Actor, person: Person) -> Pair:
    """Return both as far as one may see the articles; the number of queries does not grow with either."""
    seen = [_articles(actor, person) for actor in (one, other)]
    facts = facts_of([one, other], {key for newest in seen for key in newest.keys})
    sides = [
        _side(actor, facts.get(actor.pk, Facts()), newest) for actor, newest in zip((one, other), seen, strict=True)
    ]
    folds = [{row.alias.fold for row in side.names} for side in sides]
    both = set(seen[0].keys) & set(seen[1].keys)
    return Pair(sides[0], sides[1], len(both), frozenset(folds[0] & folds[1]))


def _articles(actor: Actor, person: Person) -> Newest:
    told = ArticleActor.objects.filter(actor__canonical=actor.pk)
    return newest_of(standing_articles(person).filter(pk__in=told.values("article")))


def _side(actor: Actor, facts: Facts, newest: Newest) -> Sided:
    articles = Article.objects.select_related("issue__periodical").in_bulk(newest.keys[:NEWEST])
    countries = country_names(actor.countries)
    return Sided(
        actor,
        tuple(names_of(actor, newest.rows)),
        tuple(kin_of(actor)),
        tuple(countries.get(code, code) for code in actor.countries),
        facts,
        tuple(articles[key] for key in newest.keys[:NEWEST]),
    )
