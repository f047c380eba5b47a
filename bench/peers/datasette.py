"""Datasette: a table of articles with full-text search, as its HTML pages show it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from bench.peers.peer import Act, Document, Peer
from bench.peers.talking import Ask, request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Article = tuple[int, str, str, str, str]  # key, title, day, periodical, text
# What `sqlite-utils enable-fts articles title body` makes.
TABLES = """
create table articles (id integer primary key, title text, day text, periodical text, body text);
create virtual table articles_fts using fts5 (title, body, content='articles');
"""


class Datasette(Peer):
    name, title, licence = "datasette", "Datasette", "Apache 2.0"
    served = "one process of uvicorn, SQLite with FTS5"
    ready = "/-/versions.json"

    @property
    def command(self) -> list[str]:
        place = ["--host", "127.0.0.1", "--port", str(self.port)]
        return [str(self.bin / "datasette"), "serve", str(self.data / "library.db"), *place]

    def fill(self, documents: Sequence[Document]) -> None:
        """Do nothing: it shows files that are there when it starts."""

    def write(self, articles: Iterable[Article]) -> None:
        with closing(sqlite3.connect(self.data / "library.db")) as connection, connection:
            connection.executescript(TABLES)
            connection.executemany("insert into articles values (?, ?, ?, ?, ?)", articles)
            (self._rows,) = connection.execute("select count(*) from articles").fetchone()
            connection.execute("insert into articles_fts (rowid, title, body) select id, title, body from articles")

    def acts(self) -> dict[str, Act]:
        return {
            "list": Act("its page of the table", self.page({})),
            "open": Act(
                "its page of a row", lambda number: [self._get(f"/library/articles/{number % self._rows + 1}", b"<td")]
            ),
        }

    def page(self, asked: dict[str, str]) -> Callable[[int], list[Ask]]:
        """Return how its page of the table is asked for, with what stands behind the question mark."""
        address = f"/library/articles?{urlencode(asked)}"
        return lambda _: [self._get(address, b'<table class="rows-and-columns">')]

    def _get(self, address: str, has: bytes) -> Ask:
        return Ask(request("GET", address, self.port), has=has)
