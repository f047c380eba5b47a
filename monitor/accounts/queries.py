"""Reading people, teams and invitations: every list starts from what the viewer may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Lower, Now

from monitor.accounts.models import Invitation, Membership, Team, User

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet


def people_visible_to(viewer: User | AnonymousUser) -> QuerySet[User]:
    """Return everybody for an administrator; for others themselves and the members of their own teams."""
    people = User.objects.order_by(Lower("username"))
    if not isinstance(viewer, User) or not viewer.is_active:
        return people.none()
    if viewer.is_admin:
        return people
    beside = Membership.objects.filter(user=OuterRef("pk"), team__members=viewer)
    return people.filter(Q(pk=viewer.pk) | Exists(beside))


def teams_visible_to(viewer: User | AnonymousUser) -> QuerySet[Team]:
    """Return one's own teams, for an administrator all, each with `size` and `is_mine`."""
    mine = Exists(Membership.objects.filter(team=OuterRef("pk"), user=viewer.pk))
    teams = Team.objects.annotate(size=Count("memberships"), is_mine=mine).order_by(Lower("name"))
    if not isinstance(viewer, User) or not viewer.is_active:
        return teams.none()
    return teams if viewer.is_admin else teams.filter(is_mine=True)


def members_of(team: Team) -> QuerySet[Membership]:
    return team.memberships.select_related("user").order_by("-is_team_admin", Lower("user__username"))


def memberships_of(user: User) -> QuerySet[Membership]:
    return user.memberships.select_related("team").order_by(Lower("team__name"))


def runs_team(user: User, team: Team) -> bool:
    """Tell whether somebody may rename a team and choose its members."""
    return user.is_admin or (user.is_active and team.memberships.filter(user=user, is_team_admin=True).exists())


def open_invitations() -> QuerySet[Invitation]:
    """Return the invitations that still open an account; for administrators' eyes."""
    still_open = Invitation.objects.filter(accepted=None, withdrawn=None, expires__gt=Now())
    return still_open.select_related("team", "invited_by")
