"""The regions of lists of articles, of actors and of regions as GeoJSON files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from monitor.entities.newest import REACH, Newest, newest_of
from monitor.entities.region_lists import within
from monitor.entities.region_models import RegionClosure
from monitor.entities.region_rows import ToldRegion, told_regions
from monitor.entities.told import told_by_actors, told_by_regions
from monitor.interchange.geojson import MEDIA_TYPE, feature_collection
from monitor.interchange.region_features import feature_rows
from monitor.library.article_lists import matching
from monitor.library.queries import standing_articles
from monitor.library.replicas import reads_a_replica
from monitor.web.access import open_to_readers
from monitor.web.chosen_articles import chosen_articles
from monitor.web.forms.entities import read_entity_asked
from monitor.web.taken_files import note_taken
from monitor.web.unchanged import own_marks_of_all, places_of_all, tags_of_all, told_when_unchanged
from monitor.web.views.actors import find_actor, reach_asked
from monitor.web.views.citing import site_address
from monitor.web.views.regions import find_region

if TYPE_CHECKING:
    from monitor.web.access import Request


@require_safe
@open_to_readers
@told_when_unchanged(places_of_all, tags_of_all, own_marks_of_all)
@reads_a_replica
def article_regions(request: Request) -> HttpResponse:
    """Return the regions of a list of articles; the address asks as that of the list does."""
    listed = chosen_articles(request)
    if listed.is_refused:
        sentences = "\n".join(listed.asked.refused.values())
        return HttpResponse(f"{sentences}\n", status=422, content_type="text/plain; charset=utf-8")
    found = matching(standing_articles(request.user), listed.asked.wanted, request.user)
    newest = newest_of(found)
    return _file(request, told_regions(newest.rows), newest, "articles")


@require_safe
@open_to_readers
@told_when_unchanged()
@reads_a_replica
def actor_regions(request: Request, slug: str) -> HttpResponse:
    """Return where the articles that name an actor tell of."""
    shown = find_actor(request, slug)
    if shown.slug != slug:
        return redirect("actor-geojson", shown.slug)
    asked = read_entity_asked(request.GET)
    told = told_by_actors(request.user, reach_asked(request, shown).condition(), until=asked.until)
    return _file(request, told_regions(told.newest.rows), told.newest, shown.slug)


@require_safe
@open_to_readers
@told_when_unchanged()
@reads_a_replica
def region_regions(request: Request, slug: str) -> HttpResponse:
    """Return a region and what lies in it, as far as articles name it."""
    shown = find_region(slug)
    if shown.slug != slug:
        return redirect("region-geojson", shown.slug)
    asked = read_entity_asked(request.GET)
    told = told_by_regions(request.user, within(shown, exact=asked.exact), until=asked.until)
    inside = RegionClosure.objects.filter(ancestor=shown.pk).values("descendant")
    return _file(request, told_regions(told.newest.rows, within=inside), told.newest, shown.slug)


def _file(request: Request, found: list[ToldRegion], newest: Newest, name: str) -> HttpResponse:
    site = site_address(request)
    rows = feature_rows(found, site)
    partial = f"Counted in the newest {REACH} articles, back to {newest.oldest}." if newest.is_partial else ""
    answer = HttpResponse(feature_collection(rows, partial=partial), content_type=MEDIA_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="regions-{name}.geojson"'
    note_taken(request, "geojson", len(found), len(answer.content))
    return answer
