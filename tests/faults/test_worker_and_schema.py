"""A worker killed with a file in hand, and a site whose code is newer than its schema."""

from __future__ import annotations

import os
import signal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.faults.served import command, query, serve, tokens_for, told
from tests.postgres.site_processes import eventually, parent_of

if TYPE_CHECKING:
    from tests.postgres.site_processes import Home

pytestmark = [pytest.mark.processes, pytest.mark.timeout(1800)]
ROOT = Path(__file__).resolve().parents[2]
SAMPLE = (ROOT / "samples" / "issues" / "ceasefire-quarterly-i-4.md").read_text(encoding="utf-8")
# Long enough that its reading takes a second or two.
LATER = SAMPLE.replace("VOLUME I | ISSUE 4", "VOLUME IX | ISSUE 9").replace("December 15, 2016", "March 1, 2024")
ANOTHER = LATER + SAMPLE.partition("Accord\n")[2] * 8
KILLED_TIMES = 2


def test_file_whose_worker_was_killed_is_read_by_the_next_once(home: Home) -> None:
    folder = home.var / "watched"
    folder.mkdir()
    site = serve(home, INGEST_FOLDER=str(folder))
    issues = told(home, "select count(*) from monitor_issue")[0][0]
    (folder / "another-issue.md").write_text(ANOTHER, encoding="utf-8")
    web = web_server(home, site.process.pid)
    readers: list[int] = []
    for _ in range(KILLED_TIMES):
        assert eventually(partial(notes_another, home, readers), within_s=240)
        workers = [pid for pid in home.processes() if parent_of(pid) == site.process.pid]
        for pid in set(workers) - {web}:
            os.kill(pid, signal.SIGKILL)
    assert len(readers) == KILLED_TIMES
    assert eventually(lambda: told(home, "select state from monitor_ingest") == [("stored",)], within_s=240)
    assert told(home, "select count(*) from monitor_issue") == [(issues + 1,)]
    assert "All is well" in command(home, "doctor")
    site.stop()
    assert home.processes() == {}


def reading_workers(home: Home) -> list[int]:
    """Return who is said to read a file at this moment."""
    rows = told(home, "select worker_id from procrastinate_jobs where task_name = 'read_file' and status = 'doing'")
    return [worker for (worker,) in rows if worker]


def notes_another(home: Home, readers: list[int]) -> bool:
    """Add who was not seen reading before; who is may be done when they are asked for once more."""
    found = [reader for reader in reading_workers(home) if reader not in readers]
    readers.extend(found)
    return bool(found)


def web_server(home: Home, supervisor: int) -> int:
    """Return gunicorn's master: of the supervisor's children the one whose own children bear its line."""
    lines = home.processes()
    parents = [parent_of(pid) for pid in lines]
    return max((pid for pid in lines if parent_of(pid) == supervisor), key=parents.count)


def test_code_newer_than_the_schema_says_so_and_shows_no_traceback(home: Home) -> None:
    site = serve(home)
    (token,) = tokens_for(home, 1)
    assert eventually(lambda: site.ask("/readyz").status == 200)
    query(home, "delete from django_migrations where app = 'monitor' and name = '0022_folded_words'")
    query(home, "alter table monitor_auditentry drop column facts")
    query(home, "alter table monitor_article rename column words to words_of_later")

    ready = site.ask("/readyz")
    assert (ready.status, ready.text) == (503, "migrations: some are not applied; run manage.py migrate\n")
    for path in ("/", "/articles/", "/api/v1/articles/", "/account/login/", "/search/?q=the"):
        answer = site.ask(path, Authorization=f"Bearer {token}")
        assert answer.status in {200, 302, 503}, (path, answer.status)
        assert "Traceback" not in answer.text
        assert "column" not in answer.text
    assert site.ask("/api/v1/articles/", Authorization=f"Bearer {token}").headers["retry-after"] == "30"
    assert site.ask("/healthz").status == 200
    query(home, "alter table monitor_article rename column words_of_later to words")
    assert eventually(lambda: site.ask("/api/v1/articles/", Authorization=f"Bearer {token}").status == 200)
    site.stop()
