"""The worked examples of docs/api.md do what the page says, and its client works on a live site."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from monitor.accounts.tokens import create_token
from monitor.annotations.models import Annotation
from tests.api.described import make_archive
from tests.factories import make_user

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django.live_server_helper import LiveServer

    from monitor.accounts.models import User

DOCS = Path(__file__).resolve().parents[2] / "docs"
EXAMPLE = re.compile(r"```http\n([A-Z]+) (\S+)\n([^`]*)```(?:\n```json\n([^`]*)```)?")
EXAMPLES = EXAMPLE.findall((DOCS / "api.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("method", "address", "sent", "answer"), EXAMPLES, ids=[one[1] for one in EXAMPLES])
def test_example_of_the_page_is_answered_as_it_says(
    method: str, address: str, sent: str, answer: str, signed_in: Callable[[User], Client]
) -> None:
    archive = make_archive()
    client = signed_in(make_user("analyst"))
    body: Any = {}
    if sent:
        body = {"data": sent.replace("{article}", str(archive.article.pk)), "content_type": "application/json"}
    found = getattr(client, method.lower())(address, **body)
    if answer:
        assert found.json() == json.loads(answer)
        assert found.status_code == json.loads(answer).get("status", 200)
    else:
        assert found.status_code == (201 if sent else 200)


def test_there_are_examples() -> None:
    assert [(method, bool(answer)) for method, _, _, answer in EXAMPLES] == [
        ("GET", True), ("GET", True), ("GET", False), ("GET", True), ("POST", False)
    ]  # fmt: skip


def test_client_lists_articles_and_annotates_one(transactional_db: None, live_server: LiveServer) -> None:
    archive, other = make_archive(), make_archive(number=4)
    analyst = make_user("analyst")
    token = create_token(user=analyst, name="client", scope="write").secret

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        named = {**os.environ, "MONITOR_URL": live_server.url, "MONITOR_TOKEN": token}
        return subprocess.run(
            [sys.executable, str(DOCS / "monitor_client.py"), *words],
            capture_output=True, text=True, timeout=60, env=named, check=False,
        )  # fmt: skip

    page = f"{live_server.url}/articles/{archive.article.pk}/lamps-on-the-ardel/"
    listed = run("articles", "--actor", archive.guard.slug, "--region", archive.ardel.code, "--about")
    assert (listed.stdout, listed.stderr) == (f"{archive.article.pk}\t2022-02-11\tLamps on the Ardel\t{page}\n", "")
    assert run("articles", "--actor", archive.guard.slug, "--region", other.ardel.code).stdout == ""
    made = run("annotate", str(archive.article.pk), "held Sundmark", "--comment", "By **whom**?", "--tag", "Raid")
    mark = Annotation.objects.get()
    assert (made.stdout, made.stderr) == (f"{live_server.url}/annotations/{mark.uid}/\n", "")
    assert (mark.owner, mark.comment, mark.spans.get().quote) == (analyst, "By **whom**?", "held Sundmark")
    refused = run("annotate", str(archive.article.pk), "never printed")
    assert refused.returncode == 1
    assert "Refused: 422" in refused.stderr
