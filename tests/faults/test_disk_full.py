"""A full disk under the files: nothing half is kept, people are told, and with room it goes on. Root alone can mount one."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.faults.served import command, query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.postgres.site_processes import Home

pytestmark = [pytest.mark.processes, pytest.mark.timeout(1200)]
ROOT = Path(__file__).resolve().parents[2]
SAMPLES = sorted((ROOT / "samples").glob("*.pdf"))


@pytest.fixture
def small_disk(home: Home) -> Iterator[Path]:
    """Put a disk of 64 kB where the files go."""
    query(home, "truncate monitor_issue cascade")
    files = home.var / "files"
    shutil.rmtree(files)
    files.mkdir()
    mounted = subprocess.run(
        ["/bin/mount", "-t", "tmpfs", "-o", "size=64k", "none", str(files)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("only who may mount a small disk can fill it")
    yield files
    subprocess.run(["/bin/umount", "-l", str(files)], check=False)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")
def test_a_file_that_finds_no_room_is_refused_whole_and_comes_in_later(home: Home, small_disk: Path) -> None:
    process = home.start("manage.py", "ingest", str(SAMPLES[0]))
    said, _ = process.communicate(timeout=200)

    assert process.returncode == 1
    assert "Traceback" not in said
    assert "disk" in said.lower()
    assert query(home, "select count(*) from monitor_issue") == ["0"]
    assert [path for path in small_disk.rglob("*") if path.is_file()] == []
    subprocess.run(["/bin/mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    assert "stored" in command(home, "ingest", str(SAMPLES[0]))
    assert query(home, "select count(*) from monitor_issue") == ["1"]
