"""A small mail server on this machine, for tests: it takes mails, or refuses them as it is told."""

from __future__ import annotations

import email
import email.policy
import socketserver
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage


@dataclass
class MailServer:
    """What arrived, and whom it refuses: addresses, or "everybody" at the first word."""

    port: int
    arrived: list[EmailMessage] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """Run a mail server on a free port of this machine until the end of the block."""
    server = MailServer(port=0)

    class Dialog(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            _speak(self, server)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Dialog) as listening:
        server.port = listening.server_address[1]
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        try:
            yield server
        finally:
            listening.shutdown()


def _speak(dialog: Any, server: MailServer) -> None:
    def say(line: str) -> None:
        dialog.wfile.write(f"{line}\r\n".encode())

    say("421 closed today" if "everybody" in server.refuses else "220 ready")
    while line := dialog.rfile.readline().decode().strip():
        verb = line[:4].upper()
        if verb == "DATA":
            say("354 go on")
            lines = list(iter(dialog.rfile.readline, b".\r\n"))
            server.arrived.append(email.message_from_bytes(b"".join(lines), policy=email.policy.default))
        if verb == "QUIT":
            say("221 bye")
            return
        is_refused = verb == "RCPT" and any(address in line for address in server.refuses)
        say("550 no such\tmailbox" if is_refused else "250 ok")
