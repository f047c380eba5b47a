"""Making and running teams."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from monitor.accounts.models import Membership, Role, Team, User
from monitor.accounts.refusals import (
    AlreadyMember,
    NobodyOfThatName,
    NotAllowed,
    NotMember,
    NotUsable,
    TeamNameTaken,
)
from monitor.accounts.team_actions import add_member, create_team, remove_member, rename_team, set_team_admin
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Desk:
    """A team and the people around it."""

    team: Team
    head: User
    member: User
    admin: User
    outsider: User


@pytest.fixture
def desk() -> Desk:
    team = Team.objects.create(name="River desk")
    head, member = make_user(Role.READER, name="head"), make_user(Role.CURATOR, name="member")
    Membership.objects.create(team=team, user=head, is_team_admin=True)
    Membership.objects.create(team=team, user=member)
    return Desk(team, head, member, make_user(Role.ADMIN, name="admin"), make_user(Role.CURATOR, name="outsider"))


def members(team: Team) -> dict[str, bool]:
    return dict(team.memberships.values_list("user__username", "is_team_admin"))


def test_create_team_makes_an_empty_one(desk: Desk) -> None:
    team = create_team(by=desk.admin, name="  Delta desk ")

    assert team.name == "Delta desk"
    assert members(team) == {}


@pytest.mark.parametrize("role", [Role.READER, Role.ANALYST, Role.CURATOR])
def test_only_administrators_create_teams(role: Role) -> None:
    with pytest.raises(NotAllowed):
        create_team(by=make_user(role), name="Mine")

    assert Team.objects.count() == 0


@pytest.mark.parametrize("name", ["", "   ", "two\nlines", "nothing\x00", "turned \u202e", "x" * 81])
def test_create_team_refuses_names_that_cannot_be_shown(desk: Desk, name: str) -> None:
    with pytest.raises(NotUsable) as refusal:
        create_team(by=desk.admin, name=name)

    assert refusal.value.field == "name"
    assert Team.objects.count() == 1


def test_team_names_are_unique_in_any_case(desk: Desk) -> None:
    other = create_team(by=desk.admin, name="Delta desk")

    with pytest.raises(TeamNameTaken):
        create_team(by=desk.admin, name="RIVER desk")
    with pytest.raises(TeamNameTaken):
        rename_team(by=desk.admin, team=other, name="river DESK")


def test_the_sentence_for_a_taken_team_name_tells_nothing_of_another_team(desk: Desk) -> None:
    with pytest.raises(TeamNameTaken) as refusal:
        create_team(by=desk.admin, name="River desk")

    assert str(refusal.value) == "That name cannot be used; choose another."


def test_a_team_keeps_its_name_in_another_case(desk: Desk) -> None:
    assert rename_team(by=desk.head, team=desk.team, name="RIVER DESK").name == "RIVER DESK"


def test_heads_and_administrators_run_a_team(desk: Desk) -> None:
    for by in (desk.head, desk.admin):
        rename_team(by=by, team=desk.team, name=f"of {by.username}")
        add_member(by=by, team=desk.team, username="Outsider")
        set_team_admin(by=by, team=desk.team, user=desk.outsider, is_team_admin=True)
        assert members(desk.team) == {"head": True, "member": False, "outsider": True}
        remove_member(by=by, team=desk.team, user=desk.outsider)
        assert members(desk.team) == {"head": True, "member": False}


def test_members_and_outsiders_do_not_run_a_team(desk: Desk) -> None:
    for by in (desk.member, desk.outsider):
        for change in (
            lambda by=by: rename_team(by=by, team=desk.team, name="Mine"),
            lambda by=by: add_member(by=by, team=desk.team, username="outsider"),
            lambda by=by: set_team_admin(by=by, team=desk.team, user=desk.member, is_team_admin=True),
            lambda by=by: remove_member(by=by, team=desk.team, user=desk.head),
        ):
            with pytest.raises(NotAllowed):
                change()

    desk.team.refresh_from_db()
    assert (desk.team.name, members(desk.team)) == ("River desk", {"head": True, "member": False})


def test_the_head_of_another_team_does_not_run_this_one(desk: Desk) -> None:
    Membership.objects.create(team=Team.objects.create(name="Delta"), user=desk.outsider, is_team_admin=True)

    with pytest.raises(NotAllowed):
        rename_team(by=desk.outsider, team=desk.team, name="Mine")


def test_a_disabled_head_runs_nothing(desk: Desk) -> None:
    desk.head.is_active = False
    desk.head.save()

    with pytest.raises(NotAllowed):
        rename_team(by=desk.head, team=desk.team, name="Mine")


def test_everybody_may_leave(desk: Desk) -> None:
    remove_member(by=desk.member, team=desk.team, user=desk.member)
    remove_member(by=desk.head, team=desk.team, user=desk.head)

    assert members(desk.team) == {}


def test_add_member_can_make_a_head_at_once(desk: Desk) -> None:
    add_member(by=desk.head, team=desk.team, username="outsider", is_team_admin=True)

    assert members(desk.team)["outsider"] is True


@pytest.mark.parametrize("username", ["nobody", "gone", "gone@example.org", ""])
def test_unknown_and_disabled_people_cannot_be_told_apart(desk: Desk, username: str) -> None:
    make_user(Role.READER, name="gone", email="gone@example.org", is_active=False)

    with pytest.raises(NobodyOfThatName) as refusal:
        add_member(by=desk.head, team=desk.team, username=username)

    assert str(refusal.value) == NobodyOfThatName.sentence


def test_add_member_refuses_somebody_who_is_in_and_changes_nothing(desk: Desk) -> None:
    with pytest.raises(AlreadyMember):
        add_member(by=desk.admin, team=desk.team, username="head", is_team_admin=False)

    assert members(desk.team) == {"head": True, "member": False}


def test_somebody_outside_cannot_be_removed_or_promoted(desk: Desk) -> None:
    with pytest.raises(NotMember):
        remove_member(by=desk.head, team=desk.team, user=desk.outsider)
    with pytest.raises(NotMember):
        set_team_admin(by=desk.head, team=desk.team, user=desk.outsider, is_team_admin=True)
    with pytest.raises(NotMember):
        remove_member(by=desk.outsider, team=desk.team, user=desk.outsider)
