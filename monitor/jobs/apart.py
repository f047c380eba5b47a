"""Work that needs much memory, done in a process of its own that ends after a while of rest: what it holds goes with it.

The recogniser holds some 200 MB, which no Python process gives back by letting go of it. The process is kept while there
is work, so that the recogniser is made once; it ends as soon as the worker that began it is gone.
"""

from __future__ import annotations

import importlib
import json
import logging
import os
import queue
import signal
import subprocess
import sys
import threading
import traceback
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)

REST_S = 60.0
DONE = "done"
PROGRAM = "from monitor.jobs.apart import main; main({})"


class FailedApart(Exception):
    """What was to be done failed; the message is the other process's traceback."""


@dataclass(slots=True)
class Apart:
    """The other process, if there is one. While `is_on` is false everything is done here, as commands and tests do."""

    is_on: bool = False
    rest: float = REST_S
    _process: subprocess.Popen[str] | None = None
    _one_at_a_time: threading.Lock = field(default_factory=threading.Lock)

    def call(self, function: Callable[..., object], /, *args: Any, **named: Any) -> None:
        """Call a module's function; what it takes must survive JSON. Raises FailedApart for what it raises there."""
        if not self.is_on:
            function(*args, **named)
            return
        asked = json.dumps([function.__module__, function.__qualname__, args, named])
        with self._one_at_a_time:
            # One that rested long enough may end just now: then it has not begun with this.
            answer = self._ask(asked) or self._ask(asked)
        if answer != DONE:
            raise FailedApart(answer or "It ended before it began.")

    def _ask(self, asked: str) -> str | None:
        """Return what it says; None if it went to rest instead."""
        process = self._process = self._process or _begin(self.rest)
        to_it, from_it = cast("IO[str]", process.stdin), cast("IO[str]", process.stdout)
        line = ""
        with suppress(OSError):
            to_it.write(asked + "\n")
            to_it.flush()
            line = from_it.readline()
        if line:
            return str(json.loads(line))
        self._process = None
        with suppress(OSError), process:  # closes what leads to it, and waits
            pass
        return f"It ended with {process.returncode} before it was done." if process.returncode else None


def _begin(rest: float) -> subprocess.Popen[str]:
    folder = str(importlib.import_module("django.conf").settings.BASE_DIR)
    return subprocess.Popen(  # noqa: S603 - ourselves
        [sys.executable, "-c", PROGRAM.format(rest)],
        cwd=folder,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


def main(rest: float) -> None:
    """Be the other process: call what each line names until nothing comes for so many seconds, or the worker is gone."""
    import django  # noqa: PLC0415 - in this process nobody else has set it up

    # Ctrl-C and a service manager's stop reach it as well; it ends with its worker, which may still finish what it does.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    django.setup()
    answers, sys.stdout = sys.stdout, sys.stderr  # whatever prints must not answer
    waiting: queue.Queue[str] = queue.Queue()
    threading.Thread(target=_listen, args=(waiting,), daemon=True).start()
    while True:
        try:
            asked = waiting.get(timeout=rest)
        except queue.Empty:
            return
        answers.write(json.dumps(_done(asked)) + "\n")
        answers.flush()


def _listen(waiting: queue.Queue[str]) -> None:
    for line in sys.stdin:
        waiting.put(line)
    os._exit(0)  # also amid work: it is taken up again by whoever takes up the jobs of a lost worker


def _done(asked: str) -> str:
    from django.db import close_old_connections  # noqa: PLC0415 - after the set-up

    module, name, args, named = json.loads(asked)
    try:
        close_old_connections()
        getattr(importlib.import_module(module), name)(*args, **named)
    except Exception:
        log.exception("what was to be done apart failed")  # the worker's own record has no words of it
        return traceback.format_exc()
    finally:
        close_old_connections()
    return DONE


apart = Apart()
