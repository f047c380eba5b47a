"""Asking over HTTP with bytes made beforehand, by one thread for all clients: the clients share the machine with what they ask.

Every answer is read whole and looked at, since an error is answered quickly, too.
"""

from __future__ import annotations

import select
import socket
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

HEAD_END, LINE_END = b"\r\n\r\n", b"\r\n"
LONGEST_WAIT_S = 60.0
SHOWN = 300  # bytes of an answer that was not expected
WITHOUT_BODY = (204, 304)


@dataclass(frozen=True, slots=True)
class Ask:
    """A request, the status of its answer, and what is in the body of it."""

    sent: bytes
    status: int = 200
    has: bytes = b""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes
    closes: bool

    def fits(self, ask: Ask) -> bool:
        return self.status == ask.status and ask.has in self.body


@dataclass(frozen=True, slots=True)
class Tally:
    """What came of a stretch: as asked for and in time, as asked for in all, and otherwise, with one of those."""

    in_time: int
    made: int
    refused: int
    example: str = ""


def request(
    method: str, address: str, port: int, headers: Mapping[str, str] | None = None, body: bytes | None = None
) -> bytes:
    """Return the bytes of a request, `localhost` being its host."""
    named = {"Host": f"localhost:{port}", **(headers or {})}
    if body is not None:
        named["Content-Length"] = str(len(body))
    lines = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    return f"{method} {address} HTTP/1.1\r\n{lines}\r\n".encode() + (body or b"")


def answer_in(came: bytes, *, ended: bool = False) -> Answer | None:
    """Return the answer in what has come, None as long as it is not whole. `ended`: the other side has hung up."""
    head, whole, body = came.partition(HEAD_END)
    if not whole:
        return None
    first, *lines = head.split(LINE_END)
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(b":") for line in lines)}
    status = int(first.split(b" ", 2)[1])
    closes = headers.get(b"connection", b"").lower() == b"close" or first.startswith(b"HTTP/1.0")
    content: bytes | None
    if status in WITHOUT_BODY:
        content = b""
    elif headers.get(b"transfer-encoding", b"").lower() == b"chunked":
        content = _unchunked(body)
    elif b"content-length" in headers:
        length = int(headers[b"content-length"])
        content = body[:length] if len(body) >= length else None
    else:
        content, closes = (body if ended else None), True
    return None if content is None else Answer(status, content, closes or ended)


def _unchunked(body: bytes) -> bytes | None:
    parts = list[bytes]()
    while True:
        size, told, rest = body.partition(LINE_END)
        if not told:
            return None
        length = int(size.partition(b";")[0], 16)
        if len(rest) < length + len(LINE_END):
            return None
        if not length:
            return b"".join(parts)
        parts.append(rest[:length])
        body = rest[length + len(LINE_END) :]


class Talker:
    """A client with one request on its way at a time, over a connection that stays open if the other side keeps it."""

    def __init__(self, port: int, asks: Iterator[Ask]) -> None:
        self._port, self._asks, self._came = port, asks, bytearray()
        self._socket: socket.socket | None = None
        self.ask = Ask(b"")

    def send(self, ask: Ask | None = None) -> socket.socket:
        """Send this, or the next of one's own; return the connection to wait at."""
        self.ask = ask or next(self._asks)
        self._came.clear()
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self._port), LONGEST_WAIT_S)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(self.ask.sent)
        return self._socket

    def receive(self) -> Answer | None:
        """Take what has come, and return the answer if it is whole. Raises OSError where there is none."""
        assert self._socket is not None
        came = self._socket.recv(262_144)
        self._came += came
        answer = answer_in(bytes(self._came), ended=not came)
        if answer is None and not came:
            raise ConnectionResetError("The connection was closed without an answer.")
        if answer is not None and answer.closes:
            self.hang_up()
        return answer

    def hang_up(self) -> None:
        if self._socket is not None:
            self._socket.close()
        self._socket = None

    def answered(self, ask: Ask) -> Answer:
        """Ask and wait; the connection is made anew where the other side closed it meanwhile."""
        for again in (True, False):
            try:
                self.send(ask)
                while (answer := self.receive()) is None:
                    pass
            except (ConnectionResetError, BrokenPipeError):
                self.hang_up()
                if not again:
                    raise
            else:
                return answer
        raise AssertionError

    def expect(self, asks: Sequence[Ask]) -> None:
        """Ask one after the other. Raises RuntimeError for an answer that is another than it should be."""
        for ask in asks:
            answer = self.answered(ask)
            if not answer.fits(ask):
                raise RuntimeError(f"{_first_line(ask)} was answered {answer.status}: {_shown(answer.body)}")


def together(talkers: Sequence[Talker], seconds: float) -> Tally:
    """Let all ask as quickly as they are answered, for this long; every request that was sent is waited for."""
    poll, by_number = select.poll(), dict[int, Talker]()
    made = in_time = refused = 0
    example = ""

    def ask(talker: Talker) -> None:
        number = talker.send().fileno()
        by_number[number] = talker
        poll.register(number, select.POLLIN)

    for talker in talkers:
        ask(talker)
    stop = time.perf_counter() + seconds
    while by_number:
        events = poll.poll(LONGEST_WAIT_S * 1000)
        if not events:
            raise RuntimeError("There is no answer.")
        for number, _ in events:
            talker = by_number[number]
            if (answer := talker.receive()) is None:
                continue
            del by_number[number]
            poll.unregister(number)
            late = time.perf_counter() >= stop
            if answer.fits(talker.ask):
                made, in_time = made + 1, in_time + (not late)
            else:
                refused, example = refused + 1, f"{answer.status}: {_shown(answer.body)}"
            if late:
                talker.hang_up()  # the other side closes what is idle
            else:
                ask(talker)
    return Tally(in_time, made, refused, example)


def _first_line(ask: Ask) -> str:
    return ask.sent.partition(LINE_END)[0].decode(errors="replace")


def _shown(body: bytes) -> str:
    return " ".join(body[:SHOWN].decode(errors="replace").split())
