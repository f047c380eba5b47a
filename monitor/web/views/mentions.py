"""One mention: who or what is named there, in a card over the text, or as a page without a script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from monitor.entities.actor_lists import names_of
from monitor.entities.kin import Reach, kin_of
from monitor.entities.mention_models import Mention, MentionStatus, Tier
from monitor.entities.region_lists import above, names_of_region, within
from monitor.entities.told import counts_of, told_by_actors, told_by_regions
from monitor.library.queries import standing_articles
from monitor.web.access import open_to_readers
from monitor.web.partial_dates import span_words
from monitor.web.unchanged import told_when_unchanged

if TYPE_CHECKING:
    from django.http import HttpResponse

    from monitor.entities.models import Actor
    from monitor.entities.region_models import Region
    from monitor.web.access import Request

NAMES_SHOWN, KIN_SHOWN, ABOVE_SHOWN = 4, 3, 3


def find_mention(request: Request, pk: int) -> Mention:
    """Return a mention in an article one may see; a suggested or rejected one only to those who judge them."""
    mentions = Mention.objects.filter(pk=pk, article__in=standing_articles(request.user)).exclude(tier=Tier.WEAK)
    shown = mentions.select_related(
        "actor__canonical", "region", "actor_alias", "region_alias", "article__issue__periodical", "note"
    ).first()
    judges = getattr(request.user, "is_analyst", False)
    if shown is None or (shown.status in {MentionStatus.SUGGESTED, MentionStatus.REJECTED} and not judges):
        raise Http404
    return shown


@require_safe
@open_to_readers
@told_when_unchanged()
def mention(request: Request, pk: int) -> HttpResponse:
    shown = find_mention(request, pk)
    context: dict[str, Any] = {"mention": shown, "judges": getattr(request.user, "is_analyst", False)}
    if shown.actor:
        context |= _of_actor(request, shown, shown.actor.canonical)
    elif shown.region:
        context |= _of_region(request, shown, shown.region)
    return render(request, "mentions/_card.html" if request.htmx else "mentions/mention.html", context)


def _of_actor(request: Request, shown: Mention, actor: Actor) -> dict[str, Any]:
    told = told_by_actors(request.user, Reach(actor.pk).condition())
    names = [row for row in names_of(actor, told.newest.rows) if row.alias.text != actor.name]
    return {
        "entity": actor,
        "names": names[:NAMES_SHOWN],
        "kin": [(row, span_words(row.valid_from, row.valid_to)) for row in kin_of(actor)[:KIN_SHOWN]],
        "counts": counts_of(told),
        "here": told.mentions.filter(article=shown.article_id).count(),
    }


def _of_region(request: Request, shown: Mention, region: Region) -> dict[str, Any]:
    told = told_by_regions(request.user, within(region))
    return {
        "entity": region,
        "names": names_of_region(region, told.newest.rows)[:NAMES_SHOWN],
        "above": above(region)[:ABOVE_SHOWN],
        "counts": counts_of(told),
        "here": told.mentions.filter(article=shown.article_id).count(),
    }
