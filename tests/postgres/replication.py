"""A primary and its streaming replicas, as a site of several machines has them: real servers on loopback ports."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg

from monitor.postgres.binaries import find_binaries
from monitor.postgres.cluster import BUILTIN_LOCALE, LOCALE
from monitor.postgres.place import unprivileged_user
from tests.postgres.ports import free_port
from tests.postgres.site_processes import as_user, eventually

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor.postgres.binaries import Binaries

OPTIONS = "-c listen_addresses=127.0.0.1 -c wal_level=replica -c max_wal_senders=8 -c fsync=off -c jit=off -c timezone=UTC -c max_connections=80 -c log_statement=all"
# Only a machine that is busy with other things comes near these.
LONGEST_START_S, LONGEST_END_S = 110, 60


@dataclass(frozen=True)
class Server:
    """One server: its data, its port, and the programs that run it."""

    folder: Path
    port: int
    binaries: Binaries

    @property
    def url(self) -> str:
        return f"postgres://monitor@127.0.0.1:{self.port}/monitor"

    def start(self) -> None:
        line = f"-p {self.port} -k {self.folder} {OPTIONS}"
        self._run("pg_ctl", "-D", "data", "-l", "log", "-w", "-t", str(LONGEST_START_S), "-o", line, "start")

    def stop(self, how: str = "immediate") -> None:
        self.binaries.run("pg_ctl", "-D", "data", "-m", how, "-w", "stop", cwd=self.folder)

    @property
    def pid(self) -> int:
        return int((self.folder / "data" / "postmaster.pid").read_text(encoding="ascii").split()[0])

    def kill(self) -> None:
        """Kill the server with -9 and wait until it could be started again.

        Its port closes at once; its processes need a while to notice, and hold its shared memory as long. Nobody may be
        there to collect the dead one, whose number would then pass for that of a server that runs.
        """
        os.kill(self.pid, signal.SIGKILL)
        assert eventually(lambda: not self.processes(), within_s=LONGEST_END_S)
        (self.folder / "data" / "postmaster.pid").unlink(missing_ok=True)
        (self.folder / f".s.PGSQL.{self.port}.lock").unlink(missing_ok=True)

    def processes(self) -> list[int]:
        """Return those that work in its data folder; one that has ended and was not collected works nowhere."""
        found, data = [], str((self.folder / "data").resolve())
        for entry in Path("/proc").iterdir():
            with suppress(OSError):
                if entry.name.isdigit() and str((entry / "cwd").readlink()) == data:
                    found.append(int(entry.name))
        return found

    def ask(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.url, autocommit=True) as connection:
            cursor = connection.execute(sql.encode(), parameters)
            return cursor.fetchall() if cursor.description else []

    def replica(self) -> Server:
        """Make and start a streaming replica of this server, as `pg_basebackup -R` does."""
        made = Server(_new_folder(self.binaries), free_port(), self.binaries)
        # Named otherwise it would ask for the database and role of whoever runs the tests.
        source = f"host=127.0.0.1 port={self.port} user=monitor"
        made._run("pg_basebackup", "-d", source, "-D", "data", "-R", "-X", "stream", "-c", "fast")
        made.start()
        return made

    def statements(self, since: int = 0) -> str:
        """Return the log, which holds every statement, from a place in it on."""
        return (self.folder / "log").read_text(encoding="utf-8", errors="replace")[since:]

    def caught_up(self, primary: Server) -> bool:
        ((position,),) = primary.ask("select pg_current_wal_flush_lsn()::text")
        return self.ask("select pg_last_wal_replay_lsn() >= %s::pg_lsn", position) == [(True,)]

    def _run(self, program: str, *arguments: str) -> None:
        code, said = self.binaries.run(program, *arguments, cwd=self.folder)
        assert code == 0, said


@contextmanager
def servers() -> Iterator[list[Server]]:
    """Give a primary with an empty database; what is put into the list as well is stopped and removed at the end."""
    binaries = find_binaries(None, unprivileged_user() if os.geteuid() == 0 else None)
    primary = Server(_new_folder(binaries), free_port(), binaries)
    primary._run("initdb", "-D", "data", "-U", "monitor", "-A", "trust", "-N", *LOCALE, *BUILTIN_LOCALE)
    primary.start()
    running = [primary]
    try:
        with psycopg.connect(f"postgres://monitor@127.0.0.1:{primary.port}/postgres", autocommit=True) as connection:
            connection.execute("create database monitor")
        yield running
    finally:
        for server in running:
            with suppress(OSError):  # one that a test froze hears nothing
                os.kill(server.pid, signal.SIGCONT)
            server.stop()
            shutil.rmtree(server.folder)


def _new_folder(binaries: Binaries) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="monitor-test-"))
    owner = as_user(binaries.run_as)
    if owner:
        os.chown(folder, owner["user"], owner["group"])
    return folder
