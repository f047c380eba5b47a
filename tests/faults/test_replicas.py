"""A primary with streaming replicas: what goes where, and that a replica that is late, killed or frozen misleads nobody."""

from __future__ import annotations

import os
import re
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from django.conf import settings

from monitor.postgres.replicas import LEFT_ALONE_S
from tests.faults.served import Served, busy_s, command, serve
from tests.postgres.replication import Server, servers
from tests.postgres.site_processes import eventually

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.postgres.site_processes import Home

pytestmark = [pytest.mark.processes, pytest.mark.timeout(1800)]
LONGEST_S = 8.0
CATALOGUE = (
    "/", "/articles/", "/search/?q=the", "/actors/", "/regions/", "/sources/", "/api/v1/articles/", "/api/v1/issues/",
    "/api/v1/search/?q=the", "/search/export/csv?q=the",
)  # fmt: skip
OTHERS = ("/api/v1/annotations/", "/api/v1/me/", "/api/v1/tags/", "/notebook/", "/search/?q=tag:any")
TABLE = re.compile(r"\b(?:monitor|procrastinate|account|auth|django|pghistory)_\w+")
STAMP_ALONE = "array_agg(stamp order by slot)"


class Site:
    """A site of two web processes on a primary and one replica."""

    def __init__(self, served: Served, primary: Server, replica: Server, token: str) -> None:
        self.served, self.primary, self.replica, self.token = served, primary, replica, token
        self.longest_s = LONGEST_S + busy_s([served.ask(path) for path in CATALOGUE])

    def ask(self, path: str, **headers: str) -> tuple[int, str]:
        """Return what a page says; pages that only a person sees are asked for by the API's token where it is let."""
        answer = self.served.ask(path, Authorization=f"Bearer {self.token}", **headers)
        assert answer.seconds < self.longest_s, (path, answer.seconds)
        return answer.status, answer.text

    def read_there(self, *paths: str) -> str:
        """Ask for pages, and return what the replica was asked meanwhile."""
        before = len(self.replica.statements())
        for path in paths:
            self.ask(path)
        return self.replica.statements(before)

    def read_of_catalogue(self, path: str) -> str:
        """Return what the replica was asked for one page; a replica that is a moment late is passed over, and asked again."""
        asked: list[str] = []

        def is_read_there() -> bool:
            asked.append(self.read_there(path))
            return any(table in settings.CATALOGUE_TABLES for table in TABLE.findall(asked[-1]))

        assert eventually(is_read_there), path
        return asked[-1]

    def uses_replica(self) -> bool:
        """Tell whether every web process reads articles there."""
        asked = [self.read_there("/api/v1/articles/") for _ in range(6)]
        return all('FROM "monitor_article"' in statements for statements in asked)

    def name_periodical(self, name: str) -> None:
        self.primary.ask("update monitor_periodical set name = %s", name)

    def titles(self) -> tuple[str, str]:
        """Return what the shelf and the API say."""
        return self.ask("/")[1], self.ask("/api/v1/periodicals/")[1]


@pytest.fixture(scope="module")
def replicated() -> Iterator[tuple[Server, Server]]:
    with servers() as running:
        running.append(running[0].replica())
        yield running[0], running[1]


@pytest.fixture
def site(home: Home, replicated: tuple[Server, Server]) -> Iterator[Site]:
    primary, replica = replicated
    elsewhere = {"DATABASE_URL": primary.url, "REPLICA_URLS": replica.url}
    command(home, "serve", "--only-set-up", **elsewhere)
    # A name of its own for each test: they share the database.
    name = f"analyst{time.time_ns()}"
    command(home, "createuser", name, "--role", "admin", "--password", "long enough 7", **elsewhere)
    token = command(home, "create_token", name, "--name", "x", "--scope", "write", **elsewhere).split()[-1]
    assert eventually(lambda: replica.caught_up(primary))
    made = Site(serve(home, ANONYMOUS_READ="true", METRICS="true", **elsewhere), primary, replica, token)
    assert eventually(made.uses_replica, within_s=LEFT_ALONE_S + 120)
    yield made
    with suppress(Exception):
        replica.ask("select pg_wal_replay_resume()")
    made.served.stop()


def test_catalogue_is_read_there_and_nothing_else(site: Site) -> None:
    for path in CATALOGUE:
        there = site.read_of_catalogue(path)
        assert re.search(r"\b(insert|update|delete)\b", re.sub(r"'[^']*'", "", there), re.IGNORECASE) is None, path
        assert set(TABLE.findall(there)) <= settings.CATALOGUE_TABLES, path
        assert "monitor_librarystamp" in there, path
    for path in OTHERS:
        there = site.read_there(path)
        assert set(TABLE.findall(there)) <= settings.CATALOGUE_TABLES, path
        assert "monitor_searchrow" not in there, path


def test_late_replica_misleads_nobody(site: Site) -> None:
    site.replica.ask("select pg_wal_replay_pause()")
    site.name_periodical("Named while it slept")
    for said in site.titles():
        assert "Named while it slept" in said  # at once, and for everybody
    # What one wrote oneself, and a right that was taken back.
    article = site.primary.ask("select id from monitor_article order by id limit 1")[0][0]
    made = site.served.ask(
        "/api/v1/annotations/", method="POST", Authorization=f"Bearer {site.token}",
        body={"article": article, "visibility": "private", "comment": "Written while it slept"},
    )  # fmt: skip
    assert made.status == 201, made.text
    assert "Written while it slept" in site.ask("/api/v1/annotations/")[1]
    site.primary.ask(
        "update monitor_issue set state = 'withdrawn' where id = (select issue_id from monitor_article where id = %s)",
        article,
    )
    try:
        status, _ = anonymous(site, f"/api/v1/articles/{article}/")
        assert status == 404
    finally:
        site.primary.ask("update monitor_issue set state = 'published' where state = 'withdrawn'")
    assert anonymous(site, f"/api/v1/articles/{article}/")[0] == 200
    # Later than five seconds it is not even compared any more.
    time.sleep(6)
    site.primary.ask("select pg_logical_emit_message(true, 'x', 'x')")
    site.read_there(*["/"] * 8)
    assert site.read_there(*["/"] * 4) == ""
    measured = site.ask("/metrics")[1]
    assert 'monitor_replica_up{replica="replica_1"} 1.0' in measured
    assert float(re.findall(r"monitor_replica_behind_seconds\{.*\} (\S+)", measured)[0]) > 5
    # A page kept meanwhile is the one of now.
    etag = site.served.ask("/").headers.get("etag", "")
    site.replica.ask("select pg_wal_replay_resume()")
    assert eventually(site.uses_replica, within_s=LEFT_ALONE_S + 120)
    assert "Named while it slept" in site.titles()[0]
    assert etag


def anonymous(site: Site, path: str) -> tuple[int, str]:
    answer = site.served.ask(path)
    return answer.status, answer.text


def test_killed_replica_is_done_without_and_taken_back(site: Site) -> None:
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(site.ask, CATALOGUE[n % len(CATALOGUE)]) for n in range(40)]
        site.replica.kill()
        assert {status.result()[0] for status in asked} == {200}
        assert {one.result()[0] for one in [pool.submit(site.ask, path) for path in CATALOGUE * 3]} == {200}
    site.replica.start()
    assert eventually(site.uses_replica, within_s=LEFT_ALONE_S + 120)


def test_frozen_replica_is_done_without(site: Site) -> None:
    frozen = [int(pid) for (pid,) in site.replica.ask("select pid from pg_stat_activity")] + [site.replica.pid]
    for pid in frozen:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGSTOP)
    try:
        with ThreadPoolExecutor(8) as pool:
            assert {status for status, _ in pool.map(site.ask, CATALOGUE * 3)} == {200}
    finally:
        for pid in frozen:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)
    assert eventually(site.uses_replica, within_s=LEFT_ALONE_S + 120)
