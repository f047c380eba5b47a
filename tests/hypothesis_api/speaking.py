"""A program that speaks the Hypothesis protocol for somebody, through the site's own test client."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.test import Client

from monitor.accounts.tokens import create_token

if TYPE_CHECKING:
    from monitor.accounts.models import User
    from monitor.library.models import Article

API = "/hypothesis/api"
HOST = "testserver"


@dataclass
class Program:
    """Speaks for `person`, or nobody, with a token of this scope."""

    person: User | None
    scope: str = "write"
    headers: dict[str, str] = field(default_factory=dict)
    client: Client = field(default_factory=Client)

    def __post_init__(self) -> None:
        if self.person is not None and not self.headers:
            secret = create_token(user=self.person, name="a program", scope=self.scope).secret
            self.headers = {"Authorization": f"Bearer {secret}"}

    def ask(self, method: str, path: str, body: Any = None, **more: Any) -> Any:
        words: dict[str, Any] = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        return self.client.generic(method, API + path, headers=self.headers, **words, **more)

    def get(self, path: str, **parameters: Any) -> Any:
        answer = self.client.get(API + path, parameters, headers=self.headers)
        assert answer["Content-Type"] == "application/json"
        return answer

    def found(self, **parameters: Any) -> list[str]:
        """Return the ids that a search gives, in its order."""
        answer = self.get("/search", **parameters)
        assert answer.status_code == 200, answer.content
        return [row["id"] for row in answer.json()["rows"]]

    def make(self, article: Article, **said: Any) -> dict[str, Any]:
        """Make an annotation for everyone, or as `said`, and return its object."""
        sent = {"uri": uri_of(article), "group": "__world__", "permissions": {"read": ["group:__world__"]}} | said
        answer = self.ask("POST", "/annotations", sent)
        assert answer.status_code == 200, answer.content
        made: dict[str, Any] = answer.json()
        return made


def uri_of(article: Article) -> str:
    return f"http://{HOST}{article.get_absolute_url()}"


def quote(exact: str, prefix: str = "", suffix: str = "") -> list[dict[str, Any]]:
    """Return a target as programs send it."""
    selector = {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}
    return [{"source": "http://elsewhere", "selector": [selector]}]
