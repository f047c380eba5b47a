"""Hostile files that end by themselves, one after the other in one confined process: to start one costs most of a test.

What the guarded child does with each is what it does with its only one. Files that it must be killed over are not for
this.
"""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from monitor.ingest.guard.child import EXIT_REFUSED, told
from monitor.ingest.guard.limits import Limits, confine_process

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).resolve().parents[2]
LIMITS = Limits(cpu_seconds=45, memory_megabytes=1024, pages=200)
PATIENCE = 240  # seconds for all files


@dataclass(frozen=True, slots=True)
class End:
    """How the work on one file ended: its sentences (of the file or of pages) and the seconds of computing it took."""

    code: str  # `done`, or the refusal's
    sentences: tuple[str, ...]
    seconds: float


def ends_of(job: str, paths: Iterable[Path]) -> dict[str, End]:
    """Read or draw files and return how each ended, by name; those after one that ends the process have no end."""
    command = [sys.executable, "-m", "tests.ingest_guard.together", json.dumps([job, *map(str, paths)])]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=PATIENCE)
    lines = [json.loads(line) for line in run.stdout.splitlines()]
    return {line["name"]: End(line["code"], tuple(line["sentences"]), line["seconds"]) for line in lines}


def main(job: str, paths: list[Path]) -> None:
    """Tell how the work on each of `paths` ends, a line of JSON each."""
    confine_process(LIMITS)
    for path in paths:
        began, voice = time.process_time(), io.BytesIO()
        code = told(voice, _task(job, path), LIMITS)
        lines = list(_lines(voice.getvalue()))
        refused: dict[str, str] = next((line["refuse"] for line in lines if "refuse" in line), {})
        sentences = [line["failed"] for line in lines if "failed" in line] + [m for m in [refused.get("message")] if m]
        ended = refused.get("code") if code == EXIT_REFUSED else "crashed" if code else "done"
        end = {"name": path.name, "code": ended, "sentences": sentences, "seconds": time.process_time() - began}
        sys.stdout.write(json.dumps(end) + "\n")
        sys.stdout.flush()


def _task(job: str, path: Path) -> dict[str, Any]:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    task = {"job": job, "path": str(path), "sha256": digest, "kind": "pdf", "periodical": None, "issue_date": None}
    return task | {"drawings": [{"format": "webp", "width": 150}], "pages": None, "after": 0}


def _lines(said: bytes) -> Iterable[dict[str, Any]]:
    """Yield the lines of an answer without the pictures between them."""
    while said:
        line, _, said = said.partition(b"\n")
        told_line = json.loads(line)
        said = said[told_line.get("bytes", 0) :]
        yield told_line


if __name__ == "__main__":
    work, *files = json.loads(sys.argv[1])
    main(work, [Path(file) for file in files])
