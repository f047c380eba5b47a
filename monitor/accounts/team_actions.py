"""Every change of a team. Site administrators make teams; they and a team's own admins run them."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from monitor.accounts.audit_models import Act
from monitor.accounts.auditing import note
from monitor.accounts.logins import in_one_line, users_named
from monitor.accounts.models import Membership, Team
from monitor.accounts.queries import runs_team
from monitor.accounts.refusals import (
    AlreadyMember,
    NobodyOfThatName,
    NotAllowed,
    NotMember,
    NotUsable,
    TeamNameTaken,
)

if TYPE_CHECKING:
    from monitor.accounts.models import User

log = logging.getLogger(__name__)


@transaction.atomic
def create_team(*, by: User, name: str) -> Team:
    """Make an empty team: being an administrator of the site gives no membership."""
    if not by.is_admin:
        raise NotAllowed
    team = _save(Team(name=name.strip()))
    note(Act.TEAM_MADE, by=by, about=_about(team))
    _log("created", team, by)
    return team


@transaction.atomic
def rename_team(*, by: User, team: Team, name: str) -> Team:
    _check_runs(by, team)
    team = Team.objects.select_for_update().get(pk=team.pk)
    team.name = name.strip()
    note(Act.TEAM_RENAMED, by=by, about=_about(team))
    return _save(team)


@transaction.atomic
def add_member(*, by: User, team: Team, username: str, is_team_admin: bool = False) -> Membership:
    """Take somebody in by their exact user name; people cannot be listed by a team admin, so they are not offered."""
    _check_runs(by, team)
    user = users_named(username).filter(is_active=True).first()
    if user is None:
        raise NobodyOfThatName
    membership, made = Membership.objects.get_or_create(team=team, user=user, defaults={"is_team_admin": is_team_admin})
    if not made:
        raise AlreadyMember
    note(Act.MEMBER_ADDED, by=by, about=_about(team), user=user.username, runs_it=is_team_admin)
    _log("joined by " + in_one_line(user.username), team, by)
    return membership


@transaction.atomic
def remove_member(*, by: User, team: Team, user: User) -> None:
    """Take somebody out, or leave oneself. Their own annotations stay theirs."""
    if by.pk != user.pk:
        _check_runs(by, team)
    _find_membership(team, user).delete()
    note(Act.MEMBER_REMOVED, by=by, about=_about(team), user=user.username)
    _log("left by " + in_one_line(user.username), team, by)


@transaction.atomic
def set_team_admin(*, by: User, team: Team, user: User, is_team_admin: bool) -> Membership:
    _check_runs(by, team)
    membership = _find_membership(team, user)
    membership.is_team_admin = is_team_admin
    membership.save(update_fields=["is_team_admin"])
    note(Act.TEAM_ADMIN_CHANGED, by=by, about=_about(team), user=user.username, runs_it=is_team_admin)
    _log(("run" if is_team_admin else "no longer run") + " by " + in_one_line(user.username), team, by)
    return membership


def _check_runs(by: User, team: Team) -> None:
    if not runs_team(by, team):
        raise NotAllowed


def _find_membership(team: Team, user: User) -> Membership:
    membership = Membership.objects.select_for_update().filter(team=team, user=user).first()
    if membership is None:
        raise NotMember
    return membership


def _save(team: Team) -> Team:
    try:
        team.clean_fields()
        with transaction.atomic():
            team.save()
    except ValidationError as error:
        raise NotUsable("name", " ".join(error.message_dict["name"])) from error
    except IntegrityError as error:
        raise TeamNameTaken from error
    return team


def _about(team: Team) -> str:
    return f"team {team.pk}"


def _log(event: str, team: Team, by: User) -> None:
    log.info("team %d %s, by %s", team.pk, event, in_one_line(by.username))
