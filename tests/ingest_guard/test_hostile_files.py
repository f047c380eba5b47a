"""Every hostile file ends as read or as one sentence, within its limits, and the parent does not notice."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from monitor.ingest.limits import Limits
from monitor.ingest.refusals import Refusal
from monitor.ingest.sandbox import read_guarded
from tests.ingest_guard import hostile
from tests.ingest_guard.memory import children, own_bytes

if TYPE_CHECKING:
    from pathlib import Path

SMALL = Limits(cpu_seconds=1, cpu_per_page=0.05, memory_megabytes=320, pages=200)
GROWTH = 8 * 1024 * 1024  # of the parent, in bytes: its lists and the answer


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All hostile files, in a folder with a blank and an umlaut in its name; bombs a third as large as by default."""
    path = tmp_path_factory.mktemp("böse files")
    hostile.BLANKS = 400
    hostile.main(path)
    return path


@pytest.mark.parametrize("file", hostile.PDFS + hostile.TEXTS, ids=lambda file: file.name)
def test_a_hostile_file_ends_as_read_or_as_one_sentence(folder: Path, file: hostile.Hostile) -> None:
    before, started = own_bytes(), time.monotonic()
    try:
        read_guarded(folder / file.name, name=file.name, limits=SMALL)
        ended, said = "read", ""
    except Refusal as refusal:
        ended, said = refusal.code, str(refusal)
    assert ended in file.ends, said
    assert said == "" or (said.endswith(".") and "\n" not in said and len(said) < 220)
    assert time.monotonic() - started < SMALL.wall_for(SMALL.pages)
    assert own_bytes() - before < GROWTH
    assert children() == []
