"""However a command ends, a person reads one sentence and a script an exit code."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management.base import CommandError
from django.db import DataError, OperationalError, ProgrammingError

from monitor.management.plain_ends import plain_end

COMMAND = [sys.executable, str(Path(__file__).with_name("plain_command.py"))]


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (
            OperationalError("connection refused\nIs the server running?\n"),
            "The database cannot be used: connection refused",
        ),
        (DataError("  invalid byte sequence\n"), "The database cannot be used: invalid byte sequence"),
        (OperationalError(""), "The database cannot be used: OperationalError"),
        (
            ProgrammingError('relation "library_issue" does not exist\nLINE 1: SELECT'),
            'The database is not set up, run `manage.py migrate` first: relation "library_issue" does not exist',
        ),
    ],
)
def test_what_the_database_says_is_cut_to_a_line(error: Exception, sentence: str) -> None:
    with pytest.raises(CommandError) as told, plain_end(1):
        raise error
    assert str(told.value) == sentence
    assert told.value.__suppress_context__


def test_other_errors_are_not_swallowed() -> None:
    with pytest.raises(ZeroDivisionError), plain_end(1):
        raise ZeroDivisionError


@pytest.mark.parametrize(("verbosity", "loud"), [(0, False), (1, False), (2, True), (3, True)])
def test_the_log_is_shown_to_those_who_ask_and_as_before_afterwards(verbosity: int, *, loud: bool) -> None:
    log = logging.getLogger("monitor")
    before = log.level
    with plain_end(verbosity):
        assert logging.getLogger("monitor.ingest.guard.sandbox").isEnabledFor(logging.CRITICAL) == loud
    assert log.level == before
    with pytest.raises(CommandError), plain_end(verbosity):
        raise OperationalError
    assert log.level == before


def test_a_listener_that_leaves_ends_it_without_a_word() -> None:
    with subprocess.Popen([*COMMAND, "talk"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == b"a line that somebody may have had enough of\n"
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


def test_ctrl_c_is_answered_with_what_was_kept() -> None:
    with subprocess.Popen([*COMMAND, "wait"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert said == "Stopped. What was said to be stored is stored; the file at work was left out.\n"


def test_a_terminal_that_knows_few_letters_gets_their_numbers() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run([*COMMAND, "letter"], capture_output=True, check=False, env=environment, timeout=20)
    assert (done.returncode, done.stdout) == (0, b"\\u1e24asan\n")
