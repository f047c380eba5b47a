"""Django's sessions in the database, each read together with its person: one statement, planned once (SESSION_ENGINE)."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.db.models.functions import Now

from monitor.accounts.models import User
from monitor.accounts.session_models import Session
from monitor.postgres.kept import Statement, statement_of

SOME_SESSION = "no key of a session reads like this"
NAMES = tuple(field.attname for field in User._meta.concrete_fields)  # noqa: SLF001 - Django's own documented door


class SessionStore(DatabaseSessions):
    """A visitor's session; `person` is whom its row names, as they were when it was read."""

    person: User | None = None
    kept_as = Session

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return cls.kept_as

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = cast("Session", super().create_model_instance(data))
        row.person_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        return row

    def load(self) -> dict[str, Any]:
        """Return what was kept, and nothing for a session that has ended."""
        rows = (
            _statement().rows({SOME_SESSION: self.session_key}, often=True)
            if "\0" not in (self.session_key or "")
            else []
        )
        if not rows:
            self._session_key = None
            return {}
        kept, *values = rows[0]
        self.person = User.from_db("default", NAMES, values) if values[0] is not None else None
        read: dict[str, Any] = json.loads(_proven(kept, settings.SECRET_KEY))
        return read


@lru_cache(maxsize=2_000)
def _proven(kept: str, _key: str) -> str:
    """Return what a session holds, as JSON: the same words under the same signature are proven once in a process."""
    return json.dumps(SessionStore().decode(kept))


@cache
def _statement() -> Statement:
    live = Session.objects.filter(session_key=SOME_SESSION, expire_date__gt=Now())
    rows = live.values_list("session_data", *(f"person__{name}" for name in NAMES))
    return cast("Statement", statement_of(rows, {SOME_SESSION: "varchar"}))
