"""People of each kind around one article, and programs that ask in their names."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from monitor.accounts.models import Role, User
from monitor.accounts.token_models import Scope
from monitor.accounts.tokens import create_token
from tests.annotations.people_and_texts import House, make_house
from tests.factories import make_user

if TYPE_CHECKING:
    from monitor.annotations.models import Annotation

API = "/api/v1/"
ANYBODY = "anonymous"
PEOPLE = (ANYBODY, "disabled", "reader", "inside", "author", "mate", "keeper", "outsider", "curator", "admin")


def program(user: User, scope: str = Scope.WRITE, **options: Any) -> Client:
    """Return a client that sends a new token of this person."""
    secret = create_token(user=user, name="A program", scope=scope).secret
    return Client(headers={"Authorization": f"Bearer {secret}"}, **options)


def ask(client: Client, method: str, address: str, body: Any = None, **headers: str) -> Any:
    """Send a request below /api/v1/, with this value as JSON; names of headers with `_` for `-`."""
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    at = address if address.startswith("/") else API + address
    if body is None:
        return client.generic(method, at, headers=told)
    return client.generic(method, at, json.dumps(body), "application/json", headers=told)


@dataclass(frozen=True, slots=True)
class Stage:
    """A house with all roles in it; `inside` is a reader who is in the team."""

    house: House
    people: dict[str, User]
    marks: dict[str, Annotation] = field(default_factory=dict)

    def browser(self, who: str) -> Client:
        client = Client()
        if who != ANYBODY:
            client.force_login(self.people[who])
        return client

    def program(self, who: str, scope: str = Scope.WRITE) -> Client:
        return Client() if who == ANYBODY else program(self.people[who], scope)

    def new_mark(self, **facts: Any) -> dict[str, Any]:
        """Return what a program sends for a new annotation."""
        return {"uuid": str(uuid4()), "article": self.house.article.pk, "targets": [{"quote": "lamps"}], **facts}

    def keep(self, name: str, **facts: Any) -> Annotation:
        """Keep an annotation of the author under this name; `hidden` and `deleted` say how it stands."""
        stands = {key: timezone.now() for key in ("hidden", "deleted") if facts.pop(key, False)}
        mark = self.house.mark(**facts)
        if stands:
            type(mark)._default_manager.filter(pk=mark.pk).update(**stands)
        self.marks[name] = mark
        return mark


def set_stage() -> Stage:
    house = make_house()
    people = {name: getattr(house, name) for name in ("author", "mate", "keeper", "outsider", "reader", "curator")}
    people["inside"] = house.member_who_reads
    people["admin"] = make_user(Role.ADMIN, name="admin")
    people["disabled"] = make_user(Role.ADMIN, name="disabled", is_active=False)
    return Stage(house, people)
