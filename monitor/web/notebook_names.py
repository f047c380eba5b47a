"""The notebook by whom and what a marked passage names: actors under any of their names, regions with all that lies in them.

Annotations and names meet here alone: their rooms do not know each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from monitor.annotations.models import AnnotationSpan, SpanState
from monitor.annotations.notebook_filters import Untallied, add_filter
from monitor.entities.mention_models import Where
from monitor.entities.models import Actor
from monitor.entities.region_models import Region, RegionClosure
from monitor.entities.told import counted_mentions
from monitor.library.models import Article

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from monitor.accounts.models import User
    from monitor.entities.mention_models import Mention


@dataclass(frozen=True, slots=True)
class NamedActor(Untallied):
    """Annotations of which a passage names an actor; a value is a slug, also of one that was merged."""

    name: str = "actor"
    label: str = "Actor"

    def condition(self, person: User, values: Sequence[str]) -> Q:
        heads = Actor.objects.filter(slug__in=values).values("canonical")
        return _meeting(person, counted_mentions().filter(actor__canonical__in=heads))

    def names(self, person: User, values: Sequence[str]) -> dict[str, str]:
        return dict(Actor.objects.filter(slug__in=values).order_by().values_list("slug", "canonical__name"))


@dataclass(frozen=True, slots=True)
class NamedRegion(Untallied):
    """Annotations of which a passage names a region or what lies in it; a value is a code."""

    name: str = "region"
    label: str = "Region"

    def condition(self, person: User, values: Sequence[str]) -> Q:
        inside = RegionClosure.objects.filter(ancestor__in=Region.objects.filter(code__in=values).values("pk"))
        return _meeting(person, counted_mentions().filter(region__in=inside.values("descendant")))

    def names(self, person: User, values: Sequence[str]) -> dict[str, str]:
        return dict(Region.objects.filter(code__in=values).order_by().values_list("code", "name"))


def _meeting(person: User, mentions: QuerySet[Mention]) -> Q:
    """Return the condition that a passage meets one of these mentions, in its text as this person may read it."""
    here = mentions.filter(
        article=OuterRef("annotation__article"), start__lt=OuterRef("end"), end__gt=OuterRef("start")
    )
    in_text = Q(note=None) & Exists(here.filter(where=Where.BODY))
    in_note = Q(note__isnull=False) & Exists(here.filter(note=OuterRef("note")))
    spans = AnnotationSpan.objects.filter(in_text | in_note, annotation=OuterRef("pk"))
    readable = Q(article__in=Article.objects.visible_to(person).values("pk"))
    return readable & Q(Exists(spans.exclude(state=SpanState.ORPHAN)))


NAMED_ACTOR, NAMED_REGION = NamedActor(), NamedRegion()
add_filter(NAMED_ACTOR)
add_filter(NAMED_REGION)
