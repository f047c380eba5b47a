"""The record of acts: each is kept with its act, says no words, and nobody changes it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from monitor.accounts.actions import (
    change_address,
    change_role,
    create_user,
    disable_user,
    enable_user,
    set_password,
)
from monitor.accounts.audit_models import Act, AuditEntry
from monitor.accounts.auditing import KEPT_FOR, entries, forget_old_entries, note
from monitor.accounts.invitations import accept_invitation, invite, withdraw_invitation
from monitor.accounts.models import Role, Team
from monitor.accounts.refusals import OwnAccount
from monitor.accounts.team_actions import add_member, create_team, remove_member, rename_team, set_team_admin
from monitor.asking import Asking, on_behalf_of
from tests.factories import make_user

if TYPE_CHECKING:
    from monitor.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> User:
    return make_user(Role.ADMIN, name="admin")


def kept() -> list[tuple[str, str, str, dict[str, Any]]]:
    """Return act, user name, what it was done to and facts of all entries, the oldest first."""
    return list(AuditEntry.objects.order_by("pk").values_list("act", "who", "about", "facts"))


def test_note_keeps_who_what_and_where_from(admin: User) -> None:
    with on_behalf_of(Asking("0123456789abcdef", "192.0.2.7")):
        note(Act.EXPORTED, by=admin, about="articles", format="ris", count=12)

    entry = AuditEntry.objects.get()
    assert (entry.act, entry.person_id, entry.who, entry.about) == ("exported", admin.pk, "admin", "articles")
    assert (entry.facts, entry.address, entry.request) == (
        {"format": "ris", "count": 12},
        "192.0.2.7",
        "0123456789abcdef",
    )
    assert abs(timezone.now() - entry.created) < timedelta(minutes=5)


def test_note_of_a_worker_has_no_request(admin: User) -> None:
    note(Act.EXPORTED, by=admin)

    assert entries().values_list("address", "request").get() == ("", "")


def test_note_cuts_what_it_was_done_to(admin: User) -> None:
    note(Act.EXPORTED, by=admin, about="x" * 300)

    assert AuditEntry.objects.get().about == "x" * 200


def test_accounts_leave_entries(admin: User) -> None:
    user = create_user(username="hedda", role=Role.READER)
    change_role(by=admin, user=user, role=Role.CURATOR)
    change_address(user=user, email="hedda@example.org")
    set_password(user=user, password="a louder harbour")
    disable_user(by=admin, user=user)
    enable_user(by=admin, user=user)

    assert kept() == [
        ("account_made", "", "user hedda", {"role": "reader"}),
        ("role_changed", "admin", "user hedda", {"before": "reader", "after": "curator"}),
        ("address_changed", "hedda", "user hedda", {}),
        ("password_changed", "hedda", "user hedda", {}),
        ("account_disabled", "admin", "user hedda", {"sessions": 0}),
        ("account_enabled", "admin", "user hedda", {}),
    ]


def test_invitations_leave_entries(admin: User) -> None:
    first, second = invite(by=admin, role=Role.ANALYST), invite(by=admin, role=Role.READER, email="x@example.org")
    accept_invitation(token=first.token, username="hedda", name="", password="a louder harbour")
    withdraw_invitation(by=admin, invitation=second.invitation)
    withdraw_invitation(by=admin, invitation=second.invitation)  # was closed already

    one, two = first.invitation.pk, second.invitation.pk
    assert kept() == [
        ("invited", "admin", f"invitation {one}", {"role": "analyst", "team": None}),
        ("invited", "admin", f"invitation {two}", {"role": "reader", "team": None}),
        ("account_made", "admin", "user hedda", {"role": "analyst"}),
        ("invitation_withdrawn", "admin", f"invitation {two}", {}),
    ]
    assert not any("example.org" in str(entry) or first.token in str(entry) for entry in kept())


def test_teams_leave_entries(admin: User) -> None:
    hedda = make_user(name="hedda")
    team = create_team(by=admin, name="Rivers")
    rename_team(by=admin, team=team, name="Lakes")
    add_member(by=admin, team=team, username="hedda")
    set_team_admin(by=admin, team=team, user=hedda, is_team_admin=True)
    remove_member(by=hedda, team=team, user=hedda)

    about = f"team {team.pk}"
    assert kept() == [
        ("team_made", "admin", about, {}),
        ("team_renamed", "admin", about, {}),
        ("member_added", "admin", about, {"user": "hedda", "runs_it": False}),
        ("team_admin_changed", "admin", about, {"user": "hedda", "runs_it": True}),
        ("member_removed", "hedda", about, {"user": "hedda"}),
    ]


def test_an_act_that_is_refused_leaves_no_entry(admin: User) -> None:
    with pytest.raises(OwnAccount):
        change_role(by=admin, user=admin, role=Role.READER)

    assert kept() == []


def test_an_act_that_is_rolled_back_takes_its_entry_along(admin: User) -> None:
    class Broken(Exception):
        pass

    def break_down() -> None:
        with transaction.atomic():
            create_team(by=admin, name="Rivers")
            raise Broken

    with pytest.raises(Broken):
        break_down()

    assert (kept(), Team.objects.count()) == ([], 0)


def test_no_entry_can_be_changed_by_whatever_way(admin: User) -> None:
    note(Act.SIGNED_IN, by=admin)
    entry = AuditEntry.objects.get()
    entry.who = "somebody else"
    for change in (entry.save, lambda: AuditEntry.objects.update(act=Act.SIGNED_OUT), lambda: _sql(entry.pk)):
        with pytest.raises(ProgrammingError, match="Cannot update rows"), transaction.atomic():
            change()

    assert kept() == [("signed_in", "admin", "", {})]


def _sql(pk: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("update monitor_auditentry set address = '' where id = %s", [pk])


def test_entries_outlive_their_person() -> None:
    hedda = make_user(name="hedda")
    note(Act.SIGNED_IN, by=hedda)
    hedda.delete()

    entry = entries(who="hedda").select_related("person").get()
    assert (entry.who, entry.person) == ("hedda", None)


def test_entries_are_narrowed_by_act_and_by_name(admin: User) -> None:
    hedda = make_user(name="hedda")
    for act, by in [(Act.SIGNED_IN, admin), (Act.SIGNED_OUT, admin), (Act.SIGNED_IN, hedda)]:
        note(act, by=by)

    assert [str(entry) for entry in entries()] == ["hedda: Signed in", "admin: Signed out", "admin: Signed in"]
    assert [entry.who for entry in entries(act="signed_in")] == ["hedda", "admin"]
    assert [entry.act for entry in entries(who="admin")] == ["signed_out", "signed_in"]
    assert list(entries(act="signed_out", who="hedda")) == []


def test_forget_old_entries_deletes_what_is_older_than_two_years(admin: User) -> None:
    for age in (KEPT_FOR + timedelta(days=1), KEPT_FOR - timedelta(days=1)):
        AuditEntry.objects.create(act=Act.SIGNED_IN, who=str(age.days), created=timezone.now() - age)

    assert forget_old_entries() == 1
    assert [entry.who for entry in entries()] == ["729"]
    assert forget_old_entries() == 0
