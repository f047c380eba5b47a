"""Where the site listens: the socket is opened here and handed down, so no other program can take the port between."""

from __future__ import annotations

import errno
import re
import socket

from django.core.management.base import CommandError

PORTS_TRIED = 50
LAST_PORT = 65_535
BACKLOG = 1024
EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104 - to recognise them


def parse_port(text: str) -> int:
    """Return the port number in `text`; CommandError unless it is one (0: any free one)."""
    if not re.fullmatch(r"[0-9]{1,5}", text) or int(text) > LAST_PORT:
        raise CommandError(f"PORT must be a number from 0 to 65535, not {text!r}.")
    return int(text)


def listen(host: str, port: int) -> socket.socket:
    """Open the listening socket on `port` or, if that is taken, on the next free one."""
    last = min(port + PORTS_TRIED - 1, LAST_PORT)
    for candidate in range(port, last + 1) if port else [0]:
        try:
            family = socket.getaddrinfo(host or None, candidate, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0][0]
            return socket.create_server((host, candidate), family=family, backlog=BACKLOG)
        except UnicodeError as error:  # a label of a name may have 63 letters
            raise CommandError(f"Cannot listen on {host}, port {candidate}: it is no name of a host.") from error
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise CommandError(f"Cannot listen on {host}, port {candidate}: {error.strerror or error}") from error
    raise CommandError(f"Ports {port} to {last} are all taken; set PORT.")


def site_address(listener: socket.socket) -> str:
    """Return the address to open in a browser on this machine."""
    host, port = listener.getsockname()[:2]
    host = EVERY_ADDRESS.get(host, host)
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
