"""A worker killed with a file in hand, and a site whose code is newer than its schema."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.faults.served import command, query, serve, tokens_for
from tests.postgres.site_processes import eventually, parent_of

if TYPE_CHECKING:
    from tests.postgres.site_processes import Home

pytestmark = [pytest.mark.processes, pytest.mark.timeout(600)]
ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples" / "ceasefire-quarterly-i-4.pdf"
KILLED_TIMES = 2


def test_file_whose_worker_was_killed_is_read_by_the_next_once(home: Home) -> None:
    site = serve(home)
    query(home, "delete from monitor_issue")
    folder = home.var / "watched"
    folder.mkdir()
    site.stop()
    site = serve(home, INGEST_FOLDER=str(folder))
    (folder / SAMPLE.name).write_bytes(SAMPLE.read_bytes())
    for _ in range(KILLED_TIMES):
        assert eventually(
            lambda: query(home, "select 1 from monitor_ingest where state = 'reading'") == ["1"], within_s=90
        )
        workers = [pid for pid, line in home.processes().items() if parent_of(pid) == site.process.pid]
        guilty = {int(pid) for pid in workers} - {web_server(home, site.process.pid)}
        for pid in guilty:
            os.kill(pid, signal.SIGKILL)
    assert eventually(lambda: query(home, "select state from monitor_ingest") == ["stored"], within_s=150)
    assert query(home, "select count(*) from monitor_issue") == ["1"]
    assert "All is well" in command(home, "doctor")
    site.stop()
    assert home.processes() == {}


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
