"""The measures of `bench.creating`. Django must be set up before this is imported.

What a browser sends for a highlight, with session, CSRF token and the headers of htmx, answered with its paragraph and its
card; against bare INSERTs of such a row, each committed, into a table like that of annotations: the same indexes, no
trigger and no foreign key. Both in turn, on the same durable database, by the same number of clients.
"""

from __future__ import annotations

import http.client
import json
import threading
import time
from functools import partial
from statistics import median
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from uuid import uuid4

import psycopg
from django.core.management import call_command
from django.db import connection, connections
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory
from django.urls import reverse

from bench.page_library import invented_article, invented_issue
from bench.page_site import served
from monitor.accounts.models import User
from monitor.annotations.models import Annotation
from monitor.library.importing import FileFacts, store_issue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

CLIENTS = 8
ROUNDS = 5
SECONDS = 3.0  # of each measure
CHARACTERS = 35_000
LONGEST = 120  # characters of a mark
WORKERS = 2  # as the site has where nothing else is set
BARE = """INSERT INTO bench_bare (uid, owner_id, comment, visibility, revision, created, updated, article_id, colour)
VALUES (%s, %s, %s, 'private', 1, now(), now(), %s, 'teal')"""


def report(var: Path) -> Iterator[str]:
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    (var / "bench").mkdir()
    document = invented_issue(
        invented_article(CHARACTERS, title="Marked", author="Ines Varrow", source="Ferry Post"),
        publication="Tidewater Letter",
        number=1,
    )
    article = store_issue(document=document, file=FileFacts("0" * 64, "invented.txt", "txt", 1)).issue.articles.get()
    body, person = article.texts.get().body, User.objects.create_user("hand", role="analyst")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_bare (LIKE monitor_annotation INCLUDING ALL)")
    address, where = reverse("mark-create"), dict(connection.get_connection_params())
    with served(var / "bench", workers=WORKERS) as port:
        hands = [Hand(port, address, article.pk, body) for _ in range(CLIENTS)]
        bare = [Bare(where, person.pk, article.pk) for _ in range(CLIENTS)]
        rounds = [_round(hands, bare) for _ in range(ROUNDS + 1)][1:]
    made = Annotation.objects.count()
    yield f"Annotations made in one second by {CLIENTS} clients, {WORKERS} processes of the site; {made:,} in all.\n"
    yield "| | a second |\n|---|---|"
    sides = [median(column) for column in zip(*rounds, strict=True)]
    for name, rate in zip(
        ("through the site", f"bare, {CLIENTS} connections", "bare, one connection"), sides, strict=True
    ):
        yield f"| {name} | {rate:.0f} |"
    for name, column in ((f"{CLIENTS} connections", 1), ("one connection", 2)):
        shares = [each[0] / each[column] for each in rounds]
        yield f"| share of {name} | {median(shares):.2f} ({min(shares):.2f} to {max(shares):.2f}) |"
    connections.close_all()


class Hand:
    """A person with a browser of their own."""

    def __init__(self, port: int, address: str, article: int, body: str) -> None:
        client, request = Client(headers={"host": "localhost"}), RequestFactory().get("/")
        client.force_login(User.objects.create_user(f"hand-{uuid4().hex[:8]}", role="analyst"))
        token = get_token(request)
        cookies = {name: cookie.value for name, cookie in client.cookies.items()} | {
            "csrftoken": request.META["CSRF_COOKIE"]
        }
        self._headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "X-CSRFToken": token,
            "HX-Request": "true",
            "HX-Current-URL": f"http://localhost:{port}/articles/{article}/",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        self._connection = http.client.HTTPConnection("localhost", port)
        self._address, self._article, self._body = address, article, body
        self._at = 0

    def hang_up(self) -> None:
        """Let the connection go before a pause: the site would close it meanwhile."""
        self._connection.close()

    def __call__(self) -> None:
        self._at = (self._at + 977) % (len(self._body) - LONGEST)
        start, end = self._at, self._at + LONGEST
        passage = {"start": start, "end": end, "quote": self._body[start:end], "version": 1, "note": None}
        sent = {"uid": str(uuid4()), "article": self._article, "passages": json.dumps([passage]), "colour": "teal"}
        self._connection.request("POST", self._address, urlencode(sent), self._headers)
        answer = self._connection.getresponse()
        said = answer.read()
        if answer.status != http.HTTPStatus.OK or b"data-redraws" not in said:  # an error is answered quickly, too
            raise RuntimeError(f"{answer.status}: {said[:500]!r}")


class Bare:
    """A connection that writes a row like an annotation's and commits it."""

    def __init__(self, where: dict[str, object], person: int, article: int) -> None:
        known = {name: where[name] for name in ("dbname", "user", "password", "host", "port") if where.get(name)}
        self._connection = psycopg.connect(**known, autocommit=True)  # type: ignore[arg-type]
        self._rest = (person, "", article)

    def __call__(self) -> None:
        self._connection.execute(BARE, (uuid4(), *self._rest))


def _round(hands: list[Hand], bare: list[Bare]) -> tuple[float, float, float]:
    site = _rate(hands)
    for hand in hands:
        hand.hang_up()
    return site, _rate(bare), _rate(bare[:1])


def _rate(sides: Sequence[Callable[[], None]]) -> float:
    """Return how many of them were done in a second, all sides at once."""
    done, faults = [0] * len(sides), list[BaseException]()
    stop = time.perf_counter() + SECONDS
    threads = [threading.Thread(target=partial(_work, side, i, stop, done, faults)) for i, side in enumerate(sides)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return sum(done) / SECONDS


def _work(act: Callable[[], None], at: int, stop: float, done: list[int], faults: list[BaseException]) -> None:
    try:
        while time.perf_counter() < stop:
            act()
            done[at] += 1
    except Exception as fault:  # noqa: BLE001 - told by the thread that waits
        faults.append(fault)
