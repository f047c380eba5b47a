"""Answering an annotation. A reply is never read by more people than what it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError
from django.db.models.functions import Now
from django.utils import timezone

from monitor.annotations.models import Reply
from monitor.annotations.notices import tell_mentioned, tell_of_reply
from monitor.annotations.operations import recorded
from monitor.annotations.permissions import Act, must
from monitor.annotations.refusals import CannotAnnotate, IdTaken, OtherBody, Stale

if TYPE_CHECKING:
    from uuid import UUID

    from monitor.accounts.models import User
    from monitor.annotations.models import Annotation

LONGEST_REPLY = 20_000  # characters


def reply_to(*, uid: UUID, mark: Annotation, by: User, comment: str) -> tuple[Reply, bool]:
    """Answer, for those who read the annotation now; returns the reply and whether it is new.

    Raises NotYours, IdTaken, OtherBody, and CannotAnnotate for an empty or endless one.
    """
    must(by, Act.REPLY, mark)
    words = _fitting(comment)
    if before := _before(uid, mark, by, words):
        return before, False
    try:
        with recorded(by, "reply", "Replied") as recorder:
            reply = Reply.objects.create(
                uid=uid, owner=by, annotation=mark, comment=words, visibility=mark.visibility, team=mark.team
            )
            recorder.made(reply)
            tell_of_reply(reply)
    except IntegrityError:  # the same reply, sent twice at once
        if before := _before(uid, mark, by, words):
            return before, False
        raise
    return reply, True


def change_reply(*, reply: Reply, by: User, revision: int, comment: str) -> Reply:
    """Change one's words, if they are still at `revision`. Raises Stale, NotYours."""
    must(by, Act.EDIT, reply)
    words = _fitting(comment)
    with recorded(by, "edit reply", "Changed a reply") as recorder:
        held: Reply = Reply.objects.select_for_update().get(pk=reply.pk)
        if held.revision != revision:
            raise Stale(held)
        recorder.changes(held)
        held.comment = words
        _save(held)
        tell_mentioned(held)
    return held


def delete_reply(*, reply: Reply, by: User) -> Reply:
    must(by, Act.DELETE, reply)
    with recorded(by, "delete reply", "Deleted a reply") as recorder:
        held: Reply = Reply.objects.select_for_update().get(pk=reply.pk)
        recorder.changes(held)
        held.deleted = timezone.now()
        _save(held)
    return held


def _before(uid: UUID, mark: Annotation, by: User, words: str) -> Reply | None:
    found: Reply | None = Reply.objects.filter(uid=uid).first()
    if found is None:
        return None
    if found.owner_id != by.pk:
        raise IdTaken
    if found.annotation_id != mark.pk or (found.revision == 1 and found.comment != words):
        raise OtherBody
    return found


def _fitting(comment: str) -> str:
    words = comment.strip()
    if not words:
        raise CannotAnnotate("Write something before you send it.")
    if len(words) > LONGEST_REPLY:
        raise CannotAnnotate(f"A reply has at most {LONGEST_REPLY:,} characters; this one has {len(words):,}.")
    return words


def _save(held: Reply) -> None:
    held.revision += 1
    held.updated = Now()
    held.save()
