"""The measures of `bench.storing`. Django must be set up before this is imported.

Stored means searchable: what an issue says is in the index in the transaction that stores it. COPY gets what was stored
just before, all columns as they are, into the same tables with their indexes and foreign keys; triggers of ours rest.
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from django.apps import apps
from django.core.management import call_command
from django.db import connection, connections, transaction
from psycopg.sql import SQL, Identifier

from bench.goals import of_rounds
from bench.page_library import invented_article, invented_issue
from bench.rounds import ROUNDS
from monitor.ingest.guard.limits import Limits
from monitor.ingest.guard.sandbox import inspect_file, read_guarded
from monitor.library.importing import FileFacts, store_issue

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monitor.ingest.document import IssueDocument

SAMPLES = sorted((Path(__file__).resolve().parents[1] / "samples").glob("*.pdf"))
COPY, A_SECOND = 0.7, 250  # the goals: a share of what COPY does, and articles
ISSUES, ARTICLES, CHARACTERS = 10, 12, 9_000  # of a round, of an issue, of an article: some 1,500 words


@dataclass(frozen=True, slots=True)
class Rows:
    """All rows of a table, as COPY writes and takes them, and their columns without those that are worked out."""

    table: str
    columns: tuple[str, ...]
    content: bytes


def report(var: Path) -> Iterator[str]:
    call_command("migrate", verbosity=0)
    yield from _against_reading()
    yield from _against_copy()
    connections.close_all()


def _against_reading() -> Iterator[str]:
    yield "Seconds by the clock, one after the other.\n"
    yield "| file | read | store | store / read |\n|---|---|---|---|"
    for path in SAMPLES:
        started = time.perf_counter()
        document = read_guarded(path, name=path.name, limits=Limits())
        read = time.perf_counter()
        seen = inspect_file(path, name=path.name, limits=Limits())
        store_issue(document=document, file=FileFacts(seen.sha256, path.name, "pdf", seen.size))
        stored = time.perf_counter()
        yield f"| {path.name} | {read - started:.2f} | {stored - read:.2f} | {(stored - read) / (read - started):.2f} |"
    yield ""


def _against_copy() -> Iterator[str]:
    yield f"Articles of {CHARACTERS:,} characters stored in one second, {ARTICLES} an issue, and the same rows by COPY;"
    yield "the goal is 250 a second, and .7 of COPY.\n"
    yield "| | a second |\n|---|---|"
    filled = _tables()
    connection.cursor().execute(SQL("TRUNCATE {} CASCADE").format(SQL(", ").join(map(Identifier, filled))))
    before = _tables()
    stored, copied = [], []
    for number in range(ROUNDS + 1):
        documents = [_invented(number, issue) for issue in range(ISSUES)]
        stored.append(_seconds_to_store(documents))
        rows = [_rows(table) for table in _tables() if table not in before]
        names = SQL(", ").join(Identifier(one.table) for one in rows)
        connection.cursor().execute(SQL("TRUNCATE {} CASCADE").format(names))
        copied.append(_seconds_to_copy(rows))
        connection.cursor().execute(SQL("TRUNCATE {} CASCADE").format(names))
    # The first round warms up.
    ratios = [theirs / own for own, theirs in zip(stored[1:], copied[1:], strict=True)]
    articles = ISSUES * ARTICLES
    yield f"| stored and searchable | {articles / median(stored[1:]):.0f} |"
    yield f"| COPY | {articles / median(copied[1:]):.0f} |"
    yield f"| share of COPY | {median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f}) |\n"
    yield str(of_rounds("articles stored, beside COPY", ratios, COPY, at_most=False))
    yield str(of_rounds("articles stored in a second", [articles / one for one in stored[1:]], A_SECOND, at_most=False))


def _invented(number: int, issue: int) -> IssueDocument:
    titles = (f"Letter {number} {issue} {article}" for article in range(ARTICLES))
    articles = [
        invented_article(CHARACTERS + 7 * at, title=title, author=f"Author {at}", source=f"Post {at}")
        for at, title in enumerate(titles)
    ]
    return invented_issue(*articles, publication=f"Stored {number}", number=issue)


def _seconds_to_store(documents: Sequence[IssueDocument]) -> float:
    started = time.perf_counter()
    for document in documents:
        name = repr((document.issue.publication, document.issue.number))
        store_issue(
            document=document, file=FileFacts(hashlib.sha256(name.encode()).hexdigest(), "invented.txt", "txt", 1)
        )
    return time.perf_counter() - started


def _tables() -> list[str]:
    """Return our tables that hold rows."""
    names = sorted({model._meta.db_table for model in apps.get_models() if model._meta.managed})  # noqa: SLF001
    names = [name for name in names if name.startswith("monitor_")]
    with connection.cursor() as cursor:
        return [name for name in names if _has_rows(cursor, name)]


def _has_rows(cursor: object, table: str) -> bool:
    cursor.execute(SQL("SELECT EXISTS (SELECT FROM {})").format(Identifier(table)))  # type: ignore[attr-defined]
    return bool(cursor.fetchone()[0])  # type: ignore[attr-defined]


def _rows(table: str) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_schema = current_schema AND table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position",
            [table],
        )
        columns = tuple(name for (name,) in cursor.fetchall())
        names = SQL(", ").join(map(Identifier, columns))
        with cursor.copy(SQL("COPY {} ({}) TO STDOUT").format(Identifier(table), names)) as copy:
            return Rows(table, columns, b"".join(map(bytes, copy)))


def _seconds_to_copy(rows: Sequence[Rows]) -> float:
    for one in rows:
        connection.cursor().execute(SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(Identifier(one.table)))
    try:
        started = time.perf_counter()
        with transaction.atomic(), connection.cursor() as cursor:
            for one in rows:
                names = SQL(", ").join(map(Identifier, one.columns))
                with cursor.copy(SQL("COPY {} ({}) FROM STDIN").format(Identifier(one.table), names)) as copy:
                    copy.write(one.content)
        return time.perf_counter() - started
    finally:
        for one in rows:
            connection.cursor().execute(SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(Identifier(one.table)))
