"""Reading a file, scans and all: pages that are pictures are recognised where this machine can and it is time for it."""

from __future__ import annotations

import math
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from django.conf import settings

from monitor.ingest.guard.sandbox import read_guarded
from monitor.ingest.refusals import Refusal
from monitor.ingest.scans.recognised import RecognisedPage, pages_to_bytes
from monitor.ingest.scans.recognising import recognised_pages
from monitor.ingest.scans.tesseract import NoTesseract, Tesseract, find_tesseract

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from monitor.ingest.document import IssueDocument
    from monitor.ingest.guard.limits import Limits

    Progress = Callable[[int, int], None]

NEEDS_OCR = "needs_ocr"
# What a file may be refused for that its pages' pictures may mend.
MENDABLE = frozenset({NEEDS_OCR, "fonts_hide_text", "unreadable_pages", "no_text"})
COPY = "monitor-copy-"  # swept with the other copies


class Recognition(Enum):
    """When scans are recognised."""

    NOW = auto()
    LATER = auto()  # in a job of its own
    NEVER = auto()


class WaitsForRecognition(Exception):
    """The file has scans, and they are to be recognised later."""

    def __init__(self, pages: int) -> None:
        super().__init__(f"{pages} pages wait to be recognised")
        self.pages = pages


class Shelf(Protocol):
    """Where recognised pages are kept."""

    def pages(self) -> Mapping[int, RecognisedPage]: ...
    def keep(self, page: RecognisedPage) -> None: ...
    def forget_failures(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be read, and how."""

    path: Path
    name: str
    limits: Limits
    periodical: str | None = None
    issue_date: str | None = None
    on_progress: Progress | None = None  # pages read
    on_recognition: Progress | None = None  # pages recognised
    turn_seconds: float = math.inf  # of recognising at one go


def can_recognise() -> bool:
    """Return whether this machine could recognise scans now."""
    try:
        find_tesseract(settings.OCR_LANGUAGES)
    except NoTesseract:
        return False
    return True


def read_issue(task: Task, *, recognition: Recognition, shelf: Shelf | None = None) -> IssueDocument:
    """Return the issue in a file, or raise Refusal with one line for a person.

    Pages that wait for recognition are recognised now; or `WaitsForRecognition` is raised for them; or, where that
    cannot be done or must not, the issue is read without them if most of it can be. `shelf` has kept pages. Raises
    `TurnOver` where recognition takes longer than the task allows at one go.
    """
    known = _known(task, shelf) if shelf and recognition is not Recognition.NEVER else {}
    scans: list[int] = []
    document, refusal = _first_reading(task, known, scans)
    if not scans:
        return _given(document, refusal)
    try:
        tesseract = _tesseract(recognition)
    except NoTesseract as lacking:
        if refusal and refusal.code == NEEDS_OCR:
            raise Refusal(NEEDS_OCR, f"{refusal} {lacking}.") from lacking
        return _given(document, refusal)
    if recognition is Recognition.LATER:
        if shelf:
            shelf.forget_failures()  # they get another chance each time somebody asks
        raise WaitsForRecognition(len(scans))
    try:
        pages = recognised_pages(
            task.path,
            {*known, *scans},
            tesseract=tesseract,
            limits=task.limits,
            known=known,
            keep=shelf.keep if shelf else None,
            on_page=task.on_recognition,
            turn_seconds=task.turn_seconds,
        )
    except Refusal as undrawable:
        if document is None or undrawable.code == "disk_full":
            raise
        # Its letters can be read though its pages cannot be drawn: the scans alone are lost.
        failed = {n: RecognisedPage(n, 1, 1, languages=tesseract.languages, failure=str(undrawable)) for n in scans}
        pages = known | failed
    return _read(task, pages, [])


def _known(task: Task, shelf: Shelf) -> dict[int, RecognisedPage]:
    """Return the kept pages; those that failed only for a later turn of one recognition, which must not try them again."""
    one_of_many = task.turn_seconds < math.inf
    return {number: page for number, page in shelf.pages().items() if one_of_many or not page.failure}


def _first_reading(
    task: Task, known: Mapping[int, RecognisedPage], scans: list[int]
) -> tuple[IssueDocument | None, Refusal | None]:
    """Read the file with what is known of its scans; `scans` takes the pages that still wait."""
    try:
        return _read(task, known, scans), None
    except Refusal as refusal:
        if refusal.code not in MENDABLE:
            raise
        return None, refusal


def _given(document: IssueDocument | None, refusal: Refusal | None) -> IssueDocument:
    if document is None:
        raise refusal or Refusal("no_text", "It holds no text that could be read.")
    return document


def _tesseract(recognition: Recognition) -> Tesseract:
    if recognition is Recognition.NEVER:
        raise NoTesseract("Recognition was left out: that is --no-ocr")
    return find_tesseract(settings.OCR_LANGUAGES)


def _read(task: Task, pages: Mapping[int, RecognisedPage], scans: list[int]) -> IssueDocument:
    with _as_file(pages) as recognised:
        return read_guarded(
            task.path,
            name=task.name,
            limits=task.limits,
            periodical=task.periodical,
            issue_date=task.issue_date,
            on_progress=task.on_progress,
            recognised=recognised,
            on_scans=scans.extend,
        )


@contextmanager
def _as_file(pages: Mapping[int, RecognisedPage]) -> Iterator[Path | None]:
    """Give the pages as a file for the reading child, None where there are none."""
    if not pages:
        yield None
        return
    with tempfile.NamedTemporaryFile(prefix=COPY) as file:
        file.write(pages_to_bytes(pages.values()))
        file.flush()
        yield Path(file.name)
