"""One invented archive for all tests of a module, and each engine that is to answer for it; it goes when the module ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import transaction

from monitor.search.engines.postgres import asking
from monitor.search.engines.postgres.engine import PostgresEngine
from tests.search.invented import World, make_world

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.plugin import DjangoDbBlocker

    from monitor.search.engines.protocol import Engine


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let searches take their time: how long they do is measured in bench/, on a machine that does nothing else."""
    monkeypatch.setattr(asking, "ALTOGETHER_S", 120.0)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture(scope="module", params=["postgres", "tantivy"])
def engine(
    request: pytest.FixtureRequest,
    world: World,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Engine:
    """Return an engine that knows the archive: the same is asked of each."""
    if request.param == "postgres":
        return PostgresEngine()
    pytest.importorskip("tantivy", reason="the library of requirements-search.txt is not installed")
    from monitor.search.engines.tantivy_engine import TantivyEngine  # noqa: PLC0415 - not everywhere

    made = TantivyEngine(tmp_path_factory.mktemp("tantivy"))
    with django_db_blocker.unblock():
        assert list(made.rebuild())[-1] == (1_000, 1_000)
    return made
