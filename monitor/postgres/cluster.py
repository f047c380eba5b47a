"""The cluster on disk and its server: make it, start it, ask whether it lives, stop it.

Nothing here is safe against other processes; `launcher` holds the lock around every call.
"""

from __future__ import annotations

import os
import pwd
import shlex
import shutil
import socket
import stat
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.postgres.binaries import Binaries, find_binaries
from monitor.postgres.errors import PostgresError
from monitor.postgres.place import SOCKET_NAME, open_to_others

if TYPE_CHECKING:
    from monitor.postgres.place import Place

SUPERUSER = "monitor"
DATABASE = "monitor"
# One order of characters on every machine: none from the system's locale, none from ICU. docker-compose.yml says the same.
LOCALE = ("--encoding=UTF8", "--locale=C")
BUILTIN_LOCALE = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8")
FIRST_WITH_BUILTIN_LOCALE = 17
SERVER_OPTIONS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "shared_buffers": "128MB",
    "max_connections": "60",
    "max_wal_size": "2GB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_logical_replication_workers": "0",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
}
# The test cluster may lose everything; it is never the site's.
RISKY_OPTIONS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}
START_ATTEMPTS = 4
LOG_LINES_SHOWN = 15


@dataclass(frozen=True)
class Cluster:
    """One data folder and the server over it."""

    place: Place
    durable: bool = True
    bin_folder: str | None = None

    @cached_property
    def binaries(self) -> Binaries:
        return find_binaries(self.bin_folder, self.place.run_as)

    def make_folder(self) -> None:
        """Make the cluster's folder, passable for the user who runs the server; PostgresError if it cannot be."""
        folder = self.place.folder
        missing = [path for path in (folder, *folder.parents) if not path.exists()]
        folder.mkdir(parents=True, exist_ok=True)
        if self.place.run_as is None:
            return
        for path in missing:  # to be passed, not to be listed, whatever root's umask says
            path.chmod(0o711)
        if not open_to_others(self.place.data):
            raise PostgresError(
                f"The user '{self.place.run_as}', who runs PostgreSQL for root, cannot enter {folder}. Open the folders "
                "above it (chmod o+x), or point MONITOR_VAR at a folder outside closed homes."
            )

    def is_listening(self) -> bool:
        """Tell whether a postmaster holds the socket, also one that is starting, busy or frozen; takes no time.

        The pid in postmaster.pid would not do: after a crash it can be any other program's.
        """
        with closing(socket.socket(socket.AF_UNIX)) as probe:
            probe.setblocking(False)
            try:
                probe.connect(str(self.place.socket))
            except BlockingIOError:  # its queue is full, so there is one
                return True
            except OSError:
                return False
            return True

    def is_ready(self) -> bool:
        """Tell whether the server answers; False after a second."""
        arguments = ("-q", "-t", "1", "-h", str(self.place.socket_folder), "-d", DATABASE, "-U", SUPERUSER)
        return self.binaries.run("pg_isready", *arguments, cwd=Path("/"))[0] == 0

    def prepare(self) -> None:
        """Make the cluster if there is none and check that these programs can run it."""
        if not (self.place.data / "PG_VERSION").exists():
            self._initialise()
        self._check_owner()
        self._check_major()

    def start(self) -> None:
        """Start the server and return once it answers; PostgresError with the end of its log if it will not."""
        self._make_ready_to_start()
        self._drop_locks_of_uncollected_server()
        options = {**SERVER_OPTIONS, "unix_socket_directories": _quoted_path(self.place.socket_folder)}
        if not self.durable:
            options |= RISKY_OPTIONS
        line = " ".join(f"-c {shlex.quote(f'{name}={value}')}" for name, value in options.items())
        # Relative names: pg_ctl hands them to a shell, and a checkout's path may hold any character.
        arguments = ("-D", "data", "-l", "postgres.log", "-w", "-t", "60", "-o", line, "start")
        for attempt in range(START_ATTEMPTS):
            code, printed = self.binaries.run("pg_ctl", *arguments, cwd=self.place.folder)
            if code == 0:
                return
            # After kill -9 of the postmaster its children need a moment to notice and let go of the shared memory.
            time.sleep(0.5 * (attempt + 1))
        raise PostgresError(f"PostgreSQL did not start.\n{printed}{self._end_of_log()}")

    def stop(self) -> None:
        """Stop the server: open transactions are rolled back, all that was committed is on disk."""
        self.binaries.run("pg_ctl", "-D", "data", "-m", "fast", "-w", "-t", "60", "stop", cwd=self.place.folder)

    def _initialise(self) -> None:
        """Make the cluster under another name first, so that a killed attempt leaves nothing half made."""
        draft = self.place.folder / "data.new"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        self._give(draft)
        locale = LOCALE + (BUILTIN_LOCALE if self.binaries.major >= FIRST_WITH_BUILTIN_LOCALE else ())
        self._must("initdb", "-D", "data.new", "-U", SUPERUSER, *locale, "--auth-local=trust", "--auth-host=reject",
                   "--no-instructions", *([] if self.durable else ["--no-sync"]))  # fmt: skip
        self._must("postgres", "--single", "-D", "data.new", "template1", text=f"CREATE DATABASE {DATABASE};\n")
        draft.rename(self.place.data)

    def _must(self, program: str, *arguments: str, text: str = "") -> None:
        code, printed = self.binaries.run(program, *arguments, cwd=self.place.folder, text=text)
        if code:
            raise PostgresError(f"{program} failed in {self.place.folder}:\n{printed}")

    def _check_owner(self) -> None:
        owner = self.place.data.stat().st_uid
        expected = self._server_uid()
        if owner != expected:
            raise PostgresError(
                f"{self.place.data} belongs to user {_user_name(owner)}, but the server would run as "
                f"{_user_name(expected)}. Start Monitor as the user who started it first."
            )

    def _check_major(self) -> None:
        made_by = (self.place.data / "PG_VERSION").read_text(encoding="ascii").strip()
        if made_by != str(self.binaries.major):
            raise PostgresError(
                f"{self.place.data} was made by PostgreSQL {made_by}, and the programs here are PostgreSQL "
                f"{self.binaries.major}. Nothing was changed. Set MONITOR_PG_BIN to the programs of version {made_by} to "
                "go on as before, or move the data over: dump, put the folder aside, start, restore (docs/operations.md, "
                "'Another major version')."
            )

    def _make_ready_to_start(self) -> None:
        self.place.data.chmod(0o700)  # a chmod -R on the checkout must not keep it from starting
        self.place.log.touch()
        self._give(self.place.log)
        folder = self.place.socket_folder
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
        # It may lie in the shared temporary folder, where others can put a link or a folder of theirs first.
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {os.geteuid(), self._server_uid()}:
            raise PostgresError(f"{folder} is in the way: it should be a folder of ours. Remove it and start again.")
        folder.chmod(0o700)
        self._give(folder)

    def _server_uid(self) -> int:
        return pwd.getpwnam(self.place.run_as).pw_uid if self.place.run_as else os.geteuid()

    def _give(self, path: Path) -> None:
        if self.place.run_as:
            user = pwd.getpwnam(self.place.run_as)
            os.chown(path, user.pw_uid, user.pw_gid, follow_symlinks=False)

    def _drop_locks_of_uncollected_server(self) -> None:
        """Remove the lock files of a killed postmaster that its parent has not collected yet, or never will.

        Postgres takes its pid for alive, and in a container whose first process collects nobody it stays so for good.
        Postgres itself still checks that no process of the old server uses its shared memory.
        """
        for lock in (self.place.data / "postmaster.pid", self.place.socket.with_name(f"{SOCKET_NAME}.lock")):
            with suppress(OSError, ValueError):
                pid = int(lock.read_text(encoding="utf-8").partition("\n")[0])
                if Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").startswith(f"{pid} (postgres) Z"):
                    lock.unlink()

    def _end_of_log(self) -> str:
        lines = self.place.log.read_text(encoding="utf-8", errors="replace").splitlines(keepends=True)
        return "".join(lines[-LOG_LINES_SHOWN:])


def _quoted_path(path: Path) -> str:
    # The setting is a list: a comma in the path would make two folders of it.
    return '"' + str(path).replace('"', '""') + '"'


def _user_name(uid: int) -> str:
    try:
        return f"'{pwd.getpwuid(uid).pw_name}'"
    except KeyError:
        return f"number {uid}"
