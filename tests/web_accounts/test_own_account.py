"""One's own name, address and password."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from monitor.accounts.models import Membership, Role, Team, User
from monitor.annotations.log_models import NoticeMail
from tests.factories import PASSWORD, make_user
from tests.web_accounts.stage import sign_in

pytestmark = pytest.mark.django_db

ACCOUNT, ADDRESS, AGAIN = "/account/", "/account/email/", "/account/reauthenticate/"
CHANGE = "/account/password/change/"
NEW = "a louder harbour"


@pytest.fixture
def hedda() -> User:
    cache.clear()
    return make_user(Role.ANALYST, name="hedda", email="hedda@example.org")


@pytest.fixture
def client(hedda: User) -> Client:
    client = Client()
    sign_in(client, "hedda")
    return client


def change(client: Client, old: str = PASSWORD, new: str = NEW, again: str = "") -> Any:
    return client.post(CHANGE, {"oldpassword": old, "password1": new, "password2": again or new})


def test_the_page_shows_what_one_may_know_about_oneself(client: Client, hedda: User) -> None:
    Membership.objects.create(team=Team.objects.create(name="River desk"), user=hedda, is_team_admin=True)
    Team.objects.create(name="Delta desk")

    page = client.get(ACCOUNT).content.decode()

    assert "hedda@example.org" in page
    assert "Analyst, since" in page
    assert "River desk" in page
    assert "team admin" in page
    assert "Delta desk" not in page
    assert "People and invitations" not in page


def test_a_name_is_changed_and_said_so(client: Client, hedda: User) -> None:
    answer = client.post(ACCOUNT, {"name": " Hedda Marlow "}, follow=True)

    hedda.refresh_from_db()
    assert hedda.name == "Hedda Marlow"
    assert answer.redirect_chain == [(ACCOUNT, 302)]
    assert "Your name is changed." in answer.content.decode()


@pytest.mark.parametrize("name", ["x" * 151, "two\nlines", "turned \u202e", "nothing\x00"])
def test_a_name_that_cannot_be_shown_is_rejected_beside_its_field(client: Client, hedda: User, name: str) -> None:
    answer = client.post(ACCOUNT, {"name": name})

    hedda.refresh_from_db()
    page = answer.content.decode()
    assert (answer.status_code, hedda.name) == (422, "")
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'id="id_name_error"' in page


def test_asvs_7_5_1_the_address_asks_for_the_password_first(client: Client, hedda: User) -> None:
    asked = client.get(ADDRESS)
    assert (asked.status_code, asked.headers["Location"]) == (302, f"{AGAIN}?next=%2Faccount%2Femail%2F")

    confirmed = client.post(asked.headers["Location"], {"password": PASSWORD})
    assert (confirmed.status_code, confirmed.headers["Location"]) == (302, ADDRESS)
    assert client.get(ADDRESS).status_code == 200

    saved = client.post(ADDRESS, {"email": "new@example.org"})
    hedda.refresh_from_db()
    assert (saved.status_code, hedda.email) == (302, "new@example.org")


def test_a_change_sent_without_the_password_waits_for_it(client: Client, hedda: User) -> None:
    asked = client.post(ADDRESS, {"email": "new@example.org"})
    hedda.refresh_from_db()
    assert hedda.email == "hedda@example.org"

    client.post(asked.headers["Location"], {"password": PASSWORD})

    hedda.refresh_from_db()
    assert hedda.email == "new@example.org"


def test_a_wrong_password_opens_nothing(client: Client, hedda: User) -> None:
    answer = client.post(f"{AGAIN}?next={ADDRESS}", {"password": "wrong password"})

    assert answer.status_code == 422
    assert "That is not your password." in answer.content.decode()
    assert client.get(ADDRESS).status_code == 302


def test_passwords_asked_again_count_as_tries(client: Client) -> None:
    statuses = [client.post(AGAIN, {"password": "wrong password"}).status_code for _ in range(11)]

    assert statuses == [422] * 10 + [429]
    assert sign_in(Client(), "hedda").status_code == 429


def test_anothers_address_is_refused_without_naming_them(client: Client, hedda: User) -> None:
    make_user(Role.READER, name="omar", email="omar@example.org")
    client.post(f"{AGAIN}?next={ADDRESS}", {"password": PASSWORD})

    answer = client.post(ADDRESS, {"email": "OMAR@example.org"})

    hedda.refresh_from_db()
    assert (answer.status_code, hedda.email) == (422, "hedda@example.org")
    assert "This address cannot be used here; choose another." in answer.content.decode()


def test_after_a_change_of_address_only_the_new_one_signs_in(client: Client, hedda: User) -> None:
    client.post(f"{AGAIN}?next={ADDRESS}", {"password": PASSWORD})
    client.post(ADDRESS, {"email": "new@example.org"})

    assert sign_in(Client(), "hedda@example.org").status_code == 422
    assert sign_in(Client(), "new@example.org").status_code == 302


def test_asvs_7_4_3_a_new_password_ends_all_other_sessions(client: Client, hedda: User) -> None:
    elsewhere = Client()
    sign_in(elsewhere, "hedda")
    before = client.cookies["sessionid"].value

    answer = change(client)

    assert (answer.status_code, answer.headers["Location"]) == (302, ACCOUNT)
    assert client.get(ACCOUNT).status_code == 200
    assert client.cookies["sessionid"].value != before
    assert elsewhere.get(ACCOUNT).status_code == 302
    assert sign_in(Client(), "hedda").status_code == 422
    assert sign_in(Client(), "hedda", NEW).status_code == 302


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"old": "wrong password"}, "That is not your password."),
        ({"new": "short"}, "This password is too short"),
        ({"new": "1234567890"}, "This password is too common."),
        ({"new": "hedda@example.org"}, "The password is too similar to the email"),
        ({"again": "another one altogether"}, "You must type the same password each time."),
        ({"new": "x" * 1001}, "at most 1000 characters"),
    ],
)
def test_asvs_6_2_3_a_bad_change_of_password_changes_nothing(
    client: Client, hedda: User, given: dict[str, str], sentence: str
) -> None:
    answer = change(client, **given)

    hedda.refresh_from_db()
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert hedda.check_password(PASSWORD)


def test_no_password_comes_back_with_the_page(client: Client) -> None:
    answer = change(client, old="wrong password")

    assert NEW not in answer.content.decode()
    assert "wrong password" not in answer.content.decode()


def test_a_change_of_password_keeps_a_role_given_meanwhile(client: Client, hedda: User) -> None:
    User.objects.filter(pk=hedda.pk).update(role=Role.READER)

    change(client)

    hedda.refresh_from_db()
    assert hedda.role == "reader"


def test_guessing_the_current_password_is_limited(client: Client) -> None:
    answers = [change(client, old="wrong password") for _ in range(6)]

    assert [answer.status_code for answer in answers] == [422] * 5 + [429]
    assert answers[-1].headers["Retry-After"] == "60"


def test_asvs_16_3_2_a_change_of_password_is_logged(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "monitor.accounts")

    change(client)

    assert [r.getMessage() for r in caplog.records if r.name.startswith("monitor.")] == ["password changed: hedda"]
    assert NEW not in caplog.text


def test_notices_come_by_mail_until_one_says_no(client: Client, hedda: User, settings: Any) -> None:
    assert "By mail" not in client.get(ACCOUNT).content.decode()  # no mail server, nothing to choose
    settings.EMAIL_URL = "smtp://mail.example"
    page = client.get(ACCOUNT).content.decode()
    assert "also sent to <bdi>hedda@example.org</bdi>" in page
    answer = client.post("/account/mails/", {"wanted": "no"}, follow=True).content.decode()
    hedda.refresh_from_db()
    assert (hedda.mails_since, "Notices no longer come by mail." in answer) == (None, True)
    assert "Send them to <bdi>hedda@example.org</bdi>" in answer
    client.post("/account/mails/", {"wanted": "yes"})
    hedda.refresh_from_db()
    since = hedda.mails_since
    client.post("/account/mails/", {"wanted": "yes"})
    hedda.refresh_from_db()
    assert since is not None
    assert hedda.mails_since == since
    User.objects.filter(pk=hedda.pk).update(email="")
    assert "No, you have no address here." in client.get(ACCOUNT).content.decode()


def test_administrators_are_told_of_mails_that_wait(hedda: User) -> None:
    NoticeMail.objects.create(person=hedda, trouble="421 closed <b>today</b>", tries=1)
    NoticeMail.objects.create(person=hedda)
    admin, analyst = Client(), Client()
    admin.force_login(make_user(Role.ADMIN, name="keeper"))
    analyst.force_login(hedda)
    words = "The mail server takes no mails: 2 mails of notices wait"
    for page in (admin.get("/people/"), admin.get(ACCOUNT)):
        shown = page.content.decode()
        assert (words in shown, "421 closed &lt;b&gt;today&lt;/b&gt;" in shown) == (True, True)
    assert "mail server" not in analyst.get(ACCOUNT).content.decode()
    NoticeMail.objects.update(trouble="")
    assert "mail server" not in admin.get("/people/").content.decode()
