"""A house with a token for each of its people, and short ways to ask /anno/."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.test import Client

from monitor.accounts.tokens import create_token
from tests.annotations.people_and_texts import House, make_house

if TYPE_CHECKING:
    from monitor.accounts.models import User

ANNO = "http://www.w3.org/ns/anno.jsonld"
JSON_LD = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
SITE = "http://testserver"


@dataclass(frozen=True)
class Asker:
    """Somebody with a token, or nobody."""

    secret: str = ""

    def __call__(self, method: str, path: str = "", body: Any = None, **headers: str) -> Any:
        """Ask; header names with underscores. A path is below /anno/ or whole."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.secret:
            sent["Authorization"] = f"Bearer {self.secret}"
        data = body if isinstance(body, (bytes, str)) else "" if body is None else json.dumps(body)
        address = path.removeprefix(SITE) if path.startswith((SITE, "/")) else f"/anno/{path}"
        kind = sent.pop("Content-Type", JSON_LD)
        return Client().generic(method, address, data, content_type=kind, headers=sent)

    def post(self, body: Any, **headers: str) -> Any:
        return self("POST", "", body, **headers)


def asker(user: User | None, scope: str = "write") -> Asker:
    return Asker(create_token(user=user, name="tests", scope=scope).secret if user else "")


def annotation(house: House, words: str = "lamps", **facts: Any) -> dict[str, Any]:
    """Return an annotation of these words, as a program sends it."""
    start = house.body.find(words)
    selector: list[dict[str, Any]] = [{"type": "TextQuoteSelector", "exact": words}]
    if start >= 0:
        selector.append({"type": "TextPositionSelector", "start": start, "end": start + len(words)})
    return {
        "@context": ANNO,
        "type": "Annotation",
        "body": {"type": "TextualBody", "value": "Why?", "purpose": "commenting"},
        "target": {"source": iri(house), "selector": selector},
    } | facts


def iri(house: House) -> str:
    return SITE + house.article.get_absolute_url()


__all__ = ["ANNO", "JSON_LD", "SITE", "Asker", "House", "annotation", "asker", "iri", "make_house"]
