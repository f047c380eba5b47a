"""Taguette: highlights on documents of a project, as its pages make them; for one person, who comes with a token."""

from __future__ import annotations

import json
import re
from html import escape
from itertools import cycle
from typing import TYPE_CHECKING

from bench.peers.installing import PeerFailedError
from bench.peers.peer import LONGEST, MARKED, Act, Document, Peer, places, rows_in
from bench.peers.talking import Ask, request
from bench.peers.visiting import Visitor

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PROJECT = 1  # the first of a new database
TOKEN = re.compile(r"/\?token=([0-9a-f]+)")
TAG = 1  # "interesting", which each project begins with


class Taguette(Peer):
    name, title, licence = "taguette", "Taguette", "BSD"
    served = "one process of Tornado, SQLite"
    ready = "/health"
    at_least = 5

    @property
    def command(self) -> list[str]:
        place = ["--bind", "127.0.0.1", "--port", str(self.port), "--database", str(self._database)]
        return [str(self.bin / "taguette"), "--no-browser", *place]

    @property
    def _database(self) -> str:
        return str(self.data / "taguette.sqlite3")

    def fill(self, documents: Sequence[Document]) -> None:
        tokens = TOKEN.findall(self.log.read_text(errors="replace"))
        if not tokens:
            raise PeerFailedError("It told no address to sign in at.", self.log)
        visitor = Visitor(self.port)
        visitor.get(f"/?token={tokens[-1]}")  # each start has a token of its own
        visitor.get("/project/new")
        token = visitor.cookies["_xsrf"]
        visitor.post_form("/project/new", {"name": "Peers", "description": "Invented", "_xsrf": token})
        self._base, sent = f"/api/project/{PROJECT}", {"X-XSRFToken": token}
        self._documents = []
        for number, one in enumerate(documents):
            page = "".join(f"<p>{escape(text)}</p>\n" for text in one.paragraphs).encode()
            file = (f"{number}.html", "text/html", page)
            made = visitor.post_file(f"{self._base}/document/new", {"name": one.title, "description": ""}, file, sent)
            self._documents.append((int(made["created"]), one))
        self._headers = {"Cookie": visitor.cookie_line}
        self._marking = {**self._headers, **sent, "Content-Type": "application/json"}

    def marks(self) -> Iterator[Ask]:
        ready = []
        for key, start, _ in places(self._documents[:MARKED], "\n"):
            body = json.dumps({"start_offset": start, "end_offset": start + LONGEST, "tags": [TAG]}).encode()
            sent = request("POST", f"{self._base}/document/{key}/highlight/new", self.port, self._marking, body)
            ready.append(Ask(sent, has=b'"id"'))
        return cycle(ready)

    def made(self) -> int:
        return rows_in(self.data / "taguette.sqlite3", "highlights")

    def acts(self) -> dict[str, Act]:
        unmarked = [key for key, _ in self._documents[MARKED:]] or [self._documents[0][0]]

        def opened(number: int) -> list[Ask]:
            document = f"{self._base}/document/{unmarked[number % len(unmarked)]}"
            return [self._get(f"{document}/contents", b'"contents"'), self._get(document, b'"highlights"')]

        return {
            "list": Act(
                "its page of the project, all documents",
                lambda _: [self._get(f"/project/{PROJECT}", b"text_direction")],
            ),
            "open": Act("its API, text and highlights", opened),
        }

    def _get(self, address: str, has: bytes) -> Ask:
        return Ask(request("GET", address, self.port, self._headers), has=has)
