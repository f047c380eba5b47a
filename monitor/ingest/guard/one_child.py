"""One child in limits, heard from outside: whatever becomes of it is one sentence.

The child (`child.py`) confines itself before it parses; the caller keeps the clock, watches the memory where the
system does not, caps what the child says and leaves nothing of it running. No `preexec_fn` and no shared state, so
that any thread of a worker may have a child.
"""

from __future__ import annotations

import contextlib
import json
import logging
import math
import os
import selectors
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from monitor.ingest.guard.limits import MEGABYTE, Limits
from monitor.ingest.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from typing import IO

logger = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[3]
# -I hides the working directory, the script's folder and the user's packages; the root is put back by hand.
START = "import sys; sys.path.insert(0, {root!r}); from monitor.ingest.guard.child import main; main()"
EXIT_REFUSED = 65
EXIT_MEMORY = 71
GLANCE = 0.25  # seconds between two looks at the clock and the child's memory
CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Said:
    """One line of the child, and the bytes it announced with it."""

    line: dict[str, Any]
    data: bytes = b""


def heard(task: dict[str, Any], limits: Limits, *, page_by_page: bool = False) -> Generator[Said]:
    """Start one child for `task` and yield what it says, then raise `Refusal` unless it ends well.

    Clock and cap on the answer hold for the task as a whole, and with `page_by_page` for each thing said: then the
    answer may be as long as the file has pages. What the caller does between two lines does not count. Whoever may
    stop listening early wraps this in `contextlib.closing`, which ends the child.
    """
    ear, watch = _Ear(limits, page_by_page), _Watch(limits, page_by_page)
    told: Refusal | None = None
    with _child(task) as process:
        for chunk in _chunks(process, watch):
            for said in ear.take(chunk):
                watch.hear(said.line)
                if "refuse" in said.line or "crash" in said.line:
                    told = _refused(said.line) or told
                    continue
                with watch.stopped():
                    yield said
        code = process.wait()
    if code == EXIT_REFUSED and told:
        raise told
    if code:
        raise _end(code, limits, watch.pages)


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


class _Watch:
    """How long the child may still take; stands still while the caller works."""

    def __init__(self, limits: Limits, page_by_page: bool) -> None:
        self.pages = 0
        self._limits, self._page_by_page = limits, page_by_page
        self._started = time.monotonic()

    def hear(self, line: dict[str, Any]) -> None:
        """Take a line into account: the number of pages allows time, and so may a page that is done."""
        if isinstance(line.get("pages"), int):
            self.pages = min(line["pages"], self._limits.pages)
        if self._page_by_page:
            self._started = time.monotonic()

    @contextlib.contextmanager
    def stopped(self) -> Iterator[None]:
        begun = time.monotonic()
        try:
            yield
        finally:
            self._started += time.monotonic() - begun

    def check(self, pid: int) -> None:
        """Raise `Refusal` if the child has taken too long, or holds too much."""
        allowed = self._limits.wall_for(0 if self._page_by_page else self.pages)
        if time.monotonic() - self._started > allowed:
            raise too_slow(self._limits, self.pages)
        if resident_bytes(pid) > self._limits.memory_megabytes * MEGABYTE:
            raise too_much_memory(self._limits)


def _chunks(process: subprocess.Popen[bytes], watch: _Watch) -> Iterator[bytes]:
    """Yield what the child writes until it ends, with a look at the watch in between."""
    stdout: IO[bytes] | None = process.stdout
    if stdout is None:
        raise RuntimeError("the child has no voice")
    with selectors.DefaultSelector() as selector:
        selector.register(stdout, selectors.EVENT_READ)
        while True:
            if selector.select(GLANCE):
                chunk = os.read(stdout.fileno(), CHUNK)
                if not chunk:
                    return
                yield chunk
            watch.check(process.pid)


class _Ear:
    """Puts what the child says together, line by line, never more than the cap."""

    def __init__(self, limits: Limits, page_by_page: bool) -> None:
        self._cap = (limits.picture_megabytes if page_by_page else limits.answer_megabytes) * MEGABYTE
        self._each = page_by_page
        self._open, self._taken = bytearray(), 0
        self._line: dict[str, Any] | None = None  # waits for the bytes it announced
        self._announced = 0

    def take(self, chunk: bytes) -> Iterator[Said]:
        """Yield what is complete with these bytes; raise `Refusal` past the cap or where they are no lines of ours."""
        self._taken += len(chunk)
        if self._taken > self._cap:
            raise Refusal("too_much_text", "It holds more text than can be taken in.")
        seen = len(self._open)
        self._open += chunk
        while (said := self._complete(seen)) is not None:
            seen = 0
            if self._each:
                self._taken = len(self._open)
            yield said

    def _complete(self, seen: int) -> Said | None:
        """Return the next thing said if all of it is there; the first `seen` bytes hold no end of a line."""
        if self._line is None:
            end = self._open.find(b"\n", seen)
            if end < 0:
                return None
            self._line, self._announced = _parsed(bytes(self._open[:end]))
            del self._open[: end + 1]
        if len(self._open) < self._announced:
            return None
        said = Said(self._line, bytes(self._open[: self._announced]))
        del self._open[: self._announced]
        self._line = None
        return said


def _parsed(line: bytes) -> tuple[dict[str, Any], int]:
    """Return a line and how many bytes it announces."""
    try:
        said = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise crashed() from error
    if not isinstance(said, dict):
        raise crashed()
    count = said.get("bytes", 0)
    if not isinstance(count, int) or count < 0:
        raise crashed()
    return said, count


def _refused(line: dict[str, Any]) -> Refusal | None:
    """Return the refusal a line tells; a crash it tells goes to the log."""
    match line:
        case {"refuse": {"code": str(code), "message": str(message)}}:
            return Refusal(code[:40], message[:400])
        case {"crash": str(trace)}:
            logger.error("the reader crashed: %s", trace[:8000])
    return None


def _end(code: int, limits: Limits, pages: int) -> Refusal:
    """Return what an exit code other than 0 means."""
    if code == -signal.SIGXCPU:
        return too_slow(limits, pages)
    # A kill that is not ours is the hard CPU limit or the system running out of memory.
    if code in {EXIT_MEMORY, -signal.SIGKILL}:
        return too_much_memory(limits)
    logger.error("the reader ended with %s and no answer", code)
    return crashed()


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
