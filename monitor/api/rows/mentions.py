"""Mentions: where articles name actors and regions, and the suggestions among them that wait for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.db.models.functions import Greatest
from django.urls import reverse

from monitor.accounts.models import User
from monitor.api.rows.kinds import Kind, beginning, plain
from monitor.entities.mention_models import COUNTS, Mention, Tier
from monitor.entities.waiting import waiting_mentions
from monitor.library.models import Article

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monitor.api.links import Links
    from monitor.api.rows.kinds import Person, Row, Said

ACTOR = ("actor__canonical__pk", "actor__canonical__name", "actor__canonical__slug")
REGION = ("region__pk", "region__name", "region__slug", "region__code")
OWN = ("pk", "article_id", "note_id", "where", "start", "end", "surface", "kind", "tier", "metonym", "method", "score")


def judges(person: Person) -> bool:
    """Return whether this person decides on suggestions, and so is shown them."""
    return isinstance(person, User) and person.is_analyst


def seen_mentions(person: Person) -> Any:
    """Return the mentions in texts as they are read today; who judges sees those that do not count as well."""
    current = Mention.objects.filter(
        article__in=Article.objects.visible_to(person), text_version__version=F("article__text_version")
    ).exclude(tier=Tier.WEAK)
    return current if judges(person) else current.filter(status__in=COUNTS)


def _counting(person: Person) -> Any:
    return seen_mentions(person).filter(status__in=COUNTS)


def _columns(person: Person) -> Mapping[str, Any]:
    # Mentions are derived: one is as old as the text it was found in, and changes by a person's judgement.
    changed = Greatest("text_version__created", "judgement__created", "judgement__undone")
    return {**plain(*OWN, "status", *ACTOR, *REGION), "created": F("text_version__created"), "updated": changed}


def _mention(row: Row, links: Links) -> Said:
    actor, region, note = row["actor__canonical__pk"], row["region__pk"], row["note_id"]
    named = {"name": row["actor__canonical__name"], "slug": row["actor__canonical__slug"]}
    placed = {"name": row["region__name"], "slug": row["region__slug"], "code": row["region__code"]}
    own = ("start", "end", "kind", "tier", "metonym", "method", "score", "status")
    return {
        **beginning(row, links, "mentions", reverse("mention", args=[row["pk"]])),
        "article": {"id": row["article_id"], "url": links.api("articles", row["article_id"])},
        "note": {"id": note, "url": links.api("notes", note)} if note else None,
        "where": row["where"],
        "text": row["surface"],
        **{name: row[name] for name in own},
        "actor": {"id": actor, **named, "url": links.api("actors", actor)} if actor else None,
        "region": {"id": region, **placed, "url": links.api("regions", region)} if region else None,
    }


MENTIONS = Kind("mentions", seen_mentions, _columns, _mention, listed=_counting)


# -- Suggestions -------------------------------------------------------------------------------------------------------
def _waiting(person: Person) -> Any:
    return waiting_mentions(person) if isinstance(person, User) and judges(person) else Mention.objects.none()


def _suggestion_columns(person: Person) -> Mapping[str, Any]:
    return {**_columns(person), **plain("candidates")}


def _suggestion(row: Row, links: Links) -> Said:
    key = row["pk"]
    return {
        **_mention(row, links),
        "url": links.api("suggestions", key),
        "mention_url": links.api("mentions", key),
        "candidates": [{"key": str(name), "likeness": score / 100} for name, score in row["candidates"]],
        "accept_url": links.api("suggestions", key, "accept"),
        "reject_url": links.api("suggestions", key, "reject"),
    }


SUGGESTIONS = Kind("suggestions", _waiting, _suggestion_columns, _suggestion)
