"""The processes under `serve`: forked from it, watched by it, and gone with it however it ends."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
import time
import traceback
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn

from django.core.management.base import CommandError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# A page may take 8 s with a frozen database; after this long whatever is left is killed.
LONGEST_STOP_S = 15
RESTART_PAUSE_S = 1.0
# Killed, a process ends at once, but for the time the machine takes to give back what it held.
LONGEST_DYING_S = 2.0


@dataclass(frozen=True)
class Task:
    """What one child does. `run` gets the lifeline and returns the exit code."""

    name: str
    run: Callable[[int], int]
    restart: bool = False


@dataclass
class Children:
    """Forks tasks and waits for them.

    Every child holds the reading end of a pipe, the lifeline, whose writing end only this process has: it reads as
    closed when this process is gone, even after kill -9. A child leads a process group of its own, so that Ctrl-C
    reaches this process alone, which then stops them in order.
    """

    before_exit: Callable[[], None]
    _running: dict[int, Task] = field(default_factory=dict)
    _stopping: bool = False
    _lifeline: tuple[int, int] = field(default_factory=os.pipe)

    def start(self, task: Task) -> None:
        # What was loaded is shared by all children as long as none of them changes it, and so would their collectors.
        gc.collect()
        gc.freeze()
        # What is still buffered would be written twice.
        sys.stdout.flush()
        sys.stderr.flush()
        with _signals_held():
            pid = os.fork()
            if pid:
                self._running[pid] = task
        if pid == 0:
            self._be(task)
        with suppress(OSError):  # the child does it too; whoever is first
            os.setpgid(pid, pid)

    def watch(self) -> int:
        """Wait until a stop signal ends all children, or one ends that cannot be started again; return the exit code."""
        for number in STOP_SIGNALS:
            signal.signal(number, lambda *_: self._stop())
        signal.signal(signal.SIGALRM, lambda *_: self._signal_all(signal.SIGKILL))
        code = 0
        while self._running:
            pid, status = os.waitpid(-1, 0)
            task = self._running.pop(pid, None)
            if task is None:
                continue
            self._clear_away(pid)
            if not self._stopping:
                code = self._replace(task, os.waitstatus_to_exitcode(status)) or code
        signal.alarm(0)
        return code

    def _replace(self, task: Task, code: int) -> int:
        if task.restart:
            sys.stderr.write(f"The {task.name} ended ({code}); starting another.\n")
            time.sleep(RESTART_PAUSE_S)
            if not self._stopping:
                self.start(task)
            return 0
        sys.stderr.write(f"The {task.name} ended ({code}); stopping.\n")
        self._stop()
        return 1

    def _stop(self) -> None:
        self._stopping = True
        signal.alarm(LONGEST_STOP_S)
        self._signal_all(signal.SIGTERM)

    def _signal_all(self, number: int) -> None:
        for pid in list(self._running):
            # gunicorn's master and the job worker pass it on; only killing is for the whole group.
            if number == signal.SIGKILL:
                self._signal_group(pid, number)
            else:
                with suppress(ProcessLookupError):
                    os.kill(pid, number)

    def _clear_away(self, pid: int) -> None:
        """Kill what an ended child left behind, if anything, and wait until it has let go of what it held."""
        self._signal_group(pid, signal.SIGKILL)
        end = time.monotonic() + LONGEST_DYING_S
        with suppress(ProcessLookupError, PermissionError):
            while time.monotonic() < end:
                os.killpg(pid, 0)
                time.sleep(0.01)

    @staticmethod
    def _signal_group(pid: int, number: int) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, number)

    def _be(self, task: Task) -> NoReturn:
        def run() -> int:
            os.setpgid(0, 0)
            os.close(self._lifeline[1])
            for number in (*STOP_SIGNALS, signal.SIGALRM):
                signal.signal(number, signal.SIG_DFL)
            return task.run(self._lifeline[0])

        _end_with(run, self.before_exit)


def done_apart(what: Callable[[], None], *, before_exit: Callable[[], None]) -> int:
    """Do something in a forked child, with which all that it took is given back, and return its exit code.

    Whatever interrupts this process ends the child first; killed, it takes the child with it.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:

        def run() -> int:
            os.close(writing)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            threading.Thread(target=end_with_parent, args=(reading,), daemon=True).start()
            what()
            return 0

        _end_with(run, before_exit)
    os.close(reading)
    try:
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    except BaseException:
        with suppress(ProcessLookupError, ChildProcessError):
            os.kill(pid, signal.SIGTERM)
            os.waitpid(pid, 0)
        raise
    finally:
        os.close(writing)


def end_with_parent(lifeline: int) -> None:
    """Wait until the parent is gone and the lifeline reads as closed, then stop this process as a signal would."""
    os.read(lifeline, 1)
    os.kill(os.getpid(), signal.SIGTERM)


def _end_with(run: Callable[[], int], before_exit: Callable[[], None]) -> NoReturn:
    """Run what a forked child is for and end it; never return into the parent's code."""
    code = 1
    try:
        code = run()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except KeyboardInterrupt:  # which the parent hears as well
        pass
    except CommandError as error:
        sys.stderr.write(f"CommandError: {error}\n")
    except BaseException:  # noqa: BLE001 - the last frame of this process
        traceback.print_exc()
    finally:
        with suppress(Exception):
            before_exit()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


@contextmanager
def _signals_held() -> Iterator[None]:
    """Keep a stop signal from arriving between a fork and its entry in the list."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
