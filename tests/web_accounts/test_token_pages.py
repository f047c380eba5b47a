"""The account page of API tokens: made after the password, shown once, revoked by their owner or an administrator."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache
from django.test import Client

from monitor.accounts.token_models import Token
from monitor.accounts.tokens import create_token
from tests.factories import PASSWORD, make_user
from tests.web_accounts.stage import sign_in

if TYPE_CHECKING:
    from monitor.accounts.models import User

pytestmark = pytest.mark.django_db
TOKENS, NEW, AGAIN = "/account/tokens/", "/account/tokens/new/", "/account/reauthenticate/"
SENT = {"name": "Laptop", "scope": "write", "days": "30"}


@pytest.fixture
def hedda() -> User:
    cache.clear()
    return make_user("analyst", name="hedda")


@pytest.fixture
def client(hedda: User) -> Client:
    """Somebody who gave their password a second time a moment ago."""
    client = Client()
    sign_in(client, hedda.username)
    client.post(f"{AGAIN}?next={NEW}", {"password": PASSWORD})
    return client


def secret_on(page: Any) -> str:
    found = re.search(r'value="(mon_[0-9a-f]{64})"', page.content.decode())
    assert found
    return found[1]


def test_token_made_on_the_page_opens_the_api_and_is_shown_once(client: Client) -> None:
    page = client.post(NEW, SENT)
    secret = secret_on(page)
    assert (page.status_code, page["Cache-Control"]) == (200, "private, no-store")
    told = Client().get("/api/v1/me/", headers={"Authorization": f"Bearer {secret}"}).json()
    assert (told["username"], told["token"]["name"], told["token"]["scope"]) == ("hedda", "Laptop", "write")
    later = client.get(TOKENS).content.decode()
    assert "Laptop" in later
    assert secret not in later
    assert secret not in str(dict(client.session))


def test_asvs_7_5_1_password_is_asked_again_first(hedda: User) -> None:
    client = Client()
    sign_in(client, hedda.username)
    asked = client.get(NEW)
    assert (asked.status_code, asked["Location"]) == (302, f"{AGAIN}?next=%2Faccount%2Ftokens%2Fnew%2F")
    client.post(asked["Location"], {"password": "a wrong harbour"})
    assert client.get(NEW).status_code == 302
    assert client.post(asked["Location"], {"password": PASSWORD})["Location"] == NEW
    assert client.get(NEW).status_code == 200


def test_form_sent_without_the_password_waits_for_it(hedda: User) -> None:
    client = Client()
    sign_in(client, hedda.username)
    asked = client.post(NEW, SENT)
    assert (asked.status_code, Token.objects.count()) == (302, 0)
    page = client.post(asked["Location"], {"password": PASSWORD})
    assert (page["Cache-Control"], Token.objects.count()) == ("private, no-store", 1)
    assert secret_on(page)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": ""}, "name"),
        ({"scope": "all"}, "scope"),
        ({"days": "0"}, "days"),
        ({"days": "x"}, "days"),
        ({"name": "a\u202e"}, "name"),
    ],
)
def test_form_that_makes_no_sense_comes_back(client: Client, fields: dict[str, str], field: str) -> None:
    page = client.post(NEW, {**SENT, **fields})
    assert page.status_code == 422
    assert f'id="id_{field}_error"' in page.content.decode()
    assert not Token.objects.exists()


def test_owner_revokes_a_token(client: Client, hedda: User) -> None:
    token = create_token(user=hedda, name="Old <b>one</b>").row
    assert "Old &lt;b&gt;one&lt;/b&gt;" in client.get(TOKENS).content.decode()
    answer = client.post(f"{TOKENS}{token.uid}/revoke/")
    assert (answer.status_code, answer["Location"]) == (302, TOKENS)
    assert not Token.objects.exists()


def test_administrator_sees_and_revokes_those_of_others(hedda: User) -> None:
    token, client = create_token(user=hedda, name="Their laptop").row, Client()
    client.force_login(make_user("admin"))
    assert "Their laptop" in client.get(f"/people/{hedda.pk}/").content.decode()
    assert "Their laptop" not in client.get(TOKENS).content.decode()
    answer = client.post(f"{TOKENS}{token.uid}/revoke/")
    assert (answer["Location"], Token.objects.count()) == (f"/people/{hedda.pk}/", 0)


def test_account_page_leads_to_tokens(client: Client) -> None:
    assert f'href="{TOKENS}"' in client.get("/account/").content.decode()
    assert "You have none." in client.get(TOKENS).content.decode()
