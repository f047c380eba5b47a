"""Thirty-two programs write while site and database are killed three times: whatever was acknowledged is there, once."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from tests.faults.served import NO_ANSWER, Served, query, serve, tokens_for
from tests.postgres.site_processes import eventually

if TYPE_CHECKING:
    from tests.postgres.site_processes import Home

pytestmark = [pytest.mark.processes, pytest.mark.timeout(1800)]
WRITERS, KILLS = 32, 3
BETWEEN_KILLS_S = 6.0
PATIENCE_S = 240.0
NEW, BEFORE = 201, 200


@dataclass
class Writer:
    """Writes annotations one after the other; each is sent again, under its own number, until it is acknowledged."""

    site: Served
    token: str
    article: int
    stopping: threading.Event
    acknowledged: list[str] = field(default_factory=list)
    unsure: str = ""
    statuses: Counter[int] = field(default_factory=Counter)

    def run(self) -> None:
        while not self.stopping.is_set():
            self.unsure = str(uuid4())
            if self._is_kept(self.unsure):
                self.acknowledged.append(self.unsure)
                self.unsure = ""

    def _is_kept(self, uid: str) -> bool:
        body = {"uuid": uid, "article": self.article, "comment": f"fault {uid}", "visibility": "everyone"}
        while not self.stopping.is_set():
            answer = self.site.ask(
                "/api/v1/annotations/", method="POST", body=body, Authorization=f"Bearer {self.token}"
            )
            self.statuses[answer.status] += 1
            if answer.status in {NEW, BEFORE}:
                return True
            time.sleep(0.2)
        return False


def test_every_acknowledged_write_is_found_once_after_three_kills(home: Home) -> None:
    site = serve(home)
    assert query(home, "show synchronous_commit") == ["on"]
    assert query(home, "show fsync") == ["on"]
    tokens = tokens_for(home, WRITERS)
    article = int(query(home, "select min(id) from monitor_article where state = 'published'")[0])
    stopping = threading.Event()
    writers = [Writer(site, token, article, stopping) for token in tokens]
    threads = [threading.Thread(target=writer.run, daemon=True) for writer in writers]
    for thread in threads:
        thread.start()
    written = [0]
    for _ in range(KILLS):
        assert eventually(lambda: total(writers) > written[-1] + WRITERS, within_s=PATIENCE_S)
        time.sleep(BETWEEN_KILLS_S)
        written.append(total(writers))
        os.kill(home.postmaster(), signal.SIGKILL)
        site.kill()
        site = site.again()
    assert eventually(lambda: total(writers) > written[-1] + WRITERS, within_s=PATIENCE_S)
    stopping.set()
    for thread in threads:
        thread.join(timeout=PATIENCE_S)

    found = Counter(query(home, "select uid from monitor_annotation where comment like 'fault %'"))
    acknowledged = {uid for writer in writers for uid in writer.acknowledged}
    assert acknowledged - found.keys() == set()
    assert {uid: count for uid, count in found.items() if count > 1} == {}
    assert found.keys() - acknowledged <= {writer.unsure for writer in writers}
    assert query(home, "select count(*) from monitor_annotation where comment <> 'fault ' || uid")[0] == "0"
    statuses = sum((writer.statuses for writer in writers), Counter[int]())
    # Cut off, or told to wait; never a 500, also not after the database came back.
    assert statuses.keys() <= {NEW, BEFORE, NO_ANSWER, 503}
    site.stop()
    assert home.processes() == {}


def total(writers: list[Writer]) -> int:
    return sum(len(writer.acknowledged) for writer in writers)
