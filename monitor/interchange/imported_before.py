"""What of a file is here already, by its identity or by where it came from, and what is said of a row that was kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from monitor.annotations.foreign_models import LONGEST_IRI, ForeignMark
from monitor.annotations.models import Annotation, Reply, SpanState
from monitor.annotations.queries import find_mark_or_reply
from monitor.annotations.trash import has_deleted
from monitor.interchange.import_rows import Outcome, RowReport

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from django.db.models import QuerySet

    from monitor.accounts.models import User
    from monitor.interchange.import_rows import Wishes

    Row = Annotation | Reply

HERE, IN_TRASH = "It is here already.", "It lies in your trash."
LOST = "Its words are not in the text; they are kept, to be put on their place."


def here_already(person: User, uid: UUID | None, origin: str) -> RowReport | None:
    """Return the report of what this person has here, in their trash too, under this identity or from this address."""
    row = find_mark_or_reply(uid, person) or brought_by(person, [origin])
    if row and row.deleted is None:
        return duplicate(row)
    if row or (uid and has_deleted(person, uid)):
        return RowReport(Outcome.DUPLICATE, "", IN_TRASH, reverse("trash"))
    return None


def duplicate(row: Row, why: str = HERE) -> RowReport:
    return RowReport(Outcome.DUPLICATE, "", why, _address(row))


def brought_by(person: User, origins: Collection[str]) -> Row | None:
    """Return what this person imported from one of these addresses."""
    sent = _from(origins)
    one = sent.filter(annotation__owner=person).first() or sent.filter(reply__owner=person).first()
    return (one.annotation or one.reply) if one else None


def answered_by(owner: User, origins: Collection[str], wishes: Wishes) -> Row | None:
    """Return what a reply of this owner answers, as that was called where it came from."""
    own = brought_by(wishes.by, origins)
    if own or not wishes.authors_known:
        return own
    # What an operator brings back to its authors may answer what others wrote.
    sent = _from(origins)
    marks = Annotation.objects.visible_to(owner).filter(pk__in=sent.values("annotation"))
    return marks.first() or Reply.objects.visible_to(owner).filter(pk__in=sent.values("reply")).first()


def _from(origins: Collection[str]) -> QuerySet[ForeignMark]:
    named = [origin[:LONGEST_IRI] for origin in origins if origin]
    return ForeignMark.objects.filter(origin__in=named).select_related("annotation", "reply__annotation").order_by("pk")


def report_of(row: Row, why: str) -> RowReport:
    """Return the report of a row that was kept; `why` says what is not as its file wished."""
    lost = isinstance(row, Annotation) and row.spans.filter(state=SpanState.ORPHAN).exists()
    return RowReport(Outcome.ORPHAN if lost else Outcome.IMPORTED, "", LOST if lost else why, _address(row))


def _address(row: Row) -> str:
    mark = row.annotation if isinstance(row, Reply) else row
    return reverse("mark", args=[mark.uid])
