"""How often somebody may guess: with the real cache table."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from monitor.accounts.models import Role, User
from tests.factories import make_user
from tests.web_accounts.stage import LOGIN, sign_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import Settings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_counts() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def hedda() -> User:
    return make_user(Role.READER, name="hedda", email="hedda@example.org")


def fail(client: Client, login: str, times: int) -> list[int]:
    return [sign_in(client, login, "wrong password").status_code for _ in range(times)]


def at(address: str) -> Client:
    return Client(REMOTE_ADDR=address)


def test_asvs_6_3_1_ten_failures_stop_an_account_everywhere(hedda: User) -> None:
    assert fail(at("192.0.2.1"), "hedda", 11) == [422] * 10 + [429]

    answer = sign_in(at("192.0.2.2"), "hedda")

    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 900
    assert "Please wait a few minutes" in answer.content.decode()


def test_a_stopped_account_stops_nobody_else(hedda: User) -> None:
    make_user(Role.READER, name="omar")
    fail(at("192.0.2.1"), "hedda", 11)

    assert sign_in(at("192.0.2.1"), "omar").status_code == 302


def test_all_spellings_and_hosts_count_for_one_account(hedda: User) -> None:
    logins = ["hedda", "HEDDA", "hedda@example.org", "Hedda@example.org", " hedda"]
    client = at("192.0.2.1")

    statuses = [sign_in(client, login, "wrong password").status_code for login in logins]
    statuses += [
        client.post(LOGIN, {"login": login, "password": "wrong password"}, headers={"host": "127.0.0.1"}).status_code
        for login in logins
    ]

    assert statuses == [422] * 10
    assert sign_in(client, "hedda").status_code == 429


def test_names_nobody_has_are_counted_alike() -> None:
    assert fail(at("192.0.2.1"), "nobody", 11) == [422] * 10 + [429]


def test_asvs_6_3_1_thirty_failures_stop_a_network_address(hedda: User) -> None:
    guesser = at("192.0.2.1")
    statuses = [sign_in(guesser, f"name{n}", "wrong password").status_code for n in range(31)]

    assert statuses == [422] * 30 + [429]
    assert sign_in(guesser, "hedda").status_code == 429
    assert sign_in(at("192.0.2.2"), "hedda").status_code == 302


def test_a_stopped_address_uses_up_no_more_tries_of_accounts(settings: Settings, hedda: User) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "2/15m/ip,3/15m/key", "login": None}
    guesser = at("192.0.2.1")
    fail(guesser, "somebody", 3)

    assert fail(guesser, "hedda", 5) == [429] * 5
    assert sign_in(at("192.0.2.2"), "hedda").status_code == 302


def test_addresses_of_one_ipv6_network_count_together(settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "2/15m/ip"}

    statuses = [fail(at(f"2001:db8::{n}"), f"name{n}", 1)[0] for n in range(3)]

    assert statuses == [422, 422, 429]


def test_asvs_4_1_3_a_forged_forwarding_header_is_not_believed(settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "2/15m/ip"}

    statuses = [
        Client(REMOTE_ADDR="192.0.2.1", headers={"x-forwarded-for": f"203.0.113.{n}"})
        .post(LOGIN, {"login": f"name{n}", "password": "wrong password"})
        .status_code
        for n in range(3)
    ]

    assert statuses == [422, 422, 429]


def test_signing_in_rightly_uses_up_nothing(hedda: User) -> None:
    client = at("192.0.2.1")
    fail(client, "hedda", 9)
    for _ in range(12):
        assert sign_in(at("192.0.2.1"), "hedda").status_code == 302

    assert fail(client, "hedda", 2) == [422, 429]


def test_the_wait_ends_when_the_header_says(settings: Settings, hedda: User, monkeypatch: pytest.MonkeyPatch) -> None:
    client = at("192.0.2.1")
    fail(client, "hedda", 10)
    wait = int(sign_in(client, "hedda").headers["Retry-After"])
    rows = cached()

    assert 880 <= wait <= 900
    for key, times in rows.items():  # as if all had happened that much earlier
        cache.set(key.split(":1:", 1)[1], [moment - wait for moment in times], 900)
    assert sign_in(client, "hedda").status_code == 302


def test_asvs_2_4_1_counts_stand_in_the_table_that_all_processes_share(hedda: User) -> None:
    fail(at("192.0.2.1"), "hedda", 3)

    assert sorted(len(times) for times in cached().values()) == [3, 3]  # of the account and of the address
    assert not any("hedda" in key for key in cached())


def cached() -> dict[str, list[float]]:
    with connection.cursor() as cursor:
        cursor.execute("select cache_key from monitor_cache where cache_key like '%login_failed%'")
        keys = [key for (key,) in cursor.fetchall()]
    return {key: cache.get(key.split(":1:", 1)[1]) for key in keys}


def test_a_refusal_is_logged(hedda: User, caplog: pytest.LogCaptureFixture) -> None:
    fail(at("192.0.2.1"), "hedda", 10)
    caplog.set_level(logging.INFO, "monitor.accounts")
    caplog.clear()

    sign_in(at("192.0.2.1"), "hedda")

    assert [r.getMessage() for r in caplog.records if r.name.startswith("monitor.")] == [
        "sign-in refused, too many failures: hedda from 192.0.2.1"
    ]
