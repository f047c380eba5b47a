"""Work in a process of its own: done there, its faults told, rest and death survived, and gone with who began it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from monitor.jobs.apart import PROGRAM, Apart, FailedApart

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def elsewhere() -> Iterator[Apart]:
    apart = Apart(is_on=True)
    yield apart
    if apart._process:
        with apart._process as process:
            process.kill()


def begin(rest: float = 60) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM.format(rest)], text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )


def pid_of(apart: Apart) -> int:
    assert apart._process is not None
    return apart._process.pid


def test_it_is_done_here_unless_that_is_switched_on(tmp_path: Path) -> None:
    apart = Apart()
    apart.call(os.mkdir, str(tmp_path / "made"))
    assert ((tmp_path / "made").is_dir(), apart._process) == (True, None)


def test_one_process_does_what_comes_and_tells_what_failed(elsewhere: Apart, tmp_path: Path) -> None:
    elsewhere.call(os.mkdir, str(tmp_path / "made"))
    first = pid_of(elsewhere)
    with pytest.raises(FailedApart, match="FileExistsError"):
        elsewhere.call(os.mkdir, str(tmp_path / "made"))
    elsewhere.call(print, "words that are no answer")
    elsewhere.call(os.mkdir, str(tmp_path / "second"))
    assert (pid_of(elsewhere), (tmp_path / "second").is_dir()) == (first, True)


def test_one_that_went_to_rest_is_begun_anew(elsewhere: Apart, tmp_path: Path) -> None:
    elsewhere.rest = 0.1
    elsewhere.call(os.mkdir, str(tmp_path / "made"))
    first = elsewhere._process
    assert first is not None
    assert first.wait(timeout=60) == 0
    elsewhere.call(os.rmdir, str(tmp_path / "made"))
    assert pid_of(elsewhere) != first.pid


def test_one_that_dies_fails_the_work_and_the_next_is_done(elsewhere: Apart, tmp_path: Path) -> None:
    with pytest.raises(FailedApart, match=f"It ended with -{signal.SIGKILL.value} before it was done"):
        elsewhere.call(signal.raise_signal, signal.SIGKILL.value)
    elsewhere.call(os.mkdir, str(tmp_path / "made"))
    assert (tmp_path / "made").is_dir()


def test_it_ends_when_nothing_comes_and_with_who_began_it() -> None:
    resting, sleeping = begin(0.1), begin()
    assert resting.wait(timeout=60) == 0
    assert sleeping.stdin is not None
    sleeping.stdin.write(json.dumps(["time", "sleep", [600], {}]) + "\n")
    sleeping.stdin.flush()
    for process in (resting, sleeping):
        out, _ = process.communicate(timeout=60)  # which closes what it listens to
        assert (process.returncode, out) == (0, "")
