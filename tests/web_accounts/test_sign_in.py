"""Signing in and out, and what a guesser meets."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client

from monitor.accounts.models import Role, User
from tests.accounts.counting_hasher import CountingHasher
from tests.accounts.test_local_paths import ELSEWHERE
from tests.factories import PASSWORD, make_user
from tests.web_accounts.stage import LOGIN, LOGOUT, sign_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import Settings

pytestmark = pytest.mark.django_db

MISMATCH = "Name and password do not match."


@pytest.fixture(autouse=True)
def _no_counts() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def hedda() -> User:
    return make_user(Role.READER, name="hedda", email="hedda@example.org")


def is_signed_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def seen(page: Any) -> str:
    """Return a page without its form token and without what was typed."""
    return re.sub(r' value="[^"]*"', "", page.content.decode())


@pytest.mark.parametrize("login", ["hedda", "HEDDA", " hedda ", "hedda@example.org", "Hedda@Example.ORG"])
def test_sign_in_takes_user_name_or_address_in_any_case(hedda: User, login: str) -> None:
    client = Client()

    answer = sign_in(client, login)

    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert is_signed_in(client)
    assert EmailAddress.objects.count() == 0  # allauth's own copy would outlive a change of address


def test_the_page_asks_for_name_and_password_without_a_script() -> None:
    page = Client().get(LOGIN).content.decode()

    assert '<label for="id_login">User name or e-mail</label>' in page
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
    assert "sign up" not in page.lower()


def test_every_failure_looks_the_same(hedda: User) -> None:
    make_user(Role.READER, name="gone", email="gone@example.org", is_active=False)
    unusable = make_user(Role.READER, name="unusable")
    unusable.set_unusable_password()
    unusable.save()

    answers = [
        sign_in(Client(), "hedda", "wrong password"),
        sign_in(Client(), "hedda@example.org", "wrong password"),
        sign_in(Client(), "nobody", "wrong password"),
        sign_in(Client(), "nobody@example.org", "wrong password"),
        sign_in(Client(), "gone", PASSWORD),
        sign_in(Client(), "gone@example.org", PASSWORD),
        sign_in(Client(), "unusable", PASSWORD),
    ]

    assert {answer.status_code for answer in answers} == {422}
    assert len({seen(answer) for answer in answers}) == 1
    assert MISMATCH in answers[0].content.decode()


@pytest.mark.parametrize("login", ["hedda", "hedda@example.org", "nobody", "nobody@example.org", "gone"])
def test_every_failure_takes_one_hash(settings: Settings, login: str) -> None:
    settings.PASSWORD_HASHERS = ["tests.accounts.counting_hasher.CountingHasher"]
    make_user(Role.READER, name="hedda", email="hedda@example.org")
    make_user(Role.READER, name="gone", is_active=False)
    CountingHasher.worked.clear()

    sign_in(Client(), login, "wrong password")

    assert len(CountingHasher.worked) == 1


@pytest.mark.parametrize("login", ["", "  ", "\x00", "hedda\x00", "x" * 255, "' or 1=1 --", "%"])
def test_nonsense_is_rejected_with_the_page(hedda: User, login: str) -> None:
    answer = sign_in(Client(), login)

    assert answer.status_code == 422
    assert 'class="error"' in answer.content.decode()


def test_an_overlong_password_is_rejected_before_it_is_hashed(settings: Settings, hedda: User) -> None:
    settings.PASSWORD_HASHERS = ["tests.accounts.counting_hasher.CountingHasher"]
    CountingHasher.worked.clear()

    assert sign_in(Client(), "hedda", "x" * 1001).status_code == 422
    assert CountingHasher.worked == []


@pytest.mark.parametrize("url", ELSEWHERE)
def test_asvs_3_7_2_next_never_leads_elsewhere(hedda: User, url: str) -> None:
    in_the_form, in_the_address = Client(), Client()

    assert sign_in(in_the_form, "hedda", next=url).headers["Location"] == "/"
    answer = in_the_address.post(LOGIN, {"login": "hedda", "password": PASSWORD}, query_params={"next": url})
    assert answer.headers["Location"] == "/"
    assert in_the_form.get(LOGIN, query_params={"next": url}).headers["Location"] == "/"


def test_next_leads_back_to_where_somebody_wanted_to_go(hedda: User) -> None:
    client = Client()
    asked = client.get("/account/?x=1")
    page = client.get(asked.headers["Location"])

    assert asked.headers["Location"] == "/account/login/?next=/account/%3Fx%3D1"
    assert '<input type="hidden" name="next" value="/account/?x=1">' in page.content.decode()
    assert sign_in(client, "hedda", next="/account/?x=1").headers["Location"] == "/account/?x=1"


def test_asvs_1_2_1_next_is_text_on_the_page() -> None:
    page = Client().get(LOGIN, query_params={"next": '/"><script>alert(1)</script>'})

    assert "<script>alert" not in page.content.decode()


def test_asvs_7_2_4_the_session_gets_a_new_id_at_sign_in(hedda: User) -> None:
    client = Client()
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    planted = client.cookies["sessionid"].value

    sign_in(client, "hedda")

    assert client.cookies["sessionid"].value != planted
    assert Client(headers={"cookie": f"sessionid={planted}"}).get("/account/").status_code == 302


def test_signing_in_as_somebody_else_leaves_nothing_of_the_first(hedda: User) -> None:
    omar, client = make_user(Role.READER, name="omar"), Client()
    client.force_login(hedda)
    session = client.session
    session["draft"] = "of hedda"
    session.save()
    client.post(LOGOUT)
    sign_in(client, "omar")

    assert client.session["_auth_user_id"] == str(omar.pk)
    assert "draft" not in client.session


def test_asvs_3_3_1_cookies_are_kept_from_scripts_and_other_sites(hedda: User) -> None:
    client = Client()
    client.get(LOGIN)
    sign_in(client, "hedda")

    for name in ("sessionid", "csrftoken"):
        cookie = client.cookies[name]
        assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (True, "Lax", "/", "")


def test_asvs_7_4_1_sign_out_ends_the_session_and_clears_the_browser(hedda: User) -> None:
    client = Client()
    sign_in(client, "hedda")
    old = client.cookies["sessionid"].value

    answer = client.post(LOGOUT)

    assert (answer.status_code, answer.headers["Location"]) == (302, LOGIN)
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not is_signed_in(client)
    assert Client(headers={"cookie": f"sessionid={old}"}).get("/account/").status_code == 302


def test_a_get_does_not_sign_out(hedda: User) -> None:
    client = Client()
    sign_in(client, "hedda")

    page = client.get(LOGOUT)

    assert page.status_code == 200
    assert "Clear-Site-Data" not in page.headers
    assert is_signed_in(client)


@pytest.mark.parametrize("address", [LOGIN, "/account/", "/people/", "/teams/", LOGOUT, "/account/password/change/"])
def test_asvs_14_3_2_nobody_keeps_these_pages(address: str) -> None:
    client = Client()
    assert client.get(address).headers["Cache-Control"] == "private, no-store"
    client.force_login(make_user(Role.ADMIN))
    assert client.get(address).headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    "address", ["/account/signup/", "/account/inactive/", "/account/confirm-email/", "/account/3rdparty/"]
)
def test_pages_of_allauth_that_this_site_lacks_do_not_exist(address: str) -> None:
    client = Client()
    client.force_login(make_user(Role.READER))

    assert client.get(address).status_code == 404


def test_a_programs_request_gets_the_page_like_everybody(hedda: User) -> None:
    client = Client(headers={"x-requested-with": "XMLHttpRequest", "accept": "application/json"})

    answer = sign_in(client, "hedda", "wrong password")

    assert (answer.status_code, answer.headers["Content-Type"]) == (422, "text/html; charset=utf-8")


def test_asvs_16_3_1_sign_ins_are_logged_in_one_line_each(hedda: User, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "monitor.accounts")
    client = Client(REMOTE_ADDR="192.0.2.7")

    sign_in(client, "hedda", "wrong password")
    sign_in(client, "eve\r\nsigned in: admin", "wrong password")
    sign_in(client, "hedda")
    client.post(LOGOUT)

    assert [record.getMessage() for record in caplog.records if record.name.startswith("monitor.")] == [
        "sign-in failed: hedda from 192.0.2.7",
        r"sign-in failed: eve\r\nsigned in: admin from 192.0.2.7",
        "signed in: hedda from 192.0.2.7",
        "signed out: hedda from 192.0.2.7",
    ]
    assert "wrong password" not in caplog.text
    assert PASSWORD not in caplog.text
