"""Writing for other programs: the same acts, and beside each row what was sent, so that it can be given back.

What was sent counts while the row still says what was taken from it. Whoever edits the words elsewhere, or a new reading
of the text that moves a passage, makes it stale without a line of code there: digests tell.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from monitor.annotations.actions import (
    Draft,
    change_annotation,
    create_annotation,
    hold,
    must_fit,
    reshare,
    retag,
    save_changed,
)
from monitor.annotations.foreign_models import LONGEST_IRI, LONGEST_NAME, ForeignMark
from monitor.annotations.models import Annotation, AnnotationSpan, Reply
from monitor.annotations.notices import tell_mentioned, tell_of_sharing
from monitor.annotations.operations import recorded
from monitor.annotations.permissions import Act, must
from monitor.annotations.replies import change_reply, reply_to
from monitor.annotations.sent_passages import place_sent
from monitor.annotations.tag_models import Tag

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from monitor.accounts.models import User

    # The number of the printed note or None, start, end, words, state.
    Placed = tuple[int | None, int, int, str, str]

EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
SECOND, MICROSECOND = timedelta(seconds=1), timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Sent:
    """What another program sent of one annotation or reply; `created` and `updated` only where they are restored."""

    border: str
    body: Any = None
    target: Any = None
    more: dict[str, Any] = field(default_factory=dict)
    origin: str = ""
    author: str = ""
    group: str = ""
    slug: str | None = None
    verbatim: bool = True  # False: body and target say nothing that the row does not say itself
    created: datetime | None = None
    updated: datetime | None = None


def said_digest(comment: str, tags: Iterable[str] = ()) -> str:
    """Return what tells the words and tags (paths) of an annotation from any others."""
    return _digest([comment, sorted(tags)])


def placed_digest(passages: Iterable[Placed]) -> str:
    """Return what tells the passages of an annotation from any others; nothing for a word on the whole."""
    return _digest([list(one) for one in passages])


def _digest(facts: Any) -> str:
    return sha256(json.dumps(facts).encode()).hexdigest()


@transaction.atomic
def create_sent(*, uid: UUID, by: User, draft: Draft, sent: Sent) -> tuple[Annotation, bool]:
    """Keep a new annotation of another program; what it marked is kept as lost where it is not found.

    Returns it and whether it is new. Raises as `create_annotation` does, but never NotInText.
    """
    mark, is_new = create_annotation(uid=uid, by=by, draft=draft)
    if is_new:
        keep_sent(mark, sent)
        restore_times(mark, sent)
    return mark, is_new


@transaction.atomic
def replace_sent(*, mark: Annotation, by: User, revision: int, draft: Draft, sent: Sent) -> Annotation:
    """Make an annotation what another program sent: its words, tags, passages and readers. Raises Stale, NotYours.

    Its text stays: `draft.article` and `draft.issue` are not looked at.
    """
    must(by, Act.EDIT, mark)
    must_fit(draft.comment, draft.tags, draft.passages)
    with recorded(by, "edit", "Changed an annotation") as recorder:
        held = hold(mark, revision)
        recorder.changes(held)
        is_moved, is_news = reshare(held, by, (draft.visibility, draft.team))
        held.comment = draft.comment
        retag(held, by, draft.tags, is_moved=is_moved)
        if held.article:
            _put(held, place_sent(held.article, draft.passages))
        save_changed(held)
        tell_mentioned(held)
        if is_news:
            tell_of_sharing(held, by)
    keep_sent(held, sent)
    return held


@transaction.atomic
def change_sent(*, mark: Annotation, by: User, revision: int, draft: Draft, sent: Sent) -> Annotation:
    """Change words, tags and readers for another program; passages stay where they are. Raises Stale, NotYours."""
    readers = draft.visibility, draft.team
    held = change_annotation(
        mark=mark, by=by, revision=revision, comment=draft.comment, tags=draft.tags, readers=readers
    )
    keep_sent(held, sent)
    return held


@transaction.atomic
def reply_sent(
    *, uid: UUID, mark: Annotation, by: User, comment: str, sent: Sent, private: bool = False
) -> tuple[Reply, bool]:  # fmt: skip
    """Answer for another program; returns the reply and whether it is new. Raises as `reply_to` does."""
    reply, is_new = reply_to(uid=uid, mark=mark, by=by, comment=comment, private=private)
    if is_new:
        keep_sent(reply, sent)
        restore_times(reply, sent)
    return reply, is_new


@transaction.atomic
def change_reply_sent(*, reply: Reply, by: User, revision: int, comment: str, sent: Sent) -> Reply:
    """Change a reply's words for another program. Raises Stale, NotYours, CannotAnnotate."""
    held = change_reply(reply=reply, by=by, revision=revision, comment=comment)
    keep_sent(held, sent)
    return held


def is_taken(uid: UUID) -> bool:
    """Tell whether an identity is somebody's, whoever sees it: for choosing another one, not for telling."""
    return any(kind.objects.filter(uid=uid).exists() for kind in (Annotation, Reply))


def placed(spans: Iterable[AnnotationSpan]) -> list[Placed]:
    """Return the passages as `placed_digest` compares them."""
    return [(span.note_number, span.start, span.end, span.quote, str(span.state)) for span in spans]


def _put(held: Annotation, spans: list[AnnotationSpan]) -> None:
    """Give an annotation these passages; those that stay where they are keep their history."""
    if placed(held.spans.order_by("position")) == placed(spans):
        return
    held.spans.all().delete()
    for position, span in enumerate(spans):
        span.annotation, span.position = held, position
    AnnotationSpan.objects.bulk_create(spans)


def keep_sent(row: Annotation | Reply, sent: Sent) -> None:
    """Keep what was sent beside its row, once for each border."""
    is_mark = isinstance(row, Annotation)
    own: dict[str, Any] = {"annotation": row, "reply": None} if is_mark else {"annotation": None, "reply": row}
    facts = {
        "body": sent.body,
        "target": sent.target,
        "more": sent.more,
        "body_said": said_digest(row.comment, _paths(row) if isinstance(row, Annotation) else ()),
        "target_said": placed_digest(placed(row.spans.order_by("position")) if isinstance(row, Annotation) else ()),
    }
    if not sent.verbatim:
        facts |= {"body_said": "", "target_said": ""}
    # Where it came from is told once, with the first words; what a program sends later does not change that.
    first = {
        "origin": sent.origin[:LONGEST_IRI],
        "author": sent.author[:LONGEST_NAME],
        "group": sent.group[:LONGEST_NAME],
        "slug": sent.slug,
    }
    kept = ForeignMark.objects.filter(**own, border=sent.border)
    if not kept.update(**facts):
        ForeignMark.objects.create(**own, border=sent.border, **facts, **first)


def _paths(mark: Annotation) -> list[str]:
    seen = Tag.objects.visible_to(mark.owner) if mark.owner else Tag.objects.none()
    return list(seen.filter(taggings__annotation=mark).values_list("path", flat=True))


def restore_times(row: Annotation | Reply, sent: Sent) -> None:
    """Give what comes back from a file the moments it had; none lies in the future, nor before there were such files.

    No two annotations or replies were changed at one moment, whatever a file says: walks by that moment miss none so.
    """
    told = {"created": sent.created, "updated": sent.updated}
    moments = {
        name: min(moment, timezone.now()) for name, moment in told.items() if moment is not None and moment >= EARLIEST
    }
    if moments:
        if "updated" in moments:
            moments["updated"] = _free_moment(moments["updated"])
        type(row).objects.filter(pk=row.pk).update(**moments)
        row.refresh_from_db(fields=["created", "updated"])


def _free_moment(moment: datetime) -> datetime:
    """Return a moment at which nothing else was changed, this one or the first after those of its second."""
    kinds = (Annotation.objects, Reply.objects)
    if not any(kind.filter(updated=moment).exists() for kind in kinds):
        return moment
    near = [
        kind.filter(updated__gte=moment, updated__lt=moment + SECOND).aggregate(last=Max("updated")) for kind in kinds
    ]
    last = max(one["last"] for one in near if one["last"])
    return _free_moment(last + MICROSECOND)
