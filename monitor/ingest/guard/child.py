"""The guarded child: does one job with one file within limits and tells its parent, line by line, in JSON.

Reading: `{"pages": n}`, then `{"page": i}` for each, then `{"issue": {...}}`. Drawing: `{"pages": n}`, then for each
page `{"page": i}`, a line for each picture with its bytes behind it, and `{"drawn": i}`. Or `{"refuse": {"code",
"message"}}` and exit 65. Nothing that parses may be imported before the limits stand, hence the imports in the jobs.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

from monitor.ingest.guard.limits import Limits, allow_pages, allow_seconds, confine_process, end_with_parent
from monitor.ingest.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor.ingest.document import IssueDocument

EXIT_REFUSED = 65
EXIT_CRASHED = 70
EXIT_MEMORY = 71
TRACE_LENGTH = 8000


class Say(Protocol):
    """Tells the parent one line, and the bytes that belong to it."""

    def __call__(self, line: dict[str, Any], data: bytes = b"") -> None: ...


def main() -> None:
    """Do the task given as the one argument; never return."""
    task: dict[str, Any] = json.loads(sys.argv[1])
    limits = Limits(**task["limits"])
    end_with_parent(task["parent"])
    confine_process(limits)
    voice = _own_voice()
    try:
        code = told(voice, task, limits)
    except MemoryError:
        code = EXIT_MEMORY
    # Without unwinding: after a memory error or a deep recursion even a clean end may fail.
    os._exit(code)


def _own_voice() -> BinaryIO:
    """Keep standard output for our lines alone: a library that prints must not be heard as an answer."""
    voice = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return voice


def told(voice: BinaryIO, task: dict[str, Any], limits: Limits) -> int:
    """Do one task within limits that stand already, tell `voice` how it ends, and return the exit code of that."""

    def say(line: dict[str, Any], data: bytes = b"") -> None:
        announced = line | {"bytes": len(data)} if data else line
        voice.write(json.dumps(announced, ensure_ascii=True, separators=(",", ":")).encode("ascii") + b"\n")
        voice.write(data)
        voice.flush()

    try:
        JOBS[task["job"]](_bytes_of(task), task, limits, say)
    except Refusal as refusal:
        return _refused(say, refusal)
    except RecursionError:
        return _refused(say, Refusal("nested_too_deeply", "Its parts are nested too deeply: save a copy of it."))
    except MemoryError:
        raise
    except BrokenPipeError:
        return EXIT_CRASHED  # the parent is gone; nobody needs the answer
    except Exception:  # noqa: BLE001 (whatever it is, it must not be a traceback in front of a person)
        say({"crash": traceback.format_exc()[-TRACE_LENGTH:]})
        return EXIT_CRASHED
    return 0


def _refused(say: Say, refusal: Refusal) -> int:
    say({"refuse": {"code": refusal.code, "message": str(refusal)}})
    return EXIT_REFUSED


def _bytes_of(task: dict[str, Any]) -> bytes:
    data = Path(task["path"]).read_bytes()
    if hashlib.sha256(data).hexdigest() != task["sha256"]:
        raise Refusal("changed", "It was changed while it was being read: try again.")
    return data


def _read(data: bytes, task: dict[str, Any], limits: Limits, say: Say) -> None:
    """Tell the issue in the file as plain data."""
    from monitor.ingest.serialising import to_json  # noqa: PLC0415 (after the limits)

    reader = _pdf if task["kind"] == "pdf" else _text
    say({"issue": to_json(reader(data, task, limits, say))})


def _text(data: bytes, task: dict[str, Any], limits: Limits, say: Say) -> IssueDocument:
    from monitor.ingest.reading import read_text_issue  # noqa: PLC0415 (after the limits)

    return read_text_issue(data, periodical=task["periodical"], issue_date=task["issue_date"])


def _pdf(data: bytes, task: dict[str, Any], limits: Limits, say: Say) -> IssueDocument:
    from monitor.ingest.pdf_issue import read_pdf_issue  # noqa: PLC0415 (after the limits)
    from monitor.ingest.scans.recognised import pages_from_bytes  # noqa: PLC0415 (as above)

    scans = task.get("recognised")

    def on_page(done: int, total: int) -> None:
        if done == 0:
            allow_pages(limits, total)
            say({"pages": total})
        else:
            say({"page": done})

    return read_pdf_issue(
        data,
        limits=limits,
        periodical=task["periodical"],
        issue_date=task["issue_date"],
        on_page=on_page,
        recognised=pages_from_bytes(Path(scans).read_bytes()) if scans else None,
        on_scans=lambda pages: say({"scans": list(pages)}),
    )


def _draw(data: bytes, task: dict[str, Any], limits: Limits, say: Say) -> None:
    """Tell the pages asked for as pictures, one page at a time; one that cannot be drawn costs no other."""
    from monitor.ingest.guard.pdfium import PageDrawer  # noqa: PLC0415 (after the limits)
    from monitor.ingest.guard.pictures import Drawing  # noqa: PLC0415 (as above)

    drawings = [Drawing(**drawing) for drawing in task["drawings"]]
    drawer = PageDrawer(data, limits)
    say({"pages": len(drawer)})
    wanted = range(1, len(drawer) + 1) if task["pages"] is None else task["pages"]
    for number in (number for number in wanted if task["after"] < number <= len(drawer)):
        allow_seconds(limits.cpu_seconds, most=limits.cpu_for(len(drawer)))
        say({"page": number})
        try:
            for picture in drawer.pictures(number, drawings):
                say({"picture": {"width": picture.width, "height": picture.height}}, picture.data)
        except Refusal as refusal:
            say({"failed": str(refusal)})
        say({"drawn": number})


JOBS: dict[str, Callable[[bytes, dict[str, Any], Limits, Say], None]] = {"read": _read, "draw": _draw}
