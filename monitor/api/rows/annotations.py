"""Annotations and replies, written as JSON by the database: what lists and single ones say of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, JSONField, OuterRef, When

from monitor.annotations.models import AnnotationSpan
from monitor.annotations.tag_models import AnnotationTag, Tag
from monitor.api.json_in_sql import JsonObject, Stamp, address, each, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.db.models.expressions import Combinable

    from monitor.accounts.models import User
    from monitor.api.links import Links

    Members = Mapping[str, Combinable | str]

TARGET = {
    "quote": "quote",
    "prefix": "prefix",
    "suffix": "suffix",
    "start": "start",
    "end": "end",
    "note": "note_number",
    "text_version": "text_version",
    "state": "state",
    "score": "score",
}


def annotation_members(person: User, links: Links) -> Members:
    """Return what an answer says of an annotation; of its tags those that this person may see."""
    own = {"annotation": OuterRef("pk")}
    seen = AnnotationTag.objects.filter(**own, tag__in=Tag.objects.visible_to(person))
    return {
        **_beginning(links),
        "html_url": address(links.page("/annotations/"), "uid"),
        "owner": _owner(),
        "article": "article_id",
        "issue": "issue_id",
        "visibility": "visibility",
        "team": "team__uid",
        "comment": "comment",
        "colour": "colour",
        "tags": ArraySubquery(seen.order_by("id").values("tag__path")),
        "targets": each(AnnotationSpan.objects.filter(**own).order_by("position"), TARGET),
        "resolved": Stamp("resolved"),
        "resolved_by": "resolved_by__username",
        "hidden": Stamp("hidden"),
        "replies_url": address(links.api("annotations"), "uid", "/replies/"),
    }


def reply_members(links: Links) -> Members:
    """Return what an answer says of a reply."""
    own = JsonObject({"id": "annotation__uid", "url": address(links.api("annotations"), "annotation__uid")})
    return {
        "id": "uid",
        "url": address(links.api("replies"), "uid"),
        "html_url": address(links.page("/annotations/"), "annotation__uid"),
        "created": Stamp("created"),
        "updated": Stamp("updated"),
        "revision": "revision",
        "annotation": own,
        "owner": _owner(),
        "visibility": "visibility",
        "team": "team__uid",
        "comment": "comment",
        "hidden": Stamp("hidden"),
    }


def _beginning(links: Links) -> Members:
    return {
        "id": "uid",
        "url": address(links.api("annotations"), "uid"),
        "created": Stamp("created"),
        "updated": Stamp("updated"),
        "revision": "revision",
    }


def _owner() -> Case:
    """Return who wrote it; null for somebody who left the site."""
    person = JsonObject({"username": "owner__username", "name": "owner__name"})
    return Case(When(owner__isnull=False, then=person), output_field=JSONField())


def drawn(found: Any, members: Members, chosen: Iterable[str] | None) -> Any:
    """Return rows with `drawn`, the text of the object with these fields alone, and what paging and ETags need."""
    wanted = members if chosen is None else {name: members[name] for name in members if name in chosen}
    return found.annotate(drawn=written(wanted)).values("drawn", "revision", "created", number=F("pk"))
