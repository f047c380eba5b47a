"""Files and folders named on a command line, one result a file."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from django.db import InterfaceError, OperationalError, close_old_connections

from monitor.ingest.guard.archive import open_archive
from monitor.ingest.refusals import Refusal
from monitor.jobs.ingest_issue import (
    ARCHIVE_SUFFIX,
    SUFFIXES,
    Result,
    Verdict,
    check_is_file,
    ingest_file,
    reading_limits,
    refused,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Say = Callable[[str, int, int], None]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one file, for a line of output."""

    path: str
    verdict: Verdict
    message: str
    issue_id: int | None
    code: str

    def __str__(self) -> str:
        """Return one line, whatever characters the path is made of."""
        path = "".join(c if c.isprintable() else "\ufffd" for c in self.path)
        return f"{path}: {self.verdict}. {self.message}"

    def to_json(self) -> dict[str, Any]:
        return {
            "path": self.path,
            "status": self.verdict.value,
            "message": self.message,
            "issue": self.issue_id,
            "code": self.code or None,
        }


def ingest_paths(
    paths: Iterable[Path], *, periodical: str | None, issue_date: str | None, on_progress: Say
) -> Iterator[FileResult]:
    """Ingest every file named, found in a folder named, or packed in an archive; a result for each, in order."""
    for path in _found(paths):
        if isinstance(path, FileResult):
            yield path
        elif path.suffix.lower() == ARCHIVE_SUFFIX and path.is_file():
            yield from _ingest_archive(path, periodical=periodical, issue_date=issue_date, on_progress=on_progress)
        else:
            yield _ingest(path, str(path), periodical=periodical, issue_date=issue_date, on_progress=on_progress)


def _found(paths: Iterable[Path]) -> Iterator[Path | FileResult]:
    """Yield files as named; of folders only what can be an issue, sorted, and a refusal for each that is closed."""
    for path in paths:
        try:
            yield from _inside(path) if path.is_dir() else [path]
        except OSError as error:
            yield _closed(str(path), error)


def _inside(folder: Path) -> list[Path | FileResult]:
    closed: list[OSError] = []
    found = []
    for place, folders, names in os.walk(folder, onerror=closed.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        inside = (Path(place, name) for name in names if not name.startswith("."))
        found += [path for path in inside if path.suffix.lower() in {*SUFFIXES, ARCHIVE_SUFFIX} and path.is_file()]
    return [*sorted(found), *(_closed(str(error.filename), error) for error in closed)]


def _closed(shown: str, error: OSError) -> FileResult:
    return _refused(shown, Refusal("unreadable", f"It cannot be opened: {error.strerror or error}."))


def _ingest(path: Path, shown: str, *, periodical: str | None, issue_date: str | None, on_progress: Say) -> FileResult:
    try:
        check_is_file(path)
        result = ingest_file(
            path,
            name=PurePath(shown).name,
            periodical=periodical,
            issue_date=issue_date,
            on_progress=lambda done, total: on_progress(PurePath(shown).name, done, total),
            on_recognition=lambda done, total: on_progress(f"Recognising {PurePath(shown).name}", done, total),
        )
    except Refusal as refusal:
        return _refused(shown, refusal)
    except (OperationalError, InterfaceError) as error:
        log.warning("no database for %s: %s", shown, error)
        close_old_connections()  # so that the next file finds a new one
        return _refused(shown, Refusal("database", "The database did not answer: hand it in again."))
    return _told(shown, result)


def _refused(shown: str, refusal: Refusal) -> FileResult:
    return _told(shown, refused(refusal.code, str(refusal)))


def _told(shown: str, result: Result) -> FileResult:
    issue_id = result.issue.pk if result.issue else None
    return FileResult(path=shown, verdict=result.verdict, message=result.message, issue_id=issue_id, code=result.code)


def _ingest_archive(
    path: Path, *, periodical: str | None, issue_date: str | None, on_progress: Say
) -> Iterator[FileResult]:
    try:
        with open_archive(path, limits=reading_limits()) as members:
            for member in members:
                yield _ingest(
                    member.path,
                    f"{path}/{member.name}",
                    periodical=periodical,
                    issue_date=issue_date,
                    on_progress=on_progress,
                )
    except Refusal as refusal:
        yield _refused(str(path), refusal)
    except Exception as error:  # noqa: BLE001 (zipfile lets through what a hostile list of entries breaks)
        log.warning("could not unpack %s: %r", path, error)
        yield _refused(str(path), Refusal("damaged", "It cannot be unpacked: it is damaged, or there is no room."))
