"""Who may read which issue and article: every list, count and page starts at `visible_to`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from monitor.accounts.models import User

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

PUBLISHED = "published"


def sees_unpublished(user: User | AnonymousUser) -> bool:
    """Return whether drafts and withdrawn texts are shown to this person: curators and administrators."""
    return isinstance(user, User) and user.is_curator


def may_read(user: User | AnonymousUser) -> bool:
    """Return whether this person may read anything at all."""
    return settings.ANONYMOUS_READ or (user.is_authenticated and user.is_active)


class VisibleQuerySet(models.QuerySet[Any]):
    """Rows with a publication state."""

    published: Q

    def visible_to(self, user: User | AnonymousUser) -> Self:
        if not may_read(user):
            return self.none()
        return self if sees_unpublished(user) else self.filter(self.published)


class IssueQuerySet(VisibleQuerySet):
    published = Q(state=PUBLISHED)


class ArticleQuerySet(VisibleQuerySet):
    published = Q(state=PUBLISHED, issue__state=PUBLISHED)
