"""Marking articles as read or unread from a list; a place in the text is kept, so that either can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models.functions import Now

from monitor.library.place_models import ReadingPlace

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from monitor.accounts.models import User
    from monitor.library.models import Article


@transaction.atomic
def mark_articles_read(*, person: User, articles: QuerySet[Article]) -> list[int]:
    """Write down that a person has read these articles; return the ids of those that were not read before."""
    before = ReadingPlace.objects.filter(person=person, read__isnull=False).values("article")
    wanted = sorted(articles.exclude(pk__in=before).values_list("pk", flat=True))
    ReadingPlace.objects.bulk_create(
        [ReadingPlace(person=person, article_id=pk, read=Now(), moved=Now()) for pk in wanted],
        update_conflicts=True,
        unique_fields=["person", "article"],
        update_fields=["read", "moved"],
    )
    return wanted


@transaction.atomic
def mark_articles_unread(*, person: User, articles: QuerySet[Article]) -> list[int]:
    """Take back that a person has read these articles; return the ids of those that were read before."""
    read = ReadingPlace.objects.filter(person=person, article__in=articles, read__isnull=False)
    taken = sorted(read.values_list("article", flat=True))
    ReadingPlace.objects.filter(person=person, article__in=taken).update(read=None, moved=Now())
    return taken
