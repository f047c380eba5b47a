"""Saved searches: the list, what is new in each, and their feeds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models.functions import Now
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from monitor.library.keyset import Key
from monitor.search.alerts import asked_of, news_for, told_articles
from monitor.search.engines.protocol import EngineDown, TooSlow
from monitor.search.query_language import parse
from monitor.search.query_told import told
from monitor.search.resolving import resolve
from monitor.search.saved_models import LONGEST_NAME, Following, SavedSearch
from monitor.search.saving import (
    CannotSave,
    change_search,
    delete_search,
    find_feed,
    follow,
    make_feed,
    may_change,
    revoke_feed,
    save_search,
    searches_for,
    unfollow,
)
from monitor.web.feed_access import as_feed
from monitor.web.feed_access import told as told_to_reader
from monitor.web.form_addresses import takes_forms
from monitor.web.forms.saved import LONGEST_ADDRESS, SaveForm
from monitor.web.forms.search import AskedSearch, read_search_asked, typed_query
from monitor.web.paging import asked_page
from monitor.web.search_feed import feed_of
from monitor.web.search_page import found_names
from monitor.web.views.citing import site_address

if TYPE_CHECKING:
    from uuid import UUID

    from monitor.web.access import Request

AT_ONCE = 50
MOST_ODD = 3  # troubles of a saved search that are shown
NEWEST = (Key("pk", "number", descending=True),)
UNSAVED = "This was not saved: {}"


@require_safe
def saved(request: Request) -> HttpResponse:
    news = {one.following.search_id: one for one in news_for(request.user)}
    searches = searches_for(request.user).select_related("owner", "team").order_by("name", "pk")
    rows = [_row(search, news.get(search.pk), request) for search in searches]
    return render(request, "saved/saved.html", {"here": "saved", "rows": rows})


def _row(search: SavedSearch, news: Any, request: Request) -> dict[str, Any]:
    asked = AskedSearch(asked_of(search), search.sort)
    return {"search": search, "news": news, "address": asked.address, "may_change": may_change(search, request.user)}


@require_http_methods(["GET", "HEAD", "POST"])
def save(request: Request) -> HttpResponse:
    """Ask under which name a search is to be kept, and keep it."""
    if request.method != "POST":
        asked = read_search_asked(request.GET, request.user)
        begun = {"address": asked.address, "name": asked.asked.query[:LONGEST_NAME]}
        return _ask_name(request, SaveForm(initial=begun, person=request.user), asked)
    form = SaveForm(request.POST, person=request.user)
    if not form.is_valid():
        return _ask_name(request, form, _asked_in(request.POST.get("address", ""), request), status=422)
    given = form.cleaned_data
    asked = given["address"]
    try:
        made = save_search(by=request.user, name=given["name"], asked=asked.asked, sort=asked.sort, team=given["team"])
    except (CannotSave, TooSlow, EngineDown) as refusal:
        form.add_error("name", str(refusal))
        return _ask_name(request, form, asked, status=422)
    messages.success(request, f"“{made.name}” is saved; you will be told of new matches.")
    return redirect("saved")


def _ask_name(request: Request, form: SaveForm, asked: AskedSearch, *, status: int = 200) -> HttpResponse:
    resolved = resolve(asked.asked, request.user)
    readback = f"{told(resolved.tree, found_names(resolved))}."
    context = {"here": "saved", "form": form, "asked": asked, "readback": readback}
    return render(request, "saved/new.html", context, status=status)


def _asked_in(address: str, request: Request) -> AskedSearch:
    return read_search_asked(QueryDict(address.lstrip("?")[:LONGEST_ADDRESS]), request.user)


def _find(request: Request, uid: UUID) -> SavedSearch:
    found: SavedSearch = get_object_or_404(searches_for(request.user).select_related("owner", "team"), uid=uid)
    return found


@require_safe
def saved_search(request: Request, uid: UUID) -> HttpResponse:
    """Show what was told of a search, the newest first."""
    search = _find(request, uid)
    following = Following.objects.filter(search=search, person=request.user).select_related("person").first()
    page = asked_page(request.GET, told_articles(following), NEWEST, size=AT_ONCE) if following else None
    asked = AskedSearch(asked_of(search), search.sort)
    context = {
        "here": "saved",
        "search": search,
        "following": following,
        "page": page,
        "address": asked.address,
        "may_change": may_change(search, request.user),
        "form": SaveForm(
            initial={"name": search.name, "address": asked.address, "team": search.team and search.team.uid},
            person=request.user,
        ),
        "secret": request.session.pop(f"feed-{following.uid}", "") if following else "",
        "site": site_address(request),
        "odd": parse(search.query).troubles[:MOST_ODD],
    }
    return render(request, "saved/search.html", context)


@takes_forms
def change(request: Request, uid: UUID) -> HttpResponse:
    search = _find(request, uid)
    form = SaveForm({**request.POST.dict(), "address": _address(request)}, person=request.user)
    if not form.is_valid():
        messages.error(request, UNSAVED.format("give it a name of at most 120 characters."))
        return redirect("saved-search", uid)
    given = form.cleaned_data
    try:
        change_search(
            search=search, by=request.user, name=given["name"], asked=given["address"].asked, team=given["team"]
        )
    except (CannotSave, TooSlow, EngineDown) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Changed. What matches now is no news.")
    return redirect("saved-search", uid)


def _address(request: Request) -> str:
    """Return the address that was given, with the query that was typed beside it in its place."""
    read = _asked_in(request.POST.get("address", ""), request)
    return read.with_query(typed_query(request.POST["query"])).address if "query" in request.POST else read.address


@takes_forms
def delete(request: Request, uid: UUID) -> HttpResponse:
    search = _find(request, uid)
    try:
        delete_search(search=search, by=request.user)
    except CannotSave as refusal:
        messages.error(request, str(refusal))
        return redirect("saved-search", uid)
    messages.success(request, f"“{search.name}” is deleted.")
    return redirect("saved")


@takes_forms
def set_following(request: Request, uid: UUID) -> HttpResponse:
    """Follow a search or no longer, by mail or not, and take what was told as seen: what the button says."""
    search, does = _find(request, uid), request.POST.get("do", "")
    if does == "unfollow":
        unfollow(search=search, by=request.user)
        return redirect("saved-search", uid)
    try:
        following = follow(search=search, by=request.user)
    except (TooSlow, EngineDown) as trouble:
        messages.error(request, str(trouble))
        return redirect("saved-search", uid)
    rows = Following.objects.filter(pk=following.pk)
    if does in {"mail", "no-mail"}:
        rows.update(by_mail=does == "mail")
    elif does == "seen":
        rows.update(seen=Now())
    elif does == "feed":
        request.session[f"feed-{following.uid}"] = make_feed(following)
    elif does == "no-feed":
        revoke_feed(following)
    return redirect("saved-search", uid)


@require_safe
@login_not_required
def feed(request: Request, secret: str) -> HttpResponse:
    """Give a feed to whoever has its address: all that its follower finds."""
    following = find_feed(secret)
    if following is None:
        raise Http404
    try:
        written = feed_of(following, site=site_address(request), here=request.path, after=request.GET.get("after"))
    except (TooSlow, EngineDown):
        return HttpResponse(status=503, headers={"Retry-After": "300"})
    return told_to_reader(request, as_feed(written))
