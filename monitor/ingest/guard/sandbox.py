"""Read a file in a process of its own, within limits; the caller never parses.

`read_guarded` looks at a file from outside (size, first bytes, room on the disk) and has one guarded child
(`one_child.py`) read it.
"""

from __future__ import annotations

import hashlib
import logging
import math
import os
import shutil
import stat
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from monitor.ingest.guard.limits import MEGABYTE, Limits
from monitor.ingest.guard.one_child import crashed, heard
from monitor.ingest.refusals import Refusal
from monitor.ingest.serialising import from_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor.ingest.document import IssueDocument

    Progress = Callable[[int, int], None]

logger = logging.getLogger(__name__)

HEAD = 8192  # bytes looked at from outside
PDF_MAGIC_WITHIN = 1024
DISK_TIMES = 3  # the file itself, its rows and their index
TEXT_SUFFIXES = {".txt", ".md", ".markdown", ".text"}
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")

Kind = Literal["pdf", "text"]


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What can be said of a file without parsing it."""

    kind: Kind
    size: int  # bytes
    sha256: str


def inspect_file(path: Path, *, name: str, limits: Limits, storage: Path | None = None) -> FileFacts:
    """Return the facts of a file the reader would take, or raise `Refusal`; `name` is what the user called it.

    `storage` is the folder that will keep a copy (default: the file's own); it must have room.
    """
    try:
        # Without waiting: opening a pipe that nobody writes to would never return.
        with open(path, "rb", opener=lambda name, flags: os.open(name, flags | os.O_NONBLOCK)) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise Refusal("unreadable", "It is not a file that could be read: a pipe, a folder or a device.")
            size = os.fstat(file.fileno()).st_size
            _check_size(size, limits)
            head = file.read(HEAD)
            kind = _kind(head, name)
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise Refusal("unreadable", f"It cannot be opened: {error.strerror or 'unknown error'}.") from error
    _check_room(size, storage or path.parent)
    return FileFacts(kind, size, digest)


def read_guarded(
    path: Path,
    *,
    name: str,
    limits: Limits,
    periodical: str | None = None,
    issue_date: str | None = None,
    on_progress: Progress | None = None,
    recognised: Path | None = None,
    on_scans: Callable[[tuple[int, ...]], None] | None = None,
) -> IssueDocument:
    """Return the issue read from `path` by a guarded child, or raise `Refusal` with one sentence for a person.

    `periodical` names a profile, `issue_date` (YYYY-MM-DD) is one a person entered, `on_progress(done, total)`
    hears of each page in the calling thread and may raise to give up. `on_scans` hears which pages (physical, from 1)
    are pictures that recognition would help; `recognised` is a file of what was read on them (`recognised.py`).
    """
    facts = inspect_file(path, name=name, limits=limits)
    task = child_task("read", path, facts, limits) | {
        "periodical": periodical,
        "issue_date": issue_date,
        "recognised": str(recognised.absolute()) if recognised else None,
    }
    pages, issue = 0, None
    with closing(heard(task, limits)) as child:
        for said in child:
            match said.line:
                case {"pages": int(count)}:
                    pages = min(count, limits.pages)
                case {"page": int(done)} if on_progress:
                    on_progress(min(done, pages), pages)
                case {"scans": list(numbers)} if on_scans:
                    on_scans(tuple(n for n in numbers if isinstance(n, int) and 1 <= n <= pages))
                case {"issue": dict(told)}:
                    issue = told
    return _checked(issue)


def child_task(job: str, path: Path, facts: FileFacts, limits: Limits) -> dict[str, Any]:
    """Return what every task of a child holds: which job, which file, and what it may cost."""
    return {
        "job": job,
        "parent": os.getpid(),
        "path": str(path.absolute()),
        "kind": facts.kind,
        "sha256": facts.sha256,
        "limits": limits.to_json(),
    }


def _checked(issue: Any) -> IssueDocument:
    """Return the issue a child has told: it is data of a stranger, and an end without one is a crash."""
    try:
        return from_json(issue)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        logger.exception("the reader's answer is no issue")
        raise crashed() from error


def _check_size(size: int, limits: Limits) -> None:
    if size == 0:
        raise Refusal("empty", "It is empty.")
    if size > limits.megabytes * MEGABYTE:
        raise Refusal("too_large", f"It has {math.ceil(size / MEGABYTE)} MB; the limit is {limits.megabytes} MB.")


def _kind(head: bytes, name: str) -> Kind:
    suffix = Path(name).suffix.lower()
    if b"%PDF-" in head[:PDF_MAGIC_WITHIN]:
        return "pdf"
    if suffix == ".pdf":
        raise Refusal("not_a_pdf", "It is not a PDF, only named like one: ask for the file itself again.")
    if suffix not in TEXT_SUFFIXES:
        raise Refusal("unknown_kind", "It is of a kind that is not read: PDF, text, Markdown and zip are.")
    if head.startswith(b"PK\x03\x04") or (b"\x00" in head and not head.startswith(UTF16_MARKS)):
        raise Refusal("not_text", "It is not a text, only named like one.")
    return "text"


def _check_room(size: int, folder: Path) -> None:
    if shutil.disk_usage(folder).free < DISK_TIMES * size:
        raise Refusal("disk_full", "There is too little room on the disk to store it: make room and try again.")
