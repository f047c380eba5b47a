"""Checking passwords: one query and one hash, whoever is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.auth import authenticate
from django.db import connection
from django.test.utils import CaptureQueriesContext

from monitor.accounts.backend import PasswordBackend
from monitor.accounts.models import Role, User
from tests.accounts.counting_hasher import CountingHasher
from tests.factories import PASSWORD, make_user

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

pytestmark = pytest.mark.django_db


@pytest.fixture
def hedda() -> User:
    return make_user(Role.READER, name="hedda", email="hedda@example.org")


@pytest.mark.parametrize(
    "given", [{"username": "hedda"}, {"email": "hedda@example.org", "username": "hedda@example.org"}]
)
def test_the_right_password_finds_the_account(hedda: User, given: dict[str, str]) -> None:
    assert authenticate(None, password=PASSWORD, **given) == hedda


@pytest.mark.parametrize("password", ["", "wrong", PASSWORD.upper(), PASSWORD + " "])
def test_another_password_finds_nobody(hedda: User, password: str) -> None:
    assert authenticate(None, username="hedda", password=password) is None


def test_missing_credentials_find_nobody(hedda: User) -> None:
    backend = PasswordBackend()

    assert backend.authenticate(None, username="hedda") is None
    assert backend.authenticate(None, password=PASSWORD) is None


def test_a_disabled_account_is_not_found(hedda: User) -> None:
    hedda.is_active = False
    hedda.save()

    assert authenticate(None, username="hedda", password=PASSWORD) is None
    assert PasswordBackend().get_user(hedda.pk) is None


@pytest.mark.parametrize(
    "login", ["hedda", "hedda@example.org", "nobody", "nobody@example.org", "disabled", "without@example.org"]
)
def test_asvs_6_3_1_every_failure_costs_one_query_and_one_hash(settings: Settings, hedda: User, login: str) -> None:
    settings.PASSWORD_HASHERS = ["tests.accounts.counting_hasher.CountingHasher"]
    hedda.set_password(PASSWORD)
    hedda.save()
    make_user(Role.READER, name="disabled", is_active=False)
    without = make_user(Role.READER, name="without", email="without@example.org")
    without.set_unusable_password()
    without.save()
    CountingHasher.worked.clear()

    with CaptureQueriesContext(
        connection,
    ) as queries:
        authenticate(None, username=login, email=login if "@" in login else None, password="not this one")

    assert len(queries) == 1
    assert len(CountingHasher.worked) == 1
