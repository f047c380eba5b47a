"""Telling people: who is mentioned, answered, resolved, hidden or given to read hears of it once, if they may see it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db.models import Q
from django.db.models.functions import Lower, Now

from monitor.accounts.models import User
from monitor.annotations.log_models import Notice
from monitor.annotations.models import Annotation, Reply

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

# A user name after "@", not inside an address of mail; the full stop of a sentence does not belong to it.
MENTION = re.compile(r"(?<![\w@.+-])@([A-Za-z0-9][A-Za-z0-9._-]{0,149})")
MOST_MENTIONED = 50


def mentioned_names(comment: str) -> list[str]:
    """Return the user names a comment mentions, in lower case, each once, in order."""
    names = (found[1].rstrip("._-").lower() for found in MENTION.finditer(comment))
    return list(dict.fromkeys(names))[:MOST_MENTIONED]


def tell_mentioned(written: Annotation | Reply) -> None:
    names = mentioned_names(written.comment)
    if not names:
        return
    people = User.objects.annotate(folded=Lower("username")).filter(folded__in=names, is_active=True)
    _tell(Notice.Kind.MENTION, people, written, written.owner)


def tell_of_reply(reply: Reply) -> None:
    """Tell the author of the annotation, and all who answered before."""
    earlier = reply.annotation.replies.filter(deleted=None).values("owner")
    people = User.objects.filter(Q(pk__in=earlier) | Q(pk__in=[reply.annotation.owner_id]))
    _tell(Notice.Kind.REPLY, people, reply, reply.owner)
    tell_mentioned(reply)


def tell_of_resolving(mark: Annotation, by: User) -> None:
    _tell(Notice.Kind.RESOLVED, [mark.owner], mark, by)


def tell_of_hiding(written: Annotation | Reply, by: User) -> None:
    _tell(Notice.Kind.HIDDEN, [written.owner], written, by)


def tell_of_flag(written: Annotation | Reply, by: User, keepers: Iterable[User]) -> None:
    _tell(Notice.Kind.FLAGGED, keepers, written, by)


def tell_of_sharing(mark: Annotation, by: User) -> None:
    """Tell a team that somebody gave it an annotation to read; those that are made for it are found in the lists."""
    if mark.team:
        _tell(Notice.Kind.SHARED, mark.team.members.filter(is_active=True), mark, by)


def _tell(kind: str, people: Iterable[User | None], written: Annotation | Reply, by: User | None) -> None:
    mark = written if isinstance(written, Annotation) else written.annotation
    reply = written if isinstance(written, Reply) else None
    Notice.objects.bulk_create(
        (
            Notice(person=person, kind=kind, annotation=mark, reply=reply, made_by=by)
            for person in people
            if person and person != by and _sees(person, written)
        ),
        ignore_conflicts=True,
    )


def _sees(person: User, written: Annotation | Reply) -> bool:
    return type(written).objects.visible_to(person).filter(pk=written.pk).exists()


def notices_for(person: User) -> QuerySet[Notice]:
    """Return what this person was told and may still see, newest first."""
    told = Notice.objects.filter(person=person, annotation__in=Annotation.objects.visible_to(person))
    seen = told.filter(reply=None) | told.filter(reply__in=Reply.objects.visible_to(person))
    return seen.select_related("annotation__article", "annotation__issue", "reply", "made_by")


def unseen_count(person: User) -> int:
    return notices_for(person).filter(seen=None).count()


def mark_seen(person: User, *, newest: int) -> int:
    """Mark as seen what this person was told up to this notice; returns how many were new."""
    return Notice.objects.filter(person=person, seen=None, pk__lte=newest).update(seen=Now())
