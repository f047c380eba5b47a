"""Who follows a saved search is told of each new match once. What matches is worked out as that person would find it."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q

from monitor.accounts.models import Membership
from monitor.library.queries import standing_articles
from monitor.search.engines.chosen import engine
from monitor.search.engines.protocol import EngineDown, TooSlow
from monitor.search.resolving import CHOOSABLE, Asked, resolve
from monitor.search.saved_models import Following, ToldMatch

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from monitor.accounts.models import User
    from monitor.search.resolving import Resolved
    from monitor.search.saved_models import SavedSearch

log = logging.getLogger(__name__)
AT_ONCE = 2_000  # rows a statement


@dataclass(frozen=True, slots=True)
class News:
    """A search that a person follows, and how many matches are new since they last looked."""

    following: Following
    count: int


def asked_of(search: SavedSearch) -> Asked:
    """Return what a saved search asks for; of what was chosen only what this version of the site knows."""
    chosen: dict[str, tuple[str, ...]] = {
        name: tuple(map(str, search.chosen[name])) for name in CHOOSABLE if search.chosen.get(name)
    }
    return Asked(search.query, chosen, search.since, search.until)


def tell_new_matches() -> int:
    """Look for new matches of every search that is followed; returns how many were told. Started again it tells none twice."""
    return sum(tell(pk) for pk in followed().order_by("pk").values_list("pk", flat=True))


def followed() -> QuerySet[Following]:
    """Return the followings of people who may (still) see the search."""
    members = Membership.objects.filter(team=OuterRef("search__team"), user=OuterRef("person"))
    return Following.objects.filter(Q(search__owner=F("person")) | Q(Exists(members)), person__is_active=True)


@transaction.atomic
def tell(pk: int) -> int:
    """Tell one follower of what is new; another worker that does so at this moment is left alone."""
    rows = Following.objects.select_for_update(of=("self",), skip_locked=True).select_related("search", "person")
    following = rows.filter(pk=pk).first()
    return 0 if following is None else learn(following, is_new=True)


def learn(following: Following, *, is_new: bool) -> int:
    """Keep what matches now and was not known, as news or as what was there before; returns how many.

    A search with a name that means nothing (any more) tells nothing but that; nothing that was known is forgotten.
    """
    resolved = resolve(asked_of(following.search), following.person, is_shown=False)
    said = trouble_of(resolved)
    if said != following.broken:
        following.broken, following.broken_mailed = said, None
        following.save(update_fields=["broken", "broken_mailed"])
    if said and is_new:
        return 0
    known = set(following.told.values_list("article", flat=True))
    try:
        fresh = [key for key in engine().every(resolved.compiled) if key not in known]
    except (TooSlow, EngineDown) as trouble:
        if not is_new:
            raise
        log.warning("saved search %d was not looked through: %s", following.search_id, trouble)
        return 0
    # The oldest first, so that the newest has the highest number.
    return sum(map(len, _kept(following, reversed(fresh), is_new=is_new)))


def _kept(following: Following, keys: Iterable[int], *, is_new: bool) -> Iterable[list[int]]:
    left = iter(keys)
    while batch := list(islice(left, AT_ONCE)):
        rows = (ToldMatch(following=following, article_id=key, is_new=is_new) for key in batch)
        ToldMatch.objects.bulk_create(rows, ignore_conflicts=True)
        yield batch


def trouble_of(resolved: Resolved) -> str:
    """Return why a search does not mean any more what it meant, "" if it does: names may come to mean nothing.

    What is odd about its writing was so when it was saved, and is read today as it was then.
    """
    return " ".join(trouble.sentence for trouble in resolved.unknown_names[:3])


def news_for(person: User) -> list[News]:
    """Return what this person follows, with how much is new since they last looked; one query."""
    new = Q(told__is_new=True, told__created__gt=F("seen"), told__article__in=standing_articles(person))
    rows = Following.objects.filter(person=person, pk__in=followed().values("pk")).select_related(
        "search__team", "search__owner"
    )
    counted = rows.annotate(new_count=Count("told", filter=new)).order_by("search__name", "pk")
    return [News(row, row.new_count) for row in counted]


def told_articles(following: Following) -> QuerySet[ToldMatch]:
    """Return what was told of a search, the newest first, as far as its follower may (still) read it."""
    seen = standing_articles(following.person)
    told: QuerySet[ToldMatch] = following.told.filter(is_new=True, article__in=seen)
    return told.select_related("article__issue__periodical").order_by("-pk")
