"""Schemathesis against the live API on Postgres: what its description allows is answered, what it forbids is refused.

`make fuzz` asks far more, for minutes (FUZZ=large), with seeds of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from monitor.accounts.tokens import create_token
from tests.api.described import make_archive
from tests.entity_rows import name_in
from tests.factories import make_user

if TYPE_CHECKING:
    from pytest_django import Settings
    from pytest_django.live_server_helper import LiveServer

ROOT = Path(__file__).resolve().parents[2]
LARGE = os.environ.get("FUZZ") == "large"
# Lists, a search, and what is made; what needs a key is asked in the large run, which follows the lists to it.
FEW = "^/api/v1/(articles|search|tags|actors|annotations)/$"
BUDGET = (
    ["--max-examples", "100", "--phases", "examples,coverage,fuzzing,stateful"]
    if LARGE
    else ["--max-examples", "6", "--phases", "fuzzing", "--seed", "1", "--include-path-regex", FEW]
)


@pytest.mark.timeout(7200 if LARGE else 300)
def test_api_is_as_it_is_described(
    transactional_db: None, live_server: LiveServer, settings: Settings, tmp_path: Path
) -> None:
    for rate in ("API_PER_MINUTE", "SEARCHES_PER_MINUTE", "UPLOADS_PER_HOUR"):
        setattr(settings, rate, 10**9)
    archive, _ = make_archive(), make_archive(number=4)
    name_in(archive.article, {"Nobody": archive.guard}, status="suggested", score=0.5)
    token = create_token(user=make_user("admin"), name="fuzz", scope="write").secret
    program = [str(Path(sys.executable).with_name("st")), "--config-file", "schemathesis.toml", "--no-color", "run"]
    description = tmp_path / "api.json"  # a busy machine may take longer over it than schemathesis waits
    told = Client().get("/api/schema/?format=json", headers={"Authorization": f"Bearer {token}"})
    description.write_bytes(told.content)
    found = subprocess.run(
        [*program, str(description), "--url", live_server.url, "--generation-database", "none", *BUDGET],
        cwd=ROOT, env={**os.environ, "API_TOKEN": token}, capture_output=not LARGE, text=True, check=False,
    )  # fmt: skip
    assert found.returncode == 0, found.stdout
