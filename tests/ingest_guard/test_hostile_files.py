"""Every hostile file ends as read or as one sentence, and drawn or with one, within limits; the parent does not notice."""

from __future__ import annotations

import time
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest

from monitor.ingest.drawing import drawn_pages
from monitor.ingest.limits import Limits
from monitor.ingest.pictures import Drawing
from monitor.ingest.refusals import Refusal
from monitor.ingest.sandbox import read_guarded
from tests.ingest_guard import hostile, hostile_collection
from tests.ingest_guard.memory import children, own_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SMALL = Limits(cpu_seconds=0.9, cpu_per_page=0.05, memory_megabytes=320, pages=200)
QUICK = Limits(cpu_seconds=0.5, cpu_per_page=0.05, memory_megabytes=320, pages=200)
GROWTH = 8 * 1024 * 1024  # of the parent, in bytes: its lists and the answer
SENTENCE = 300  # characters of the longest
TINY = (Drawing("webp", width=150),)
# A part of all, for the suite's sake: `hostile_collection.py FOLDER` tries each file both ways. The reader leaves
# pictures alone, and the drawer has most to fear of them and of the pages' programs.
READ = [
    *hostile.PDFS,
    *hostile.TEXTS,
    *hostile_collection.STRUCTURE[::2],
    *hostile_collection.CONTENTS[::3],
    *hostile_collection.FONTS[::2],
    *hostile_collection.PICTURES[::10],
    *hostile_collection.BROKEN[::3],
]
DRAWN = [
    *hostile.PDFS[1:-5:3],
    *hostile_collection.STRUCTURE[1::4],
    *hostile_collection.CONTENTS,
    *hostile_collection.FONTS[1::2],
    *hostile_collection.PICTURES,
    *hostile_collection.BROKEN[1::3],
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a blank and an umlaut in its name; bombs are a third as large as by default."""
    hostile.BLANKS = 400
    return tmp_path_factory.mktemp("böse files")


@contextmanager
def unnoticed() -> Iterator[None]:
    """Hold that the parent neither grows nor waits, and that nothing is left running."""
    before, started = own_bytes(), time.monotonic()
    yield
    assert time.monotonic() - started < SMALL.wall_for(SMALL.pages)
    assert own_bytes() - before < GROWTH
    assert children() == []


def made(file: hostile.Hostile, folder: Path) -> Path:
    path = folder / file.name
    path.write_bytes(file.make())
    return path


def is_sentence(said: str) -> bool:
    return said.endswith(".") and "\n" not in said and len(said) < SENTENCE


@pytest.mark.parametrize("file", READ, ids=lambda file: file.name)
def test_a_hostile_file_ends_as_read_or_as_one_sentence(folder: Path, file: hostile.Hostile) -> None:
    path = made(file, folder)
    ended, said = "read", ""
    with unnoticed():
        try:
            read_guarded(path, name=file.name, limits=SMALL)
        except Refusal as refusal:
            ended, said = refusal.code, str(refusal)
    assert ended in file.ends, said
    assert said == "" or is_sentence(said)


@pytest.mark.parametrize("file", DRAWN, ids=lambda file: file.name)
def test_a_hostile_file_ends_as_drawn_or_as_one_sentence(folder: Path, file: hostile.Hostile) -> None:
    path = made(file, folder)
    said: list[str] = []
    with unnoticed():
        try:
            with closing(drawn_pages(path, drawings=TINY, limits=QUICK)) as pages:
                said = [page.failure for page in pages if not page.pictures]
        except Refusal as refusal:
            said = [str(refusal)]
    assert [sentence for sentence in said if not is_sentence(sentence)] == []


def test_the_collection_has_no_file_twice_and_no_word_too_many() -> None:
    names = [file.name for file in hostile_collection.PDFS]
    assert len(names) == len(set(names)) > 150
    harmless = {f"{name.replace('_', ' ')}.pdf" for name in hostile_collection.HARMLESS}
    assert harmless - set(names) == set()


def test_spoilt_copies_differ_and_are_the_same_every_time() -> None:
    files = [file for file in hostile_collection.BROKEN if "spoilt" in file.name]
    first, second = ([file.make() for file in files] for _ in range(2))
    assert first == second
    assert len(set(first)) == len(files) == len(hostile_collection.SEEDS)
