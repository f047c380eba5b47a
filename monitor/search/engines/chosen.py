"""The engine that this site uses: the setting SEARCH_ENGINE says which."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from django.conf import settings

from monitor.search.engines.metered import MeteredEngine

if TYPE_CHECKING:
    from monitor.search.engines.protocol import Engine

# A line for each; what another would have to do stands in docs/operations.md.
ENGINES = {
    "postgres": "monitor.search.engines.postgres.engine.PostgresEngine",
    "tantivy": "monitor.search.engines.tantivy_engine.TantivyEngine",  # its library: requirements-search.txt
}


def engine() -> Engine:
    """Return the engine of the settings; raises KeyError for one that there is none of."""
    return _made(ENGINES[settings.SEARCH_ENGINE])


@cache
def _made(place: str) -> Engine:
    module, name = place.rsplit(".", 1)
    made: Engine = getattr(import_module(module), name)()
    return MeteredEngine(made) if settings.METRICS else made
