"""From a file to an issue in the library: guard, read, keep the file, store the rows.

Everything slow is done before the one transaction that stores; "stored" is said only after it.
"""

from __future__ import annotations

import logging
import math
import stat
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import DataError, IntegrityError, transaction

from monitor.ingest.document import PARSER_VERSION
from monitor.ingest.guard.archive import flat_name
from monitor.ingest.guard.limits import Limits
from monitor.ingest.guard.sandbox import inspect_file
from monitor.ingest.refusals import Refusal
from monitor.jobs import queue
from monitor.jobs.reading import Recognition, Task, can_recognise, read_issue
from monitor.library.files import drop_original, keep_original
from monitor.library.importing import FileFacts, Outcome, Stored, store_issue
from monitor.library.locks import lock_file
from monitor.library.models import Issue
from monitor.library.page_pictures import lacks_pictures
from monitor.library.recognised_files import RecognisedShelf

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor.ingest.document import IssueDocument

log = logging.getLogger(__name__)

TEXT_SUFFIXES = {".txt": "txt", ".text": "txt", ".md": "md", ".markdown": "md"}
SUFFIXES = (".pdf", *TEXT_SUFFIXES)
ARCHIVE_SUFFIX = ".zip"
UNSTORABLE = "What was read of it does not fit into the library: please report it and keep the file."
DISK_FULL = "The disk is full: make room and hand it in again."


class Verdict(StrEnum):
    """What is said of a file in the end."""

    STORED = "stored"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Result:
    """One line for people: what became of a file, and why."""

    verdict: Verdict
    message: str
    issue: Issue | None = None
    code: str = ""  # of the refusal


def check_is_file(path: Path) -> None:
    """Raise `Refusal` for what is no file: opening a pipe would wait for ever for somebody to write into it."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError as error:
        raise Refusal("missing", "There is no such file.") from error
    except (OSError, ValueError) as error:
        raise Refusal("unreadable", f"It cannot be opened: {getattr(error, 'strerror', None) or error}.") from error
    if not stat.S_ISREG(mode):
        kind = "a folder" if stat.S_ISDIR(mode) else "a pipe or a device"
        raise Refusal("not_a_file", f"It is {kind}: only files are read.")


def reading_limits() -> Limits:
    return Limits(
        megabytes=settings.INGEST_MAX_MB, cpu_seconds=settings.INGEST_CPU_S, memory_megabytes=settings.INGEST_MEMORY_MB
    )


def ingest_file(
    path: Path,
    *,
    name: str,
    periodical: str | None = None,
    issue_date: str | None = None,
    on_progress: Callable[[int, int], None] | None = None,
    on_recognition: Callable[[int, int], None] | None = None,
    recognition: Recognition = Recognition.NOW,
    turn_seconds: float = math.inf,
) -> Result:
    """Read one file and store its issue. A file that cannot be read leaves nothing behind and says why.

    Raises `WaitsForRecognition` for a file with scans that are to be recognised later, `TurnOver` for one of which not
    all could be within `turn_seconds`; nothing is stored then.
    """
    limits = reading_limits()
    try:
        seen = inspect_file(path, name=name, limits=limits, storage=_storage_folder())
        known = _already_read(seen.sha256, issue_date)
        if known:
            return Result(Verdict.UNCHANGED, _unchanged(known), issue=known)
        entered = issue_date or _entered_date(seen.sha256)
        task = Task(path, name, limits, periodical, entered, on_progress, on_recognition, turn_seconds)
        shelf = RecognisedShelf(seen.sha256, settings.OCR_LANGUAGES)
        document = read_issue(task, recognition=recognition, shelf=shelf)
        file_type = "pdf" if seen.kind == "pdf" else TEXT_SUFFIXES[PurePath(name).suffix.lower()]
        facts = FileFacts(sha256=seen.sha256, name=flat_name(name), type=file_type, size=seen.size)
        stored = _store(path, document, facts)
    except Refusal as refusal:
        return refused(refusal.code, str(refusal))
    except OSError as error:
        log.warning("could not ingest: %s", error)
        return refused("file_system", disk_sentence(error))
    except (DataError, IntegrityError):
        log.exception("what was read of %s does not fit into the library", seen.sha256)
        return refused("unstorable", UNSTORABLE)
    return _result(stored)


def refused(code: str, message: str) -> Result:
    """Say why a file is not taken; where METRICS is on it is counted by its reason."""
    if settings.METRICS:
        from monitor.metering import refusals  # noqa: PLC0415 - only where METRICS is on

        refusals.labels("file", code).inc()
    return Result(Verdict.REFUSED, message, code=code)


def _store(path: Path, document: IssueDocument, file: FileFacts) -> Stored:
    """Keep the file and store its rows; a file that no row names in the end is not kept."""
    kept_now = False
    try:
        with transaction.atomic():
            lock_file(file.sha256)
            # The file first: a row must never name a file that is not there.
            kept_now = keep_original(path, sha256=file.sha256, file_type=file.type)
            stored = store_issue(document=document, file=file)
            if lacks_pictures(stored.issue):
                queue.defer_pages(stored.issue.pk)
    except (DataError, IntegrityError):
        if kept_now:
            _drop_unnamed(file)
        raise
    if kept_now and stored.issue.sha256 != file.sha256:
        _drop_unnamed(file)
    return stored


@transaction.atomic
def _drop_unnamed(file: FileFacts) -> None:
    lock_file(file.sha256)
    if not Issue.objects.filter(sha256=file.sha256).exists():
        drop_original(sha256=file.sha256, file_type=file.type)


def _storage_folder() -> Path:
    """Return the folder whose disk must have room for a copy."""
    folder = Path(settings.MEDIA_ROOT)
    return next(place for place in (folder, *folder.parents) if place.exists())


def _already_read(sha256: str, issue_date: str | None) -> Issue | None:
    """Spare the reading of a file that is stored as this parser reads it, and whose reading is kept."""
    kept = Issue.objects.filter(sha256=sha256, parser_version=PARSER_VERSION, reading__isnull=False)
    issue = kept.select_related("periodical").first()
    if issue and issue_date and str(issue.date) != issue_date:
        return None
    return None if issue and _waits_for_recognition(issue) else issue


def _waits_for_recognition(issue: Issue) -> bool:
    """Return whether pages of a stored issue are pictures that nobody could recognise then, and now somebody can."""
    waiting = issue.findings.filter(code="page_without_text").exclude(severity="info")
    return waiting.exists() and can_recognise()


def _entered_date(sha256: str) -> str | None:
    """Return the date a curator entered: it outlives a new reading of the same file."""
    issue = Issue.objects.filter(sha256=sha256, date_basis="entered").first()
    return str(issue.date) if issue else None


def disk_sentence(error: OSError) -> str:
    """Return what an error of the file system means to a person."""
    full = {28, 122}  # ENOSPC, EDQUOT
    return DISK_FULL if error.errno in full else f"It could not be opened or kept: {error.strerror or error}."


def _unchanged(issue: Issue) -> str:
    return f"Already here as {issue}."


def _result(stored: Stored) -> Result:
    issue = stored.issue
    if stored.outcome is Outcome.UNCHANGED:
        return Result(Verdict.UNCHANGED, stored.why or _unchanged(issue), issue=issue)
    findings = issue.findings.exclude(severity="info").count()
    counts = [_count(issue.articles.exclude(state="gone").count(), "article")]
    counts += [_count(issue.pages, "page")] if issue.pages else []
    counts += [_recognised(issue)] if issue.ocr_pages else []
    counts += [_count(findings, "finding")] if findings else []
    unseen = " Readers see it once a curator has published it." if issue.state == "draft" else ""
    return Result(Verdict(stored.outcome.value), f"{issue}: {', '.join(counts)}.{unseen}", issue=issue)


def _recognised(issue: Issue) -> str:
    sure = f" ({issue.ocr_confidence} % sure)" if issue.ocr_confidence is not None else ""
    return f"{issue.ocr_pages} of them recognised from pictures{sure}"


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
