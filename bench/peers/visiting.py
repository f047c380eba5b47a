"""A browser's part in setting a peer up: cookies kept, forms, JSON and files sent."""

from __future__ import annotations

import http.client
import json
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import uuid4

from bench.peers.installing import PeerFailedError

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_WAIT_S = 120
FIRST_ERROR = 400
SHOWN = 300


class Visitor:
    """Somebody with cookies and headers of their own, who is sent to other addresses only when they ask for them."""

    def __init__(self, port: int, headers: Mapping[str, str] | None = None) -> None:
        self._port, self._headers = port, dict(headers or {})
        self.cookies: dict[str, str] = {}

    @property
    def cookie_line(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def get(self, address: str) -> bytes:
        return self._ask("GET", address, None, {})

    def post_json(self, address: str, sent: Any, headers: Mapping[str, str] | None = None) -> Any:
        body = json.dumps(sent).encode()
        return json.loads(self._ask("POST", address, body, {"Content-Type": "application/json", **(headers or {})}))

    def post_form(self, address: str, sent: Mapping[str, str]) -> bytes:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", address, urlencode(sent).encode(), kind)

    def post_file(
        self, address: str, fields: Mapping[str, str], file: tuple[str, str, bytes], headers: Mapping[str, str]
    ) -> Any:
        """Send a form with a file: its name, its kind, its content."""
        between = uuid4().hex
        name, kind, content = file
        parts = [
            f'--{between}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'
            for field, value in fields.items()
        ]
        parts.append(
            f'--{between}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: {kind}\r\n\r\n'
        )
        body = "".join(parts).encode() + content + f"\r\n--{between}--\r\n".encode()
        told = {"Content-Type": f"multipart/form-data; boundary={between}", **headers}
        return json.loads(self._ask("POST", address, body, told))

    def _ask(self, method: str, address: str, body: bytes | None, headers: Mapping[str, str]) -> bytes:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=LONGEST_WAIT_S)
        host = {"Host": f"localhost:{self._port}", "Cookie": self.cookie_line}
        try:
            connection.request(method, address, body, {**host, **self._headers, **headers})
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: each.value for name, each in SimpleCookie(line).items()}
        if answer.status >= FIRST_ERROR:
            said = " ".join(content[:SHOWN].decode(errors="replace").split())
            raise PeerFailedError(f"{method} {address} was answered {answer.status}: {said}")
        return content
