"""The site's part: filled with the same documents and an archive, served, asked. Django must be set up before this is imported."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
import time
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from bench.archive import Plan
from bench.archive_bulk import fill_in_bulk, index_in_bulk
from bench.archive_words import Language
from bench.marking_hands import Hand, mark_together
from bench.own_site import ROOT
from bench.page_library import invented_article, invented_issue
from bench.peers.peer import MARKED, Act, Document
from bench.peers.running import PROC, free_port, held, in_session, run, running
from bench.peers.talking import Ask, request
from bench.search_shapes import shapes_of
from monitor.accounts.models import User
from monitor.annotations.models import Annotation
from monitor.library.importing import FileFacts, store_issue
from monitor.library.models import Article

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bench.peers.datasette import Article as Row

TIMES = 20  # as many articles as Datasette
WORDS = 1_500  # of an article of the archive
SEARCHED = ("selective word", "two words", "common word")
AT_REST = 20  # seconds


def fill_archive(articles: int) -> dict[str, str]:
    """Bring an archive into the empty site; return what is searched for, by the names of the shapes."""
    plan = Plan(articles, words=WORDS)
    fill_in_bulk(plan)
    index_in_bulk()
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze")
    return {
        shape.name: shape.query for shape in shapes_of(Language(plan.seed, plan.vocabulary)) if shape.name in SEARCHED
    }


def some_of_archive(number: int) -> Iterator[Row]:
    """Yield the newest articles as rows for Datasette."""
    newest = Article.objects.filter(issue__periodical__name__startswith="Review").order_by("-issue__sort_date", "-pk")
    fields = ("title", "issue__sort_date", "issue__periodical__name", "texts__body")
    for key, (title, day, periodical, body) in enumerate(newest.values_list(*fields)[:number].iterator(100), 1):
        yield key, title, str(day), periodical, body


def store(number: int, characters: int) -> tuple[list[Document], list[Article]]:
    """Store invented documents, an issue each, and return them as peers get them, and as the site has them."""
    documents, articles = [], []
    for at in range(number):
        title = f"Document {at}"
        invented = invented_article(characters + at, title=title, author="Ines Varrow", source="Ferry Post")
        issue = invented_issue(invented, publication="Tidewater Letter", number=at)
        file = FileFacts(hashlib.sha256(title.encode()).hexdigest(), "invented.txt", "txt", 1)
        articles.append(store_issue(document=issue, file=file).issue.articles.get())
        documents.append(Document(title, tuple(block.text for block in invented.blocks)))
    return documents, articles


class Site:
    """The served site, with people who mark and one who reads."""

    def __init__(self, port: int, articles: Sequence[Article], clients: int) -> None:
        self._port, self._number = port, count()
        texts = [(article.pk, article.texts.get().body) for article in articles[:MARKED]]
        self._hands = [Hand(port, reverse("mark-create"), texts) for _ in range(clients)]
        self._opened = [article.get_absolute_url() for article in articles[MARKED:]]
        client = Client(headers={"host": "localhost"})
        client.force_login(User.objects.create_user("reading", role="analyst"))
        client.get("/help/")
        self._headers = {"Cookie": "; ".join(f"{name}={each.value}" for name, each in client.cookies.items())}
        self._made = Annotation.objects.count()

    def mark(self, clients: int, seconds: float) -> float:
        """Return how many annotations this many clients make in a second; each of them is looked for in the database."""
        done = mark_together(self._hands[:clients], seconds)
        self._made += done + clients  # each client waits for the answer that comes too late to count
        if (there := Annotation.objects.count()) != self._made:
            raise RuntimeError(f"The site has {there} annotations where {self._made} were answered.")
        return done / seconds

    def acts(self) -> dict[str, Act]:
        return {
            "list": Act("the shelf", lambda _: [self._get("/")]),
            "open": Act("the page, drawn", lambda number: [self._get(self._opened[number % len(self._opened)])]),
        }

    def search(self, query: str) -> Callable[[int], list[Ask]]:
        return lambda _: [self._get("/search/", q=query)]

    def _get(self, address: str, **asked: str) -> Ask:
        """Ask for a page that no process has kept drawn."""
        told = urlencode({**asked, "asked": next(self._number)})
        return Ask(request("GET", f"{address}?{told}", self._port, self._headers), has=b"</html>")


def started() -> tuple[float, float]:
    """Return the seconds that `manage.py serve` takes on a site that is set up, and what all of it holds at rest, in MB."""
    with tempfile.TemporaryDirectory(prefix="monitor-bench-") as var:
        port, log = free_port(), Path(var) / "serve.log"
        left_out = ("MONITOR_", "DATABASE_", "DJANGO_")
        variables = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
        variables |= {"MONITOR_VAR": var, "PORT": str(port)}
        serve = [sys.executable, str(ROOT / "manage.py"), "serve"]
        run([*serve, "--only-set-up"], ROOT, variables, log)
        while _working_in(Path(var).resolve()):  # the database that has just loaded all regions is larger
            time.sleep(0.2)
        with running(serve, ROOT, variables, log, (port, "/healthz")) as (session, seconds):
            time.sleep(AT_REST)
            return seconds, held([*{*in_session(session), *_working_in(Path(var).resolve())}])


def _working_in(folder: Path) -> list[int]:
    """Return the processes whose folder is this one or below: the database's, which are no children of the site's."""
    found = []
    for process in PROC.glob("[0-9]*"):
        with suppress(OSError):
            place = (process / "cwd").readlink()
            if folder in (place, *place.parents):
                found.append(int(process.name))
    return found


def set_up(var: Path) -> None:
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    (var / "bench").mkdir()


def let_go() -> None:
    connections.close_all()
