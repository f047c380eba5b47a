"""Label Studio: annotations on tasks of a project, through its API with a token."""

from __future__ import annotations

import json
from itertools import cycle
from typing import TYPE_CHECKING
from urllib.parse import quote

from bench.peers.peer import LONGEST, MARKED, Act, Document, Peer, places, rows_in
from bench.peers.talking import Ask, request
from bench.peers.visiting import Visitor

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NAME, SECRET, TOKEN = "bench@example.org", "bench-of-peers", "0123456789abcdef0123456789abcdef01234567"
LABELS = (
    '<View><Labels name="label" toName="text"><Label value="Teal"/></Labels><Text name="text" value="$text"/></View>'
)
PAGE = 50
CREATED = 201


class LabelStudio(Peer):
    name, title, licence = "label-studio", "Label Studio", "Apache 2.0"
    served = "its own server (`label-studio start`), SQLite"
    ready = "/health"
    at_least = 20

    @property
    def variables(self) -> dict[str, str]:
        quiet = {"COLLECT_ANALYTICS": "false", "LATEST_VERSION_CHECK": "false", "SENTRY_DSN": ""}
        return {**quiet, "FRONTEND_SENTRY_DSN": "", "LABEL_STUDIO_BASE_DATA_DIR": str(self.data)}

    @property
    def command(self) -> list[str]:
        place = ["--port", str(self.port), "--internal-host", "127.0.0.1", "--data-dir", str(self.data)]
        account = ["--username", NAME, "--password", SECRET, "--user-token", TOKEN, "--enable-legacy-api-token"]
        return [str(self.bin / "label-studio"), "start", "--no-browser", *place, *account]

    def fill(self, documents: Sequence[Document]) -> None:
        self._headers = {"Authorization": f"Token {TOKEN}"}
        visitor = Visitor(self.port, self._headers)
        project = visitor.post_json("/api/projects", {"title": "Peers", "label_config": LABELS})["id"]
        sent = [{"text": one.text} for one in documents]
        visitor.post_json(f"/api/projects/{project}/import?return_task_ids=true", sent)
        by_text = {one.text: one for one in documents}
        found = json.loads(visitor.get(f"/api/tasks?project={project}&page_size={len(documents)}&fields=all"))
        self._tasks = [(task["id"], by_text[task["data"]["text"]]) for task in found["tasks"]]
        self._project, self._word = project, documents[0].text.split()[1]

    def marks(self) -> Iterator[Ask]:
        headers, ready = {**self._headers, "Content-Type": "application/json"}, []
        for key, start, words in places(self._tasks[:MARKED]):
            value = {"start": start, "end": start + LONGEST, "text": words, "labels": ["Teal"]}
            result = [{"from_name": "label", "to_name": "text", "type": "labels", "value": value}]
            body = json.dumps({"result": result}).encode()
            sent = request("POST", f"/api/tasks/{key}/annotations/", self.port, headers, body)
            ready.append(Ask(sent, CREATED, b'"result":'))
        return cycle(ready)

    def made(self) -> int:
        return rows_in(self.data / "label_studio.sqlite3", "task_completion")

    def acts(self) -> dict[str, Act]:
        unmarked = [key for key, _ in self._tasks[MARKED:]] or [self._tasks[0][0]]
        item = {
            "filter": "filter:tasks:data.text",
            "operator": "contains",
            "type": "String",
            "value": self._word,
        }
        query = quote(json.dumps({"filters": {"conjunction": "and", "items": [item]}}))
        listed = f"/api/tasks?project={self._project}&page=1&page_size={PAGE}"
        return {
            "list": Act(f"its API, {PAGE} of all", lambda _: [self._get(listed)]),
            "open": Act(
                "its API, task with annotations",
                lambda number: [self._get(f"/api/tasks/{unmarked[number % len(unmarked)]}", b'"data":')],
            ),
            "search": Act("its API, a filter among these documents", lambda _: [self._get(f"{listed}&query={query}")]),
        }

    def _get(self, address: str, has: bytes = b'"tasks":') -> Ask:
        return Ask(request("GET", address, self.port, self._headers), has=has)
