"""The guarded child: reads one file within limits and tells its parent, line by line, in JSON.

`{"pages": n}`, then `{"page": i}` for each, then `{"issue": {...}}`; or `{"refuse": {"code", "message"}}` and exit
65. Nothing that parses may be imported before the limits stand, hence the imports inside `_read`.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from monitor.ingest.limits import Limits, allow_pages, confine_process, end_with_parent
from monitor.ingest.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor.ingest.document import IssueDocument

EXIT_REFUSED = 65
EXIT_CRASHED = 70
EXIT_MEMORY = 71
TRACE_LENGTH = 8000


def main() -> None:
    """Do the task given as the one argument; never return."""
    task: dict[str, Any] = json.loads(sys.argv[1])
    limits = Limits(**task["limits"])
    end_with_parent(task["parent"])
    confine_process(limits)
    voice = _own_voice()
    try:
        code = _told(voice, task, limits)
    except MemoryError:
        code = EXIT_MEMORY
    # Without unwinding: after a memory error or a deep recursion even a clean end may fail.
    os._exit(code)


def _own_voice() -> BinaryIO:
    """Keep standard output for our lines alone: a library that prints must not be heard as an answer."""
    voice = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return voice


def _told(voice: BinaryIO, task: dict[str, Any], limits: Limits) -> int:
    def say(said: dict[str, Any]) -> None:
        voice.write(json.dumps(said, ensure_ascii=True, separators=(",", ":")).encode("ascii") + b"\n")
        voice.flush()

    try:
        say({"issue": _read(task, limits, say)})
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


def _refused(say: Callable[[dict[str, Any]], None], refusal: Refusal) -> int:
    say({"refuse": {"code": refusal.code, "message": str(refusal)}})
    return EXIT_REFUSED


def _read(task: dict[str, Any], limits: Limits, say: Callable[[dict[str, Any]], None]) -> Any:
    """Return the issue in `task` as plain data."""
    from monitor.ingest.serialising import to_json  # noqa: PLC0415 (after the limits)

    data = Path(task["path"]).read_bytes()
    if hashlib.sha256(data).hexdigest() != task["sha256"]:
        raise Refusal("changed", "It was changed while it was being read: try again.")
    reader = _pdf if task["kind"] == "pdf" else _text
    return to_json(reader(data, task, limits, say))


def _text(data: bytes, task: dict[str, Any], limits: Limits, say: Callable[[dict[str, Any]], None]) -> IssueDocument:
    from monitor.ingest.reading import read_text_issue  # noqa: PLC0415 (after the limits)

    return read_text_issue(data, periodical=task["periodical"], issue_date=task["issue_date"])


def _pdf(data: bytes, task: dict[str, Any], limits: Limits, say: Callable[[dict[str, Any]], None]) -> IssueDocument:
    from monitor.ingest.pdf_issue import read_pdf_issue  # noqa: PLC0415 (after the limits)

    def on_page(done: int, total: int) -> None:
        if done == 0:
            allow_pages(limits, total)
            say({"pages": total})
        else:
            say({"page": done})

    return read_pdf_issue(
        data, limits=limits, periodical=task["periodical"], issue_date=task["issue_date"], on_page=on_page
    )
