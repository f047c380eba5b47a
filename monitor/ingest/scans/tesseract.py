"""Tesseract, if this machine has it: one confined process for one picture.

It reads pictures made from a stranger's file, so it gets what the reading child gets: limits, no network, an
environment of its own, a clock. It takes the picture on its standard input and writes no file.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import selectors
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.ingest.guard.limits import MEGABYTE, Limits
from monitor.ingest.guard.one_child import resident_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parents[3]
START = "import sys; sys.path.insert(0, {root!r}); from monitor.ingest.guard.confined import main; main()"
PROGRAM = "tesseract"
ORIENTATION = "osd"  # Tesseract's own data for telling which way is up
LANGUAGES = re.compile(r"^[A-Za-z][A-Za-z0-9_]{1,30}(?:\+[A-Za-z][A-Za-z0-9_]{1,30}){0,9}$")
PAGE_LIMITS = Limits(cpu_seconds=180, memory_megabytes=2048, answer_megabytes=32, wall_per_cpu=3)
ANSWER_S = 20.0  # for its list of languages
GLANCE = 0.25
CHUNK = 1 << 16


class NoTesseract(Exception):
    """Scans cannot be recognised here; the message says why, and what to do."""


class CannotRecognise(Exception):
    """One picture was too much for Tesseract, or nothing for it; the message goes on after "page 3 "."""


@dataclass(frozen=True, slots=True)
class Tesseract:
    """The program and the languages it is to expect."""

    program: str
    languages: str  # as in "eng+fra"
    knows_up: bool  # whether it can tell which way is up

    def hocr(self, picture: bytes, *, dpi: int) -> str:
        """Return what it reads on a picture (PNM), as hOCR. Raises CannotRecognise."""
        return self._told(picture, "-l", self.languages, "--dpi", str(dpi), "--psm", "3", "hocr")

    def digits(self, picture: bytes, *, dpi: int) -> str:
        """Return the digits on a picture of one word, as hOCR. Raises CannotRecognise."""
        only = ("-c", "tessedit_char_whitelist=0123456789")
        return self._told(picture, "-l", self.languages, "--dpi", str(dpi), "--psm", "7", *only, "hocr")

    def orientation(self, picture: bytes, *, dpi: int) -> str:
        """Return what it says of which way is up. Raises CannotRecognise."""
        return self._told(picture, "-l", ORIENTATION, "--dpi", str(dpi), "--psm", "0")

    def _told(self, picture: bytes, *options: str) -> str:
        command = [self.program, "stdin", "stdout", *options]
        with tempfile.TemporaryFile() as file:
            file.write(picture)
            file.seek(0)
            with _running(command, file.fileno()) as process:
                said = _heard(process, PAGE_LIMITS)
                code = process.wait()
        if code:
            raise CannotRecognise(_end(code))
        return said.decode("utf-8", "replace")


def find_tesseract(languages: str) -> Tesseract:
    """Return the installed Tesseract with these languages (`eng`, `eng+fra`). Raises NoTesseract, which says what to do."""
    if not LANGUAGES.match(languages):
        raise NoTesseract(f'"{languages[:60]}" names no languages: set OCR_LANGUAGES to codes such as eng or eng+fra')
    program = shutil.which(PROGRAM)
    if not program:
        raise NoTesseract(f"Tesseract is not installed: run apt-get install {_packages(languages)} and try again")
    known = _known_languages(program)
    lacking = [code for code in languages.split("+") if code not in known]
    if lacking:
        command = f"apt-get install {' '.join(_package(code) for code in lacking)}"
        raise NoTesseract(f"Tesseract does not know {' and '.join(lacking)}: run {command} and try again")
    return Tesseract(program, languages, ORIENTATION in known)


def _package(code: str) -> str:
    return f"tesseract-ocr-{code.lower().replace('_', '-')}"


def _packages(languages: str) -> str:
    """Return the Debian packages to install; English comes with the program."""
    more = [_package(code) for code in languages.split("+") if code != "eng"]
    return " ".join(["tesseract-ocr", *more])


def _known_languages(program: str) -> set[str]:
    try:
        listed = subprocess.run(  # noqa: S603 (found on our own PATH)
            [program, "--list-langs"], capture_output=True, check=False, timeout=ANSWER_S, env=_environment(), cwd="/"
        )
    except (OSError, subprocess.TimeoutExpired):
        return set()
    # Older ones say it on standard error.
    return set((listed.stdout + listed.stderr).decode("utf-8", "replace").split())


def _environment() -> dict[str, str]:
    """Return all that Tesseract is told: one thread a page, and where its data is if that is not the usual place."""
    told = {name: os.environ[name] for name in ("TESSDATA_PREFIX", "LD_LIBRARY_PATH") if name in os.environ}
    return {"LANG": "C.UTF-8", "OMP_THREAD_LIMIT": "1", **told}


@contextlib.contextmanager
def _running(command: Sequence[str], picture: int) -> Iterator[subprocess.Popen[bytes]]:
    """Start the program in limits and in a session of its own; leave nothing of it running."""
    task = {
        "parent": os.getpid(),
        "limits": PAGE_LIMITS.to_json(),
        "program": list(command),
        "environment": _environment(),
    }
    process = subprocess.Popen(  # noqa: S603 (our own interpreter, which becomes the program)
        [sys.executable, "-I", "-B", "-c", START.format(root=str(ROOT)), json.dumps(task)],
        stdin=picture,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"LANG": "C.UTF-8"},
        cwd="/",
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if process.stdout:
            process.stdout.close()


def _heard(process: subprocess.Popen[bytes], limits: Limits) -> bytes:
    """Return all that the program writes; raise CannotRecognise past its time, its memory or the cap."""
    out, until = process.stdout, time.monotonic() + limits.wall_for(0)
    if out is None:
        raise RuntimeError("the program has no voice")
    said = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(out, selectors.EVENT_READ)
        while True:
            if selector.select(GLANCE):
                chunk = os.read(out.fileno(), CHUNK)
                if not chunk:
                    return bytes(said)
                said += chunk
            if len(said) > limits.answer_megabytes * MEGABYTE:
                raise CannotRecognise("holds more text than can be taken in")
            if time.monotonic() > until:
                raise CannotRecognise(f"took more than {limits.cpu_seconds:.0f} seconds of computing")
            if resident_bytes(process.pid) > limits.memory_megabytes * MEGABYTE:
                raise CannotRecognise(f"needed more than {limits.memory_megabytes} MB of memory")


def _end(code: int) -> str:
    if code == -signal.SIGXCPU:
        return f"took more than {PAGE_LIMITS.cpu_seconds:.0f} seconds of computing"
    if code == -signal.SIGKILL:  # the hard limit, or the system running out of memory
        return "needed more computing or memory than a page may have"
    return "made Tesseract end without an answer"
