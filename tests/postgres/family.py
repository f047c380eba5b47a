"""A supervisor and its children as `serve` has them, without a site: `python family.py STORY`, started by tests.

Each child says a line when it begins, and what it has to say on the way.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from django.core.management.base import CommandError

from monitor.management.serving import children as serving
from monitor.management.serving.children import Children, Task, done_apart


def say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


def nap(lifeline: int) -> int:
    say(f"napping {os.getpid()}")
    os.read(lifeline, 1)
    return 0


def deaf(lifeline: int) -> int:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    return nap(lifeline)


def end_with_three(lifeline: int) -> int:
    return 3


def leave_with_a_word(lifeline: int) -> int:
    sys.exit("a word")


def fail(lifeline: int) -> int:
    raise ValueError("of its own making")


def kill_itself(lifeline: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


def leave_one_behind(lifeline: int) -> int:
    left = subprocess.Popen(["/bin/sleep", "60"])
    say(f"left {left.pid}")
    return 0


def watch_the_lifeline(lifeline: int) -> int:
    say(f"watching {os.getpid()}")
    os.read(lifeline, 1)
    say("orphaned")
    return 0


STORIES = {
    "nap": [Task("napper", nap), Task("second napper", nap)],
    "deaf": [Task("deaf one", deaf)],
    "three": [Task("napper", nap), Task("web server", end_with_three)],
    "word": [Task("web server", leave_with_a_word)],
    "fail": [Task("web server", fail)],
    "killed": [Task("web server", kill_itself)],
    "again": [Task("job worker", end_with_three, restart=True)],
    "behind": [Task("job worker", leave_one_behind, restart=True)],
    "lifeline": [Task("watcher", watch_the_lifeline)],
}


def refuse() -> None:
    raise CommandError("A sentence.")


def break_down() -> None:
    raise ValueError("of its own making")


def nap_apart() -> None:
    say(f"napping {os.getpid()}")
    time.sleep(60)


# What is done in a process that ends with it, while the one that began it waits.
APART = {"done": lambda: say("done"), "refused": refuse, "broken": break_down, "napping": nap_apart}


def main() -> None:
    if apart := APART.get(sys.argv[1]):
        sys.exit(done_apart(apart, before_exit=lambda: say("let go")))
    serving.LONGEST_STOP_S = 1
    serving.RESTART_PAUSE_S = 0.3
    family = Children(before_exit=lambda: say("let go"))
    for task in STORIES[sys.argv[1]]:
        family.start(task)
    sys.exit(family.watch())


if __name__ == "__main__":
    main()
