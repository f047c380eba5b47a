"""A peer's processes: started in a session of their own, asked until they answer, weighed, and ended by their ids."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from bench.peers.installing import PeerFailedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

GUARD = Path(__file__).resolve().parent / "loopback"
LONGEST_START_S, LONGEST_STOP_S = 300, 20
PROC = Path("/proc")
SESSION = 3  # fields of `stat` after the name
PSS = re.compile(r"^Pss: +([0-9]+) kB", re.MULTILINE)
SERVER_ERROR = 500


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def environment(data: Path, own: Mapping[str, str]) -> dict[str, str]:
    """Return what a peer sees of the environment: nothing of ours, and no way out of this machine."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(data),
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(GUARD),
        "PYTHONUNBUFFERED": "1",
        **own,
    }


def run(command: Sequence[str], data: Path, variables: Mapping[str, str], log: Path) -> None:
    """Run a program of a peer to its end."""
    with log.open("a") as said:
        done = subprocess.run(  # noqa: S603 (our own words)
            command, cwd=data, env=dict(variables), stdout=said, stderr=said, timeout=LONGEST_START_S, check=False
        )
    if done.returncode:
        raise PeerFailedError(f"{Path(command[0]).name} {command[1]} ended with {done.returncode}.", log)


@contextmanager
def running(
    command: Sequence[str], data: Path, variables: Mapping[str, str], log: Path, ready: tuple[int, str]
) -> Iterator[tuple[int, float]]:
    """Start a server; give its session and the seconds until it answered at (port, address). It is ended in any case."""
    with log.open("a") as said:
        began = time.perf_counter()
        server = subprocess.Popen(  # noqa: S603 (our own words)
            command, cwd=data, env=dict(variables), stdout=said, stderr=said, start_new_session=True
        )
    try:
        wait_for(server, *ready, log)
        yield server.pid, time.perf_counter() - began
    finally:
        stop(server)


def wait_for(server: subprocess.Popen[bytes], port: int, address: str, log: Path) -> None:
    give_up = time.monotonic() + LONGEST_START_S
    while time.monotonic() < give_up:
        if server.poll() is not None:
            raise PeerFailedError(f"It ended with {server.returncode} before it answered.", log)
        with suppress(OSError, http.client.HTTPException):
            asked = http.client.HTTPConnection("127.0.0.1", port, timeout=LONGEST_STOP_S)
            asked.request("GET", address)
            status = asked.getresponse().status
            asked.close()
            if status < SERVER_ERROR:
                return
        time.sleep(0.05)
    raise PeerFailedError(f"It did not answer within {LONGEST_START_S} seconds.", log)


def stop(server: subprocess.Popen[bytes]) -> None:
    """End a server, which is asked to first, and whatever of its session is left then."""
    server.terminate()
    with suppress(subprocess.TimeoutExpired):
        server.wait(LONGEST_STOP_S)
    for pid in in_session(server.pid):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    server.wait()


def in_session(session: int) -> list[int]:
    """Return the processes of a session; those that ended and were not asked after yet are none."""
    found = []
    for folder in PROC.iterdir():
        if folder.name.isdigit():
            with suppress(OSError):  # it ended meanwhile
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
                if int(fields[SESSION]) == session and fields[0] != "Z":
                    found.append(int(folder.name))
    return found


def held(processes: Sequence[int]) -> float:
    """Return what processes hold, in MB; pages that several share count once."""
    kilobytes = 0
    for pid in processes:
        with suppress(OSError):
            found = PSS.search((PROC / str(pid) / "smaps_rollup").read_text())
            kilobytes += int(found[1]) if found else 0
    return kilobytes / 1024
