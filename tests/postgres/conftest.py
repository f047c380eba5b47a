"""Homes for real servers: a path with a space and an umlaut, as root's and as a normal user's."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from monitor.postgres.place import cluster_place
from tests.postgres.site_processes import Home, as_user, end_everything

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def home() -> Iterator[Home]:
    with make_home(None) as made:
        yield made


@pytest.fixture(params=["ourselves", "a normal user"])
def any_home(request: pytest.FixtureRequest) -> Iterator[Home]:
    """As the user who runs the tests; when that is root, as a normal user too."""
    if request.param == "a normal user" and os.geteuid() != 0:
        pytest.skip("only root can become another user; the tests run as a normal user already")
    with make_home("nobody" if request.param == "a normal user" else None) as made:
        yield made


@pytest.fixture
def closed_home() -> Iterator[Home]:
    """Make a home that only its owner may enter, as /root and many others are."""
    with make_home(None, mode=0o700) as made:
        yield made


@contextmanager
def make_home(user: str | None, mode: int = 0o755) -> Iterator[Home]:
    """Make a home for this user, and leave no process or file of it behind."""
    # Not tmp_path: pytest closes that to others, and root's server runs as another user.
    outer = Path(tempfile.mkdtemp(prefix="monitor-test-"))
    outer.chmod(mode)
    var = outer / "Jürgen's projects" / "var"
    var.parent.mkdir()
    for path in (outer, var.parent):
        owner = as_user(user)
        if owner:
            os.chown(path, owner["user"], owner["group"])
    home = Home(var, user)
    elsewhere = cluster_place(var, "pg").folder
    try:
        yield home
    finally:
        end_everything(home)
        shutil.rmtree(outer)
        if elsewhere.is_relative_to("/var/lib/monitor"):
            shutil.rmtree(elsewhere, ignore_errors=True)
