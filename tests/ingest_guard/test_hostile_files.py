"""Every hostile file ends as read or as one sentence, and drawn or with one, within limits; the parent does not notice."""

from __future__ import annotations

import time
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest

from monitor.ingest.guard.drawing import drawn_pages
from monitor.ingest.guard.limits import Limits
from monitor.ingest.guard.pictures import Drawing
from monitor.ingest.guard.sandbox import read_guarded
from monitor.ingest.refusals import Refusal
from tests.ingest_guard import hostile, hostile_collection
from tests.ingest_guard.memory import children, own_bytes
from tests.ingest_guard.together import End, ends_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SMALL = Limits(cpu_seconds=0.9, cpu_per_page=0.05, memory_megabytes=320, pages=200)
QUICK = Limits(cpu_seconds=0.5, cpu_per_page=0.05, memory_megabytes=320, pages=200)
GROWTH = 8 * 1024 * 1024  # of the parent, in bytes: its lists and the answer
SENTENCE = 300  # characters of the longest
MOST_SECONDS = 8.0  # of computing, for a file that ends by itself: three times what the dearest takes
TINY = (Drawing("webp", width=150),)
# Files whose reading, or drawing, only a limit ends (a second of computing each) or that take the process with them.
# For the suite's sake one of each sort; `hostile_collection.py FOLDER` tries the whole collection both ways.
FORCED_READ = [
    "annotations many",
    "blanks in flate",
    "encrypt ring",
    "glyphs in many strings",
    "letters long",
    "objects many",
    "one page many times",
    "reference ring in contents",
    "string open",
    "unicode range",
    "width ranges many",
    "xref stream bomb",
]
FORCED_DRAWN = [
    "contents many times",
    "forms doubling",
    "function slow",
    "jpeg of many scans",
    "marked deep",
    "nested filters",
    "stencil enormous",
    "xref stream no width",
]
LEFT_READ = [
    "clips many",
    "contents many times",
    "file of noise printed",
    "font ring",
    "letters ranges many",
    "marked deep",
    "much behind the end",
    "name enormous",
    "names a million",
    "nested filters",
    "operands without operator",
    "path without end",
    "predictor columns",
    "rectangles in flate",
    "rotate ring",
    "run lengths",
    "states restored",
    "states saved",
    "string of digits",
    "width range",
    "xref stream no width",
    "zeros in ascii85",
]
LEFT_DRAWN = [
    "annotations drawn",
    "blanks in flate",
    "fax of noise",
    "glyphs doubling",
    "pattern of dust",
    "pattern of itself",
    "patterns nested",
    "picture of bits",
    "picture shown often",
    "rectangles in flate",
    "shading of a million corners",
    "shading of patches",
    "xref stream bomb",
]


def named(names: list[str]) -> list[hostile.Hostile]:
    known = {file.name: file for file in hostile_collection.PDFS}
    return [known[f"{name}.pdf"] for name in names]


def is_seen_from_outside(file: hostile.Hostile) -> bool:
    """Tell whether a file is refused before anything is started for it."""
    return file.ends <= {"empty", "not_a_pdf", "too_large", "unknown_kind", "not_text"}


AT_SIGHT = [file for file in hostile_collection.PDFS if is_seen_from_outside(file)]
READ = [*hostile.TEXTS, *AT_SIGHT, *named(FORCED_READ)]
DRAWN = [*AT_SIGHT, *named(FORCED_DRAWN)]
WITHOUT_FORCE = {
    "read": [f for f in hostile_collection.PDFS if f not in [*AT_SIGHT, *named(FORCED_READ + LEFT_READ)]],
    "draw": [f for f in hostile_collection.PDFS if f not in [*AT_SIGHT, *named(FORCED_DRAWN + LEFT_DRAWN)]],
}


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


def may_end(file: hostile.Hostile) -> frozenset[str]:
    """Return how a file may end: on a slow machine the clock stops what memory or characters stop elsewhere."""
    stopped = file.ends & {"too_much_memory", "too_many_characters"}
    return file.ends | {"too_slow"} if stopped else file.ends


@pytest.mark.parametrize("file", READ, ids=lambda file: file.name)
def test_a_hostile_file_ends_as_read_or_as_one_sentence(folder: Path, file: hostile.Hostile) -> None:
    path = made(file, folder)
    ended, said = "read", ""
    with unnoticed():
        try:
            read_guarded(path, name=file.name, limits=SMALL)
        except Refusal as refusal:
            ended, said = refusal.code, str(refusal)
    assert ended in may_end(file), said
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


@pytest.fixture(scope="module")
def ended(folder: Path) -> dict[str, dict[str, End]]:
    """Return how the files end that need no force, read and drawn, by name."""
    return {job: ends_of(job, [made(file, folder) for file in files]) for job, files in WITHOUT_FORCE.items()}


@pytest.mark.parametrize("file", WITHOUT_FORCE["read"], ids=lambda file: file.name)
def test_a_hostile_file_ends_by_itself_when_it_is_read(file: hostile.Hostile, ended: dict[str, dict[str, End]]) -> None:
    assert file.name in ended["read"], "it, or one before it, must be ended by force"
    end = ended["read"][file.name]
    assert ("read" if end.code == "done" else end.code) in file.ends
    assert len(end.sentences) == (end.code != "done")
    assert [sentence for sentence in end.sentences if not is_sentence(sentence)] == []
    assert end.seconds < MOST_SECONDS


@pytest.mark.parametrize("file", WITHOUT_FORCE["draw"], ids=lambda file: file.name)
def test_a_hostile_file_ends_by_itself_when_it_is_drawn(
    file: hostile.Hostile, ended: dict[str, dict[str, End]]
) -> None:
    assert file.name in ended["draw"], "it, or one before it, must be ended by force"
    end = ended["draw"][file.name]
    assert end.code != "crashed"
    assert end.code == "done" or end.sentences
    assert [sentence for sentence in end.sentences if not is_sentence(sentence)] == []
    assert end.seconds < MOST_SECONDS


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
