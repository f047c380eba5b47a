"""Python imports this first in a peer's processes: they reach this machine alone, and nobody else reaches them.

Peers ask their authors' sites for news and report errors there, and one listens on all addresses whatever it is told.
"""

import socket
from typing import Any

HERE = {None, "", "localhost", "127.0.0.1", "::1", "0.0.0.0"}  # noqa: S104 - what is asked for is put right below
_look_up, _bind = socket.getaddrinfo, socket.socket.bind


def look_up(host: Any, *rest: Any, **more: Any) -> Any:
    name = host.decode() if isinstance(host, bytes) else host
    if name not in HERE:
        raise socket.gaierror(socket.EAI_NONAME, f"{name} is not looked up: a peer stays on this machine")
    return _look_up(host, *rest, **more)


def bind(self: socket.socket, address: Any) -> None:
    if isinstance(address, tuple) and address[0] in ("", "0.0.0.0"):  # noqa: S104
        address = ("127.0.0.1", *address[1:])
    _bind(self, address)


socket.getaddrinfo = look_up
socket.socket.bind = bind  # type: ignore[method-assign, assignment]
