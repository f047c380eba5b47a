"""Actors that the recogniser met and no gazetteer has: one row for each name and kind, gone again when nothing names it."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from django.utils.text import slugify

from monitor.entities.folding import folded
from monitor.entities.kept_rows import Origin
from monitor.entities.models import LONGEST_NAME, Actor, ActorAlias, ActorKind, ActorStatus

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_SLUG = 60
DIGITS = 8  # of a digest; two names that share them would be one actor


def proposed_slug(name: str, kind: str) -> str:
    """Return the address of an actor proposed under this name: the same for the same fold, whatever came before."""
    fold = folded(name)
    digest = sha256(f"{kind}\n{fold}".encode()).hexdigest()[:DIGITS]
    return f"{slugify(fold)[:LONGEST_SLUG].strip('-') or 'name'}-{digest}"


def propose_actors(names: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Actor]:
    """Return the actor of each (name, kind), made where there is none yet; those that a person retired are left out."""
    wanted = {proposed_slug(name, _kind(kind)): (name, kind) for name, kind in dict.fromkeys(names)}
    standing = {actor.slug: actor for actor in Actor.objects.filter(slug__in=wanted)}
    new = [
        Actor(
            slug=slug,
            name=name[:LONGEST_NAME],
            key=folded(name[:LONGEST_NAME]),
            kind=_kind(kind),
            status=ActorStatus.PROVISIONAL,
            origin=Origin.TEXT,
        )
        for slug, (name, kind) in wanted.items()
        if slug not in standing
    ]
    # Two articles may propose one name at the same moment.
    Actor.objects.bulk_create(new, ignore_conflicts=True)
    if new:
        standing |= {actor.slug: actor for actor in Actor.objects.filter(slug__in=[one.slug for one in new])}
    return {
        (name, kind): standing[slug]
        for slug, (name, kind) in wanted.items()
        if standing[slug].status != ActorStatus.RETIRED
    }


def forget_unnamed(actors: Iterable[int | None]) -> int:
    """Take out those of these actors that were only proposed, and that nothing names or judges any more."""
    keys = {key for key in actors if key}
    if not keys:
        return 0
    proposed = Actor.objects.filter(pk__in=keys, origin=Origin.TEXT, status=ActorStatus.PROVISIONAL)
    judged = ("mention_judgements", "about_judgements", "judged_left", "judged_right", "relations", "related_from")
    unnamed = proposed.filter(mentions=None, article_rows=None, **dict.fromkeys(judged))
    unnamed = unnamed.exclude(pk__in=ActorAlias.objects.filter(actor__in=keys).values("actor"))
    return unnamed.delete()[0]


def _kind(sort: str) -> str:
    return sort if sort in ActorKind.values else ActorKind.ORGANISATION
