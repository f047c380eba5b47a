"""A command as `plain_end` ends it: `python plain_command.py STORY`, started by tests."""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from monitor.management.plain_ends import plain_end


def talk() -> None:
    for _ in range(200_000):
        sys.stdout.write("a line that somebody may have had enough of\n")


def say_a_letter() -> None:
    sys.stdout.write("Ḥasan\n")


def wait() -> None:
    sys.stdout.write("waiting\n")
    sys.stdout.flush()
    time.sleep(30)


if __name__ == "__main__":
    with plain_end(1):
        {"talk": talk, "letter": say_a_letter, "wait": wait}[sys.argv[1]]()
