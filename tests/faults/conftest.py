"""Faults take minutes and whole sites: `make faults` asks for them, `make test` does not."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.postgres.conftest import make_home

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.postgres.site_processes import Home

collect_ignore_glob = [] if os.environ.get("FAULTS") else ["test_*.py"]


@pytest.fixture
def home() -> Iterator[Home]:
    """Make a folder for a site, and leave no process or file of it behind."""
    with make_home(None) as made:
        yield made


@pytest.fixture
def other_home() -> Iterator[Home]:
    """Make a second one, for whoever runs the database of the first."""
    with make_home(None) as made:
        yield made
