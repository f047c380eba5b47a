"""Groups: one's teams, and everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from rest_framework import exceptions

from monitor.accounts.models import User
from monitor.accounts.queries import members_of
from monitor.api.hypothesis.answering import Answering
from monitor.api.sign_in import MayRead
from monitor.interchange.hypothesis_groups import PUBLIC, GroupFacts, group_id, group_object
from monitor.interchange.hypothesis_objects import WORLD, stamp
from monitor.interchange.hypothesis_queries import as_uid

if TYPE_CHECKING:
    from rest_framework.request import Request

    from monitor.accounts.models import Membership, Team
    from monitor.interchange.hypothesis_objects import Site

EVERYBODY = GroupFacts(WORLD, PUBLIC, is_open=True, path="/")
MOST_OF_A_PAGE = 100


class Groups(Answering):
    """One's groups, Public first. With ANONYMOUS_READ nobody has none."""

    permission_classes = [MayRead]

    def get(self, request: Request) -> Any:
        if not isinstance(request.user, User):
            return []
        groups = [EVERYBODY, *map(_facts, request.user.teams.order_by("name"))]
        return [group_object(group, self.site, expanded=self._is_expanded) for group in groups]

    @property
    def _is_expanded(self) -> bool:
        wanted = self.request.query_params.getlist("expand")
        return any("organization" in one.split(",") for one in wanted)


class OwnGroups(Groups):
    """The same, for a program that asks for the groups of its person."""

    def get(self, request: Request) -> Any:
        if not request.user.is_authenticated and not settings.ANONYMOUS_READ:
            raise exceptions.NotAuthenticated
        return super().get(request)


class OneGroup(Groups):
    """A group of one's own; any other is not there."""

    permission_classes = Answering.permission_classes

    def get(self, request: Request, group: str = "") -> Any:
        team = find_group(self.person, group)
        return group_object(_facts(team) if team else EVERYBODY, self.site, expanded=self._is_expanded)


class Members(Answering):
    """Who is in a group of one's own; who reads what is public is nobody's list."""

    def get(self, request: Request, group: str) -> Any:
        team = find_group(self.person, group)
        rows = members_of(team) if team else None
        told = [_member(row, self.site) for row in rows] if rows is not None else []
        if "page[number]" not in request.query_params:
            return told
        at = _whole(request.query_params["page[number]"], 1) - 1
        size = min(_whole(request.query_params.get("page[size]", ""), 20), MOST_OF_A_PAGE)
        return {"meta": {"page": {"total": len(told)}}, "data": told[at * size : (at + 1) * size]}


class Member(Answering):
    """No program changes who is in a team, its own person not excepted."""

    def delete(self, request: Request, **place: Any) -> Any:
        raise Http404


def find_group(person: User, written: str) -> Team | None:
    """Return the team behind a group's id, None for everybody's group; raise Http404 where there is none for this person."""
    name = group_id(written)
    if name == WORLD:
        return None
    uid = as_uid(name)
    team = person.teams.filter(uid=uid).first() if uid else None
    if team is None:
        raise Http404
    return team


def _facts(team: Team) -> GroupFacts:
    return GroupFacts(str(team.uid), team.name, is_open=False, path=reverse("team", args=[team.pk]))


def _member(row: Membership, site: Site) -> dict[str, Any]:
    return {
        "authority": site.authority,
        "userid": site.account(row.user.username),
        "username": row.user.username,
        "display_name": row.user.display_name,
        "roles": ["owner" if row.is_team_admin else "member"],
        "actions": [],
        "created": stamp(row.created),
        "updated": stamp(row.created),
    }


def _whole(written: str, usual: int) -> int:
    return max(int(written), 1) if written.isascii() and written.isdigit() and len(written) < len("1000000") else usual
