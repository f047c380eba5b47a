"""What each peer is to the measures: how it is started, filled, asked, and how its rows are counted."""

from __future__ import annotations

import sqlite3
from abc import ABC, abstractmethod
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from bench.peers.talking import Ask

LONGEST, STEP = (
    120,
    977,
)  # characters of a mark, and from one to the next in the same text; those of the site's are alike
READY = 400  # requests made beforehand
MARKED = 20  # documents that are marked; the others are listed and opened


@dataclass(frozen=True, slots=True)
class Document:
    title: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)


@dataclass(frozen=True, slots=True)
class Act:
    """Something that a reader does, told as it is done there; the n-th time it is done by these requests."""

    told: str
    asks: Callable[[int], Sequence[Ask]]


class Peer(ABC):
    name: ClassVar[str]  # of its package
    title: ClassVar[str]
    licence: ClassVar[str]
    served: ClassVar[str]  # what serves it and where it keeps things, as its authors ship it
    ready: ClassVar[str] = "/"  # an address that anybody may ask for
    at_least: ClassVar[float | None] = None  # how many times as many annotations the site makes

    def __init__(self, bin_folder: Path, data: Path, port: int, log: Path) -> None:
        self.bin, self.data, self.port, self.log = bin_folder, data, port, log

    @property
    def variables(self) -> dict[str, str]:
        """Return what its programs are told through the environment."""
        return {}

    @property
    def before(self) -> list[list[str]]:
        """Return what is run once, before it is started for the first time."""
        return []

    @property
    @abstractmethod
    def command(self) -> list[str]: ...

    @abstractmethod
    def fill(self, documents: Sequence[Document]) -> None:
        """Make an account, a project and the documents, through the door that it has for programs."""

    @abstractmethod
    def acts(self) -> dict[str, Act]:
        """Return what is done for reading, of `list`, `open` and `search`."""

    def marks(self) -> Iterator[Ask]:
        """Return requests that make an annotation each, over and over."""
        raise NotImplementedError

    def made(self) -> int:
        """Return how many annotations are in its database."""
        raise NotImplementedError


def rows_in(database: Path, table: str) -> int:
    """Return how many rows a table of an SQLite file has, which others may be writing to."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        (found,) = connection.execute(f'select count(*) from "{table}"').fetchone()  # noqa: S608 - names of ours
    return int(found)


def places(documents: Sequence[tuple[int, Document]], between: str = "\n\n") -> Iterator[tuple[int, int, str]]:
    """Yield the key of a document, where a mark of it begins, and the marked words, which lie in one paragraph.

    `between` is what stands between two paragraphs where the peer counts characters.
    """
    for number in range(READY):
        key, document = documents[number % len(documents)]
        at, long = 0, list[tuple[int, str]]()
        for text in document.paragraphs:
            if len(text) > LONGEST:
                long.append((at, text))
            at += len(text) + len(between)
        begins, text = long[number // len(documents) % len(long)]
        start = STEP * number % (len(text) - LONGEST)
        yield key, begins + start, text[start : start + LONGEST]
