"""Where the cluster lies: in var/ where the server's user can reach it, with a socket whose path is short enough."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.postgres.place import LONGEST_SOCKET, SYSTEM_FOLDER, Place, cluster_place, open_to_others

if TYPE_CHECKING:
    from collections.abc import Iterator

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root's server runs as another user")


@pytest.fixture
def closed() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o700)
    yield folder
    shutil.rmtree(folder)


def test_place_names_data_log_and_socket() -> None:
    place = Place(Path("/v/pg"), Path("/v/pg/sock"))
    assert (place.data, place.log) == (Path("/v/pg/data"), Path("/v/pg/postgres.log"))
    assert place.socket == Path("/v/pg/sock/.s.PGSQL.5432")


@given(st.lists(st.text("aü漢 '\"$,", min_size=1, max_size=40), min_size=1, max_size=8))
def test_socket_path_is_never_too_long(names: list[str]) -> None:
    place = cluster_place(Path("/srv").joinpath(*names), "pg")
    assert len(os.fsencode(f"{place.socket}.lock")) <= LONGEST_SOCKET


def test_long_path_has_its_socket_under_a_short_name_of_its_own() -> None:
    deep = Path("/srv") / ("x" * 100)
    first, second = cluster_place(deep / "a", "pg"), cluster_place(deep / "b", "pg")
    assert first.folder == deep / "a/pg"
    assert first.socket_folder.parent == Path("/tmp")  # noqa: S108 - the name that every process comes to
    assert first.socket_folder != second.socket_folder
    assert cluster_place(deep / "a", "pg") == first


def test_folder_is_open_to_others_when_all_above_it_can_be_passed(closed: Path) -> None:
    assert open_to_others(closed)
    assert not open_to_others(closed / "var")
    assert not open_to_others(closed / "not/there/yet")
    closed.chmod(0o711)
    assert open_to_others(closed / "not/there/yet")


@as_root
def test_roots_cluster_in_a_closed_home_lies_outside(closed: Path) -> None:
    place = cluster_place(closed / "var", "pg")
    assert place.folder.parent == SYSTEM_FOLDER
    assert place.socket_folder == place.folder / "sock"
    assert place.run_as in {"postgres", "nobody"}


@as_root
def test_roots_cluster_stays_where_it_was_made(closed: Path) -> None:
    (closed / "var/pg/data").mkdir(parents=True)
    assert cluster_place(closed / "var", "pg").folder == closed / "var/pg"


@pytest.mark.skipif(os.geteuid() == 0, reason="root's server runs as another user")
def test_normal_users_cluster_lies_in_var_and_runs_as_that_user(closed: Path) -> None:
    assert cluster_place(closed / "var", "pg") == Place(closed / "var/pg", closed / "var/pg/sock", None)
