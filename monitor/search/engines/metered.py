"""An engine whose searches are counted for Prometheus, by the shape of the query and never by its words."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from monitor.search.engines.protocol import EngineDown, TooSlow
from monitor.search.engines.shapes import shape_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from monitor.search.compiled import Compiled, Facet, Sort
    from monitor.search.engines.protocol import Engine, Health, Hits


class MeteredEngine:
    """Does what the engine inside does, and notes how long it took."""

    def __init__(self, inside: Engine) -> None:
        self.inside = inside
        self.name = inside.name

    def search(
        self,
        compiled: Compiled,
        *,
        sort: Sort,
        cursor: str | None = None,
        limit: int = 20,
        facets: Collection[Facet] = (),
    ) -> Hits:
        from monitor.metering import search_seconds, searches  # noqa: PLC0415 - only where METRICS is on

        shape, began, ended = shape_of(compiled.tree), time.perf_counter(), "failed"
        try:
            hits = self.inside.search(compiled, sort=sort, cursor=cursor, limit=limit, facets=facets)
            ended = "exact" if hits.relation == "=" else "more"
        except TooSlow:
            ended = "too_slow"
            raise
        except EngineDown:
            ended = "down"
            raise
        finally:
            search_seconds.labels(shape).observe(time.perf_counter() - began)
            searches.labels(shape, ended).inc()
        return hits

    def index(self, articles: Collection[int]) -> None:
        self.inside.index(articles)

    def delete(self, articles: Collection[int]) -> None:
        self.inside.delete(articles)

    def rebuild(self) -> Iterator[tuple[int, int]]:
        return self.inside.rebuild()

    def catch_up(self) -> int:
        return self.inside.catch_up()

    def health(self) -> Health:
        return self.inside.health()

    def every(self, compiled: Compiled, *, after: tuple[date, int] | None = None) -> Iterator[int]:
        return self.inside.every(compiled, after=after)

    def count(self, compiled: Compiled) -> int:
        return self.inside.count(compiled)
