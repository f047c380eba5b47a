"""Ports for servers that a test ends and starts again."""

from __future__ import annotations

import random
import socket
from contextlib import closing, suppress
from pathlib import Path

RANGE = Path("/proc/sys/net/ipv4/ip_local_port_range")
FIRST_OF_ALL, FIRST_OUTGOING = 20_000, 32_768
TRIES = 200


def free_port() -> int:
    """Return a free port of those that no outgoing connection is given.

    The system's own choice lies among them: while its server is down, any connection on this machine may be given it.
    """
    for port in random.sample(range(FIRST_OF_ALL, max(_first_outgoing(), FIRST_OF_ALL + 2 * TRIES)), TRIES):
        with closing(socket.socket()) as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no port is free")


def _first_outgoing() -> int:
    with suppress(OSError, ValueError, IndexError):
        return int(RANGE.read_text(encoding="ascii").split()[0])
    return FIRST_OUTGOING
