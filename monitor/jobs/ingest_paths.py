"""Files and folders named on a command line, one result a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from monitor.ingest.archive import open_archive
from monitor.ingest.refusals import Refusal
from monitor.jobs.ingest_issue import ARCHIVE_SUFFIX, SUFFIXES, Result, Verdict, ingest_file, reading_limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Say = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one file, for a line of output."""

    path: str
    verdict: Verdict
    message: str
    issue_id: int | None
    code: str

    def __str__(self) -> str:
        return f"{self.path}: {self.verdict}. {self.message}"

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
    for path in _files(paths):
        if path.suffix.lower() == ARCHIVE_SUFFIX and path.is_file():
            yield from _ingest_archive(path, periodical=periodical, issue_date=issue_date, on_progress=on_progress)
        else:
            yield _ingest(path, str(path), periodical=periodical, issue_date=issue_date, on_progress=on_progress)


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield files as named; of folders only what can be an issue, sorted, without hidden ones."""
    for path in paths:
        if path.is_dir():
            inside = (p for p in sorted(path.rglob("*")) if p.is_file() and not _hidden(p.relative_to(path)))
            yield from (p for p in inside if p.suffix.lower() in {*SUFFIXES, ARCHIVE_SUFFIX})
        else:
            yield path


def _hidden(path: PurePath) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _ingest(path: Path, shown: str, *, periodical: str | None, issue_date: str | None, on_progress: Say) -> FileResult:
    if not path.exists():
        return _told(shown, Result(Verdict.REFUSED, "There is no such file.", code="missing"))
    result = ingest_file(
        path,
        name=PurePath(shown).name,
        periodical=periodical,
        issue_date=issue_date,
        on_progress=lambda done, total: on_progress(PurePath(shown).name, done, total),
    )
    return _told(shown, result)


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
        yield _told(str(path), Result(Verdict.REFUSED, str(refusal), code=refusal.code))
