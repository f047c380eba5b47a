"""Answering a POST that is sent twice once: the second time, and a twin at the same moment, get the first answer."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import connection
from django.db.transaction import atomic
from django.http import HttpResponse
from rest_framework.exceptions import ParseError

from monitor.api.models import KeptAnswer
from monitor.api.problems import Impossible

if TYPE_CHECKING:
    from collections.abc import Callable

    from rest_framework.request import Request

REPLAYED = "Idempotent-Replayed"
KEPT_HEADERS = ("Content-Type", "Location", "ETag")
_KEY = re.compile(r"\A[\x21-\x7e]{1,255}\Z")
# A twin waits here for the first to commit or to fail. A key of yesterday's is taken over.
_TAKE = """
    insert into monitor_keptanswer as kept (person_id, key, asked, headers, body) values (%s, %s, %s, '{}', '')
    on conflict (person_id, key) do update
        set asked = excluded.asked, status = null, headers = '{}', body = '', made = clock_timestamp()
        where kept.made < now() - interval '24 hours'
    returning id"""
_FORGET = """
    delete from monitor_keptanswer where id in (
        select id from monitor_keptanswer where made < now() - interval '24 hours' limit 20 for update skip locked)"""


def key_of(request: Request) -> str | None:
    """Return the Idempotency-Key of a request, None if it has none; raise ParseError for one that is malformed."""
    key = request.headers.get("Idempotency-Key")
    if key is not None and not _KEY.match(key):
        raise ParseError("An Idempotency-Key has 1 to 255 visible ASCII characters.")
    return key


def is_answered(request: Request) -> bool:
    """Tell whether the key of a request came before: what it was about may be gone by its own doing."""
    key = key_of(request)
    return key is not None and KeptAnswer.objects.filter(person=request.user.pk, key=key).exists()


def answer_once(request: Request, sent: bytes, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """Answer in a transaction, and keep the answer of a request with a key; errors are not kept.

    `sent` is the body as it came. Raises Impossible for a key that came with another request before.
    """
    key = key_of(request)
    with atomic():
        if key is None:
            return answer()
        asked = _digest(request, sent)
        pk = _take(request.user.pk, key, asked)
        if pk is None:
            return _replayed(KeptAnswer.objects.get(person=request.user.pk, key=key), asked)
        made = answer()
        headers = {name: made[name] for name in KEPT_HEADERS if name in made}
        KeptAnswer.objects.filter(pk=pk).update(status=made.status_code, headers=headers, body=made.content)
        return made


def _digest(request: Request, sent: bytes) -> str:
    place = f"{request.method} {request.get_full_path()}\n".encode()
    return sha256(place + sent).hexdigest()


def _take(person: int | None, key: str, asked: str) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(_FORGET)
        cursor.execute(_TAKE, [person, key, asked])
        row = cursor.fetchone()
    return row[0] if row else None


def _replayed(kept: KeptAnswer, asked: str) -> HttpResponse:
    if kept.asked != asked:
        raise Impossible("This Idempotency-Key came with another request before.", code="key_used")
    answer = HttpResponse(bytes(kept.body), status=kept.status, headers=kept.headers)
    answer[REPLAYED] = "true"
    return answer
