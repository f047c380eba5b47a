"""`manage.py serve` and `manage.py worker` as a person meets them: an address that answers, and nothing left behind."""

from __future__ import annotations

import os
import re
import signal
import socket
import stat
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from monitor.jobs.apart import PROGRAM
from monitor.postgres.place import cluster_place
from tests.postgres.conftest import make_home
from tests.postgres.site_processes import end_everything, eventually, parent_of

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator

    from tests.postgres.site_processes import Home

pytestmark = [pytest.mark.processes, pytest.mark.xdist_group("serve")]
# What "a few seconds" after a kill means.
SOON_S = 6.0


@dataclass(frozen=True)
class Site:
    """A running `serve`."""

    home: Home
    process: subprocess.Popen[str]
    said: list[str]

    @property
    def address(self) -> str:
        found = re.search(r"http://\S+", self.said[-1])
        assert found is not None
        return found[0]

    @property
    def children(self) -> list[int]:
        return [pid for pid in self.home.processes() if parent_of(pid) == self.process.pid]

    @property
    def web_server(self) -> int:
        """Gunicorn's master: the child that has children, but for what a worker does apart."""
        parents = {parent_of(pid) for pid, line in self.home.processes().items() if PROGRAM[:-4] not in line}
        (master,) = parents.intersection(self.children)
        return master

    @property
    def job_worker(self) -> int:
        (worker,) = set(self.children) - {self.web_server}
        return worker

    def get(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(self.address + path, timeout=20) as answer:  # noqa: S310 - our own address
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def wait_for_end(self) -> int:
        self.process.communicate(timeout=30)
        return self.process.returncode


def serve(home: Home, **environment: str) -> Site:
    process = home.start("manage.py", "serve", **{"PORT": "0", "WEB_WORKERS": "2", **environment})
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line.strip())
        if "http://" in line:
            break
    assert said, "serve said nothing"
    assert "http://" in said[-1], "\n".join(said)
    return Site(home, process, said)


@pytest.fixture(scope="module")
def site_home() -> Iterator[Home]:
    """Set a site up, so that each test starts it warm; what its first start said is in `first.txt`."""
    with make_home(None) as home:
        site = serve(home)
        (home.var / "first.txt").write_text("\n".join(site.said), encoding="utf-8")
        site.process.terminate()
        site.wait_for_end()
        yield home


@pytest.fixture(autouse=True)
def nothing_left(site_home: Home) -> Iterator[None]:
    """Keep a failed test's processes from answering the next one."""
    yield
    end_everything(site_home)


@pytest.fixture
def site(site_home: Home) -> Site:
    return serve(site_home)


def test_first_start_tells_the_password_once(site_home: Home, site: Site) -> None:
    kept = site_home.var / "first-password"
    first = (site_home.var / "first.txt").read_text(encoding="utf-8")
    assert f"Sign in as 'admin' with the password {kept.read_text(encoding='utf-8').strip()}" in first
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert not any("password" in line for line in site.said)
    assert len(set(first.splitlines())) == len(first.splitlines())


def test_served_site_answers_and_has_a_job_worker(site: Site) -> None:
    assert site.get("healthz") == (200, "ok")
    assert eventually(lambda: site.get("readyz") == (200, "ready\n"))
    assert site.get("account/login/")[0] == 200


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_stop_signal_leaves_no_process(site: Site, number: signal.Signals) -> None:
    assert site.get("healthz")[0] == 200
    site.process.send_signal(number)
    assert site.wait_for_end() == 0
    assert site.home.processes() == {}


def test_kill_of_the_supervisor_leaves_no_process(site: Site) -> None:
    assert site.get("healthz")[0] == 200
    site.process.kill()
    assert eventually(lambda: not site.home.processes(), within_s=SOON_S)


def test_kill_of_the_web_server_ends_the_site(site: Site) -> None:
    assert site.get("healthz")[0] == 200
    assert eventually(lambda: len(site.children) == 2)
    os.kill(site.web_server, signal.SIGKILL)
    assert site.wait_for_end() == 1
    assert site.home.processes() == {}


def test_kill_of_the_job_worker_starts_another(site: Site) -> None:
    assert eventually(lambda: site.get("readyz")[0] == 200)
    web_server, killed = site.web_server, site.job_worker
    os.kill(killed, signal.SIGKILL)
    assert eventually(lambda: len(set(site.children) - {web_server, killed}) == 1)
    assert site.get("healthz")[0] == 200


def test_site_is_ready_again_with_its_database_and_never_misses_its_worker(site_home: Home) -> None:
    site = serve(site_home, MONITOR_PG_DURABLE="1")  # a worker that was acknowledged is not forgotten
    assert eventually(lambda: site.get("readyz") == (200, "ready\n"))
    assert eventually(lambda: listening_worker(site_home))
    before = listening_worker(site_home)
    site.home.kill_server()
    told = []

    def has_another_session() -> bool:
        told.append(site.get("readyz"))
        return told[-1][0] == 200 and listening_worker(site_home) > before

    assert eventually(has_another_session)
    assert set(told) <= {(200, "ready\n"), (503, "database: cannot be reached\n")}


def listening_worker(home: Home) -> int:
    """Return the newest worker's number once it hears of jobs, else 0."""
    query = (
        "select coalesce(max(id), 0) from procrastinate_workers"
        " where exists (select from pg_stat_activity where query like 'LISTEN%')"
    )
    folder = str(cluster_place(home.var, "pg").socket_folder)
    with psycopg.connect(host=folder, user="monitor", dbname="monitor") as connection:
        (row,) = connection.execute(query).fetchall()
    return int(row[0])


def test_taken_port_means_the_next_free_one(site_home: Home) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        site = serve(site_home, PORT=str(port))
        assert f"Port {port} is taken." in site.said
        assert port < int(site.address.rstrip("/").rpartition(":")[2]) < port + 50
        assert site.get("healthz")[0] == 200
        site.process.terminate()
        assert site.wait_for_end() == 0


def test_port_that_is_no_number_is_refused(site_home: Home) -> None:
    process = site_home.start("manage.py", "serve", PORT="http")
    said, _ = process.communicate(timeout=30)
    assert (process.returncode, said) == (1, "CommandError: PORT must be a number from 0 to 65535, not 'http'.\n")


def test_database_that_is_not_there_is_told_in_a_sentence(site_home: Home) -> None:
    process = site_home.start("manage.py", "serve", PORT="0", DATABASE_URL="postgres://u:p@127.0.0.1:1/none")
    said, _ = process.communicate(timeout=30)
    assert process.returncode == 1
    assert said.startswith("CommandError: The database cannot be used: ")
    assert "Connection refused" in said


def test_worker_with_a_long_job_ends_within_seconds(site_home: Home) -> None:
    process = site_home.start(str(Path(__file__).with_name("napping_worker.py")))
    assert process.stdout is not None
    assert process.stdout.readline() == "job began\n"
    process.terminate()
    process.communicate(timeout=10)
    assert process.returncode == 0
    assert eventually(lambda: not site_home.processes(), within_s=SOON_S)


def test_worker_alone_wakes_the_server_and_revives_it(site_home: Home) -> None:
    process = site_home.start("manage.py", "worker")
    assert eventually(site_home.server_is_up)
    site_home.kill_server()
    assert eventually(site_home.server_is_up, within_s=40)
    process.terminate()
    said, _ = process.communicate(timeout=10)
    assert process.returncode == 0, said
    # An outage is told in lines, not in tracebacks.
    assert "Traceback" not in said
    assert site_home.processes() == {}


def test_worker_without_a_database_says_so_in_a_line_and_stops_at_once(site_home: Home) -> None:
    process = site_home.start("manage.py", "worker", DATABASE_URL="postgres://u:p@127.0.0.1:1/none")
    assert process.stdout is not None
    lines = [process.stdout.readline(), process.stdout.readline()]
    began = time.monotonic()
    process.terminate()
    said, _ = process.communicate(timeout=10)
    assert (process.returncode, said) == (0, "")
    assert time.monotonic() - began < 3
    assert [re.sub(r"\(.{1,300}\)", "(why)", line.rpartition("No database")[2].strip()) for line in lines] == [
        "for the jobs (why); trying again in 1 s",
        "for the jobs (why); trying again in 2 s",
    ]


def test_postgres_tells_of_a_database_that_is_not_there(site_home: Home) -> None:
    process = site_home.start("manage.py", "postgres", "psql", DATABASE_URL="postgres://u:p@127.0.0.1:1/none")
    said, _ = process.communicate(timeout=30)
    assert process.returncode == 1
    assert said.startswith("CommandError: The database cannot be used: ")
    assert "Traceback" not in said


def test_set_up_alone_leaves_a_site_ready_to_be_served_otherwise(site_home: Home) -> None:
    process = site_home.start("manage.py", "serve", "--only-set-up")
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 0, said
    assert "http://" not in said
    assert (site_home.var / "static/.collected").exists()
    assert site_home.processes() == {}


def test_postgres_runs_a_program_of_the_server_on_the_sites_database(site_home: Home) -> None:
    process = site_home.start("manage.py", "postgres", "psql", "-XAtc", "select 'Ä', current_database()")
    said, _ = process.communicate(timeout=30)
    assert (process.returncode, said) == (0, "Ä|monitor\n")
    assert site_home.processes() == {}


def test_postgres_hands_on_the_programs_exit_code(site_home: Home) -> None:
    process = site_home.start("manage.py", "postgres", "psql", "-XAtc", "select no_such_column")
    process.communicate(timeout=30)
    assert process.returncode == 1


def test_postgres_knows_no_other_programs(site_home: Home) -> None:
    process = site_home.start("manage.py", "postgres", "pg_nonsense")
    said, _ = process.communicate(timeout=30)
    assert (process.returncode, said) == (1, "CommandError: There is no program pg_nonsense here.\n")


def test_two_first_starts_at_once_make_one_site(home: Home) -> None:
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda _: serve(home), range(2))
    told = [line for line in (*first.said, *second.said) if "password" in line]
    assert len(told) == 1
    home.postmaster()  # fails unless there is just one
    first.process.terminate()
    assert first.wait_for_end() == 0
    assert second.get("account/login/")[0] == 200
    second.process.terminate()
    assert second.wait_for_end() == 0
    assert home.processes() == {}
