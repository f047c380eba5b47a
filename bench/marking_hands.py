"""People who mark passages through the site at once: their requests are bytes, made before anything is measured."""

from __future__ import annotations

import json
import select
import socket
import time
from itertools import cycle
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from uuid import uuid4

from django.middleware.csrf import get_token
from django.test import Client, RequestFactory

from monitor.accounts.models import User

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LONGEST = 120  # characters of a mark
STEP = 977  # characters from one mark to the next in the same text
READY = 400  # requests made beforehand; each is sent again with another id
NO_ID = b"00000000-0000-0000-0000-000000000000"
HEAD_END, LENGTH = b"\r\n\r\n", b"Content-Length: "
LONGEST_WAIT_S = 30.0


class Hand:
    """A person with a browser of their own, which has one request on its way at a time."""

    def __init__(self, port: int, address: str, texts: Sequence[tuple[int, str]]) -> None:
        client, request = Client(headers={"host": "localhost"}), RequestFactory().get("/")
        client.force_login(User.objects.create_user(f"hand-{uuid4().hex[:8]}", role="analyst"))
        token = get_token(request)
        cookies = {name: cookie.value for name, cookie in client.cookies.items()} | {
            "csrftoken": request.META["CSRF_COOKIE"]
        }
        headers = {
            "Host": f"localhost:{port}",
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "X-CSRFToken": token,
            "HX-Request": "true",
            "Accept-Encoding": "gzip, deflate, br",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        head = f"POST {address} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        self._ready = cycle([_request(head, port, *texts[n % len(texts)], STEP * n) for n in range(READY)])
        self._port, self._answer = port, b""
        self.socket: socket.socket | None = None

    def call(self) -> socket.socket:
        """Connect; the site closes connections that were idle between two measures."""
        self.socket = socket.create_connection(("localhost", self._port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self.socket

    def hang_up(self) -> None:
        if self.socket:
            self.socket.close()
        self.socket = None

    def send(self) -> None:
        self._answer = b""
        assert self.socket is not None
        self.socket.sendall(next(self._ready).replace(NO_ID, str(uuid4()).encode(), 1))

    def receive(self) -> bool:
        """Take what has come, and say whether that is the whole answer. Raises RuntimeError for another one than it should be."""
        assert self.socket is not None
        came = self.socket.recv(65_536)
        self._answer += came
        head, ended, body = self._answer.partition(HEAD_END)
        if not came or (ended and not head.startswith(b"HTTP/1.1 200")):
            raise RuntimeError(self._answer[:500].decode(errors="replace"))  # an error is answered quickly, too
        if not ended or len(body) < int(head.partition(LENGTH)[2].partition(b"\r")[0]):
            return False
        if b"data-redraws" not in body:
            raise RuntimeError(body[:500].decode(errors="replace"))
        return True


def _request(head: str, port: int, article: int, text: str, at: int) -> bytes:
    start = at % (len(text) - LONGEST)
    passage = {"start": start, "end": start + LONGEST, "quote": text[start : start + LONGEST], "version": 1}
    sent = {
        "uid": NO_ID.decode(),
        "article": article,
        "passages": json.dumps([passage]),
        "comment": "",
        "colour": "teal",
    }
    body = urlencode(sent | {"tags": "", "visibility": "", "team": ""}).encode()
    page = f"HX-Current-URL: http://localhost:{port}/articles/{article}/\r\n"
    return f"{head}{page}Content-Length: {len(body)}\r\n\r\n".encode() + body


def mark_together(hands: Iterable[Hand], seconds: float) -> int:
    """Let all mark as quickly as they are answered, for this long; return how many marks were made."""
    poll, by_number, done = select.poll(), dict[int, Hand](), 0
    for hand in hands:
        number = hand.call().fileno()
        by_number[number] = hand
        poll.register(number, select.POLLIN)
        hand.send()
    stop, waiting = time.perf_counter() + seconds, len(by_number)
    while waiting:
        events = poll.poll(LONGEST_WAIT_S * 1000)
        if not events:
            raise RuntimeError("The site does not answer.")
        for number, _ in events:
            if not by_number[number].receive():
                continue
            if time.perf_counter() < stop:
                done += 1
                by_number[number].send()
            else:
                waiting -= 1
                poll.unregister(number)
                by_number[number].hang_up()
    return done
