"""A filled library, the site that serves it, and a reader of it. Django must be set up before this is imported."""

from __future__ import annotations

import hashlib
import http.client
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.test import Client

from bench.page_library import LENGTHS, ROWS, invented_article, invented_issue
from monitor.accounts.models import User
from monitor.library.importing import FileFacts, store_issue

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from monitor.ingest.document import IssueDocument
    from monitor.library.models import Issue

LONGEST_START_S = 60


@dataclass(frozen=True, slots=True)
class Shelf:
    """The addresses of articles by their length, and of lists by name and number of rows."""

    articles: dict[int, str]
    lists: dict[str, dict[int, str]]


def fill_library() -> Shelf:
    articles = {}
    for number, length in enumerate(LENGTHS, 1):
        article = invented_article(length, title=f"Of {length}", author="Ines Varrow", source="Ferry Post")
        row = _store(invented_issue(article, publication="Long Letter", number=number)).articles.get()
        articles[length] = row.get_absolute_url()
    lists: dict[str, dict[int, str]] = {"shelf": {}, "issue": {}, "author": {}, "source": {}}
    for rows in ROWS:
        words = {"title": "Short", "author": f"Author {rows}", "source": f"Post {rows}"}
        short = invented_article(200, **words)
        whole = _store(invented_issue(*[short] * rows, publication=f"Whole {rows}", number=1))
        for number in range(rows):
            _store(invented_issue(short, publication=f"Shelf {rows}", number=number))
        lists["shelf"][rows] = f"/?periodical=shelf-{rows}"
        lists["issue"][rows] = whole.get_absolute_url()
        lists["author"][rows] = f"/authors/author-{rows}/"
        lists["source"][rows] = f"/sources/post-{rows}/"
    return Shelf(articles, lists)


def _store(document: IssueDocument) -> Issue:
    name = repr((document.issue.publication, document.issue.number))
    file = FileFacts(hashlib.sha256(name.encode()).hexdigest(), "invented.txt", "txt", 1)
    return store_issue(document=document, file=file).issue


def reader() -> Client:
    """Return a browser in which a reader is signed in, with the cookie of its pages' token."""
    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.create_user(username="bench", role="reader"))
    client.get("/help/")
    return client


@contextmanager
def served(kept: Path, *, workers: int = 1) -> Iterator[int]:
    """Serve the site as `make serve` does, in one process or more, with the files in `kept` as bare answers; give its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--config", "python:monitor.gunicorn", "--bind", f"127.0.0.1:{port}"]
    environment = {**os.environ, "BENCH_BYTES": str(kept), "WEB_WORKERS": str(workers)}
    with subprocess.Popen([*command, "bench.same_bytes:application"], cwd=settings.BASE_DIR, env=environment) as site:  # noqa: S603
        try:
            _wait_for(port)
            yield port
        finally:
            site.terminate()


def _wait_for(port: int) -> None:
    give_up = time.monotonic() + LONGEST_START_S
    while True:
        try:
            fetch(http.client.HTTPConnection("localhost", port), "/healthz")
        except OSError:
            if time.monotonic() > give_up:
                raise
            time.sleep(0.1)
        else:
            return


def fetch(
    connection: http.client.HTTPConnection, address: str, headers: Mapping[str, str] | None = None
) -> tuple[http.client.HTTPResponse, bytes]:
    """Return the answer and its body; the connection stays open for the next, or is made anew when it was idle."""
    try:
        return _fetched(connection, address, headers)
    except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
        connection.close()
        return _fetched(connection, address, headers)


def _fetched(
    connection: http.client.HTTPConnection, address: str, headers: Mapping[str, str] | None
) -> tuple[http.client.HTTPResponse, bytes]:
    connection.request("GET", address, headers=dict(headers or {}))
    answer = connection.getresponse()
    return answer, answer.read()
