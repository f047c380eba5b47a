from __future__ import annotations

from multiprocessing import get_context
from typing import TYPE_CHECKING

from monitor.secret_key import SHORTEST_KEY, keep_secret_key, read_secret_key

if TYPE_CHECKING:
    from pathlib import Path


def test_reading_before_the_first_start_gives_a_key_and_writes_nothing(tmp_path: Path) -> None:
    assert len(read_secret_key({}, tmp_path / "var")) >= SHORTEST_KEY
    assert not (tmp_path / "var").exists()


def test_a_kept_key_is_the_one_read_before_and_closed_to_others(tmp_path: Path) -> None:
    before = read_secret_key({}, tmp_path)
    keep_secret_key({}, tmp_path)
    assert read_secret_key({}, tmp_path) == before
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_a_kept_key_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("x" * 60)
    keep_secret_key({}, tmp_path)
    assert read_secret_key({}, tmp_path) == "x" * 60


def test_the_environment_comes_first_and_is_not_written_down(tmp_path: Path) -> None:
    environ = {"SECRET_KEY": "e" * 60}
    keep_secret_key(environ, tmp_path)
    assert read_secret_key(environ, tmp_path) == "e" * 60
    assert list(tmp_path.iterdir()) == []


def _kept_key(var: Path) -> str:
    keep_secret_key({}, var)
    return read_secret_key({}, var)


def test_processes_that_start_at_once_agree_on_one_key(tmp_path: Path) -> None:
    with get_context("spawn").Pool(4) as pool:
        keys = pool.map(_kept_key, [tmp_path] * 8)
    assert len(set(keys)) == 1


def test_a_var_folder_that_is_made_can_be_passed_but_not_looked_into(tmp_path: Path) -> None:
    keep_secret_key({}, tmp_path / "var")
    assert (tmp_path / "var").stat().st_mode & 0o777 == 0o711
