"""Search in an index of tantivy's, a library in this process: exact ranking, counts and facets, also of large archives.

The index is derived: the worker takes up what the outbox names, and only one process writes at a time. It lags behind
Postgres by some seconds; whatever it finds is looked up there for the person who asks before it is shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from monitor.search.engines.cursors import read_cursor
from monitor.search.engines.protocol import EngineDown, Health
from monitor.search.engines.tantivy_engine_documents import KEY, NAME, documents
from monitor.search.engines.tantivy_engine_folder import BUSY, Folder
from monitor.search.engines.tantivy_engine_paging import Page, count_of, keys_of
from monitor.search.engines.tantivy_engine_queries import asked_of
from monitor.search.index_models import Follower, FollowerChange, SearchRow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date
    from pathlib import Path

    from monitor.search.compiled import Compiled, Facet, Sort
    from monitor.search.engines.protocol import Hits

AT_ONCE = 500  # articles


class TantivyEngine:
    """The engine of large archives on one machine."""

    name = "tantivy"

    def __init__(self, place: Path | None = None) -> None:
        self.folder = Folder(place or settings.VAR / "search-index")

    def index(self, articles: Collection[int]) -> None:
        wanted = sorted(set(articles))
        with self.folder.writing() as writer:
            for begin in range(0, len(wanted), AT_ONCE):
                some = wanted[begin : begin + AT_ONCE]
                for key in some:
                    writer.delete_documents_by_term(KEY, key)
                for document in documents(some):
                    writer.add_document(document)

    def delete(self, articles: Collection[int]) -> None:
        with self.folder.writing() as writer:
            for key in articles:
                writer.delete_documents_by_term(KEY, key)

    def rebuild(self) -> Iterator[tuple[int, int]]:
        """Make a new index beside the one that is asked meanwhile; what changes until it is done stays in the outbox.

        Nobody else writes to either until then. Raises EngineDown where somebody is at it already.
        """
        with self.folder.alone() as is_alone:
            if not is_alone:
                raise EngineDown(BUSY)
            yield from self._rebuild()

    def _rebuild(self) -> Iterator[tuple[int, int]]:
        Follower.objects.get_or_create(name=self.name)
        # These and no others: a note with a lower key may be committed only after its row was read.
        noted = list(FollowerChange.objects.filter(follower=self.name).values_list("pk", flat=True))
        rows, done, last = SearchRow.objects.order_by("pk"), 0, 0
        of = rows.count()
        with self.folder.making() as writer:
            while batch := list(rows.filter(pk__gt=last).values_list("pk", flat=True)[:AT_ONCE]):
                for document in documents(batch):
                    writer.add_document(document)
                last, done = batch[-1], done + len(batch)
                yield done, max(done, of)
        for begin in range(0, len(noted), AT_ONCE):
            FollowerChange.objects.filter(pk__in=noted[begin : begin + AT_ONCE]).delete()

    def catch_up(self, *, most: int = 20 * AT_ONCE) -> int:
        """Take up what the outbox names, the longest waiting first; returns how many notes that were. Raises EngineDown."""
        with self.folder.alone() as is_alone:
            return self._catch_up(most) if is_alone else 0  # whoever makes the index anew leaves the rest in the outbox

    def _catch_up(self, most: int) -> int:
        Follower.objects.get_or_create(name=self.name)
        if not self.folder.is_made():
            for _step in self._rebuild():
                pass
            return 0
        notes = FollowerChange.objects.filter(follower=self.name).order_by("pk")
        noted = list(notes.values_list("pk", "article")[:most])
        if noted:
            self.index({article for _, article in noted})
            with transaction.atomic():
                FollowerChange.objects.filter(pk__in=[pk for pk, _ in noted]).delete()
        return len(noted)

    def health(self) -> Health:
        waiting = FollowerChange.objects.filter(follower=self.name).count()
        try:
            articles = self.folder.searcher().num_docs
        except EngineDown as trouble:
            return Health(ok=False, articles=0, waiting=waiting, sentence=str(trouble))
        known = SearchRow.objects.count()
        if articles != known and not waiting:
            said = f"It holds {articles:,} articles and should hold {known:,}; run manage.py reindex."
            return Health(ok=False, articles=articles, waiting=waiting, sentence=said)
        said = f"{waiting:,} changed articles wait to be taken up." if waiting else ""
        return Health(ok=True, articles=articles, waiting=waiting, sentence=said)

    def search(
        self,
        compiled: Compiled,
        *,
        sort: Sort,
        cursor: str | None = None,
        limit: int = 20,
        facets: Collection[Facet] = (),
    ) -> Hits:
        place = read_cursor(cursor) if cursor else None
        return Page(self.folder.searcher(), self.folder.schema, asked_of(compiled), sort, place, limit).hits(facets)

    def every(self, compiled: Compiled, *, after: tuple[date, int] | None = None) -> Iterator[int]:
        return keys_of(self.folder.searcher(), asked_of(compiled).query(self.folder.schema), self.folder.schema, after)

    def count(self, compiled: Compiled) -> int:
        return count_of(self.folder.searcher(), asked_of(compiled).query(self.folder.schema))


__all__ = ["NAME", "TantivyEngine"]
