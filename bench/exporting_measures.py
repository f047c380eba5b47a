"""The measures of `bench.exporting`. Django must be set up before this is imported.

Memory is what the process holds more, at its peak, than before the file was begun; only Linux tells it.
"""

from __future__ import annotations

import re
import time
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

from django.core.management import call_command
from django.db import connection, connections

from bench.page_library import invented_article, invented_issue
from monitor.accounts.models import User
from monitor.annotations.models import Annotation, AnnotationSpan
from monitor.interchange.exports import BY_SLUG, Wanted
from monitor.library.importing import FileFacts, store_issue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor.library.models import Article

ROWS = (1_000, 10_000, 100_000)
AT_ONCE = 5_000
CHARACTERS = 35_000
MARKED = 60  # characters of a passage
COPIED = """copy (select a.uid, a.comment, a.visibility, a.created, s.quote, s.start, s."end" from monitor_annotation a
join monitor_annotationspan s on s.annotation_id = a.id order by a.id) to stdout with (format csv)"""


def report(var: Path) -> Iterator[str]:
    call_command("migrate", verbosity=0)
    person = User.objects.create_user("bench", password="a quiet harbour", role="analyst")  # noqa: S106
    read = invented_article(CHARACTERS, title="Lamps", author="Ines Varrow", source="Ferry Post")
    issue = store_issue(
        document=invented_issue(read, publication="Tidewater Letter", number=1),
        file=FileFacts("0" * 64, "a.txt", "txt", 1),
    ).issue
    article = issue.articles.get()
    body = article.texts.get().body
    yield "| rows | CSV, seconds | rows a second | peak memory, MB | COPY of the bare rows, seconds |\n|---|---|---|---|---|"
    made = 0
    for rows in ROWS:
        _mark(article, body, person, rows - made)
        made = rows
        copied = _copied()
        took, held = _written(person)
        yield f"| {rows:,} | {took:.2f} | {rows / took:,.0f} | {held:.1f} | {copied:.2f} |"
    connections.close_all()


def _mark(article: Article, body: str, person: User, number: int) -> None:
    """Store annotations as COPY would, without their history."""
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
    for first in range(0, number, AT_ONCE):
        some = range(first, min(first + AT_ONCE, number))
        marks = Annotation.objects.bulk_create(
            Annotation(article=article, owner=person, comment=f"Word {n} of what was thought of it.") for n in some
        )
        AnnotationSpan.objects.bulk_create(_span(mark, body, n) for mark, n in zip(marks, some, strict=True))
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = origin")
        cursor.execute("analyze monitor_annotation, monitor_annotationspan")


def _span(mark: Annotation, body: str, number: int) -> AnnotationSpan:
    start = number * 37 % (len(body) - MARKED)
    facts = {"start": start, "end": start + MARKED, "quote": body[start : start + MARKED], "text_version": 1}
    return AnnotationSpan(annotation=mark, article_id=mark.article_id, prefix="before", suffix="behind", **facts)


def _copied() -> float:
    begun = time.perf_counter()
    with connection.cursor() as cursor, cursor.copy(COPIED) as rows:
        for _ in rows:
            pass
    return time.perf_counter() - begun


def _written(person: User) -> tuple[float, float]:
    keys = list(Annotation.objects.order_by("pk").values_list("pk", flat=True))
    Path("/proc/self/clear_refs").write_text("5")  # the peak is counted from here
    before = _memory("VmRSS")
    begun = time.perf_counter()
    with TemporaryFile() as file:
        BY_SLUG["csv"].write(keys, Wanted(person=person, site="https://monitor.example"), file)
    return time.perf_counter() - begun, _memory("VmHWM") - before


def _memory(what: str) -> float:
    found = re.search(rf"{what}:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) / 1024 if found else 0.0
