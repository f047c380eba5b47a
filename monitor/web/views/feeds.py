"""Feeds: new issues, articles by actor, region and source, annotations of one's teams, searches one follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_safe

from monitor.annotations.models import Annotation, Visibility
from monitor.entities.mention_models import ArticleActor, ArticleRegion
from monitor.entities.region_lists import within
from monitor.interchange.atom import Feed, atom_feed
from monitor.interchange.feed_entries import annotation_entries, article_entries, issue_entries
from monitor.library.keyset import Key
from monitor.library.models import Issue, Periodical
from monitor.library.queries import standing_articles
from monitor.library.source_models import Citation
from monitor.search.engines.protocol import EngineDown, TooSlow
from monitor.search.saved_models import Following
from monitor.search.saving import searches_for
from monitor.web.access import find_source, open_to_readers
from monitor.web.feed_access import as_feed, for_feed_readers
from monitor.web.paging import asked_page
from monitor.web.search_feed import feed_of
from monitor.web.views.actors import find_actor
from monitor.web.views.citing import site_address
from monitor.web.views.regions import find_region

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.db.models import QuerySet

    from monitor.interchange.atom import Entry
    from monitor.library.models import Article
    from monitor.web.access import Request

ENTRIES = 50  # of one page
NEWEST = (Key("created", "moment", descending=True), Key("pk", "number", descending=True))
FIRST_MOMENT = "1970-01-01T00:00:00+00:00"  # of a feed without entries


@require_safe
@open_to_readers
def feeds(request: Request) -> HttpResponse:
    """Say which feeds there are, and how a reader of feeds signs in."""
    context = {"site": site_address(request), "periodicals": _periodicals(request).order_by("name")}
    return render(request, "feeds/feeds.html", context)


def _periodicals(request: Request) -> QuerySet[Periodical]:
    """Return those of which one may read an issue: that there are others is nobody's to know."""
    seen = Issue.objects.visible_to(request.user).values("periodical")
    found: QuerySet[Periodical] = Periodical.objects.filter(pk__in=seen)
    return found


@for_feed_readers()
def new_issues(request: Request) -> HttpResponse:
    """Tell of new issues, of one periodical if the address says so."""
    rows = Issue.objects.visible_to(request.user).select_related("periodical")
    slug = request.GET.get("periodical")
    periodical = None if slug is None else get_object_or_404(_periodicals(request), slug=slug)
    if periodical is not None:
        rows = rows.filter(periodical=periodical)
    identity = periodical.uid.urn if periodical else _own_identity("issues")
    page = reverse("shelf") + (f"?periodical={periodical.slug}" if periodical else "")

    def entries(shown: Iterable[Any], site: str) -> Iterable[Entry]:
        return issue_entries(shown, request.user, site=site)

    return _page(request, rows, entries, identity, f"{periodical or 'All periodicals'}: new issues", page)


@for_feed_readers()
def actor_feed(request: Request, slug: str) -> HttpResponse:
    shown = find_actor(request, slug)
    if shown.slug != slug:
        return redirect("actor-feed", shown.slug)
    named = ArticleActor.objects.filter(actor__canonical=shown.pk)
    return _articles(request, named, shown.uid.urn, shown.name, shown.get_absolute_url())


@for_feed_readers()
def region_feed(request: Request, slug: str) -> HttpResponse:
    shown = find_region(slug)
    if shown.slug != slug:
        return redirect("region-feed", shown.slug)
    named = ArticleRegion.objects.filter(within(shown))
    return _articles(request, named, shown.uid.urn, shown.name, shown.get_absolute_url())


@for_feed_readers()
def source_feed(request: Request, slug: str) -> HttpResponse:
    shown = find_source(request, slug)
    if shown.slug != slug:
        return redirect("source-feed", shown.slug)
    cited = Citation.objects.filter(spelling__source=shown.pk)
    return _articles(request, cited, shown.uid.urn, f"Citing {shown.name}", shown.get_absolute_url())


@for_feed_readers(needs_person=True)
def team_feed(request: Request) -> HttpResponse:
    """Tell of what one's teams annotate: their annotations that one may see, nobody's private ones."""
    person = request.user
    rows = Annotation.objects.visible_to(person).filter(visibility=Visibility.TEAM)

    def entries(shown: Iterable[Any], site: str) -> Iterable[Entry]:
        return annotation_entries([row.pk for row in shown], person, site=site)

    identity = _own_identity(f"teams of {person.uid}")
    return _page(request, rows, entries, identity, "Annotations of my teams", f"{reverse('notebook')}?whose=team")


@for_feed_readers(needs_person=True)
def followed_search(request: Request, uid: UUID) -> HttpResponse:
    """Tell of what a search finds that one follows; its secret address gives the same."""
    mine = Following.objects.filter(search__in=searches_for(request.user), person=request.user)
    following = get_object_or_404(mine.select_related("search", "person"), search__uid=uid)
    site, here = site_address(request), request.path
    try:
        return as_feed(feed_of(following, site=site, here=here, after=request.GET.get("after")))
    except (TooSlow, EngineDown):
        return HttpResponse(status=503, headers={"Retry-After": "300"})


def _articles(request: Request, named: Any, identity: str, title: str, page: str) -> HttpResponse:
    rows: QuerySet[Article] = standing_articles(request.user).filter(pk__in=named.order_by().values("article"))

    def entries(shown: Iterable[Any], site: str) -> Iterable[Entry]:
        return article_entries([row.pk for row in shown], request.user, site=site)

    return _page(request, rows.only("pk", "created"), entries, identity, title, page)


def _page(
    request: Request,
    rows: Any,
    entries: Callable[[Iterable[Any], str], Iterable[Entry]],
    identity: str,
    title: str,
    page: str,
) -> HttpResponse:
    site = site_address(request)
    asked = asked_page(request.GET, rows, NEWEST, size=ENTRIES)
    if asked.refused:
        raise Http404
    here = site + request.path
    query = request.GET.copy()
    query["after"] = asked.later
    feed = Feed(
        id=identity,
        title=title,
        url=site + request.get_full_path(),
        page=site + page,
        updated=FIRST_MOMENT,
        next=f"{here}?{query.urlencode()}" if asked.later else "",
    )
    return as_feed(atom_feed(feed, entries(asked.rows, site)))


def _own_identity(name: str) -> str:
    """Return the name of a feed that no row of the database stands for; it lasts as long as the site's key."""
    digest = salted_hmac("monitor.feeds", name, algorithm="sha256").digest()
    return UUID(bytes=digest[:16], version=4).urn
