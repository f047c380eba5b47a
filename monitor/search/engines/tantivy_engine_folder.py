"""Where the index lies: a folder for each time it was made, and a word in a file that says which one is asked."""

from __future__ import annotations

import shutil
import time
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING
from uuid import uuid4

import tantivy

from monitor.postgres.locks import FileLock
from monitor.search.engines.protocol import EngineDown
from monitor.search.engines.tantivy_engine_documents import NAME, schema

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CURRENT = "current"
META = "meta.json"  # tantivy writes it with every commit
HEAP = 128_000_000  # bytes of a writer
PATIENCE_S = 20.0  # for another process to end its writing
MISSING = "The search index has not been made yet; run manage.py reindex."
BUSY = "Another process writes to the search index."
NOT_OURS = "The search index cannot be read; run manage.py reindex."


class Folder:
    """The index on disk. Readers look whether it has changed with every search, which costs a look at a file."""

    def __init__(self, place: Path) -> None:
        self.place, self.schema = place, schema()
        self._lock = Lock()
        self._open: tuple[str, tantivy.Index] | None = None
        self._seen = 0

    def is_made(self) -> bool:
        """Return whether there is an index by today's rules."""
        return self._current().startswith(f"{NAME}-")

    def searcher(self) -> tantivy.Searcher:
        """Return a view of the index as it is now; raises EngineDown."""
        with self._lock:
            try:
                return self._index().searcher()
            except (ValueError, OSError) as error:
                raise EngineDown(NOT_OURS) from error

    def _index(self) -> tantivy.Index:
        current = self._current()
        if not current.startswith(f"{NAME}-"):
            raise EngineDown(MISSING)
        changed = (self.place / current / META).stat().st_mtime_ns
        if self._open is None or self._open[0] != current:
            self._open, self._seen = (current, tantivy.Index.open(str(self.place / current))), changed
        elif changed != self._seen:
            self._open[1].reload()
            self._seen = changed
        return self._open[1]

    def _current(self) -> str:
        try:
            return (self.place / CURRENT).read_text()
        except FileNotFoundError:
            return ""

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Tell whether nobody else makes or changes the index, of all processes; nobody does as long as the block lasts."""
        self.place.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.place / "writer.lock")
        try:
            yield lock.try_to_own()
        finally:
            lock.close()

    @contextmanager
    def writing(self) -> Iterator[tantivy.IndexWriter]:
        """Give a writer, whose work is seen when the block ends well and undone otherwise; raises EngineDown."""
        current = self._current()
        if not current.startswith(f"{NAME}-"):
            raise EngineDown(MISSING)
        with _writer(tantivy.Index.open(str(self.place / current))) as writer:
            yield writer

    @contextmanager
    def making(self) -> Iterator[tantivy.IndexWriter]:
        """Give the writer of a new index, which takes the place of the other one when the block ends well."""
        name = f"{NAME}-{uuid4().hex}"
        before = self._current()
        (self.place / name).mkdir(parents=True)
        with _writer(tantivy.Index(self.schema, path=str(self.place / name), reuse=False)) as writer:
            yield writer
        # Whole before it is named: a reader never sees half a word.
        waiting = self.place / f"{CURRENT}.new"
        waiting.write_text(name)
        waiting.replace(self.place / CURRENT)
        for old in self.place.iterdir():  # the last one stays for who is about to open it
            if old.is_dir() and old.name not in {name, before}:
                shutil.rmtree(old, ignore_errors=True)


@contextmanager
def _writer(index: tantivy.Index) -> Iterator[tantivy.IndexWriter]:
    writer = _patiently(index)
    try:
        yield writer
        writer.commit()
    except BaseException:
        writer.rollback()
        raise
    finally:
        writer.wait_merging_threads()  # ends the writer, too, and with it the lock


def _patiently(index: tantivy.Index) -> tantivy.IndexWriter:
    """Return the one writer there may be; raises EngineDown where another process keeps it."""
    end = time.monotonic() + PATIENCE_S
    while True:
        try:
            return index.writer(HEAP, 1)
        except ValueError as error:
            if "LockBusy" not in str(error) or time.monotonic() > end:
                raise EngineDown(BUSY) from error
        time.sleep(0.2)
