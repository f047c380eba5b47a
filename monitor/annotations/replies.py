"""Answering an annotation. A reply is never read by more people than what it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError
from django.db.models.functions import Now
from django.utils import timezone

from monitor.annotations.models import Reply, Visibility
from monitor.annotations.notices import tell_mentioned, tell_of_hiding, tell_of_reply
from monitor.annotations.operations import recorded
from monitor.annotations.permissions import Act, must, must_share
from monitor.annotations.refusals import CannotAnnotate, IdTaken, OtherBody, Stale, WasDeleted

if TYPE_CHECKING:
    from uuid import UUID

    from monitor.accounts.models import User
    from monitor.annotations.models import Annotation

LONGEST_REPLY = 20_000  # characters


def reply_to(
    *, uid: UUID, mark: Annotation, by: User, comment: str, private: bool = False
) -> tuple[Reply, bool]:  # fmt: skip
    """Answer, for those who read the annotation now, or `private`: for oneself; returns the reply and whether it is new.

    Raises NotYours, IdTaken, OtherBody, and CannotAnnotate for an empty or endless one.
    """
    must(by, Act.REPLY, mark)
    words = _fitting(comment)
    if before := _before(uid, mark, by, words):
        return before, False
    try:
        with recorded(by, "reply", "Replied") as recorder:
            reply = Reply.objects.create(
                uid=uid, owner=by, annotation=mark, comment=words, **_scope(mark, private=private)
            )
            recorder.made(reply)
            tell_of_reply(reply)
    except IntegrityError:  # the same reply, sent twice at once
        if before := _before(uid, mark, by, words):
            return before, False
        raise
    return reply, True


def change_reply(*, reply: Reply, by: User, revision: int, comment: str) -> Reply:
    """Change one's words, if they are still at `revision`. Raises Stale, NotYours, WasDeleted."""
    must(by, Act.EDIT, reply)
    words = _fitting(comment)
    with recorded(by, "edit reply", "Changed a reply") as recorder:
        held = _standing(reply)
        if held.revision != revision:
            raise Stale(held)
        recorder.changes(held)
        held.comment = words
        _save(held)
        tell_mentioned(held)
    return held


def scope_reply(*, reply: Reply, by: User, private: bool) -> Reply:
    """Let those read one's answer who read the annotation now, or nobody else. Raises NotYours, WasDeleted."""
    must(by, Act.SHARE, reply)
    scope = _scope(reply.annotation, private=private)
    must_share(by, scope["visibility"], scope["team"])
    with recorded(by, "share reply", "Changed who may read a reply") as recorder:
        held = _standing(reply)
        recorder.changes(held)
        held.visibility, held.team = scope["visibility"], scope["team"]
        _save(held)
        tell_mentioned(held)
    return held


def delete_reply(*, reply: Reply, by: User) -> Reply:
    must(by, Act.DELETE, reply)
    with recorded(by, "delete reply", "Deleted a reply") as recorder:
        held: Reply = Reply.objects.select_for_update().get(pk=reply.pk)
        if held.deleted is not None:  # twice at once: it is gone as of the first time
            return held
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


def hide_reply(*, reply: Reply, by: User, hidden: bool) -> Reply:
    """Take somebody's shared answer from view, or show it again; its author is told and keeps it.

    Raises NotYours, WasDeleted.
    """
    must(by, Act.HIDE, reply)
    with recorded(
        by, "hide reply" if hidden else "unhide reply", "Hid a reply" if hidden else "Showed a reply"
    ) as recorder:
        held = _standing(reply)
        recorder.changes(held)
        held.hidden, held.hidden_by = (timezone.now(), by) if hidden else (None, None)
        _save(held)
        if hidden:
            tell_of_hiding(held, by)
    return held


def _scope(mark: Annotation, *, private: bool) -> dict[str, Any]:
    if private:
        return {"visibility": Visibility.PRIVATE, "team": None}
    return {"visibility": mark.visibility, "team": mark.team}


def _fitting(comment: str) -> str:
    words = comment.strip()
    if not words:
        raise CannotAnnotate("Write something before you send it.")
    if len(words) > LONGEST_REPLY:
        raise CannotAnnotate(f"A reply has at most {LONGEST_REPLY:,} characters; this one has {len(words):,}.")
    return words


def _standing(reply: Reply) -> Reply:
    """Return the row as it stands, locked."""
    held: Reply = Reply.objects.select_for_update().get(pk=reply.pk)
    if held.deleted is not None:
        raise WasDeleted
    return held


def _save(held: Reply) -> None:
    held.revision += 1
    held.updated = Now()
    held.save()
