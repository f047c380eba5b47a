"""Where an article bears the names that a query asks for: what a reader walks through where no words were asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from monitor.entities.mention_models import COUNTS, Mention, Tier
from monitor.entities.models import Actor
from monitor.search.compiled import Ids, Kind, leaves
from monitor.search.hit_places import wanted_texts
from monitor.search.query_language import parse
from monitor.search.query_tree import Named, walk
from monitor.search.resolving import Asked, resolve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.search.names import Person
    from monitor.search.query_tree import Node

NAMES = {"actor", "region", "about"}


def asks_names(tree: Node) -> bool:
    """Tell whether a query asks for an actor or a region by name."""
    return any(isinstance(node, Named) and node.field in NAMES for node in walk(tree))


def named_hits(query: str, article: int, person: Person) -> frozenset[int] | None:
    """Return the mentions (keys) of what a query names, for a query without words; None for any other.

    Those that do not count are none, as in the search itself. Three statements at most, and none for other queries.
    """
    if not asks_names(parse(query).tree):
        return None
    tree = resolve(Asked(query), person, is_shown=False).compiled.tree
    if wanted_texts(tree):
        return None
    asked = [leaf for leaf in leaves(tree, standing=True) if isinstance(leaf, Ids)]
    counted = Mention.objects.filter(article=article, status__in=COUNTS).exclude(tier=Tier.WEAK)
    return frozenset(counted.filter(_any_of(asked)).values_list("pk", flat=True))


def _any_of(asked: Sequence[Ids]) -> Q:
    actors = {key for leaf in asked if leaf.kind is Kind.ACTOR for key in leaf.ids}
    regions = [leaf for leaf in asked if leaf.kind is Kind.REGION]
    itself = {key for leaf in regions if leaf.exact for key in leaf.ids}
    whole = {key for leaf in regions if not leaf.exact for key in leaf.ids}
    heads = Actor.objects.filter(pk__in=actors).values("canonical")
    return Q(actor__canonical__in=heads) | Q(region__in=itself) | Q(region__above__ancestor__in=whole)
