"""Taking files in for the worker: the file is kept, its row and its job are made together, or none of them is."""

from __future__ import annotations

import uuid
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import IntegrityError, transaction

from monitor.ingest.guard.archive import flat_name
from monitor.jobs import queue
from monitor.jobs.ingest_issue import ARCHIVE_SUFFIX, SUFFIXES, disk_sentence, refused
from monitor.jobs.models import Ingest
from monitor.library.files import drop_incoming, keep_incoming

if TYPE_CHECKING:
    from django.core.files import File

    from monitor.accounts.models import User

ACCEPTED = (*SUFFIXES, ARCHIVE_SUFFIX)


def hand_in(*, file: File[Any], name: str, by: User | None, watched: str = "", uid: uuid.UUID | None = None) -> Ingest:
    """Take one file in. A file that can be seen to be wrong at once is refused on its own row, unread.

    Who may be cut off and come again gives the `uid`: then it is taken in once. A watched file that cannot be kept
    raises OSError and stays where it lies; any other is refused.
    """
    before = Ingest.objects.filter(uid=uid).first() if uid else None
    if before:
        return before
    shown = flat_name(name)
    ingest = Ingest(uid=uid or uuid.uuid4(), file_name=shown, file_bytes=file.size, handed_in_by=by, watched=watched)
    reason = _refused_at_sight(shown, file.size)
    if reason:
        ingest.finish(Ingest.State.REFUSED, refused(*reason).message)
        return ingest
    try:
        keep_incoming(ingest.uid, file)
    except OSError as error:
        if watched:
            raise
        ingest.finish(Ingest.State.REFUSED, refused("file_system", disk_sentence(error)).message)
        return ingest
    try:
        with transaction.atomic():
            ingest.save()
            queue.defer_ingest(ingest)
    except BaseException as error:
        # Who hands it in under the same uid at the same moment may be quicker: the file that is kept is theirs as well.
        quicker = Ingest.objects.filter(uid=ingest.uid).first() if isinstance(error, IntegrityError) else None
        if quicker:
            return quicker
        drop_incoming(ingest.uid)
        raise
    return ingest


def _refused_at_sight(name: str, size: int) -> tuple[str, str] | None:
    suffix = PurePath(name).suffix.lower()
    if suffix not in ACCEPTED:
        return "unknown_kind", f"Only files ending in {', '.join(ACCEPTED)} are read here."
    if size == 0:
        return "empty", "It is empty."
    if size > settings.INGEST_MAX_MB * 1024 * 1024:
        return "too_large", f"It has {size / 1024 / 1024:.0f} MB, and the limit is {settings.INGEST_MAX_MB} MB."
    return None
