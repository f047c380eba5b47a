"""Links that make one account each."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from monitor.accounts.invitations import accept_invitation, find_invitation, invite, withdraw_invitation
from monitor.accounts.models import Invitation, Membership, Role, Team, User
from monitor.accounts.queries import open_invitations
from monitor.accounts.refusals import AddressTaken, InvitationClosed, NameTaken, NotUsable, WeakPassword
from tests.factories import PASSWORD, make_user

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

pytestmark = pytest.mark.django_db

SENTENCE = "This invitation is not valid any more. Ask an administrator for a new one."


@pytest.fixture
def admin() -> User:
    return make_user(Role.ADMIN, name="admin")


def accept(token: str, username: str = "ines", password: str = PASSWORD) -> User:
    return accept_invitation(token=token, username=username, name="Ines Varrow", password=password)


def test_an_accepted_invitation_makes_the_promised_account(admin: User) -> None:
    team = Team.objects.create(name="River desk")
    new = invite(by=admin, role=Role.CURATOR, email="ines@example.org", team=team)

    user = accept(new.token)

    user.refresh_from_db()
    assert (user.username, user.name, user.email, user.role) == ("ines", "Ines Varrow", "ines@example.org", "curator")
    assert user.check_password(PASSWORD)
    assert [(m.team, m.is_team_admin) for m in user.memberships.all()] == [(team, False)]
    new.invitation.refresh_from_db()
    assert new.invitation.accepted_by == user
    assert new.invitation.is_open is False


def test_an_invitation_needs_neither_address_nor_team(admin: User) -> None:
    user = accept(invite(by=admin, role=Role.READER).token)

    assert (user.email, user.role, Membership.objects.count()) == ("", "reader", 0)


def test_the_team_of_an_invitation_may_be_gone_by_then(admin: User) -> None:
    team = Team.objects.create(name="River desk")
    new = invite(by=admin, role=Role.READER, team=team)
    team.delete()

    assert accept(new.token).memberships.count() == 0


def test_asvs_6_4_1_only_a_digest_is_kept_and_tokens_differ(admin: User) -> None:
    first, second = invite(by=admin, role=Role.READER), invite(by=admin, role=Role.READER)

    row = Invitation.objects.filter(pk=first.invitation.pk).values().get()
    assert first.token not in str(row)
    assert row["digest"] == sha256(first.token.encode()).hexdigest()
    assert len(first.token) == 43  # 256 bits
    assert first.token != second.token


def test_asvs_6_4_1_an_invitation_ends_after_its_days(admin: User, settings: Settings) -> None:
    settings.INVITATION_DAYS = 3
    new = invite(by=admin, role=Role.READER)
    assert abs(new.invitation.expires - timezone.now() - timedelta(days=3)) < timedelta(minutes=1)

    Invitation.objects.update(expires=timezone.now() - timedelta(seconds=1))

    with pytest.raises(InvitationClosed, match=SENTENCE):
        accept(new.token)
    assert not User.objects.filter(username="ines").exists()


def test_asvs_6_4_1_an_invitation_works_once(admin: User) -> None:
    new = invite(by=admin, role=Role.READER)
    accept(new.token)

    with pytest.raises(InvitationClosed, match=SENTENCE):
        accept(new.token, username="second")
    assert not User.objects.filter(username="second").exists()


def test_a_withdrawn_invitation_is_closed(admin: User) -> None:
    new = invite(by=admin, role=Role.READER)

    withdraw_invitation(by=admin, invitation=new.invitation)

    with pytest.raises(InvitationClosed, match=SENTENCE):
        find_invitation(new.token)


def test_withdrawing_an_accepted_invitation_leaves_it_accepted(admin: User) -> None:
    new = invite(by=admin, role=Role.READER)
    accept(new.token)

    withdraw_invitation(by=admin, invitation=new.invitation)

    new.invitation.refresh_from_db()
    assert (new.invitation.accepted is not None, new.invitation.withdrawn) == (True, None)


@pytest.mark.parametrize("token", ["", "x", "../../etc", "\x00", "é" * 40, "\ud83d\ude00", "a" * 10_000])
def test_unknown_tokens_are_closed(admin: User, token: str) -> None:
    invite(by=admin, role=Role.READER)

    with pytest.raises(InvitationClosed, match=SENTENCE):
        find_invitation(token)


@pytest.mark.parametrize(
    ("error", "given"),
    [
        (NameTaken, {"username": "ADMIN"}),
        (NotUsable, {"username": "a b"}),
        (WeakPassword, {"password": "password12"}),
    ],
)
def test_a_refused_acceptance_leaves_the_invitation_open(
    admin: User, error: type[Exception], given: dict[str, str]
) -> None:
    new = invite(by=admin, role=Role.READER)

    with pytest.raises(error):
        accept(new.token, **given)

    assert accept(new.token).username == "ines"


def test_an_address_taken_meanwhile_is_refused(admin: User) -> None:
    new = invite(by=admin, role=Role.READER, email="ines@example.org")
    make_user(Role.READER, email="INES@example.org")

    with pytest.raises(AddressTaken):
        accept(new.token)


@pytest.mark.parametrize("email", ["nonsense", "a@b\nBcc: c@d.org", "x" * 250 + "@example.org"])
def test_invite_refuses_what_is_no_address(admin: User, email: str) -> None:
    with pytest.raises(NotUsable) as refusal:
        invite(by=admin, role=Role.READER, email=email)

    assert refusal.value.field == "email"
    assert Invitation.objects.count() == 0


def test_open_invitations_are_those_that_still_work(admin: User) -> None:
    used, withdrawn, old, good = (invite(by=admin, role=Role.READER) for _ in range(4))
    accept(used.token)
    withdraw_invitation(by=admin, invitation=withdrawn.invitation)
    Invitation.objects.filter(pk=old.invitation.pk).update(expires=timezone.now() - timedelta(days=1))

    assert list(open_invitations()) == [good.invitation]
