"""Who may see which annotation, reply and tag: every list, count, facet, export and page starts at `visible_to`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from monitor.accounts.models import Membership, User
from monitor.library.managers import may_read, sees_unpublished

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    Person = User | AnonymousUser

PRIVATE, TEAM, EVERYONE = "private", "team", "everyone"
PUBLISHED = "published"


class AnnotationQuerySet(models.QuerySet[Any]):
    """Annotations; what lies in the trash is shown nowhere but there."""

    def visible_to(self, person: Person) -> Self:
        """Return what this person may see: their own, their teams' and everybody's, on texts they may read.

        One's own stay, wherever the text went: they are their maker's words.
        """
        if not isinstance(person, User) or not may_read(person):
            return self.none()
        return self.filter(is_seen_by(person))

    def in_trash_of(self, person: Person) -> Self:
        if not isinstance(person, User) or not may_read(person):
            return self.none()
        return self.filter(owner=person, deleted__isnull=False)


class ReplyQuerySet(models.QuerySet[Any]):
    """Replies: each has a scope of its own, and stands or falls with the annotation it answers."""

    def visible_to(self, person: Person) -> Self:
        if not isinstance(person, User) or not may_read(person):
            return self.none()
        from_whom = Q(owner=person) | shared_with(person)
        return self.filter(from_whom, is_seen_by(person, "annotation__"), deleted=None)


class TagQuerySet(models.QuerySet[Any]):
    """Tags of the shared codebook, of one's teams, and one's own."""

    def visible_to(self, person: Person) -> Self:
        if not isinstance(person, User) or not may_read(person):
            return self.none()
        shared = Q(owner=None, team=None)
        return self.filter(shared | Q(owner=person) | Q(team__in=_teams(person)), merged_into=None, deleted=None)


def is_seen_by(person: User, path: str = "") -> Q:
    """Return the condition that an annotation is shown to this person, who may read; for rows that hang on one as well."""
    own = Q(**{f"{path}owner": person})
    return (own | (shared_with(person, path) & on_readable_text(person, path))) & Q(**{f"{path}deleted": None})


def shared_with(person: User, path: str = "") -> Q:
    """Return what teams of this person, and everybody, may see of rows with a scope; hidden ones only their keepers."""
    teams = Membership.objects.filter(user=person)
    of_team = Q(**{f"{path}visibility": TEAM, f"{path}team__in": teams.values("team")})
    kept_by_team = Q(**{f"{path}hidden": None}) | Q(
        **{f"{path}team__in": teams.filter(is_team_admin=True).values("team")}
    )
    of_all = Q(**{f"{path}visibility": EVERYONE})
    if not person.is_curator:
        of_all &= Q(**{f"{path}hidden": None})
    return (of_team & kept_by_team) | of_all


def on_readable_text(person: User, path: str) -> Q:
    """Return the condition that the issue or article an annotation is about may be read by this person."""
    if sees_unpublished(person):
        return Q()
    article = Q(**{f"{path}article__state": PUBLISHED, f"{path}article__issue__state": PUBLISHED})
    return article | Q(**{f"{path}issue__state": PUBLISHED})


def _teams(person: User) -> Any:
    return Membership.objects.filter(user=person).values("team")
