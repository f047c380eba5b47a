"""The trash: what its owner deleted stays there for 30 days, then it is gone for good."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from monitor.accounts.models import User
from monitor.annotations.models import Annotation, Reply

if TYPE_CHECKING:
    from uuid import UUID

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

KEPT_FOR = timedelta(days=30)
AT_ONCE = 500  # annotations in one transaction: nobody who restores one waits long


def trash_of(person: User) -> QuerySet[Annotation]:
    """Return what this person deleted and may still take back, the last one first."""
    found: QuerySet[Annotation] = Annotation.objects.in_trash_of(person)
    return found.select_related("article__issue__periodical", "issue__periodical").order_by("-deleted", "-id")


def has_deleted(person: User | AnonymousUser, uid: UUID) -> bool:
    """Tell whether this is an annotation or a reply that the person deleted and may still take back."""
    if not isinstance(person, User):
        return False
    replies = Reply.objects.filter(owner=person, deleted__isnull=False)
    return any(rows.filter(uid=uid).exists() for rows in (Annotation.objects.in_trash_of(person), replies))


def empty_trash() -> int:
    """Delete for good what has lain in the trash for longer than `KEPT_FOR`; returns how many annotations and replies.

    The event tables keep their versions for whoever runs the database; no page shows them any more.
    """
    count = 0
    for kind in (Reply, Annotation):
        while gone := _delete_some(kind):
            count += gone
    return count


@transaction.atomic
def _delete_some(kind: type[Annotation | Reply]) -> int:
    old = kind.objects.filter(deleted__lt=timezone.now() - KEPT_FOR).order_by("pk")
    # One that is being restored right now is passed over.
    keys = list(old.select_for_update(skip_locked=True).values_list("pk", flat=True)[:AT_ONCE])
    kind.objects.filter(pk__in=keys).delete()
    return len(keys)
