"""The container of Web Annotations as one person sees it: annotations and replies together, by their making."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.db.models import Value

from monitor.accounts.models import User
from monitor.annotations.models import Annotation, Reply
from monitor.annotations.stamps import seen_everywhere
from monitor.interchange.annotation_queries import annotation_records, reply_records
from monitor.interchange.sent_facts import slugs_of
from monitor.interchange.web_annotation import annotation_iri, web_annotation, web_reply
from monitor.interchange.web_annotation_container import PER_PAGE, Whole

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    Person = User | AnonymousUser
    Key = tuple[int, int, str]  # 0 for an annotation, 1 for a reply; primary key; identity

MARK, REPLY = 0, 1


@dataclass(frozen=True, slots=True)
class Seen:
    """What a person sees of the container; `stamp` changes with anything of it, and with nothing else."""

    whole: Whole
    stamp: str


def seen_container(person: Person, site: str) -> Seen:
    """Return how many there are for this person and when the newest of them changed, in one statement."""
    facts = _facts(person)
    parts = [part for part in (facts.get("marks"), facts.get("replies")) if part and part["n"]]
    newest = max((datetime.fromisoformat(part["newest"]) for part in parts), default=None)
    modified = newest.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z") if newest else ""
    told = json.dumps([person.pk, site, facts], sort_keys=True)
    return Seen(Whole(site, sum(part["n"] for part in parts), modified), sha256(told.encode()).hexdigest()[:32])


def _facts(person: Person) -> dict[str, Any]:
    if not isinstance(person, User):
        return {}
    found: dict[str, Any] | None = (
        User.objects.filter(pk=person.pk).values_list(seen_everywhere(person), flat=True).first()
    )
    return found or {}


def page_keys(person: Person, number: int) -> list[Key]:
    """Return what stands on a page, counted from 0; an order that adding and changing leave as it is."""
    kinds = (Annotation.objects.visible_to(person), Reply.objects.visible_to(person))
    marks, replies = (
        rows.order_by().annotate(kind=Value(kind)).values_list("created", "uid", "kind", "pk")
        for kind, rows in enumerate(kinds)
    )
    found = marks.union(replies, all=True).order_by("created", "uid")
    return [(kind, pk, str(uid)) for _, uid, kind, pk in found[number * PER_PAGE : (number + 1) * PER_PAGE]]


def addresses(keys: list[Key], site: str) -> list[str]:
    """Return the addresses of these."""
    slugs = slugs_of([uid for _, _, uid in keys])
    return [annotation_iri(site, slugs.get(uid, uid)) for _, _, uid in keys]


def descriptions(keys: list[Key], person: User, site: str) -> list[dict[str, Any]]:
    """Return these in whole, as far as the person may see them, in their order."""
    marks = [pk for kind, pk, _ in keys if kind == MARK]
    replies = reply_records([pk for kind, pk, _ in keys if kind == REPLY], person)
    told = {(REPLY, pk): web_reply(said, said.answers, site) for pk, said in replies.items()}
    by_uid = {uid: pk for kind, pk, uid in keys if kind == MARK}
    for record in annotation_records(marks, person, site=site):
        told[MARK, by_uid[record.uid]] = web_annotation(record, site)
    return [told[kind, pk] for kind, pk, _ in keys if (kind, pk) in told]
