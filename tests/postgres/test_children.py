"""The processes under `serve`: how each end of one is answered, and that none outlives the others."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.postgres.site_processes import eventually, parent_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Start = Callable[[str], "subprocess.Popen[str]"]

pytestmark = pytest.mark.processes
FAMILY = Path(__file__).with_name("family.py")


@pytest.fixture
def start() -> Iterator[Start]:
    """Start a story in a session of its own; afterwards nothing of it is left."""
    started: list[subprocess.Popen[str]] = []

    def begin(story: str) -> subprocess.Popen[str]:
        pipe = subprocess.PIPE
        process = subprocess.Popen(
            [sys.executable, str(FAMILY), story], stdout=pipe, stderr=pipe, text=True, start_new_session=True
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.communicate(timeout=10)


def ended(process: subprocess.Popen[str]) -> tuple[int, list[str], list[str]]:
    said, complained = process.communicate(timeout=10)
    return process.returncode, said.splitlines(), complained.splitlines()


def pid_in(process: subprocess.Popen[str], word: str) -> int:
    """Return the pid in the next line, which begins with `word`."""
    assert process.stdout is not None
    found, pid = process.stdout.readline().split()
    assert found == word
    return int(pid)


def send(process: subprocess.Popen[str], number: int) -> None:
    """Send a signal to a supervisor once it listens for signals, the last thing it does before it waits."""
    status = Path(f"/proc/{process.pid}/status")

    def listens() -> bool:
        caught = next(line for line in status.read_text(encoding="utf-8").splitlines() if line.startswith("SigCgt"))
        return bool(int(caught.split()[1], 16) >> (signal.SIGALRM - 1) & 1)

    assert eventually(listens)
    process.send_signal(number)


def is_gone(pid: int) -> bool:
    """Tell whether a process has ended, collected or not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_stop_signal_ends_all_children_quietly(start: Start, number: signal.Signals) -> None:
    family = start("nap")
    nappers = [pid_in(family, "napping"), pid_in(family, "napping")]
    send(family, number)
    assert ended(family) == (0, [], [])
    assert [is_gone(pid) for pid in nappers] == [True, True]


def test_a_child_leads_a_group_of_its_own(start: Start) -> None:
    """Ctrl-C goes to the terminal's whole group: the supervisor alone must hear it."""
    napper = pid_in(start("nap"), "napping")
    assert os.getpgid(napper) == napper != os.getpgid(parent_of(napper))


def test_a_child_that_hears_no_signal_is_killed_in_the_end(start: Start) -> None:
    family = start("deaf")
    deaf = pid_in(family, "napping")
    began = time.monotonic()
    send(family, signal.SIGTERM)
    assert ended(family) == (0, [], [])
    assert 0.9 < time.monotonic() - began < 5
    assert is_gone(deaf)


@pytest.mark.parametrize(("story", "code"), [("three", 3), ("word", 1), ("killed", -9)])
def test_the_end_of_a_child_that_must_last_ends_all(start: Start, story: str, code: int) -> None:
    returned, _, complained = ended(start(story))
    assert returned == 1
    assert complained == [f"The web server ended ({code}); stopping."]


def test_a_childs_failure_is_shown_with_its_traceback(start: Start) -> None:
    returned, said, complained = ended(start("fail"))
    assert (returned, said) == (1, ["let go"])
    assert complained[-2:] == ["ValueError: of its own making", "The web server ended (1); stopping."]


def test_a_child_lets_go_of_what_it_holds_however_it_leaves(start: Start) -> None:
    assert ended(start("word"))[1] == ["let go"]


def test_a_child_that_may_start_again_does_so_after_a_pause(start: Start) -> None:
    family = start("again")
    began = time.monotonic()
    assert family.stderr is not None
    assert [family.stderr.readline() for _ in range(3)] == ["The job worker ended (3); starting another.\n"] * 3
    assert 0.55 < time.monotonic() - began < 5
    send(family, signal.SIGTERM)
    assert ended(family)[0] == 0


def test_a_stop_in_the_pause_starts_no_other(start: Start) -> None:
    family = start("again")
    assert family.stderr is not None
    assert family.stdout is not None
    family.stderr.readline()
    send(family, signal.SIGTERM)
    code, said, complained = ended(family)
    assert (code, said.count("let go"), complained) == (0, 1, [])


def test_what_an_ended_child_left_behind_is_killed(start: Start) -> None:
    family = start("behind")
    left = pid_in(family, "left")
    assert eventually(lambda: is_gone(left), within_s=5)
    send(family, signal.SIGTERM)
    assert ended(family)[0] == 0


def test_children_hear_of_a_killed_supervisor(start: Start) -> None:
    family = start("lifeline")
    watcher = pid_in(family, "watching")
    family.kill()
    assert ended(family)[:2] == (-signal.SIGKILL, ["orphaned", "let go"])
    assert eventually(lambda: is_gone(watcher))


def test_what_is_done_apart_lets_go_and_tells_how_it_ended(start: Start) -> None:
    assert ended(start("done")) == (0, ["done", "let go"], [])
    assert ended(start("refused")) == (1, ["let go"], ["CommandError: A sentence."])
    returned, said, complained = ended(start("broken"))
    assert (returned, said, complained[-1]) == (1, ["let go"], "ValueError: of its own making")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_what_is_done_apart_ends_with_who_waits_for_it(start: Start, number: signal.Signals) -> None:
    waits = start("napping")
    napper = pid_in(waits, "napping")
    waits.send_signal(number)
    assert waits.wait(timeout=10) != 0
    assert eventually(lambda: is_gone(napper))
