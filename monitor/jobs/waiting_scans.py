"""Files that wait for somebody to install Tesseract, taken up again: by a person, or by themselves once it is there."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.db import transaction

from monitor.jobs import queue
from monitor.jobs.models import Ingest
from monitor.jobs.reading import can_recognise

if TYPE_CHECKING:
    import uuid

log = logging.getLogger(__name__)


@transaction.atomic
def try_again(uid: uuid.UUID) -> bool:
    """Have a file that needs recognition read again from the start; return whether it was waiting for that."""
    ingest = Ingest.objects.select_for_update().filter(uid=uid, state=Ingest.State.NEEDS_OCR).first()
    if ingest is None:
        return False
    ingest.state, ingest.attempts, ingest.message, ingest.finished = Ingest.State.WAITING, 0, "", None
    ingest.pages_done = ingest.pages_total = 0
    ingest.save()
    queue.defer_ingest(ingest)
    return True


def take_up_waiting_scans() -> int:
    """Take up all files that need recognition, if this machine can do it by now; return how many."""
    waiting = list(Ingest.objects.filter(state=Ingest.State.NEEDS_OCR).values_list("uid", flat=True))
    if not waiting or not can_recognise():
        return 0
    taken = sum(try_again(uid) for uid in waiting)
    log.info("%d files can be recognised now and are read again", taken)
    return taken
