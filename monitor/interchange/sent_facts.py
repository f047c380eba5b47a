"""What other programs sent by the Web Annotation protocol, looked up for many annotations at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from monitor.annotations.foreign import placed_digest, said_digest
from monitor.annotations.foreign_models import ForeignMark
from monitor.interchange.annotation_records import SentFacts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monitor.interchange.annotation_records import MarkedPassage

BORDER = ForeignMark.Border.WEB_ANNOTATION


def sent_for_marks(which: Q) -> dict[int, ForeignMark]:
    """Return what was sent, by the annotation's primary key."""
    rows = ForeignMark.objects.filter(which, border=BORDER, annotation__isnull=False)
    return {row.annotation_id: row for row in rows if row.annotation_id is not None}


def sent_for_replies(which: Q) -> dict[str, ForeignMark]:
    """Return what was sent, by the reply's identity."""
    rows = ForeignMark.objects.filter(which, border=BORDER, reply__isnull=False).select_related("reply")
    return {str(row.reply.uid): row for row in rows if row.reply}


def slugs_of(uids: Iterable[str]) -> dict[str, str]:
    """Return the last part of the address of those of these annotations and replies that have one of their own."""
    wanted = list(uids)
    which = Q(annotation__uid__in=wanted) | Q(reply__uid__in=wanted)
    rows = ForeignMark.objects.filter(which, border=BORDER, slug__isnull=False)
    return {
        str(mark or reply): slug or ""
        for mark, reply, slug in rows.values_list("annotation__uid", "reply__uid", "slug")
    }


def sent_facts(
    row: ForeignMark | None, comment: str, tags: Iterable[str] = (), passages: Iterable[MarkedPassage] = ()
) -> SentFacts | None:
    """Return what was sent, beside whether words, tags and passages, as their reader sees them, are still those."""
    if row is None:
        return None
    now = placed_digest((one.note, one.start, one.end, one.quote, str(one.state)) for one in passages)
    return SentFacts(
        body=row.body,
        target=row.target,
        more=row.more,
        slug=row.slug or "",
        body_holds=row.body_said == said_digest(comment, tags),
        target_holds=row.target_said == now,
    )
