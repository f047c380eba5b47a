"""Where an article names actors and regions: rows that ride along with the one statement of its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, OuterRef

from monitor.accounts.models import User
from monitor.entities.mention_models import COUNTS, Mention, MentionStatus, Tier, Where
from monitor.library.printed import ADDED

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from monitor.entities.told import Person

COLUMNS = {
    "pk": "pk",
    "start": "start",
    "end": "end",
    "note": "note_id",
    "actor": "actor__canonical__slug",
    "region": "region__slug",
    "status": "status",
}


def named_in_article(person: Person) -> tuple[QuerySet[Mention], dict[str, str]]:
    """Return the mentions in an article's text and notes as they are shown; suggested ones to those who judge them."""
    current = Mention.objects.filter(article=OuterRef("pk"), text_version__version=OuterRef("text_version"))
    judges = isinstance(person, User) and person.is_analyst
    shown = current.filter(status__in=[*COUNTS, *([MentionStatus.SUGGESTED] if judges else [])])
    placed = shown.exclude(where=Where.TITLE).exclude(tier=Tier.WEAK)
    return placed.order_by(F("note").asc(nulls_first=True), "start", "pk"), COLUMNS


ADDED["named"] = named_in_article
