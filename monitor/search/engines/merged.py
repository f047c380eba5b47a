"""Actors that were merged: queries widen to all of a group, facets count its head. For every engine the same."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db.models import F

from monitor.entities.models import Actor
from monitor.search.compiled import Ids, Kind, leaves

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from monitor.search.compiled import Node


def groups_in(tree: Node) -> dict[int, tuple[int, ...]]:
    """Return for each actor that a tree names all that it was merged with, itself among them; one statement at most."""
    named = {key for leaf in leaves(tree) if isinstance(leaf, Ids) and leaf.kind is Kind.ACTOR for key in leaf.ids}
    if not named:
        return {}
    heads = Actor.objects.filter(pk__in=named).values("canonical")
    rows = Actor.objects.filter(canonical__in=heads).order_by("pk").values_list("pk", "canonical")
    members, head_of = defaultdict[int, list[int]](list), dict(rows)
    for key, head in head_of.items():
        members[head].append(key)
    return {key: tuple(members[head_of[key]]) for key in named & head_of.keys()}


def heads_of(actors: Collection[int]) -> Mapping[int, int]:
    """Return the head of each of these actors that was merged into another."""
    merged = Actor.objects.filter(pk__in=actors).exclude(canonical=F("pk"))
    return dict(merged.values_list("pk", "canonical"))
