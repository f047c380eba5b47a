"""A new password by mail, where the site sends any."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client

from monitor.accounts.models import Role, User
from tests.factories import PASSWORD, make_user
from tests.web_accounts.stage import sign_in

if TYPE_CHECKING:
    from pytest_django import Settings

pytestmark = pytest.mark.django_db

RESET = "/account/password/reset/"
NEW = "a louder harbour"


@pytest.fixture(autouse=True)
def _mail_is_configured(settings: Settings) -> None:
    cache.clear()
    settings.EMAIL_URL = "smtp://mail.example"
    settings.SITE_URL = "https://monitor.example"


@pytest.fixture
def hedda() -> User:
    return make_user(Role.READER, name="hedda", email="hedda@example.org")


def ask(email: str, **kwargs: Any) -> Any:
    return Client(**kwargs).post(RESET, {"email": email})


def link() -> str:
    found = re.search(r"https://monitor\.example(/\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def choose(client: Client, address: str, password: str = NEW) -> Any:
    page = client.get(address, follow=True)
    return client.post(page.redirect_chain[-1][0], {"password1": password, "password2": password})


def test_without_mail_the_page_sends_people_to_an_administrator(settings: Settings, hedda: User) -> None:
    settings.EMAIL_URL = ""
    client = Client()

    assert "Ask an administrator" in client.get(RESET).content.decode()
    assert "Ask an administrator" in client.post(RESET, {"email": "hedda@example.org"}).content.decode()
    assert mail.outbox == []


def test_a_link_leads_to_a_new_password(hedda: User) -> None:
    elsewhere, client = Client(), Client()
    sign_in(elsewhere, "hedda")
    ask("HEDDA@example.org")
    assert mail.outbox[0].to == ["HEDDA@example.org"]

    answer = choose(client, link())

    assert (answer.status_code, answer.headers["Location"]) == (302, "/account/password/reset/key/done/")
    assert elsewhere.get("/account/").status_code == 302
    assert sign_in(Client(), "hedda", NEW).status_code == 302
    assert sign_in(Client(), "hedda", PASSWORD).status_code == 422


def test_asvs_14_2_1_the_key_leaves_the_address_at_once(hedda: User) -> None:
    ask("hedda@example.org")

    answer = Client().get(link())

    assert answer.status_code == 302
    assert answer.headers["Location"].endswith("-set-password/")


def test_a_link_works_once(hedda: User) -> None:
    ask("hedda@example.org")
    address = link()
    choose(Client(), address)

    assert "This link is not valid any more." in Client().get(address).content.decode()


@pytest.mark.parametrize("change", ["address", "password", "sign-in"])
def test_a_link_ends_with_what_it_was_made_for(hedda: User, change: str) -> None:
    ask("hedda@example.org")
    if change == "address":
        User.objects.update(email="new@example.org")
    elif change == "password":
        hedda.set_password("something else entirely")
        hedda.save()
    else:
        sign_in(Client(), "hedda")

    assert "This link is not valid any more." in Client().get(link()).content.decode()


@pytest.mark.parametrize("key", ["1-set-password", "zzzzzzzzzzzzz-x", "1-cabcde-0123456789abcdef0123456789abcdef"])
def test_made_up_links_are_not_valid(hedda: User, key: str) -> None:
    answer = Client().get(f"{RESET}key/{key}/")

    assert "This link is not valid any more." in answer.content.decode()


def test_a_weak_new_password_is_rejected(hedda: User) -> None:
    ask("hedda@example.org")

    answer = choose(Client(), link(), "password12")

    assert answer.status_code == 422
    assert "too common" in answer.content.decode()


@pytest.mark.parametrize("email", ["hedda@example.org", "nobody@example.org", "gone@example.org"])
def test_every_address_gets_one_answer_and_one_mail(hedda: User, email: str) -> None:
    make_user(Role.READER, name="gone", email="gone@example.org", is_active=False)

    answer = ask(email)

    assert (answer.status_code, answer.headers["Location"]) == (302, "/account/password/reset/done/")
    assert [message.to for message in mail.outbox] == [[email]]
    assert ("no account here has it" in str(mail.outbox[0].body)) is (email != "hedda@example.org")


def test_asvs_6_4_3_asking_is_limited(hedda: User) -> None:
    statuses = [ask("hedda@example.org", REMOTE_ADDR=f"192.0.2.{n}").status_code for n in range(4)]

    assert statuses == [302, 302, 302, 429]
    assert len(mail.outbox) == 3


def test_mails_name_the_site_and_not_the_host_that_was_asked(hedda: User) -> None:
    Client(headers={"host": "localhost"}).post(RESET, {"email": "hedda@example.org"})

    assert "localhost" not in str(mail.outbox[0].body)
    assert mail.outbox[0].subject == "Choose a new password for Monitor"


@pytest.mark.parametrize(
    "headers", [{"host": "evil.example"}, {"host": "evil.example", "x-forwarded-host": "localhost"}]
)
def test_a_foreign_host_is_refused(hedda: User, headers: dict[str, str]) -> None:
    assert Client(headers=headers).get(RESET).status_code == 400


def test_allauth_keeps_no_copy_of_an_address(hedda: User) -> None:
    ask("hedda@example.org")
    choose(Client(), link())

    assert EmailAddress.objects.count() == 0


@pytest.mark.parametrize("email", ["", "nonsense", "a@b\nBcc: c@d.org", "x" * 400 + "@example.org"])
def test_what_is_no_address_is_rejected(email: str) -> None:
    assert ask(email).status_code == 422
    assert mail.outbox == []
