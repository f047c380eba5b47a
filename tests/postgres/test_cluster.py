"""One cluster on disk: who may be in its way, whether anybody listens, and which lock files are a dead server's."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from monitor.postgres.cluster import Cluster, _quoted_path
from monitor.postgres.errors import PostgresError
from monitor.postgres.keeper import main as keep
from monitor.postgres.locks import FileLock
from monitor.postgres.place import SOCKET_NAME, Place
from tests.postgres.site_processes import ROOT, eventually

if TYPE_CHECKING:
    from collections.abc import Iterator

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can make files that belong to others")
NOBODYS_UID = 54_321


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    """Give a cluster that runs as ourselves and was never made; its path is short enough for a socket."""
    folder = Path(tempfile.mkdtemp(prefix="monitor-cluster-"))
    (folder / "pg/data").mkdir(parents=True)
    yield Cluster(Place(folder / "pg", folder / "sock"))
    shutil.rmtree(folder)


def prepared(cluster: Cluster) -> Path:
    """Return the socket's folder after what `start` does before it starts anything."""
    cluster._make_ready_to_start()
    return cluster.place.socket_folder


def test_nobody_listens_where_there_is_no_socket(cluster: Cluster) -> None:
    assert not cluster.is_listening()


def test_nobody_listens_on_the_socket_that_a_killed_server_left(cluster: Cluster) -> None:
    with closing(socket.socket(socket.AF_UNIX)) as left:
        prepared(cluster)
        left.bind(str(cluster.place.socket))
        left.listen()
        assert cluster.is_listening()
    assert cluster.place.socket.exists()
    assert not cluster.is_listening()


def test_a_server_too_busy_to_take_calls_is_listening(cluster: Cluster) -> None:
    prepared(cluster)
    with closing(socket.socket(socket.AF_UNIX)) as busy:
        busy.bind(str(cluster.place.socket))
        busy.listen(0)
        callers = [socket.socket(socket.AF_UNIX) for _ in range(3)]
        for caller in callers:
            caller.setblocking(False)
            caller.connect_ex(str(cluster.place.socket))
        assert cluster.is_listening()
        for caller in callers:
            caller.close()


def test_what_a_server_needs_is_closed_to_others(cluster: Cluster) -> None:
    cluster.place.data.chmod(0o777)
    assert prepared(cluster).stat().st_mode & 0o777 == 0o700
    assert cluster.place.data.stat().st_mode & 0o777 == 0o700
    cluster.place.socket_folder.chmod(0o777)
    assert prepared(cluster).stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("way", ["file", "link to a folder", "link to nothing"])
def test_something_else_in_the_place_of_the_socket_is_told(cluster: Cluster, way: str) -> None:
    folder = cluster.place.socket_folder
    if way == "file":
        folder.touch()
    else:
        folder.symlink_to(cluster.place.data if way == "link to a folder" else "nowhere")
    with pytest.raises(PostgresError) as told:
        prepared(cluster)
    assert str(told.value) == (f"{folder} is in the way: it should be a folder of ours. Remove it and start again.")


@as_root
def test_a_strangers_folder_in_the_place_of_the_socket_is_told(cluster: Cluster) -> None:
    cluster.place.socket_folder.mkdir()
    os.chown(cluster.place.socket_folder, NOBODYS_UID, -1)
    with pytest.raises(PostgresError, match="is in the way: it should be a folder of ours"):
        prepared(cluster)


@as_root
def test_data_of_another_user_are_told_with_both_names(cluster: Cluster) -> None:
    os.chown(cluster.place.data, NOBODYS_UID, -1)
    with pytest.raises(PostgresError) as told:
        cluster._check_owner()
    assert str(told.value) == (
        f"{cluster.place.data} belongs to user number {NOBODYS_UID}, but the server would run as 'root'. "
        "Start Monitor as the user who started it first."
    )


@as_root
def test_a_closed_home_is_told_before_anything_is_made_in_it(cluster: Cluster) -> None:
    home = cluster.place.folder.parent
    closed = Cluster(Place(home / "var/pg", home / "sock", "nobody"))
    with pytest.raises(PostgresError, match=re.escape("The user 'nobody', who runs PostgreSQL for root, cannot enter")):
        closed.make_folder()
    assert not closed.place.data.exists()
    home.chmod(0o711)
    closed.make_folder()
    assert closed.place.folder.stat().st_mode & 0o777 == 0o711


@pytest.fixture
def named_so(cluster: Cluster) -> Iterator[dict[str, int]]:
    """Start processes by name: `postgres` lives, `zombie` is a postgres nobody has collected, `other` a zombie of another name."""
    folder = cluster.place.folder.parent
    for name in ("postgres", "other"):
        (folder / name).symlink_to("/bin/sleep")
    started = {
        "postgres": subprocess.Popen([folder / "postgres", "60"]),
        "zombie": subprocess.Popen([folder / "postgres", "0"]),
        "other": subprocess.Popen([folder / "other", "0"]),
    }
    ended = [Path(f"/proc/{started[name].pid}/stat") for name in ("zombie", "other")]
    assert eventually(lambda: all(" Z " in stat.read_text(encoding="utf-8") for stat in ended))
    yield {name: process.pid for name, process in started.items()}
    for process in started.values():
        process.kill()
        process.wait()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux shows a process's state in /proc")
@pytest.mark.parametrize(("holder", "kept"), [("zombie", False), ("postgres", True), ("other", True)])
def test_only_lock_files_of_an_uncollected_server_are_dropped(
    cluster: Cluster, named_so: dict[str, int], holder: str, *, kept: bool
) -> None:
    prepared(cluster)
    locks = [cluster.place.data / "postmaster.pid", cluster.place.socket.with_name(f"{SOCKET_NAME}.lock")]
    for lock in locks:
        lock.write_text(f"{named_so[holder]}\n/data\n", encoding="utf-8")
    cluster._drop_locks_of_uncollected_server()
    assert [lock.exists() for lock in locks] == [kept, kept]


@pytest.mark.parametrize("written", ["", "no number\n", "99999999\n"])
def test_a_lock_file_that_names_no_process_is_left_to_postgres(cluster: Cluster, written: str) -> None:
    lock = cluster.place.data / "postmaster.pid"
    lock.write_text(written, encoding="utf-8")
    cluster._drop_locks_of_uncollected_server()
    assert lock.read_text(encoding="utf-8") == written


def test_paths_are_quoted_as_postgres_lists_want_them() -> None:
    assert _quoted_path(Path('/v/a, b/"pg"')) == '"/v/a, b/""pg"""'


def test_a_second_keeper_leaves_at_once(cluster: Cluster) -> None:
    place = cluster.place
    first = FileLock(place.folder / "keeper.lock")
    assert first.try_to_own()
    keep(str(place.folder), str(place.socket_folder), "", "/nowhere")
    assert [path.name for path in place.folder.iterdir() if path.is_file()] == ["keeper.lock"]
    first.close()


def test_a_keeper_of_a_server_that_nobody_holds_ends_and_lets_the_next_one_in(cluster: Cluster) -> None:
    place = cluster.place
    # In a process of its own: a keeper that has done its work ends it at once.
    program = "import sys; from monitor.postgres.keeper import main; main(*sys.argv[1:])"
    keeper = [sys.executable, "-c", program, str(place.folder), str(place.socket_folder), "", "/nowhere"]
    assert subprocess.run(keeper, cwd=ROOT, timeout=60, check=False).returncode == 0
    second = FileLock(place.folder / "keeper.lock")
    assert second.try_to_own()
    second.close()
