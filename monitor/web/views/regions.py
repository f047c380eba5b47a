"""Regions: the map and tree of the archive, what a name means, one region, and the map of any list of articles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from monitor.entities.beside import companions_of
from monitor.entities.folding import folded
from monitor.entities.newest import REACH, newest_of
from monitor.entities.region_lists import (
    Placed,
    above,
    countries_below,
    macros_of,
    names_of_region,
    parts_of,
    parts_told,
    regions_meant,
    within,
)
from monitor.entities.region_models import Region, RegionKind
from monitor.entities.told import counts_of, months_of, only_source, published_months, sources_of, told_by_regions
from monitor.library.article_lists import matching
from monitor.library.queries import standing_articles
from monitor.library.replicas import reads_a_replica
from monitor.web.access import open_to_readers
from monitor.web.activity import activity_of
from monitor.web.atlas import map_and_parts, map_of
from monitor.web.chosen_articles import chosen_articles
from monitor.web.drawing.months import year_grid
from monitor.web.entity_marks import marks_on
from monitor.web.forms.entities import read_entity_asked
from monitor.web.forms.shelf import asked_words
from monitor.web.told_passages import told_passages
from monitor.web.unchanged import own_marks_of_all, places_of_all, tags_of_all, told_when_unchanged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

    from monitor.entities.told import Told
    from monitor.web.access import Request
    from monitor.web.forms.entities import AskedEntity

PARTS_SHOWN = 200  # of those that nothing tells of
MAPPED = REACH  # articles that a map is drawn of


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the world in the tree, with the countries in it that articles tell of."""

    placed: Placed
    countries: tuple[Placed, ...]


@require_safe
@open_to_readers
@told_when_unchanged()
@reads_a_replica
def regions(request: Request) -> HttpResponse:
    name = asked_words(request.GET.get("q", ""))
    seen = standing_articles(request.user)
    context: dict[str, Any] = {"here": "regions", "name": name}
    if name:
        meant = regions_meant(name)
        context |= {"meant": meant or regions_meant(name, beginning=True), "is_exact": bool(meant)}
    else:
        newest = newest_of(seen, reach=MAPPED)
        map_, broad = map_and_parts(newest.rows)
        context |= {"map": map_, "tree": _tree(broad), "newest": newest, "reach": MAPPED}
    return render(request, "regions/regions.html", context)


def _tree(broad: Sequence[Placed]) -> list[Part]:
    told = [row for row in broad if row.kind == RegionKind.COUNTRY]
    lies_in = macros_of(row.code for row in told)
    roots = sorted((row for row in broad if row.kind == RegionKind.MACRO), key=lambda row: folded(row.name))
    return [Part(root, tuple(row for row in told if root.code in lies_in.get(row.code, ()))) for root in roots]


@require_safe
@open_to_readers
@told_when_unchanged(places_of_all, tags_of_all, own_marks_of_all)
@reads_a_replica
def region_map(request: Request) -> HttpResponse:
    """Show where a list of articles tells of; its address asks as that of the list does."""
    seen = standing_articles(request.user)
    listed = chosen_articles(request)
    newest = newest_of(matching(seen, listed.asked.wanted, request.user), reach=MAPPED)
    context = {"here": "regions", "list": listed, "map": map_of(newest.rows), "newest": newest, "reach": MAPPED}
    return render(request, "regions/map.html", context, status=422 if listed.is_refused else 200)


@require_safe
@open_to_readers
def region(request: Request, slug: str) -> HttpResponse:
    # What is written on its passages changes without the library: that view is drawn each time.
    return (_drawn if request.GET.get("view") == "annotations" else _kept)(request, slug)


def find_region(slug: str) -> Region:
    """Return the region at this address: by its slug, its code, or a name with hyphens for blanks; else 404.

    Of several of a name it is the part of the world, the country, or the one with most people.
    """
    region = Region.objects.filter(slug=slug, retired=False).first()
    region = region or Region.objects.filter(code__iexact=slug, retired=False).first()
    if region is None:
        meant = regions_meant(slug.replace("-", " ")) or regions_meant(slug)
        region = meant[0].region if meant else None
    if region is None:
        raise Http404
    return region


def _is_plain(region: Region, slug: str) -> bool:
    return region.code.casefold() == slug.casefold() or region.kind in {RegionKind.COUNTRY, RegionKind.MACRO}


@reads_a_replica
def _drawn(request: Request, slug: str) -> HttpResponse:
    shown = find_region(slug)
    if shown.slug != slug:
        query = request.META.get("QUERY_STRING", "")
        # A code or a country's name is nobody else's; of other names the best known may change.
        return redirect(shown.get_absolute_url() + (f"?{query}" if query else ""), permanent=_is_plain(shown, slug))
    asked = read_entity_asked(request.GET)
    told = told_by_regions(request.user, within(shown, exact=asked.exact), until=asked.until)
    parts = parts_told(shown, told.newest.rows)
    others = parts_of(shown, leaving_out=[row.code for row in parts])
    context: dict[str, Any] = {
        "here": "regions",
        "region": shown,
        "address": shown.get_absolute_url(),
        "asked": asked,
        "older": asked.address(until=told.newest.oldest),
        "latest": asked.address(until=None),
        "other_way": asked.address(exact=not asked.exact),
        "counts": counts_of(told),
        "above": above(shown),
        "names": names_of_region(shown, told.newest.rows),
        "newest": told.newest,
        "parts": parts,
        "other_parts": others.order_by("key")[:PARTS_SHOWN],
        "other_count": others.count(),
        "tabs": asked.tabs(has_account=request.user.is_authenticated),
    }
    context |= _view_of(request, shown, asked, told, context["counts"].articles)
    refused = asked.refused or getattr(context.get("page"), "refused", "")
    return render(request, "regions/region.html", context | {"refused": refused}, status=422 if refused else 200)


_kept = told_when_unchanged()(_drawn)


def _view_of(request: Request, shown: Region, asked: AskedEntity, told: Told, articles: int) -> dict[str, Any]:
    """Return what the chosen view shows, and nothing that another one would."""
    if asked.view == "with":
        companions = companions_of(told, request.user, leaving_out=(), articles=articles)
        return {"companions": companions, "most": max((row.together for row in companions), default=0)}
    if asked.view == "sources":
        found = sources_of(told)
        return {"sources": found, "only": only_source(found)}
    if asked.view == "annotations" and request.user.is_authenticated:
        return marks_on(request, told)
    if asked.view == "coverage":
        months = {row.month: row.articles for row in months_of(told) if row.month}
        return {"grid": year_grid(months, published_months(request.user, since=told.newest.oldest))}
    if asked.view == "map":
        near = countries_below(shown)
        return {"map": map_of(told.newest.rows, condition=within(shown, exact=asked.exact), near=near)}
    passages = told_passages(request, told, name=shown.name, standing=asked.standing)
    return {
        "page": passages.page,
        "entries": passages.entries,
        "activity": activity_of(months_of(told)),
        "only": only_source(sources_of(told)),
    }
