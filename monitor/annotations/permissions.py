"""What a person may do with an annotation they can see (see `managers` for who can see it)."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from monitor.accounts.models import Membership
from monitor.annotations.models import Visibility
from monitor.annotations.refusals import NotYours, NotYourTeam

if TYPE_CHECKING:
    from monitor.accounts.models import Team, User
    from monitor.annotations.models import Annotation, Reply
    from monitor.annotations.tag_models import Tag


class Act(Enum):
    """What can be done with an annotation; the value says it in a refusal."""

    EDIT = "change"
    SHARE = "share"
    DELETE = "delete"
    REPLY = "reply to"
    RESOLVE = "resolve"
    HIDE = "hide"


def may(person: User, act: Act, mark: Annotation | Reply) -> bool:
    """Return whether this person, who can see the annotation or reply, may do this with it."""
    if act in {Act.EDIT, Act.SHARE}:
        return mark.owner_id == person.pk and mark.hidden is None
    if act is Act.DELETE:
        return mark.owner_id == person.pk
    if act is Act.HIDE:
        return _keeps_order(person, mark)
    return _takes_part(person, mark)


def must(person: User, act: Act, mark: Annotation | Reply) -> None:
    """Raise NotYours unless `may` says yes."""
    if not may(person, act, mark):
        raise NotYours(_sentence(act, mark, person))


def must_share(person: User, visibility: str, team: Team | None) -> None:
    """Raise NotYours or NotYourTeam unless this person may write for these readers."""
    if visibility == Visibility.PRIVATE:
        return
    if not person.is_analyst:
        raise NotYours("Sharing annotations needs the role of analyst; private ones are yours to make.")
    if visibility == Visibility.TEAM and (team is None or not _is_member(person, team.pk)):
        raise NotYourTeam


def may_make_tags(person: User, team: int | None) -> bool:
    """Return whether this person may make tags for all, or for this team."""
    return person.is_analyst and (team is None or _is_member(person, team))


def may_keep(tag: Tag, by: User) -> bool:
    """Own tags are their owner's, a team's its members' who are analysts, the shared codebook the curators'."""
    if tag.owner_id:
        return tag.owner_id == by.pk
    if tag.team_id:
        return may_make_tags(by, tag.team_id)
    return by.is_curator


def _takes_part(person: User, mark: Annotation | Reply) -> bool:
    if mark.visibility == Visibility.PRIVATE:
        return mark.owner_id == person.pk
    if not person.is_analyst:
        return False
    return mark.visibility == Visibility.EVERYONE or mark.owner_id == person.pk or _is_member(person, mark.team_id)


def _keeps_order(person: User, mark: Annotation | Reply) -> bool:
    if mark.visibility == Visibility.EVERYONE:
        return person.is_curator
    return mark.visibility == Visibility.TEAM and _is_member(person, mark.team_id, is_team_admin=True)


def _is_member(person: User, team: int | None, **facts: bool) -> bool:
    return Membership.objects.filter(user=person, team=team, **facts).exists()


def _sentence(act: Act, mark: Annotation | Reply, person: User) -> str:
    if mark.hidden and mark.owner_id == person.pk:
        return "It was hidden from view. You may delete it, but not change it."
    if act in {Act.EDIT, Act.SHARE, Act.DELETE}:
        return f"Only its author may {act.value} it."
    if act is Act.HIDE:
        return "Team annotations are hidden by the team's admins, those for everyone by curators."
    return f"To {act.value} it you need the role of analyst."
