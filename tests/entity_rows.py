"""Actors, regions and mentions for tests of pages: stored as they are found, without a recogniser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.text import slugify

from monitor.entities.folding import folded
from monitor.entities.mention_models import (
    COUNTS,
    ArticleActor,
    ArticleRegion,
    Mention,
    RecognisedArticle,
    RecognitionRun,
)
from monitor.entities.models import Actor, ActorAlias, ActorRelation
from monitor.entities.recognising.compiled import folded_words
from monitor.entities.region_models import Region, RegionAlias, RegionClosure, RegionParent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monitor.library.models import Article


def make_actor(name: str, *acronyms: str, slug: str = "", **facts: Any) -> Actor:
    """Store an actor with its own name and acronyms as its names."""
    actor = Actor.objects.create(slug=slug or slugify(name)[:80], name=name, **facts)
    ActorAlias.objects.create(actor=actor, text=name)
    for acronym in acronyms:
        ActorAlias.objects.create(actor=actor, text=acronym, sort="acronym")
    return actor


def relate(first: Actor, type_: str, second: Actor, **facts: Any) -> ActorRelation:
    relation: ActorRelation = ActorRelation.objects.create(from_actor=first, to_actor=second, type=type_, **facts)
    return relation


def make_region(
    code: str, name: str, kind: str, *parents: Region, aliases: tuple[str, ...] = (), **facts: Any
) -> Region:
    """Store a region in its parents, which must be stored before it, and what it lies in."""
    region = Region.objects.create(code=code, slug=slugify(name), name=name, kind=kind, **facts)
    depths = {region.pk: 0}
    for parent in parents:
        RegionParent.objects.create(child=region, parent=parent)
        for row in RegionClosure.objects.filter(descendant=parent):
            depths[row.ancestor_id] = min(depths.get(row.ancestor_id, 99), row.depth + 1)
    for key, depth in depths.items():
        RegionClosure.objects.create(descendant=region, ancestor_id=key, depth=depth)
    for alias in aliases:
        RegionAlias.objects.create(region=region, text=alias)
    return region


def name_in(
    article: Article, named: Mapping[str, Actor | Region], *, about: bool = False, status: str = "auto", **facts: Any
) -> list[Mention]:
    """Store a mention wherever one of these words stands in the text, and what the article says of each entity."""
    text = article.texts.get(version=article.text_version)
    run, _ = RecognitionRun.objects.get_or_create(gazetteer="g", rules="r", lexicon="l")
    known = {"text": text, "run": run, "words": sorted(folded_words(text.body))}
    RecognisedArticle.objects.update_or_create(article=article, defaults=known)
    found = []
    for words, entity in named.items():
        is_actor = isinstance(entity, Actor)
        names = entity.aliases.filter(text=words).first()
        places = _places(text.body, words)
        for start in places:
            kinds: dict[str, Any] = (
                {"kind": "actor", "actor": entity, "actor_alias": names}
                if is_actor
                else {"kind": "region", "region": entity, "region_alias": names}
            )
            place: dict[str, Any] = {"start": start, "end": start + len(words), "status": status}
            place |= {"surface": words, "fold": folded(words)}
            found.append(Mention.objects.create(article=article, text_version=text, **place, **kinds, **facts))
        if status in COUNTS:
            _stand(article, entity, len(places), about=about)
    return found


def _places(text: str, words: str) -> list[int]:
    places, at = [], text.find(words)
    while at >= 0:
        places.append(at)
        at = text.find(words, at + 1)
    return places


def _stand(article: Article, entity: Actor | Region, n: int, *, about: bool) -> None:
    table: Any = ArticleActor if isinstance(entity, Actor) else ArticleRegion
    key = "actor" if isinstance(entity, Actor) else "region"
    row, _ = table.objects.get_or_create(
        article=article, **{key: entity}, defaults={"n": 0, "parts": 1, "weight": 0, "salience": 0}
    )
    row.n, row.weight, row.salience, row.about = row.n + n, row.weight + n, row.salience + n, row.about or about
    row.save()
