"""Actors, with their names and how they stand to others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Q
from django.urls import reverse

from monitor.api.rows.kinds import Kind, beginning, in_json, keyed, plain, several
from monitor.entities.actor_lists import kept_actors
from monitor.entities.mention_models import ArticleActor
from monitor.entities.models import Actor, ActorAlias, ActorRelation, ActorStatus
from monitor.library.keyset import Key
from monitor.library.managers import may_read
from monitor.library.queries import count_of, standing_articles
from monitor.search.names import known_to

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monitor.api.links import Links
    from monitor.api.rows.kinds import Person, Row, Said

DATES = {"valid_from": "valid_from", "valid_to": "valid_to"}
ENDS = {
    f"{end}_{name}": f"{end}_actor__canonical__{path}"
    for end in ("from", "to")
    for name, path in (("id", "pk"), ("name", "name"), ("slug", "slug"))
}


def seen_actors(person: Person) -> Any:
    """Return the actors that have a page of their own and that one may know of."""
    return kept_actors().filter(known_to(person, "")) if may_read(person) else Actor.objects.none()


def actors_meant(person: Person, key: str) -> Any:
    """Return the actor with this number or slug, or the one that it was merged into."""
    wanted = Actor.objects.filter(keyed([key], "slug"))
    return seen_actors(person).filter(pk__in=wanted.values("canonical"))


def _columns(person: Person) -> Mapping[str, Any]:
    own = ("pk", "uid", "created", "updated", "key", "name", "slug", "kind", "status", "countries", "tags", "wikidata")
    rows = ArticleActor.objects.filter(article__in=standing_articles(person))
    return {**plain(*own, "valid_from", "valid_to"), "article_count": count_of(rows, "actor__canonical")}


def _actor(row: Row, links: Links) -> Said:
    own = ("name", "slug", "kind", "status", "countries", "tags", "wikidata", "valid_from", "valid_to", "article_count")
    return {
        **beginning(row, links, "actors", reverse("actor", args=[row["slug"]])),
        "uid": str(row["uid"]),
        **{name: row[name] for name in own},
    }


def _more(person: Person) -> Mapping[str, Any]:
    names = ActorAlias.objects.filter(actor__canonical=OuterRef("pk"), retired=False)
    touching = Q(from_actor__canonical=OuterRef("pk")) | Q(to_actor__canonical=OuterRef("pk"))
    relations = ActorRelation.objects.filter(touching, retired=False)
    for end in ("from", "to"):
        path = f"{end}_actor__canonical__"
        other = Q(**{f"{path}pk": OuterRef("pk")})
        relations = relations.exclude(**{f"{path}status": ActorStatus.RETIRED}).filter(
            other | Q(**{f"{path}pk__in": seen_actors(person).values("pk")})
        )
    said = {
        "aliases": several(names.order_by("pk"), name="text", kind="sort", lang="lang", script="script", **DATES),
        "relations": several(relations.order_by("pk"), uid="uid", type="type", source="source", **DATES, **ENDS),
        "merged": several(
            Actor.objects.filter(canonical=OuterRef("pk")).exclude(pk=OuterRef("pk")).order_by("slug"), slug="slug"
        ),
    }
    return {**plain("sources", "notes"), "beside": in_json(**said)}


def _told_more(row: Row, links: Links) -> Said:
    beside = row["beside"]
    relations = [one for one in beside["relations"] or () if one["from_id"] != one["to_id"]]
    return {
        "sources": row["sources"],
        "notes": row["notes"],
        "aliases": beside["aliases"] or [],
        "relations": [_relation(one, links) for one in relations],
        "merged": [one["slug"] for one in beside["merged"] or ()],
    }


def _relation(row: Row, links: Links) -> Said:
    ends = {
        end: {
            **{name: row[f"{end}_{name}"] for name in ("id", "name", "slug")},
            "url": links.api("actors", row[f"{end}_id"]),
        }
        for end in ("from", "to")
    }
    return {**{name: row[name] for name in ("uid", "type", "valid_from", "valid_to", "source")}, **ends}


ACTORS = Kind(
    "actors",
    seen_actors,
    _columns,
    _actor,
    order=(Key("key", "text"), Key("pk", "number")),
    more=_more,
    told_more=_told_more,
)
