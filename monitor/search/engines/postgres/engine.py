"""Search in Postgres: exact where that is cheap; beyond, a count that stops and a walk from the newest on."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from monitor.search import indexing
from monitor.search.engines.cursors import Place, read_cursor
from monitor.search.engines.postgres.asking import asking
from monitor.search.engines.postgres.paging import Search, place_of
from monitor.search.engines.postgres.queries import Query
from monitor.search.engines.postgres.statements import Stretch, Wanted, counted_to, pass_over
from monitor.search.engines.protocol import Health, Hits
from monitor.search.index_models import SearchChange, SearchPiece, SearchRow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from monitor.search.compiled import Compiled, Facet, Sort

CHUNK = 20_000  # hits that a stream fetches at a time
COUNTED_TO = 2**40  # everything


class PostgresEngine:
    """The default engine."""

    name = "postgres"

    def index(self, articles: Collection[int]) -> None:
        indexing.index_articles(articles)

    def delete(self, articles: Collection[int]) -> None:
        SearchPiece.objects.filter(article__in=articles).delete()
        SearchRow.objects.filter(article__in=articles).delete()

    def rebuild(self) -> Iterator[tuple[int, int]]:
        return indexing.reindex(again=True)

    def catch_up(self) -> int:
        return 0  # its rows are what every engine is told from: `indexing.take_up_changes` has been at them

    def health(self) -> Health:
        waiting = SearchChange.objects.count()
        said = f"{waiting:,} changed articles wait to be taken up." if waiting else ""
        return Health(ok=True, articles=SearchRow.objects.count(), waiting=waiting, sentence=said)

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
        with asking(compiled) as asked:
            return Search(Query(compiled, asked), sort, place, limit, frozenset(facets)).hits()

    def every(self, compiled: Compiled, *, after: tuple[date, int] | None = None) -> Iterator[int]:
        place = Place(*after) if after else None
        while True:
            with asking(compiled, is_limited=False) as asked:
                wanted = Wanted(Query(compiled, asked).filter, Stretch(CHUNK, after=place), counted=False)
                shown = asked.rows(pass_over(wanted))[0]["shown"] or []
            yield from (key for key, _ in shown)
            if len(shown) < CHUNK:
                return
            place = place_of(shown[-1])

    def count(self, compiled: Compiled) -> int:
        with asking(compiled) as asked:
            return int(asked.rows(counted_to(Query(compiled, asked).filter, COUNTED_TO))[0]["count"])
