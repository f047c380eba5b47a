"""Schemathesis against the live API on Postgres: what its description allows is answered, what it forbids is refused.

`make fuzz` asks far more, for a quarter of an hour (FUZZ=large), with seeds of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.test import Client

from monitor.accounts.models import Membership, Team
from monitor.accounts.tokens import create_token
from monitor.annotations.actions import Draft, create_annotation
from monitor.annotations.passages import AskedPassage
from monitor.annotations.replies import reply_to
from tests.api.described import make_archive
from tests.entity_rows import name_in
from tests.factories import make_user

if TYPE_CHECKING:
    from pytest_django import Settings
    from pytest_django.live_server_helper import LiveServer

    from monitor.accounts.models import User

ROOT = Path(__file__).resolve().parents[2]
LARGE = os.environ.get("FUZZ") == "large"
# Lists, a search, and what is made, changed and deleted.
FEW = r"^/api/v1/(articles|search|tags|actors|annotations)/(\{uid\}/)?$"
BUDGET = (
    ["--max-examples", "30", "--phases", "examples,coverage,fuzzing,stateful"]
    if LARGE
    else ["--max-examples", "4", "--phases", "fuzzing,stateful", "--seed", "1", "--include-path-regex", FEW]
)


def fill(person: User, many: int) -> None:
    """Make an archive, and things of this person's own that may be changed, answered and deleted."""
    archive, _ = make_archive(), make_archive(number=4)
    name_in(archive.article, {"Nobody": archive.guard}, status="suggested", score=0.5)
    Membership.objects.create(team=Team.objects.create(name="Rivers"), user=person)
    for _ in range(many):
        draft = Draft(article=archive.article, passages=(AskedPassage(4, 14),), comment="Why?")
        mark, _ = create_annotation(uid=uuid4(), by=person, draft=draft)
        reply_to(uid=uuid4(), mark=mark, by=person, comment="So?")


@pytest.mark.timeout(7200 if LARGE else 300)
def test_api_is_as_it_is_described(
    transactional_db: None, live_server: LiveServer, settings: Settings, tmp_path: Path
) -> None:
    for rate in ("API_PER_MINUTE", "SEARCHES_PER_MINUTE", "UPLOADS_PER_HOUR"):
        setattr(settings, rate, 10**9)
    person = make_user("admin")
    fill(person, 40 if LARGE else 6)
    token = create_token(user=person, name="fuzz", scope="write").secret
    program = [str(Path(sys.executable).with_name("st")), "--config-file", "schemathesis.toml", "--no-color", "run"]
    description = tmp_path / "api.json"  # a busy machine may take longer over it than schemathesis waits
    told = Client().get("/api/schema/?format=json", headers={"Authorization": f"Bearer {token}"})
    description.write_bytes(told.content)
    found = subprocess.run(
        [*program, str(description), "--url", live_server.url, "--generation-database", "none", *BUDGET],
        cwd=ROOT, env={**os.environ, "API_TOKEN": token}, capture_output=not LARGE, text=True, check=False,
    )  # fmt: skip
    assert found.returncode == 0, found.stdout
