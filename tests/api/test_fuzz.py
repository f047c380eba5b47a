"""Schemathesis against the live API on Postgres: what its description allows is answered, what it forbids is refused.

`make fuzz` asks far more, for a quarter of an hour (FUZZ=large), with seeds of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.test import Client

from monitor.accounts.models import Membership, Team
from monitor.accounts.tokens import create_token
from monitor.annotations.actions import Draft, create_annotation
from monitor.annotations.codebook import make_tag
from monitor.annotations.passages import AskedPassage
from monitor.annotations.replies import reply_to
from monitor.search.resolving import Asked
from monitor.search.saving import save_search
from tests.api.described import make_archive
from tests.entity_rows import name_in
from tests.factories import make_user

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    named = {"Nobody": archive.guard, "dusk": archive.front, "saw": archive.guard, "before": archive.front}
    name_in(archive.article, named, status="suggested", score=0.5)
    Membership.objects.create(team=Team.objects.create(name="Rivers"), user=person)
    for number in range(many):
        make_tag(name=f"Weirs/Weir {number}", by=person)
        save_search(by=person, name=f"Lamps {number}", asked=Asked("lamps"))
        draft = Draft(article=archive.article, passages=(AskedPassage(4, 14),), comment="Why?")
        mark, _ = create_annotation(uid=uuid4(), by=person, draft=draft)
        reply_to(uid=uuid4(), mark=mark, by=person, comment="So?")


def with_examples(token: str) -> dict[str, Any]:
    """Return the API's description, with what there is as examples of what addresses ask for, each of another row."""
    client, headers = Client(), {"Authorization": f"Bearer {token}"}
    described: dict[str, Any] = client.get("/api/schema/?format=json", headers=headers).json()
    rows: dict[str, Iterator[str]] = {}
    for address, operations in described["paths"].items():
        lists, opened, _ = address.partition("{")
        if not opened or "get" not in described["paths"].get(lists, ()):
            continue
        if lists not in rows:
            found = client.get(lists, headers=headers).json()
            rows[lists] = cycle([str(row["id"]) for row in found.get("results", ())])
        for operation in operations.values():
            for parameter in operation["parameters"]:
                if parameter["in"] == "path" and (row := next(rows[lists], "")):
                    parameter["example"] = row
    return described


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
    description.write_text(json.dumps(with_examples(token)), encoding="utf-8")
    found = subprocess.run(
        [*program, str(description), "--url", live_server.url, "--generation-database", "none", *BUDGET],
        cwd=ROOT, env={**os.environ, "API_TOKEN": token}, capture_output=not LARGE, text=True, check=False,
    )  # fmt: skip
    assert found.returncode == 0, found.stdout
