"""Tagging a phrase wherever it stands: each place is shown first, amid its text, and can be left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from monitor.annotations.actions import find_team
from monitor.annotations.models import Visibility
from monitor.annotations.occurrence_queries import MOST_PLACES, bearing, look_for
from monitor.annotations.permissions import must_share
from monitor.annotations.refusals import CannotAnnotate
from monitor.annotations.tag_names import find_named
from monitor.annotations.tagging_everywhere import MOST_TAGGED, stop_tagging
from monitor.annotations.tagging_models import TaggingRun
from monitor.annotations.tagging_places import tag_places
from monitor.jobs.queue import defer_tagging
from monitor.library.models import Article
from monitor.web.act_buttons import undo_tags
from monitor.web.forms.marks import first_error, named_tags
from monitor.web.forms.occurrences import SCOPES, PhraseForm, PlacesForm
from monitor.web.mark_passages import amid
from monitor.web.reading_ways import whole_number

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from monitor.accounts.models import Team, User
    from monitor.annotations.occurrence_queries import Look, Place
    from monitor.annotations.tag_models import Tag
    from monitor.web.access import Request
    from monitor.web.mark_passages import Amid

PATIENCE = 20.0  # seconds for finding again what was chosen, all of it
SHOWN_RUNS = 5


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """A place in the preview; one that bears the tag already is not offered."""

    key: str
    amid: Amid | None
    note_number: int | None
    bears_it: bool


@dataclass(frozen=True, slots=True)
class InArticle:
    """The places in one article."""

    article: Article
    places: tuple[ShownPlace, ...]


@require_http_methods(["GET", "HEAD", "POST"])
def occurrences(request: Request) -> HttpResponse:
    """Show where a phrase stands, tag the places that were left ticked, or have a worker tag all."""
    if request.method == "POST":
        return _tag(request)
    form = PhraseForm(request.GET if request.GET.get("phrase") else None, initial=request.GET.dict())
    return _render(request, form, status=200 if not form.is_bound or form.is_valid() else 422)


def _render(request: Request, form: PhraseForm, *, status: int = 200, refused: str = "") -> HttpResponse:
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    person, here = request.user, _here(request)
    tags = _known_tags(asked, person)
    below = whole_number(request.GET.get("below"))
    look = _look(person, asked, here, below) if asked else None
    taken = bearing(person, look.places, tags) if look else set()
    context: dict[str, Any] = {
        "here": "notebook",
        "form": form,
        "asked": asked,
        "article": here,
        "scopes": [(value, words) for value, words in SCOPES.items() if here or value == "archive"],
        "refused": refused or (first_error(form) if form.errors else ""),
        "look": look,
        "found": _shown(look, taken) if look else (),
        "count": len(look.places) if look else 0,
        "taken": len(taken),
        "teams": list(person.teams.order_by("name")) if person.is_analyst else [],
        "most": MOST_PLACES,
        "most_of_all": MOST_TAGGED,
        "is_all_shown": not look or not (look.goes_on or look.is_cut),
        "runs": TaggingRun.objects.filter(person=person)[:SHOWN_RUNS],
        "onward": _onward(asked, here, look) if look and look.goes_on else "",
    }
    return render(request, "notebook/occurrences.html", context, status=status)


def _here(request: Request) -> Article | None:
    pk = whole_number(request.GET.get("article") or request.POST.get("article"))
    seen = Article.objects.visible_to(request.user).select_related("issue__periodical")
    return seen.filter(pk=pk).first() if pk else None


def _look(person: User, asked: dict[str, Any], here: Article | None, below: int | None) -> Look:
    scope = asked["scope"] if here else "archive"
    articles: QuerySet[Article] = Article.objects.visible_to(person)
    if here and scope == "article":
        articles = articles.filter(pk=here.pk)
    elif here and scope == "issue":
        articles = articles.filter(issue=here.issue_id)
    return look_for(person, asked["phrase"], articles, letters=asked["letters"], below=below)


def _known_tags(asked: dict[str, Any], person: User) -> list[Tag]:
    """Return the tags that are named and there already; none is made by looking."""
    names = [name.strip() for name in asked.get("tags", "").split(",") if name.strip()]
    try:
        found = [find_named(name, by=person, visibility=Visibility.PRIVATE, team=None) for name in names]
    except CannotAnnotate:
        return []
    return [tag for tag in found if tag] if all(found) else []


def _shown(look: Look, taken: set[str]) -> list[InArticle]:
    by_article: dict[int, list[ShownPlace]] = {}
    for place in look.places:
        text = look.texts[place.article, place.note]
        shown = ShownPlace(place.key, amid(text, place.start, place.end), place.note_number, place.key in taken)
        by_article.setdefault(place.article, []).append(shown)
    return [InArticle(look.articles[pk], tuple(places)) for pk, places in by_article.items()]


def _onward(asked: dict[str, Any], here: Article | None, look: Look) -> str:
    pairs = {"phrase": asked["phrase"], "scope": asked["scope"], "tags": asked["tags"], "below": look.goes_on}
    pairs |= {"letters": "on"} if asked["letters"] else {}
    pairs |= {"article": here.pk} if here else {}
    return f"{reverse('occurrences')}?{urlencode(pairs)}"


def _tag(request: Request) -> HttpResponse:
    form, here = PlacesForm(request.POST), _here(request)
    back = PhraseForm({"scope": "archive", **request.POST.dict()})
    if not form.is_valid():
        return _render(request, back, status=422, refused=first_error(form))
    asked, person = form.cleaned_data, request.user
    visibility, _, team = asked["readers"].partition(":")
    try:
        readers = find_team(person, team) if visibility == Visibility.TEAM else None
        if "everywhere" in request.POST:
            return _begin(asked, person, here, visibility, readers)
        wanted = set(request.POST.getlist("place")[:MOST_PLACES])
        look = _look_again(person, asked, wanted)
        places = _still(look, wanted)
        tags = named_tags(asked["tags"], by=person, visibility=visibility, team=readers)
        made = tag_places(places=places, texts=look.texts, by=person, tags=tags, visibility=visibility, team=readers)
    except CannotAnnotate as refusal:
        return _render(request, back, status=422, refused=str(refusal))
    messages.success(request, _sentence(len(made), len(wanted) - len(places), tags[0].name), extra_tags=undo_tags())
    return redirect(here.get_absolute_url() if here and asked["scope"] == "article" else reverse("notebook"))


def _begin(
    asked: dict[str, Any], person: User, here: Article | None, visibility: str, team: Team | None
) -> HttpResponse:
    """Have a worker tag all places. Raises CannotAnnotate, NotYours, NotYourTeam."""
    must_share(person, visibility, team)
    scope = asked["scope"] if here else "archive"
    with transaction.atomic():
        run = TaggingRun.objects.create(
            person=person,
            phrase=asked["phrase"],
            letters=asked["letters"],
            article=here if scope == "article" else None,
            issue=here.issue if here and scope == "issue" else None,
            tags=[tag.pk for tag in named_tags(asked["tags"], by=person, visibility=visibility, team=team)],
            visibility=visibility,
            team=team,
        )
        defer_tagging(run.pk)
    return redirect("tagging-run", run.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def tagging_run(request: Request, pk: int) -> HttpResponse:
    """Show how far a worker has got with tagging all places, or stop it before anything is tagged."""
    run = get_object_or_404(
        TaggingRun.objects.select_related("act", "article", "issue__periodical"), pk=pk, person=request.user
    )
    if request.method == "POST":
        stop_tagging(run)
        return redirect("tagging-run", run.pk)
    template = "notebook/_tagging_run.html" if request.htmx else "notebook/tagging_run.html"
    return render(request, template, {"here": "notebook", "run": run})


def _still(look: Look, wanted: set[str]) -> list[Place]:
    places = [place for place in look.places if place.key in wanted]
    if not places:
        raise CannotAnnotate("None of these places was left ticked, or their texts have changed. Look again.")
    return places


def _look_again(person: User, asked: dict[str, Any], wanted: set[str]) -> Look:
    """Look for the phrase anew in the articles that were chosen: a place counts if the phrase still stands there."""
    keys = {int(first) for one in wanted if (first := one.partition(":")[0]).isdecimal() and len(first) < 19}
    articles = Article.objects.visible_to(person).filter(pk__in=keys)
    return look_for(person, asked["phrase"], articles, letters=asked["letters"], seconds=PATIENCE)


def _sentence(made: int, gone: int, name: str) -> str:
    left = f"; {gone} had changed and were left" if gone else ""
    return f"{made:,} {'place' if made == 1 else 'places'} tagged “{name}”{left}."
