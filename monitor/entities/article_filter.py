"""Lists of articles by actor and by region: merged actors are one, and a region takes along all that lies in it.

A region with a sign of equality before its code (`region==IQ`) means itself alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Q, TextField
from django.db.models.functions import Cast

from monitor.entities.mention_models import ArticleActor, ArticleRegion
from monitor.entities.models import Actor
from monitor.entities.region_models import Region, RegionClosure, RegionKind
from monitor.library.article_filters import add_filter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from monitor.accounts.models import User
    from monitor.library.models import Article

    Person = User | AnonymousUser

ITSELF = "="  # before a region's code: without what lies in it
# The kinds that a list offers by itself; narrower ones are asked for from their own pages.
OFFERED = (RegionKind.COUNTRY, RegionKind.MACRO, RegionKind.DISPUTED, RegionKind.CROSS_BORDER)


@dataclass(frozen=True, slots=True)
class ByActor:
    """Articles in which an actor counts, under whichever of its names and whichever merged entry; a value is a slug."""

    name: str = "actor"
    label: str = "Actor"
    hangs_on: bool = True

    def condition(self, person: Person, values: Sequence[str]) -> Q:
        heads = Actor.objects.filter(slug__in=values).values("canonical")
        return Q(pk__in=ArticleActor.objects.filter(actor__canonical__in=heads).values("article"))

    def tally(self, person: Person, articles: QuerySet[Article]) -> QuerySet[Any]:
        rows: Any = ArticleActor.objects.filter(article__in=articles.values("pk")).order_by()
        said = {"choice": _text("actor__canonical__slug"), "said": _text("actor__canonical__name")}
        counted: QuerySet[Any] = rows.values(**said).annotate(n=Count("article", distinct=True))
        return counted

    def names(self, person: Person, values: Sequence[str]) -> dict[str, str]:
        return dict(Actor.objects.filter(slug__in=values).order_by().values_list("slug", "canonical__name"))

    def offered(self, person: Person) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class ByRegion:
    """Articles that name a region or what lies in it; a value is a code, with ITSELF before it for the region alone."""

    name: str = "region"
    label: str = "Region"
    hangs_on: bool = True

    def condition(self, person: Person, values: Sequence[str]) -> Q:
        alone = [value.removeprefix(ITSELF) for value in values if value.startswith(ITSELF)]
        whole = [value for value in values if not value.startswith(ITSELF)]
        inside = RegionClosure.objects.filter(ancestor__in=Region.objects.filter(code__in=whole).values("pk"))
        wanted = Q(region__in=inside.values("descendant"))
        if alone:
            wanted |= Q(region__in=Region.objects.filter(code__in=alone).values("pk"))
        return Q(pk__in=ArticleRegion.objects.filter(wanted).values("article"))

    def tally(self, person: Person, articles: QuerySet[Article]) -> QuerySet[Any]:
        rows: Any = ArticleRegion.objects.filter(
            article__in=articles.values("pk"), region__above__ancestor__kind__in=OFFERED
        ).order_by()
        said = {"choice": _text("region__above__ancestor__code"), "said": _text("region__above__ancestor__name")}
        counted: QuerySet[Any] = rows.values(**said).annotate(n=Count("article", distinct=True))
        return counted

    def names(self, person: Person, values: Sequence[str]) -> dict[str, str]:
        codes = {value.removeprefix(ITSELF) for value in values}
        known = dict(Region.objects.filter(code__in=codes).order_by().values_list("code", "name"))
        said = {value: known.get(value.removeprefix(ITSELF)) for value in values}
        return {value: f"{name} itself" if value.startswith(ITSELF) else name for value, name in said.items() if name}

    def offered(self, person: Person) -> bool:
        return True


def _text(path: str) -> Any:
    return Cast(F(path), TextField())


ACTOR, REGION = ByActor(), ByRegion()
add_filter(ACTOR)
add_filter(REGION)
