"""The actors and regions that an article is about: names that ride along with the one statement of its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import OuterRef

from monitor.entities.mention_models import ArticleActor, ArticleRegion
from monitor.library.printed import ADDED_OF_ALL

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from monitor.entities.told import Person


def actors_in_focus(person: Person) -> tuple[QuerySet[ArticleActor], dict[str, str]]:
    rows = ArticleActor.objects.filter(article=OuterRef("pk"), about=True).order_by("-salience", "pk")
    return rows, {"name": "actor__canonical__name"}


def regions_in_focus(person: Person) -> tuple[QuerySet[ArticleRegion], dict[str, str]]:
    rows = ArticleRegion.objects.filter(article=OuterRef("pk"), about=True).order_by("-salience", "pk")
    return rows, {"name": "region__name"}


ADDED_OF_ALL["about_actors"] = actors_in_focus
ADDED_OF_ALL["about_regions"] = regions_in_focus
