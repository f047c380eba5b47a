"""From an administrator's form to a new person signed in."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from monitor.accounts.invitations import invite
from monitor.accounts.models import Invitation, Role, Team, User
from tests.factories import PASSWORD, make_user

if TYPE_CHECKING:
    from pytest_django import Settings

pytestmark = pytest.mark.django_db

INVITE = "/people/invitations/"
CLOSED = "This invitation is not valid any more. Ask an administrator for a new one."


@pytest.fixture
def admin() -> User:
    return make_user(Role.ADMIN, name="admin")


@pytest.fixture
def client(admin: User) -> Client:
    client = Client()
    client.force_login(admin)
    return client


def link_on(page: Any) -> str:
    found = re.search(r'readonly value="(https?://[^/"]+)(/account/invitation/[^"]+)"', page.content.decode())
    assert found
    return found[2]


def accept(address: str, client: Client | None = None, **fields: str) -> Any:
    given = {"username": "ines", "name": "Ines Varrow", "password": PASSWORD, "again": PASSWORD, **fields}
    return (client or Client()).post(address, given)


def test_an_invitation_leads_to_a_signed_in_person_in_their_team(client: Client) -> None:
    team = Team.objects.create(name="River desk")
    page = client.post(INVITE, {"role": "curator", "team": team.pk, "email": "ines@example.org"})
    guest = Client()

    assert page.status_code == 200
    assert "in the team <bdi>River desk</bdi>" in guest.get(link_on(page)).content.decode()
    answer = accept(link_on(page), guest)

    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    account = guest.get("/account/").content.decode()
    assert "Ines Varrow" in account
    assert "Curator, since" in account
    assert "River desk" in account


def test_the_link_is_shown_once(client: Client) -> None:
    page = client.post(INVITE, {"role": "reader"})
    token = link_on(page).split("/")[-2]

    assert page.headers["Cache-Control"] == "private, no-store"
    assert token not in client.get("/people/").content.decode()
    assert token not in str(list(Invitation.objects.values()))
    assert token not in str(dict(client.session))


def test_the_link_names_the_site_where_that_is_known(client: Client, settings: Settings) -> None:
    assert 'value="http://testserver/account/invitation/' in client.post(INVITE, {"role": "reader"}).content.decode()

    settings.SITE_URL = "https://monitor.example"

    page = client.post(INVITE, {"role": "reader"})
    assert 'value="https://monitor.example/account/invitation/' in page.content.decode()


def test_the_link_is_mailed_where_the_site_sends_mail(client: Client, settings: Settings) -> None:
    settings.EMAIL_URL = "smtp://mail.example"

    page = client.post(INVITE, {"role": "reader", "email": "ines@example.org"})

    assert [message.to for message in mail.outbox] == [["ines@example.org"]]
    assert link_on(page) in str(mail.outbox[0].body)
    assert "It is on its way to" in page.content.decode()


def test_no_mail_is_sent_without_an_address_or_without_mail(client: Client, settings: Settings) -> None:
    client.post(INVITE, {"role": "reader", "email": "ines@example.org"})
    settings.EMAIL_URL = "smtp://mail.example"
    client.post(INVITE, {"role": "reader"})

    assert mail.outbox == []


def test_the_link_is_shown_when_mail_fails(client: Client, settings: Settings) -> None:
    settings.EMAIL_URL = "smtp://127.0.0.1:1"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    page = client.post(INVITE, {"role": "reader", "email": "ines@example.org"})

    assert page.status_code == 200
    assert link_on(page)
    assert "The mail could not be sent" in page.content.decode()


@pytest.mark.parametrize(
    "fields", [{}, {"role": "owner"}, {"role": "reader", "team": "999999"}, {"role": "reader", "email": "nonsense"}]
)
def test_a_form_that_makes_no_sense_is_rejected(client: Client, fields: dict[str, str]) -> None:
    page = client.post(INVITE, fields)

    assert page.status_code == 422
    assert 'class="error"' in page.content.decode()
    assert Invitation.objects.count() == 0


def test_used_expired_withdrawn_and_unknown_links_read_the_same(client: Client, admin: User) -> None:
    used, expired, withdrawn = (invite(by=admin, role=Role.READER) for _ in range(3))
    accept(f"/account/invitation/{used.token}/")
    Invitation.objects.filter(pk=expired.invitation.pk).update(expires=timezone.now() - timedelta(seconds=1))
    client.post(f"{INVITE}{withdrawn.invitation.pk}/withdraw/")

    pages = [
        Client().get(f"/account/invitation/{token}/")
        for token in (used.token, expired.token, withdrawn.token, "unknown", "%00", "x" * 500)
    ]

    assert {page.status_code for page in pages} == {404}
    assert len({page.content for page in pages}) == 1
    assert CLOSED in pages[0].content.decode()
    assert accept(f"/account/invitation/{used.token}/", username="second").status_code == 404


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"username": "ADMIN"}, "username", "That user name is taken."),
        ({"username": "a@b.org"}, "username", "A user name is made of"),
        ({"username": "<script>"}, "username", "A user name is made of"),
        ({"password": "password12", "again": "password12"}, "password", "too common"),
        ({"again": "something else"}, "again", "The two passwords differ."),
        ({"name": "turned \u202e"}, "name", "Control characters are not allowed here."),
    ],
)
def test_a_rejected_acceptance_says_why_beside_the_field(
    admin: User, fields: dict[str, str], field: str, sentence: str
) -> None:
    new = invite(by=admin, role=Role.READER)

    page = accept(f"/account/invitation/{new.token}/", None, **fields)

    assert page.status_code == 422
    beside = page.content.decode().split(f'id="id_{field}_error"')[1].split("</div>")[0]
    assert sentence in beside
    assert PASSWORD not in page.content.decode()
    assert accept(f"/account/invitation/{new.token}/").status_code == 302


@pytest.mark.parametrize(("username", "taken"), [("Wang_2.b-c", True), ("wang+2", False), ("w\u00e5ng", False)])
def test_the_hint_says_what_a_user_name_is_made_of(admin: User, username: str, taken: bool) -> None:
    address = f"/account/invitation/{invite(by=admin, role=Role.READER).token}/"
    fields = {"username": username, "name": "", "password": PASSWORD, "again": PASSWORD}

    hint = "For signing in: letters A to Z, digits, dots, hyphens and underscores."
    assert hint in Client().get(address).content.decode()
    assert (Client().post(address, fields).status_code == 302) is taken


def test_somebody_signed_in_is_asked_to_sign_out_first(client: Client, admin: User) -> None:
    address = f"/account/invitation/{invite(by=admin, role=Role.READER).token}/"

    assert "Sign out to use this invitation" in client.get(address).content.decode()
    assert accept(address, client).status_code == 409
    signed_out = client.post("/account/logout/", {"next": address})
    assert signed_out.headers["Location"] == address
    assert accept(address, client).status_code == 302


def test_asvs_15_3_3_a_guest_cannot_choose_role_team_or_address(admin: User) -> None:
    team = Team.objects.create(name="River desk")
    new = invite(by=admin, role=Role.READER, email="ines@example.org")

    accept(
        f"/account/invitation/{new.token}/", role="admin", team=str(team.pk), email="x@example.org", is_superuser="1"
    )

    user = User.objects.get(username="ines")
    assert (user.role, user.email, user.is_superuser, user.memberships.count()) == (
        "reader",
        "ines@example.org",
        False,
        0,
    )
