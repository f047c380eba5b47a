"""Faults take minutes and whole sites: `make faults` asks for them, `make test` does not."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.faults.served import command
from tests.postgres.conftest import make_home

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.postgres.site_processes import Home

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", ".*_cache", ".hypothesis")
collect_ignore_glob = [] if os.environ.get("FAULTS") else ["test_*.py"]


@pytest.fixture(scope="session")
def set_up() -> Iterator[Path]:
    """Set a site up once, with its samples, and leave it stopped; FAULTS_SITE names the var folder of one that is."""
    if ready := os.environ.get("FAULTS_SITE"):
        yield Path(ready)
        return
    with make_home(None) as made:
        command(made, "serve", "--only-set-up")
        yield made.var


@pytest.fixture
def home(set_up: Path) -> Iterator[Home]:
    """Give a site that is set up, in a folder of its own; nothing of it stays behind."""
    with make_home(None) as made:
        subprocess.run(["/bin/cp", "-a", str(set_up), str(made.var)], check=True)
        yield made


@pytest.fixture
def other_home(set_up: Path) -> Iterator[Home]:
    """Give a second one, for whoever runs the database of the first."""
    with make_home(None) as made:
        subprocess.run(["/bin/cp", "-a", str(set_up), str(made.var)], check=True)
        yield made


@pytest.fixture(scope="module")
def checkout_copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give a copy of the checkout, in which bugs can be planted."""
    folder = tmp_path_factory.mktemp("planted")
    tree = shutil.copytree(ROOT, folder / "tree", ignore=LEFT_OUT)
    (tree / ".venv").symlink_to(ROOT / ".venv")
    yield tree
    shutil.rmtree(folder)
