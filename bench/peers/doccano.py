"""doccano: spans on examples of a project for sequence labelling, through its REST API as its pages use it."""

from __future__ import annotations

import json
from itertools import cycle
from typing import TYPE_CHECKING

from bench.peers.peer import LONGEST, MARKED, Act, Document, Peer, places, rows_in
from bench.peers.talking import Ask, request
from bench.peers.visiting import Visitor

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NAME, SECRET = "bench", "bench-of-peers"
PAGE = 50
CREATED = 201


class Doccano(Peer):
    name, title, licence = "doccano", "doccano", "MIT"
    served = "gunicorn with 2 x processors + 1 processes, SQLite; without its worker, which imports files"
    ready = "/v1/me"  # anybody is answered, by a refusal
    at_least = 4

    @property
    def variables(self) -> dict[str, str]:
        return {"DOCCANO_HOME": str(self.data)}

    @property
    def before(self) -> list[list[str]]:
        account = ["--username", NAME, "--password", SECRET, "--email", "bench@example.org"]
        return [self._program("init"), self._program("createuser", *account)]

    @property
    def command(self) -> list[str]:
        return self._program("webserver", "--port", str(self.port))

    def _program(self, *words: str) -> list[str]:
        return [str(self.bin / "doccano"), *words]

    def fill(self, documents: Sequence[Document]) -> None:
        self._visitor = visitor = Visitor(self.port)
        visitor.post_json("/v1/auth/login/", {"username": NAME, "password": SECRET})
        token = {"X-CSRFToken": visitor.cookies["csrftoken"]}
        asked = {"name": "Peers", "description": "Invented", "project_type": "SequenceLabeling"}
        kind = {"resourcetype": "SequenceLabelingProject", "allow_overlapping": True}
        project = visitor.post_json("/v1/projects", asked | kind, token)["id"]
        self._base = f"/v1/projects/{project}"
        label = {"text": "Teal", "background_color": "#008080", "text_color": "#ffffff"}
        self._label = visitor.post_json(f"{self._base}/span-types", label, token)["id"]
        self._examples = [
            (visitor.post_json(f"{self._base}/examples", {"text": one.text, "meta": {}}, token)["id"], one)
            for one in documents
        ]
        self._headers = {"Cookie": visitor.cookie_line, "Accept": "application/json"}
        self._word = documents[0].text.split()[1]

    def marks(self) -> Iterator[Ask]:
        headers = {
            **self._headers,
            "X-CSRFToken": self._visitor.cookies["csrftoken"],
            "Content-Type": "application/json",
        }
        ready = []
        for key, start, _ in places(self._examples[:MARKED]):
            span = {"label": self._label, "start_offset": start, "end_offset": start + LONGEST, "prob": 0}
            sent = request("POST", f"{self._base}/examples/{key}/spans", self.port, headers, json.dumps(span).encode())
            ready.append(Ask(sent, CREATED, b'"start_offset":'))
        return cycle(ready)

    def made(self) -> int:
        return rows_in(self.data / "db.sqlite3", "labels_span")

    def acts(self) -> dict[str, Act]:
        unmarked = [key for key, _ in self._examples[MARKED:]] or [self._examples[0][0]]

        def opened(number: int) -> list[Ask]:
            key = unmarked[number % len(unmarked)]
            return [
                self._get(f"{self._base}/examples/{key}", b'"text":'),
                self._get(f"{self._base}/examples/{key}/spans", b"["),
            ]

        listed = f"{self._base}/examples?limit={PAGE}&offset=0"
        return {
            "list": Act(f"its API, {PAGE} of all", lambda _: [self._get(listed, b'"results":')]),
            "open": Act("its API, text and spans", opened),
            "search": Act(
                "its API, LIKE among these documents", lambda _: [self._get(f"{listed}&q={self._word}", b'"results":')]
            ),
        }

    def _get(self, address: str, has: bytes) -> Ask:
        return Ask(request("GET", address, self.port, self._headers), has=has)
