"""What all tests may ask for."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from hypothesis import settings

from monitor.postgres.backend.base import DatabaseOperations
from tests.emptying import quick_flush
from tests.factories import make_people
from tests.quick_migrating import migrate_quickly

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor.accounts.models import User


DatabaseOperations.sql_flush = quick_flush  # type: ignore[method-assign]
migrate_quickly()
# A busy machine must turn no property red; that work grows no faster than its input is tested by itself.
settings.register_profile("steady", deadline=None)
settings.load_profile("steady")
# A shell that starts the tests in the background has them deaf to Ctrl-C, and programs that they start would be so, too.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def people(db: None) -> dict[str, User]:
    """One person of each role, by its name, and one whose account is disabled."""
    return make_people()


@pytest.fixture
def signed_in(db: None) -> Callable[[User | None], Client]:
    """Give a browser in which this person, or nobody, is signed in."""

    def sign_in(user: User | None) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user)
        return client

    return sign_in
