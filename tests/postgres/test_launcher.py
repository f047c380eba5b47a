"""Real servers, started, shared, killed and left by real processes."""

from __future__ import annotations

import os
import re
import signal
import threading
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from monitor.postgres.cluster import Cluster
from monitor.postgres.launcher import Launcher, stop_if_unused
from monitor.postgres.locks import FileLock
from monitor.postgres.place import SYSTEM_FOLDER, Place, cluster_place
from tests.postgres.site_processes import eventually, signal_all

if TYPE_CHECKING:
    from tests.postgres.site_processes import Holder, Home

pytestmark = pytest.mark.processes
STARTERS = 5
OLDEST_SUPPORTED = "/usr/lib/postgresql/15/bin"


def found_one(answer: str) -> bool:
    return re.fullmatch(r"found 1 after [\d.]+ s", answer) is not None


def seconds(answer: str) -> float:
    return float(answer.removesuffix(" s").rpartition(" ")[2])


def test_first_connection_starts_server_and_last_user_stops_it(any_home: Home) -> None:
    first = any_home.hold()
    second = any_home.hold()
    assert (found_one(first.first), found_one(second.first)) == (True, True)
    server = any_home.postmaster()
    assert first.leave() == 0
    assert any_home.postmaster() == server
    assert second.leave() == 0
    # At once, not within seconds: whoever stops the site and looks at the processes should find none.
    assert any_home.processes() == {}


def test_reading_settings_starts_and_writes_nothing(home: Home) -> None:
    holder = home.hold(LAZY="yes")
    assert holder.first == "ready"
    assert list(home.processes()) == [holder.pid]
    assert not home.var.exists()
    assert found_one(holder.ask())
    holder.leave()


def test_several_starters_at_once_share_one_server(home: Home) -> None:
    with ThreadPoolExecutor(STARTERS) as pool:
        holders: list[Holder] = list(pool.map(lambda _: home.hold(), range(STARTERS)))
    assert [found_one(holder.first) for holder in holders] == [True] * STARTERS
    home.postmaster()  # fails unless there is just one
    assert eventually(lambda: sum("monitor.postgres.keeper" in line for line in home.processes().values()) == 1)
    with ThreadPoolExecutor(STARTERS) as pool:
        assert list(pool.map(lambda holder: holder.leave(), holders)) == [0] * STARTERS
    assert home.processes() == {}


def test_next_query_is_answered_after_the_server_was_killed(any_home: Home) -> None:
    holder = any_home.hold()
    killed = any_home.kill_server()
    assert found_one(holder.ask())
    assert any_home.postmaster() != killed
    holder.leave()
    assert any_home.processes() == {}


def test_server_that_is_coming_up_is_waited_for_as_long_as_one_can(home: Home) -> None:
    holder = home.hold()
    server = home.server_processes()
    cluster = Cluster(cluster_place(home.var, "pg"), durable=False)
    signal_all(server, signal.SIGSTOP)  # it listens and lets nobody in, as while it reads its log after a crash
    Launcher(cluster).revive(within_s=0.1)
    assert not cluster.is_ready()
    threading.Timer(1.0, signal_all, (server, signal.SIGCONT)).start()
    Launcher(cluster).revive(within_s=60.0)
    assert cluster.is_ready()
    holder.leave()


def test_users_of_a_killed_server_revive_one_together(home: Home) -> None:
    holders = [home.hold() for _ in range(3)]
    home.kill_server()
    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(lambda holder: holder.ask(), holders))
    assert [found_one(answer) for answer in answers] == [True] * 3
    home.postmaster()
    for holder in holders:
        holder.leave()
    assert home.processes() == {}


def test_server_stops_when_its_last_user_was_killed(any_home: Home) -> None:
    left, killed = any_home.hold(), any_home.hold()
    left.leave()
    killed.kill()
    assert eventually(lambda: not any_home.processes(), within_s=5)


def test_killed_users_server_serves_the_next_at_once(home: Home) -> None:
    home.hold().kill()
    holder = home.hold()
    assert found_one(holder.first)
    holder.leave()
    assert home.processes() == {}


def test_forked_child_holds_the_server_by_itself(home: Home) -> None:
    holder = home.hold()
    assert holder.ask("fork") == "child ended 0"
    assert found_one(holder.ask())
    holder.leave()
    assert home.processes() == {}


def test_frozen_server_is_given_up_within_eight_seconds(home: Home) -> None:
    holder = home.hold(MONITOR_PATIENCE="web")
    frozen = home.server_processes()
    signal_all(frozen, signal.SIGSTOP)
    first, second = holder.ask(), holder.ask()
    signal_all(frozen, signal.SIGCONT)
    assert [answer.partition(":")[0] for answer in (first, second)] == ["OperationalError", "OperationalError"]
    assert 4.5 + 3 - 0.5 <= seconds(first) < 8
    assert seconds(second) < 4
    assert found_one(holder.ask())
    holder.leave()


def test_server_itself_ends_a_pages_slow_query_and_leaves_a_job_its_time(home: Home) -> None:
    page, job = home.hold(MONITOR_PATIENCE="web"), home.hold()
    with ThreadPoolExecutor(2) as pool:
        cut, whole = pool.map(lambda holder: holder.ask("sleep 3.5"), (page, job))
    assert cut.startswith("OperationalError: canceling statement due to statement timeout")
    assert 2.9 < seconds(cut) < 3.5
    assert found_one(whole)
    assert found_one(page.ask())
    page.leave()
    job.leave()


def test_data_of_another_major_version_is_refused_and_left_alone(home: Home) -> None:
    home.hold().leave()
    version = cluster_place(home.var, "pg").data / "PG_VERSION"
    version.write_text("16\n", encoding="ascii")
    holder = home.hold()
    assert "was made by PostgreSQL 16, and the programs here are PostgreSQL 18" in holder.first
    assert "MONITOR_PG_BIN" in holder.first
    assert "docs/operations.md" in holder.first
    assert version.read_text(encoding="ascii") == "16\n"
    holder.leave()
    assert home.processes() == {}


def test_closed_data_folder_is_opened_to_the_server_again(home: Home) -> None:
    home.hold().leave()
    cluster_place(home.var, "pg").data.chmod(0o755)  # as a chmod -R on the checkout leaves it
    holder = home.hold()
    assert found_one(holder.first)
    holder.leave()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's server runs as another user")
def test_root_keeps_data_and_programs_out_of_a_closed_home(closed_home: Home) -> None:
    holder = closed_home.hold()
    assert found_one(holder.first)
    assert not (closed_home.var / "pg").exists()
    assert (cluster_place(closed_home.var, "pg").folder / "data" / "PG_VERSION").exists()
    assert cluster_place(closed_home.var, "pg").folder.parent == SYSTEM_FOLDER
    holder.leave()
    assert closed_home.processes() == {}


def test_database_url_reaches_a_server_that_others_run(home: Home) -> None:
    host = home.hold()
    guest = home.hold(DATABASE_URL=url_of(home), MONITOR_PATIENCE="web")
    assert found_one(guest.first)
    host.leave()
    # A guest holds nothing: the server is not his to keep, to wake or to revive.
    answer = guest.ask()
    assert answer.startswith("OperationalError: ")
    assert "No such file or directory" in answer
    assert list(home.processes()) == [guest.pid]
    guest.leave()


def test_frozen_server_behind_a_database_url_is_given_up_in_the_middle_of_a_query(home: Home) -> None:
    host = home.hold()
    guest = home.hold(DATABASE_URL=url_of(home), MONITOR_PATIENCE="web")
    with ThreadPoolExecutor(1) as pool:
        asking = pool.submit(guest.ask, "sleep 2")
        assert eventually(lambda: any("SELECT" in line for line in home.processes().values()))
        frozen = home.server_processes()
        signal_all(frozen, signal.SIGSTOP)
        answer = asking.result()
    signal_all(frozen, signal.SIGCONT)
    assert answer.startswith("OperationalError: the database has not answered for 4.5 s")
    assert found_one(guest.ask("ask-in-transaction"))
    guest.leave()
    host.leave()


@pytest.mark.skipif(not Path(OLDEST_SUPPORTED).exists(), reason="Debian's PostgreSQL 15 is not installed")
def test_other_programs_make_a_cluster_of_their_version(home: Home) -> None:
    holder = home.hold(MONITOR_PG_BIN=OLDEST_SUPPORTED)
    assert found_one(holder.first)
    assert (cluster_place(home.var, "pg").data / "PG_VERSION").read_text(encoding="ascii") == "15\n"
    holder.leave()
    assert home.processes() == {}


def url_of(home: Home) -> str:
    folder = quote(str(cluster_place(home.var, "pg").socket_folder), safe="")
    return f"postgres://monitor@{folder}/monitor"


def test_last_user_is_not_misled_by_the_keeper_that_has_just_seen_it_go(tmp_path: Path) -> None:
    cluster = Cluster(Place(tmp_path, tmp_path))
    keeper, user = FileLock(tmp_path / "users.lock"), FileLock(tmp_path / "users.lock")
    keeper.own()
    with ThreadPoolExecutor(1) as pool:
        stopping = pool.submit(stop_if_unused, cluster)
        assert wait([stopping], timeout=0.1).done == set()
        keeper.close()
        assert stopping.result() is True
    user.share()
    assert stop_if_unused(cluster) is False
    user.close()
