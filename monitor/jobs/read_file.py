"""One handed-in file, from waiting to its last state, with progress on its row.

A file with scans goes through two jobs: the first finds them and hands over, the second recognises and reads again.
"""

from __future__ import annotations

import logging
import time
import uuid
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.core.files import File
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F

from monitor.ingest.guard.archive import open_archive
from monitor.ingest.refusals import Refusal
from monitor.ingest.scans.recognising import TurnOver
from monitor.jobs import queue
from monitor.jobs.hand_in import hand_in
from monitor.jobs.ingest_issue import ARCHIVE_SUFFIX, Result, disk_sentence, ingest_file, reading_limits, refused
from monitor.jobs.models import Ingest
from monitor.jobs.reading import NEEDS_OCR, Recognition, WaitsForRecognition
from monitor.library.files import drop_incoming, local_copy

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
GAVE_UP = f"Reading it was cut off {MOST_ATTEMPTS} times: it may be more than this machine can hold."
FILE_GONE = "The uploaded file is no longer there: hand it in again."
BROKE = "Something went wrong while it was read: please report it and keep the file."
TURN_S = 60.0  # of recognising at one go: then other files come first
PROGRESS_EVERY = 0.4  # seconds: the page asks once a second


def read_file(ingest_id: int) -> None:
    """Read and store a waiting file. A file whose reading was cut off too often (by a kill) is given up.

    Raises where the database went away: the job is lost then, and the file gets another.
    """
    _take_on(ingest_id, Ingest.State.READING, (Ingest.State.WAITING, Ingest.State.READING))


def recognise_file(ingest_id: int) -> None:
    """Recognise the scans of a file that was handed over, then read and store it; given up like a reading."""
    _take_on(ingest_id, Ingest.State.RECOGNISING, (Ingest.State.RECOGNISING,))


def _take_on(ingest_id: int, state: Ingest.State, before: tuple[Ingest.State, ...]) -> None:
    ingest = Ingest.objects.get(pk=ingest_id)
    # Counted before reading and at once: a file that kills its worker must not come back for ever.
    begun = Ingest.objects.filter(pk=ingest_id, state__in=before)
    if begun.update(attempts=F("attempts") + 1, state=state):
        if ingest.attempts >= MOST_ATTEMPTS:
            ingest.finish(Ingest.State.FAILED, GAVE_UP)
        else:
            _read(ingest, state)
    # Also where it came to its end before and only this was cut off.
    if not Ingest.objects.filter(pk=ingest_id, state__in=Ingest.KEEPS_FILE).exists():
        drop_incoming(ingest.uid)


def _read(ingest: Ingest, state: Ingest.State) -> None:
    try:
        with local_copy(ingest.uid) as path:
            if PurePath(ingest.file_name).suffix.lower() == ARCHIVE_SUFFIX:
                _unpack(ingest, path)
            else:
                finish(ingest, _ingested(ingest, path, state))
    except WaitsForRecognition as scans:
        _hand_over(ingest, scans.pages)
    except TurnOver:
        _go_on_later(ingest)
    except FileNotFoundError:
        ingest.finish(Ingest.State.FAILED, FILE_GONE)
    except OSError as error:
        ingest.finish(Ingest.State.FAILED, disk_sentence(error))
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("could not read %s", ingest.file_name)
        ingest.finish(Ingest.State.FAILED, BROKE)


def _ingested(ingest: Ingest, path: Path, state: Ingest.State) -> Result:
    if state == Ingest.State.READING:
        return ingest_file(path, name=ingest.file_name, on_progress=_progress_on(ingest), recognition=Recognition.LATER)
    return ingest_file(path, name=ingest.file_name, on_recognition=_progress_on(ingest), turn_seconds=TURN_S)


@transaction.atomic
def _hand_over(ingest: Ingest, scans: int) -> None:
    """Leave the file to a job of its own: recognising takes minutes, and other files need not wait for it."""
    reading = Ingest.objects.filter(pk=ingest.pk, state=Ingest.State.READING)
    # It begins anew: what the reading survived says nothing of the recognition.
    if reading.update(state=Ingest.State.RECOGNISING, attempts=0, pages_done=0, pages_total=scans):
        ingest.state = Ingest.State.RECOGNISING
        queue.defer_ingest(ingest)


@transaction.atomic
def _go_on_later(ingest: Ingest) -> None:
    """Queue up again behind the files that came meanwhile: what is recognised so far is kept."""
    # A page was done, so what cut it off before was no file that kills its worker.
    if Ingest.objects.filter(pk=ingest.pk, state=Ingest.State.RECOGNISING).update(attempts=0):
        ingest.state = Ingest.State.RECOGNISING
        queue.defer_ingest(ingest)


def finish(ingest: Ingest, result: Result) -> None:
    state = Ingest.State.NEEDS_OCR if result.code == NEEDS_OCR else Ingest.State(result.verdict.value)
    ingest.finish(state, result.message, issue=result.issue)


def _unpack(ingest: Ingest, path: Path) -> None:
    """Hand every file of an archive in by itself; one that is refused keeps none of the others out."""
    try:
        with open_archive(path, limits=reading_limits()) as members:
            taken = 0
            for member in members:
                # The same at every try: what was handed in before a kill is not handed in again.
                uid = uuid.uuid5(ingest.uid, f"{taken} {member.name}")
                with member.path.open("rb") as file:
                    hand_in(file=File(file), name=member.name, by=ingest.handed_in_by, uid=uid)
                taken += 1
    except Refusal as refusal:
        ingest.finish(Ingest.State.REFUSED, refused(refusal.code, str(refusal)).message)
        return
    ingest.finish(Ingest.State.UNPACKED, f"{taken} file{'' if taken == 1 else 's'} inside, each listed by itself.")


def _progress_on(ingest: Ingest) -> Callable[[int, int], None]:
    said = 0.0

    def say(done: int, total: int) -> None:
        nonlocal said
        if time.monotonic() - said > PROGRESS_EVERY:
            said = time.monotonic()
            Ingest.objects.filter(pk=ingest.pk).update(pages_done=done, pages_total=total)

    return say
