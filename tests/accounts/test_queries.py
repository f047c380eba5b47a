"""Who sees whom, and which teams."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.accounts.models import Membership, Role, Team, User
from monitor.accounts.queries import members_of, people_visible_to, runs_team, teams_visible_to
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_nobody_sees_people_or_teams_without_an_active_account() -> None:
    disabled = make_user(Role.ADMIN, is_active=False)
    Membership.objects.create(team=Team.objects.create(name="River desk"), user=disabled)

    for viewer in (AnonymousUser(), disabled):
        assert list(people_visible_to(viewer)) == []
        assert list(teams_visible_to(viewer)) == []


def test_lists_are_in_the_order_of_names_whatever_their_case() -> None:
    admin = make_user(Role.ADMIN, name="Mira")
    zoe, anna = make_user(Role.READER, name="zoe"), make_user(Role.READER, name="Anna")
    delta, ardel = Team.objects.create(name="delta"), Team.objects.create(name="Ardel")

    assert list(people_visible_to(admin)) == [anna, admin, zoe]
    assert list(teams_visible_to(admin)) == [ardel, delta]


def test_members_of_lists_heads_first() -> None:
    team = Team.objects.create(name="River desk")
    for name, head in (("b", False), ("c", True), ("A", False)):
        Membership.objects.create(team=team, user=make_user(Role.READER, name=name), is_team_admin=head)

    assert [m.user.username for m in members_of(team)] == ["c", "A", "b"]


def test_team_sizes_count_all_members_for_a_member_too() -> None:
    team = Team.objects.create(name="River desk")
    people = [make_user(Role.READER) for _ in range(3)]
    for user in people:
        Membership.objects.create(team=team, user=user)

    found = vars(teams_visible_to(people[0]).get())
    assert (found["size"], found["is_mine"]) == (3, True)


@given(
    roles=st.lists(st.sampled_from(Role), min_size=4, max_size=4),
    active=st.lists(st.booleans(), min_size=4, max_size=4),
    memberships=st.dictionaries(st.tuples(st.integers(0, 3), st.integers(0, 2)), st.booleans(), max_size=8),
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_asvs_8_3_1_visible_is_what_the_rules_say_one_by_one(
    roles: list[Role], active: list[bool], memberships: dict[tuple[int, int], bool]
) -> None:
    User.objects.all().delete()
    Team.objects.all().delete()
    users = [make_user(role, is_active=is_active) for role, is_active in zip(roles, active, strict=True)]
    teams = [Team.objects.create(name=f"team {n}") for n in range(3)]
    for (user, team), head in memberships.items():
        Membership.objects.create(user=users[user], team=teams[team], is_team_admin=head)

    for i, viewer in enumerate(users):
        mine = {team for (user, team) in memberships if user == i}
        beside = {user for (user, team) in memberships if team in mine} | {i}
        is_admin = viewer.is_active and viewer.role == "admin"
        sees_people = set(range(4)) if is_admin else beside if viewer.is_active else set()
        sees_teams = set(range(3)) if is_admin else mine if viewer.is_active else set()
        assert set(people_visible_to(viewer)) == {users[n] for n in sees_people}
        assert set(teams_visible_to(viewer)) == {teams[n] for n in sees_teams}
        for n in range(3):
            runs = is_admin or (viewer.is_active and memberships.get((i, n), False))
            assert runs_team(viewer, teams[n]) is runs
