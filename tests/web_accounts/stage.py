"""One team and everybody around it: who asks, and for what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.test import Client

from monitor.accounts.invitations import invite
from monitor.accounts.models import Invitation, Membership, Role, Team, User
from tests.factories import PASSWORD, make_user

LOGIN, LOGOUT = "/account/login/", "/account/logout/"
ANYBODY = "anonymous"
# The columns of SAFETY's matrix, as far as they differ here.
PEOPLE = (ANYBODY, "disabled", "reader", "member", "head", "outsider", "curator", "admin")


@dataclass(frozen=True)
class Stage:
    """A team with a head and a member; the others are outside it. `other` is somebody to do things to."""

    team: Team
    users: dict[str, User]
    other: User
    invitation: Invitation
    token: str

    def browser_of(self, name: str, *, enforce_csrf_checks: bool = False) -> Client:
        client = Client(enforce_csrf_checks=enforce_csrf_checks)
        if name != ANYBODY:
            client.force_login(self.users[name])
        return client


def set_stage() -> Stage:
    team = Team.objects.create(name="River desk")
    users = {
        "disabled": make_user(Role.ADMIN, name="disabled", is_active=False),
        "reader": make_user(Role.READER, name="reader"),
        "member": make_user(Role.ANALYST, name="member"),
        "head": make_user(Role.ANALYST, name="head"),
        "outsider": make_user(Role.ANALYST, name="outsider"),
        "curator": make_user(Role.CURATOR, name="curator"),
        "admin": make_user(Role.ADMIN, name="admin"),
    }
    Membership.objects.create(team=team, user=users["head"], is_team_admin=True)
    Membership.objects.create(team=team, user=users["member"])
    other = make_user(Role.READER, name="other", email="other@example.org")
    Membership.objects.create(team=team, user=other)
    new = invite(by=users["admin"], role=Role.READER)
    return Stage(team, users, other, new.invitation, new.token)


def sign_in(client: Client, login: str, password: str = PASSWORD, **fields: str) -> Any:
    return client.post(LOGIN, {"login": login, "password": password, **fields})
