"""Read a file in a process of its own, within limits; the caller never parses.

`read_guarded` looks at a file from outside (size, first bytes, room on the disk), starts one child that confines
itself before it parses, and listens to its lines. Whatever happens to the child becomes one sentence. There is no
`preexec_fn` and no shared state, so that any thread of a worker may call it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import math
import os
import selectors
import shutil
import signal
import stat
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from monitor.ingest.limits import MEGABYTE, Limits
from monitor.ingest.refusals import Refusal
from monitor.ingest.serialising import from_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from monitor.ingest.document import IssueDocument

    Progress = Callable[[int, int], None]

logger = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[2]
# -I hides the working directory, the script's folder and the user's packages; the root is put back by hand.
START = "import sys; sys.path.insert(0, {root!r}); from monitor.ingest.child import main; main()"
EXIT_REFUSED = 65
EXIT_MEMORY = 71
HEAD = 8192  # bytes looked at from outside
PDF_MAGIC_WITHIN = 1024
DISK_TIMES = 3  # the file itself, its rows and their index
GLANCE = 0.25  # seconds between two looks at the clock and the child's memory
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
) -> IssueDocument:
    """Return the issue read from `path` by a guarded child, or raise `Refusal` with one sentence for a person.

    `periodical` names a profile, `issue_date` (YYYY-MM-DD) is one a person entered, `on_progress(done, total)`
    hears of each page in the calling thread and may raise to give up.
    """
    facts = inspect_file(path, name=name, limits=limits)
    task = {
        "parent": os.getpid(),
        "path": str(path.absolute()),
        "kind": facts.kind,
        "sha256": facts.sha256,
        "limits": limits.to_json(),
        "periodical": periodical,
        "issue_date": issue_date,
    }
    with _child(task) as process:
        answer = _Answer(limits, on_progress)
        stopped = _listen(process, answer, limits)
        code = process.wait() if stopped is None else None
    if stopped is not None:
        raise stopped
    return _concluded(answer, code, limits)


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


@contextlib.contextmanager
def _child(task: dict[str, Any]) -> Iterator[subprocess.Popen[bytes]]:
    """Start the child in a session of its own; leave nothing of it running."""
    command = [sys.executable, "-I", "-B", "-c", START.format(root=str(ROOT)), json.dumps(task)]
    process = subprocess.Popen(  # noqa: S603 (our own interpreter and code; the file's name is an argument)
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"LANG": "C.UTF-8"},
        cwd="/",
        start_new_session=True,
    )
    try:
        yield process
    finally:
        # The child leads its group; until it is waited for, the group's number cannot be another's.
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if process.stdout:
            process.stdout.close()


class _Answer:
    """What the child has said so far, line by line, never more than the cap."""

    def __init__(self, limits: Limits, on_progress: Progress | None) -> None:
        self.pages = 0
        self.issue: Any = None
        self.refusal: Refusal | None = None
        self._limits, self._on_progress = limits, on_progress
        self._open, self._bytes = bytearray(), 0

    def take(self, chunk: bytes) -> None:
        """Take in bytes; raise `Refusal` past the cap, ValueError where they are no lines of ours."""
        self._bytes += len(chunk)
        if self._bytes > self._limits.answer_megabytes * MEGABYTE:
            raise Refusal("too_much_text", "It holds more text than can be taken in.")
        first, *rest = chunk.split(b"\n")
        self._open += first
        for piece in rest:
            line, self._open = self._open, bytearray(piece)
            self._hear(json.loads(line.decode("utf-8")))

    def _hear(self, said: Any) -> None:
        match said:
            case {"pages": int(count)}:
                self.pages = min(count, self._limits.pages)
            case {"page": int(done)} if self._on_progress:
                self._on_progress(min(done, self.pages), self.pages)
            case {"issue": dict(issue)}:
                self.issue = issue
            case {"refuse": {"code": str(code), "message": str(message)}}:
                self.refusal = Refusal(code[:40], message[:400])
            case {"crash": str(trace)}:
                logger.error("the reader crashed: %s", trace[:8000])


def _listen(process: subprocess.Popen[bytes], answer: _Answer, limits: Limits) -> Refusal | None:
    """Take in what the child says until it ends; return why it has to be stopped, if it has to."""
    started = time.monotonic()
    with selectors.DefaultSelector() as selector:
        stdout = process.stdout
        if stdout is None:
            raise RuntimeError("the child has no voice")
        selector.register(stdout, selectors.EVENT_READ)
        while True:
            if selector.select(GLANCE):
                chunk = os.read(stdout.fileno(), 1 << 16)
                if not chunk:
                    return None
                try:
                    answer.take(chunk)
                except Refusal as refusal:
                    return refusal
                except (ValueError, RecursionError):
                    return crashed()
            if time.monotonic() - started > limits.wall_for(answer.pages):
                return too_slow(limits, answer.pages)
            if resident_bytes(process.pid) > limits.memory_megabytes * MEGABYTE:
                return too_much_memory(limits)


def resident_bytes(pid: int) -> int:
    """Return the memory process `pid` holds, 0 where nobody can say.

    RLIMIT_AS does this work where it is enforced; macOS only pretends to, and some containers do not.
    """
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return _resident_by_ps(pid) if sys.platform == "darwin" else 0


def _resident_by_ps(pid: int) -> int:
    ps = ["/bin/ps", "-o", "rss=", "-p", str(pid)]
    kilobytes = subprocess.run(ps, capture_output=True, check=False, timeout=5).stdout.strip()  # noqa: S603
    return int(kilobytes) * 1024 if kilobytes.isdigit() else 0


def _concluded(answer: _Answer, code: int | None, limits: Limits) -> IssueDocument:
    """Return the issue the child has told, or raise the refusal that its end means."""
    if code == 0 and answer.issue is not None:
        try:
            return from_json(answer.issue)
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            logger.exception("the reader's answer is no issue")
            raise crashed() from error
    if code == EXIT_REFUSED and answer.refusal:
        raise answer.refusal
    if code == -signal.SIGXCPU:
        raise too_slow(limits, answer.pages)
    # A kill that is not ours is the hard CPU limit or the system running out of memory.
    if code in {EXIT_MEMORY, -signal.SIGKILL}:
        raise too_much_memory(limits)
    logger.error("the reader ended with %s and no answer", code)
    raise crashed()


def too_slow(limits: Limits, pages: int) -> Refusal:
    """Return the refusal of a file that takes longer than `pages` pages may."""
    seconds = math.ceil(limits.cpu_for(pages))
    return Refusal("too_slow", f"It takes more than {seconds} seconds of computing to read.")


def too_much_memory(limits: Limits) -> Refusal:
    """Return the refusal of a file that does not fit into the memory one file may take."""
    return Refusal("too_much_memory", f"It needs more than {limits.memory_megabytes} MB of memory to read.")


def crashed() -> Refusal:
    """Return the refusal of a file that the reader itself did not survive."""
    return Refusal("crashed", "The reader crashed on it: please report it and keep the file.")
