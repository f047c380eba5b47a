"""Whether the promises hold on the live data: what `manage.py doctor` tells. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from monitor.annotations.proving import astray_passages, misplaced_passages, wrong_counts
from monitor.entities.proving import misprinted_mentions, unequal_counts, wrong_canonical, wrong_closure
from monitor.library.proving import broken_texts, missing_files
from monitor.search.proving import wrong_engine, wrong_search_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MIGRATIONS = "migrations"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something broken, in a sentence, and the promise it breaks."""

    promise: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.promise}: {self.sentence}"


def unapplied_migrations() -> Iterator[str]:
    loader = MigrationLoader(connection)
    for app, name in sorted(loader.graph.nodes.keys() - loader.applied_migrations.keys()):
        yield f"{app} {name} is not applied; run manage.py migrate"


PROMISES: dict[str, tuple[Callable[[], Iterator[str]], ...]] = {
    MIGRATIONS: (unapplied_migrations,),
    "texts": (broken_texts,),
    "files": (missing_files,),
    "annotations": (misplaced_passages, astray_passages),
    "counts": (wrong_counts, unequal_counts),
    "actors and regions": (misprinted_mentions, wrong_closure, wrong_canonical),
    "search": (wrong_search_rows, wrong_engine),
}


def find_faults() -> Iterator[Fault]:
    """Yield what is broken; on an old schema that alone, for the rest could not be read."""
    for promise, proofs in PROMISES.items():
        faults = [Fault(promise, sentence) for proof in proofs for sentence in proof()]
        yield from faults
        if promise == MIGRATIONS and faults:
            return
