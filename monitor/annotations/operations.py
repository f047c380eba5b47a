"""What a person did, kept on the server so that it can be taken back, also after a reload and from another machine."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from django.core.signals import request_started
from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone

from monitor.annotations.audited import note_changes
from monitor.annotations.log_models import Operation
from monitor.annotations.models import Annotation
from monitor.annotations.reanchoring import reanchor_article
from monitor.annotations.refusals import ChangedSince, NothingToUndo, NotYours
from monitor.annotations.snapshots import (
    TAGS,
    fetch_rows,
    key_of,
    kind_of,
    put_back,
    put_back_together,
    snapshot,
    tags_key,
)
from monitor.annotations.turning_back import must_turn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from monitor.accounts.models import User
    from monitor.annotations.snapshots import Snapshot

LABEL = 200  # characters
UNDONE = "This was undone already."
_kept: ContextVar[int] = ContextVar("kept", default=0)


class Recorder:
    """Gathers the rows of one act: `changes` before they are written, `made` after."""

    def __init__(self) -> None:
        self.before: dict[str, Snapshot | None] = {}
        self.after: dict[str, Snapshot] = {}

    def changes(self, *rows: Any) -> None:
        for row in rows:
            self.before.setdefault(key_of(row), snapshot(row))

    def retags(self, *marks: Annotation) -> None:
        for mark in marks:
            self.before.setdefault(tags_key(mark), snapshot(mark, TAGS))

    def made(self, row: Any, facts: Snapshot | None = None) -> None:
        """Note a new row; `facts` are its snapshot where it is at hand."""
        self.before[key_of(row)] = None
        if facts is not None:
            self.after[key_of(row)] = facts

    def finish(self) -> dict[str, Snapshot]:
        """Return how the rows stand now, those alone that are not as they were."""
        unread = fetch_rows(self.before.keys() - self.after.keys())
        after = self.after | {key: snapshot(row, kind_of(key)) for key, row in unread.items()}
        return {key: facts for key, facts in after.items() if self.before[key] != facts}


@contextmanager
def recorded(person: User, verb: str, label: str) -> Iterator[Recorder]:
    """Keep what happens inside as one operation of this person; what changes nothing is not kept."""
    recorder = Recorder()
    with transaction.atomic():
        yield recorder
        _keep(person, verb, label, recorder)


def _keep(person: User, verb: str, label: str, recorder: Recorder) -> None:
    _kept.set(0)
    after = recorder.finish()
    if not after:
        return
    Operation.objects.filter(person=person, undone__isnull=False, forgotten=False).update(forgotten=True)
    before = {key: recorder.before[key] for key in after}
    operation = Operation.objects.create(person=person, verb=verb, label=label[:LABEL], before=before, after=after)
    note_changes(person, before, after, operation=operation.pk)
    _kept.set(operation.pk)


def act_of_request() -> int:
    """Return the key of the act that this request kept last; 0 where it changed nothing."""
    return _kept.get()


@receiver(request_started)
def _begin(**_: object) -> None:
    _kept.set(0)


def act_that_left(person: User, uid: UUID, revision: int) -> int:
    """Return the key of this person's act that left an annotation at this revision. Raises NothingToUndo, ChangedSince."""
    acts = Operation.objects.filter(person=person, undone=None, after__has_key=f"annotation:{uid}")
    operation = acts.first()
    if operation is None:
        raise NothingToUndo(UNDONE)
    if not Annotation.objects.filter(uid=uid, revision=revision).exists():
        raise ChangedSince(operation.label)
    return operation.pk


def undo(person: User, act: int | None = None) -> Operation:
    """Take this person's newest act back, or that one. Raises NothingToUndo, or ChangedSince or NotYours and touches nothing.

    An act that was refused is passed over from then on: it must not stand before what can be taken back.
    """
    with transaction.atomic():
        acts = Operation.objects.filter(person=person, undone=None)
        operation = (acts if act is None else acts.filter(pk=act)).select_for_update().first()
        if operation is None:
            raise NothingToUndo("There is nothing to undo." if act is None else UNDONE)
        refusal = _turned(operation, come_from=operation.after, go_to=_as_undone(operation))
        operation.undone, operation.forgotten = timezone.now(), refusal is not None
        operation.save(update_fields=["undone", "forgotten"])
    if refusal:
        raise refusal
    return operation


def redo(person: User, act: int | None = None) -> Operation:
    """Do again what was undone last, or that act. Raises NothingToUndo, or ChangedSince or NotYours and touches nothing.

    What was refused cannot be done again from then on.
    """
    with transaction.atomic():
        undone = Operation.objects.filter(person=person, undone__isnull=False, forgotten=False)
        meant = undone if act is None else undone.filter(pk=act)
        operation = meant.order_by("-undone", "id").select_for_update().first()
        if operation is None:
            raise NothingToUndo("There is nothing to do again.")
        refusal = _turned(operation, come_from=_as_undone(operation), go_to=operation.after)
        operation.undone, operation.forgotten = (operation.undone, True) if refusal else (None, False)
        operation.save(update_fields=["undone", "forgotten"])
    if refusal:
        raise refusal
    return operation


def _turned(operation: Operation, **ways: dict[str, Snapshot]) -> ChangedSince | NotYours | None:
    """Turn an act, or return why not, with everything as it was."""
    try:
        with transaction.atomic():
            _turn(operation, **ways)
    except (ChangedSince, NotYours) as refusal:
        return refusal
    return None


def _as_undone(operation: Operation) -> dict[str, Snapshot]:
    """Return the rows as they stand once it is undone: what was made lies in the trash, nothing is destroyed."""
    trashed = operation.created.isoformat()
    return {
        key: {**operation.after[key], "deleted": trashed} if facts is None else facts
        for key, facts in operation.before.items()
    }


def _turn(operation: Operation, *, come_from: dict[str, Snapshot], go_to: dict[str, Snapshot]) -> None:
    rows = fetch_rows(come_from, lock=True)
    if any(key not in rows or _differs(snapshot(rows[key], kind_of(key)), facts) for key, facts in come_from.items()):
        raise ChangedSince(operation.label)
    for key, facts in go_to.items():
        must_turn(operation.person, rows[key], now=come_from[key], then=facts, is_new=operation.before[key] is None)
    many = []
    for key, facts in go_to.items():
        # A new reading of the file may have moved the spans meanwhile: an act that left them alone does so here too.
        with_spans = facts.get("spans") != come_from[key].get("spans")
        if isinstance(rows[key], Annotation) and not with_spans:
            many.append((rows[key], facts))
            continue
        put_back(rows[key], facts, with_spans=with_spans)
        if with_spans and rows[key].article:
            # The places put back may be those of an older text.
            reanchor_article(rows[key].article, annotation=rows[key])
    if many:
        put_back_together(many)
    note_changes(operation.person, {**come_from}, {**come_from, **go_to}, operation=operation.pk)


def _differs(now: Snapshot, then: Snapshot) -> bool:
    return any(now[name] != value for name, value in then.items() if name != "spans")


def touched(operation: Operation) -> list[str]:
    """Return the keys (`annotation:<uid>`, ...) of what it changed."""
    return list(operation.after)
