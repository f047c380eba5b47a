"""The measures of `bench.creating`. Django must be set up before this is imported.

What a browser sends for a highlight, with session, CSRF token and the headers of htmx, answered with its paragraph and its
card; against bare INSERTs of such a row, each committed, into a table like that of annotations: the same indexes, no
trigger and no foreign key. Both in turn, on the same durable database, by the same number of clients. The clients share the
machine with what they measure: theirs are bytes made beforehand, sent and received by one thread.
"""

from __future__ import annotations

import threading
import time
from functools import partial
from statistics import median
from typing import TYPE_CHECKING
from uuid import uuid4

import psycopg
from django.core.management import call_command
from django.db import connection, connections
from django.urls import reverse

from bench.goals import of_rounds
from bench.marking_hands import Hand, mark_together
from bench.page_library import invented_article, invented_issue
from bench.page_site import served
from bench.spent import Spent
from monitor.accounts.models import User
from monitor.annotations.models import Annotation
from monitor.library.importing import FileFacts, store_issue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from monitor.library.models import Article

CLIENTS = 8
ROUNDS = 5
SECONDS = 3.0  # of each measure
ARTICLES = 20
CHARACTERS = 35_000  # of each
SHARE = 0.25  # of the rate of one bare connection
WORKERS = 2  # as the site has where nothing else is set
BARE = """INSERT INTO bench_bare (uid, owner_id, comment, visibility, revision, created, updated, article_id, colour)
VALUES (%s, %s, %s, 'private', 1, now(), now(), %s, 'teal')"""


def report(var: Path) -> Iterator[str]:
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    (var / "bench").mkdir()
    articles, person = _articles(), User.objects.create_user("hand", role="analyst")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_bare (LIKE monitor_annotation INCLUDING ALL)")
    texts = [(article.pk, article.texts.get().body) for article in articles]
    address, where = reverse("mark-create"), dict(connection.get_connection_params())
    spent = dict[str, float]()
    with served(var / "bench", workers=WORKERS) as port:
        hands = [Hand(port, address, texts) for _ in range(CLIENTS)]
        bare = [Bare(where, person.pk, articles[0].pk) for _ in range(CLIENTS)]
        _round(hands, bare, {})
        with connection.cursor() as cursor:
            cursor.execute(
                "ANALYZE"
            )  # as any database does within its first minute; plans made on empty tables are bad
        rounds = [_round(hands, bare, spent) for _ in range(ROUNDS)]
    made, columns = Annotation.objects.count(), [*zip(*rounds, strict=True)]
    yield f"Annotations made in one second by {CLIENTS} clients in {ARTICLES} articles, {WORKERS} processes of the site;"
    yield f"{made:,} in all.\n"
    yield "| | a second |\n|---|---|"
    for name, column in zip(
        ("through the site", f"bare, {CLIENTS} connections", "bare, one connection"), columns, strict=True
    ):
        yield f"| {name} | {median(column):.0f} |"
    for name, at in ((f"{CLIENTS} connections", 1), ("one connection", 2)):
        shares = [each[0] / each[at] for each in rounds]
        yield f"| share of {name} | {median(shares):.2f} ({min(shares):.2f} to {max(shares):.2f}) |"
    yield "\nProcessor time of one annotation, which other work on the machine changes less than the rate:\n"
    yield "| | ms |\n|---|---|"
    done = sum(columns[0]) * SECONDS
    for name, seconds in spent.items():
        yield f"| {name} | {1000 * seconds / done:.2f} |"
    yield ""
    shares = [site / one for site, _, one in rounds]
    yield str(of_rounds("annotations made, beside bare rows", shares, SHARE, at_most=False))
    connections.close_all()


def _articles() -> list[Article]:
    document = invented_issue(
        *(
            invented_article(CHARACTERS + number, title=f"Marked {number}", author="Ines Varrow", source="Ferry Post")
            for number in range(ARTICLES)
        ),
        publication="Tidewater Letter",
        number=1,
    )
    issue = store_issue(document=document, file=FileFacts("0" * 64, "invented.txt", "txt", 1)).issue
    return list(issue.articles.order_by("position"))


class Bare:
    """A connection that writes a row like an annotation's and commits it."""

    def __init__(self, where: dict[str, object], person: int, article: int) -> None:
        known = {name: where[name] for name in ("dbname", "user", "password", "host", "port") if where.get(name)}
        self._connection = psycopg.connect(**known, autocommit=True)  # type: ignore[arg-type]
        self._rest = (person, "", article)

    def __call__(self) -> None:
        self._connection.execute(BARE, (uuid4(), *self._rest))


def _round(hands: list[Hand], bare: list[Bare], spent: dict[str, float]) -> tuple[float, float, float]:
    before = Spent.now()
    site = mark_together(hands, SECONDS) / SECONDS
    for name, seconds in before.since().items():
        spent[name] = spent.get(name, 0.0) + seconds
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
