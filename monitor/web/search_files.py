"""A search's whole result as a file: the set that the page counts, newest first, however long."""

from __future__ import annotations

from contextlib import ExitStack
from itertools import islice
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Any

from django.http import FileResponse

from monitor.interchange import csv
from monitor.interchange.article_csv import articles_csv
from monitor.interchange.formats import BY_ENDING
from monitor.interchange.queries import article_records
from monitor.library.queries import standing_articles
from monitor.search.engines.chosen import engine
from monitor.search.resolving import resolve
from monitor.web.views.citing import site_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from django.http import HttpResponseBase

    from monitor.interchange.records import ArticleRecord
    from monitor.web.access import Request
    from monitor.web.forms.search import AskedSearch

AT_ONCE = 500  # articles a statement
IN_MEMORY = 4 * 2**20  # bytes of a file; a larger one is written to disk
FILES = (("CSV, a row an article", "csv"), ("RIS", "ris"), ("BibTeX", "bib"), ("CSL-JSON", "json"))
MEDIA = {"csv": csv.MEDIA_TYPE, **{ending: form.media_type for ending, form in BY_ENDING.items()}}


def file_of(asked: AskedSearch, request: Request, ending: str, *, day: date) -> HttpResponseBase | None:
    """Return the file, None for a format there is none of. It is complete before its first byte is sent.

    Raises TooSlow and EngineDown.
    """
    if ending not in MEDIA:
        return None
    records = records_of(asked, request, accessed=day.isoformat())
    pieces = articles_csv(records) if ending == "csv" else BY_ENDING[ending].write(records)
    with ExitStack() as unfinished:
        stream: Any = unfinished.enter_context(SpooledTemporaryFile(max_size=IN_MEMORY))
        for piece in pieces:
            stream.write(piece.encode("utf-8", "replace"))
        unfinished.pop_all()  # from here on the answer closes it
    stream.seek(0)
    answer = FileResponse(stream, as_attachment=True, filename=f"search-{day}.{ending}", content_type=MEDIA[ending])
    answer["Cache-Control"] = "private, no-store"
    return answer


def records_of(asked: AskedSearch, request: Request, *, accessed: str) -> Iterator[ArticleRecord]:
    """Yield every article that the search finds, newest first."""
    resolved = resolve(asked.asked, request.user, is_shown=False)
    site = site_address(request)
    for keys in _batches(engine().every(resolved.compiled)):
        rows = standing_articles(request.user).filter(pk__in=keys)
        yield from article_records(rows, site=site, accessed=accessed)


def _batches(keys: Iterable[int]) -> Iterator[list[int]]:
    left = iter(keys)
    while batch := list(islice(left, AT_ONCE)):
        yield batch
