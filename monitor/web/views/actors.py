"""Actors: the list, what a name means, and one actor with all that the archive tells of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from monitor.entities.actor_lists import (
    ORDERS,
    Facts,
    actors_alike,
    actors_meant,
    facts_of,
    kind_counts,
    listed_actors,
    names_of,
    told_of,
    with_article_counts,
)
from monitor.entities.actor_log import judgements_on
from monitor.entities.beside import companions_of
from monitor.entities.kin import kin_of, reach_of, widening
from monitor.entities.mention_models import ArticleActor
from monitor.entities.models import Actor, ActorStatus
from monitor.entities.newest import newest_of
from monitor.entities.region_lists import country_names
from monitor.entities.told import (
    counted_mentions,
    counts_of,
    months_of,
    only_source,
    published_months,
    sources_of,
    told_by_actors,
)
from monitor.entities.waiting import waiting_mentions
from monitor.library.managers import sees_unpublished
from monitor.library.queries import standing_articles
from monitor.library.replicas import reads_a_replica
from monitor.web.access import open_to_readers
from monitor.web.activity import activity_of
from monitor.web.atlas import map_of
from monitor.web.drawing.months import year_grid
from monitor.web.drawing.relation_graph import Neighbour, relation_graph
from monitor.web.entity_marks import marks_on
from monitor.web.forms.entities import (
    KIND_WORDS,
    ORDER_WORDS,
    read_actors_asked,
    read_entity_asked,
)
from monitor.web.paging import asked_page
from monitor.web.partial_dates import span_words
from monitor.web.told_passages import told_passages
from monitor.web.unchanged import told_when_unchanged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

    from monitor.entities.kin import Kin, Reach
    from monitor.entities.mention_models import Mention
    from monitor.entities.told import Told
    from monitor.web.access import Request
    from monitor.web.drawing.relation_graph import Graph
    from monitor.web.forms.entities import AskedActors, AskedEntity

ACTORS_PER_PAGE = 100
COUNTED = 4_000  # articles in which the list counts how often an actor is named


@dataclass(frozen=True, slots=True)
class Listed:
    """An actor in a list; `by` is the name that matched, where it is not its own."""

    actor: Actor
    facts: Facts
    countries: tuple[str, ...]
    by: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """A way of widening a search: whom it takes in, and the address with it, or without it."""

    word: str
    names: str
    count: int
    is_on: bool
    address: str


@require_safe
@open_to_readers
@told_when_unchanged()
@reads_a_replica
def actors(request: Request) -> HttpResponse:
    asked, person = read_actors_asked(request.GET), request.user
    facts: dict[str, Any] = {"name": asked.name, "unconfirmed": asked.unconfirmed, "everybody": asked.everybody}
    newest = newest_of(standing_articles(person), reach=COUNTED)
    found = listed_actors(person, **facts, kinds=asked.kinds, country=asked.country)
    if asked.order == "articles":
        found = with_article_counts(found, newest.rows)
    page = asked_page(request.GET, found, ORDERS[asked.order], size=ACTORS_PER_PAGE)
    meant = actors_meant(asked.name) if asked.name else []
    alike = actors_alike(asked.name) if asked.name and not meant and not page.rows else []
    by_name = {row.actor.pk: row.alias.text for row in (*meant, *alike)}
    seen = _seen([row.actor for row in (*meant, *alike)], request)
    shown = [row.actor for row in (*meant, *alike) if row.actor.pk in seen]
    listed = _listed([*shown, *page.rows], newest.rows, by_name)
    counts = kind_counts(listed_actors(person, **facts, country=asked.country))
    context = {
        "here": "actors",
        "asked": asked,
        "page": page,
        "meant": listed[: len(shown)] if meant else [],
        "alike": listed[: len(shown)] if alike else [],
        "rows": listed[len(shown) :],
        "kinds": [(k, words, counts.get(k, 0)) for k, words in KIND_WORDS.items() if counts.get(k) or k in asked.kinds],
        "orders": ORDER_WORDS,
        "newest": newest,
        "total": _total(counts, asked),
    }
    part = "#swapped" if request.htmx and not request.htmx.history_restore_request else ""
    return render(request, f"actors/actors.html{part}", context, status=422 if asked.refused or page.refused else 200)


def _total(counts: dict[str, int], asked: AskedActors) -> int:
    return sum(n for kind, n in counts.items() if not asked.kinds or kind in asked.kinds)


def _listed(found: Sequence[Actor], articles: Any, by_name: dict[int, str]) -> list[Listed]:
    facts = facts_of(found, articles)
    countries = country_names({code for actor in found for code in actor.countries})
    return [
        Listed(
            actor,
            facts.get(actor.pk, Facts()),
            tuple(countries.get(code, code) for code in actor.countries),
            _other_name(by_name.get(actor.pk, ""), actor),
        )
        for actor in found
    ]


def _other_name(name: str, actor: Actor) -> str:
    return "" if name == actor.name else name


def _seen(actors: Sequence[Actor], request: Request) -> set[int]:
    """Return the keys of those that somebody may know of; at most two queries.

    A name that only texts brought is known to who may see such a text, or, while it waits for a decision, to who judges.
    """
    seen = {row.pk for row in actors if row.status not in {ActorStatus.PROVISIONAL, ActorStatus.RETIRED}}
    found = {row.pk for row in actors if row.status == ActorStatus.PROVISIONAL}
    if not found or sees_unpublished(request.user):
        return seen | found
    seen |= told_of(found, request.user)
    if getattr(request.user, "is_analyst", False):
        waiting = waiting_mentions(request.user).filter(actor__canonical__in=found - seen).order_by()
        seen |= set(waiting.values_list("actor__canonical", flat=True).distinct())
    return seen


def find_actor(request: Request, slug: str) -> Actor:
    """Return the actor at this address, or the one it was merged into; 404 for one that this person may not know of."""
    actor: Actor = get_object_or_404(Actor.objects.select_related("canonical"), slug=slug).canonical
    if _seen([actor], request):
        return actor
    raise Http404


@require_safe
@open_to_readers
def actor(request: Request, slug: str) -> HttpResponse:
    # What is written on its passages changes without the library: that view is drawn each time.
    return (_drawn if request.GET.get("view") == "annotations" else _kept)(request, slug)


@reads_a_replica
def _drawn(request: Request, slug: str) -> HttpResponse:
    shown = find_actor(request, slug)
    if shown.slug != slug:
        query = request.META.get("QUERY_STRING", "")
        return redirect(shown.get_absolute_url() + (f"?{query}" if query else ""))
    kin = kin_of(shown)
    ways = widening(kin)
    asked = read_entity_asked(request.GET, ways=ways)
    reach = reach_of(shown, kin, asked.wider)
    told = told_by_actors(request.user, reach.condition(), until=asked.until)
    counts = counts_of(told)
    context: dict[str, Any] = {
        "here": "actors",
        "actor": shown,
        "address": shown.get_absolute_url(),
        "asked": asked,
        "older": asked.address(until=told.newest.oldest),
        "latest": asked.address(until=None),
        "counts": counts,
        "newest": told.newest,
        "names": names_of(shown, told.newest.rows),
        "judgements": judgements_on(shown) if request.user.is_authenticated else (),
        "waiting": _waiting(request, shown),
        "kin": [(row, span_words(row.valid_from, row.valid_to)) for row in kin],
        "graph": _graph(shown, kin),
        "chips": [_chip(word, rows, asked) for word, rows in ways.items()],
        "tabs": asked.tabs(has_account=request.user.is_authenticated),
        "countries": [(code, name) for code, name in country_names(shown.countries, slugs=True).items()],
    }
    context |= _view_of(request, shown, asked, told, reach, counts.articles)
    refused = asked.refused or getattr(context.get("page"), "refused", "")
    return render(request, "actors/actor.html", context | {"refused": refused}, status=422 if refused else 200)


def _waiting(request: Request, shown: Actor) -> Mention | None:
    """Return the suggestion by which somebody who judges them gets to know an actor that nobody confirmed."""
    if shown.status != ActorStatus.PROVISIONAL or not getattr(request.user, "is_analyst", False):
        return None
    return waiting_mentions(request.user).filter(actor__canonical=shown.pk).order_by("score", "pk").first()


def reach_asked(request: Request, shown: Actor) -> Reach:
    """Return whose articles the address of an actor's page, or of a file of it, asks for."""
    kin = kin_of(shown)
    return reach_of(shown, kin, read_entity_asked(request.GET, ways=widening(kin)).wider)


_kept = told_when_unchanged()(_drawn)


def _has_account(request: Request) -> bool:
    return request.user.is_authenticated


def _view_of(
    request: Request, shown: Actor, asked: AskedEntity, told: Told, reach: Reach, articles: int
) -> dict[str, Any]:
    """Return what the chosen view shows, and nothing that another one would."""
    if asked.view == "with":
        companions = companions_of(told, request.user, leaving_out=reach.keys, articles=articles)
        return {"companions": companions, "most": max((row.together for row in companions), default=0)}
    if asked.view == "sources":
        found = sources_of(told)
        return {"sources": found, "only": only_source(found)}
    if asked.view == "annotations" and _has_account(request):
        return marks_on(request, told)
    if asked.view == "coverage":
        months = {row.month: row.articles for row in months_of(told) if row.month}
        return {"grid": year_grid(months, published_months(request.user, since=told.newest.oldest))}
    if asked.view == "map":
        return {"map": map_of(told.newest.rows)}
    return _passages(request, shown, asked, told)


def _passages(request: Request, shown: Actor, asked: AskedEntity, told: Told) -> dict[str, Any]:
    found, shown_in, other = told, told, None
    if asked.beside:
        other = find_actor(request, asked.beside)
        # Among the articles looked at already: the other's own newest ones may be later.
        beside = Q(actor__canonical=other.pk, article__in=told.newest.rows)
        both = counted_mentions().filter(beside)
        found = replace(told, among=ArticleActor.objects.filter(beside).values("article"))
        shown_in = replace(found, mentions=told.mentions | both)
    passages = told_passages(request, found, name=shown.name, standing=asked.standing, shown_in=shown_in)
    return {
        "page": passages.page,
        "entries": passages.entries,
        "activity": activity_of(months_of(told)),
        "other": other,
        "only": only_source(sources_of(told)),
    }


def _chip(word: str, rows: Sequence[Kin], asked: AskedEntity) -> Chip:
    names = sorted({row.actor.name for row in rows})
    return Chip(word, ", ".join(names), len(names), word in asked.wider, asked.turned(word))


def _graph(shown: Actor, kin: Sequence[Kin]) -> Graph | None:
    neighbours = [
        Neighbour(
            row.actor.name,
            row.actor.get_absolute_url(),
            f"{row.words} {span_words(row.valid_from, row.valid_to)}".strip(),
            row.has_ended,
            row.type,
        )
        for row in kin
    ]
    return relation_graph(shown.name, neighbours)
