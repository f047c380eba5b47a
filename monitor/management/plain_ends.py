"""However a command for people ends, it ends with a sentence and an exit code, never with a traceback."""

from __future__ import annotations

import io
import logging
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.core.management.base import CommandError
from django.db import Error as DatabaseError
from django.db import ProgrammingError

if TYPE_CHECKING:
    from collections.abc import Iterator

INTERRUPTED = 130  # as a shell says of a command that Ctrl-C ended
LOUD = 2  # --verbosity from which the log is shown, with what the reader said of its own failures


@contextmanager
def plain_end(verbosity: int) -> Iterator[None]:
    """Run the body of a command; say in one line why it could not go on."""
    log = logging.getLogger("monitor")
    level = log.level
    if verbosity < LOUD:
        log.setLevel(logging.CRITICAL + 1)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal may know fewer letters than a text
    try:
        yield
    except KeyboardInterrupt:
        sys.stderr.write("Stopped. What was said to be stored is stored; the file at work was left out.\n")
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # Whoever listened has heard enough; nothing may be written any more, not even at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except ProgrammingError as error:
        raise CommandError(f"The database is not set up, run `manage.py migrate` first: {_first_line(error)}") from None
    except DatabaseError as error:
        raise CommandError(f"The database cannot be used: {_first_line(error)}") from None
    finally:
        log.setLevel(level)


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0] or type(error).__name__
