"""The search page, what its box completes, and the exact count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django_htmx.http import push_url

from monitor.library.replicas import reads_a_replica
from monitor.search.completing import completions
from monitor.search.engines.chosen import engine
from monitor.search.engines.protocol import EngineDown, TooSlow
from monitor.search.resolving import resolve
from monitor.web.access import open_to_readers
from monitor.web.forms.search import read_search_asked
from monitor.web.search_page import search_page, spellings_of
from monitor.web.templatetags.pages import counted

if TYPE_CHECKING:
    from monitor.web.access import Request

LONGEST_WORD = 200
PRIVATE = "private, no-store"


@require_safe
@open_to_readers
@reads_a_replica
def search(request: Request) -> HttpResponse:
    asked = read_search_asked(request.GET, request.user)
    page = search_page(asked, request.user, request.GET)
    part = bool(request.htmx and not request.htmx.history_restore_request)
    context = {"here": "search", "page": page}
    status = 422 if asked.refused else 200
    answer = render(request, "search/_answer.html" if part else "search/search.html", context, status=status)
    answer["Cache-Control"] = PRIVATE  # what one finds is nobody else's, and new at each visit
    if not part:
        return answer
    address = page.asked.at(asked.cursor) if asked.cursor else page.asked.address
    return push_url(answer, request.path if address == "?" else request.path + address)


@require_safe
@open_to_readers
@reads_a_replica
def complete(request: Request) -> JsonResponse:
    """Return what the word being typed may become, as JSON."""
    found = completions(request.GET.get("q", "")[:LONGEST_WORD], request.user)
    rows = [{"kind": o.kind, "written": o.written, "label": o.label, "by": o.by, "detail": o.detail} for o in found]
    return JsonResponse({"completions": rows}, headers={"Cache-Control": PRIVATE})


@require_safe
@open_to_readers
@reads_a_replica
def spellings(request: Request) -> HttpResponse:
    """Tell how else the words of a search are written in the archive: to htmx as a part of its page."""
    asked = read_search_asked(request.GET, request.user)
    template = "search/_spellings.html" if request.htmx else "search/spellings.html"
    context = {"here": "search", "asked": asked, "ways": spellings_of(asked, request.user)}
    answer = render(request, template, context)
    answer["Cache-Control"] = PRIVATE
    return answer


@require_safe
@open_to_readers
@reads_a_replica
def count_search(request: Request) -> HttpResponse:
    """Say exactly how many there are: to htmx in a word, otherwise on the search page."""
    asked = read_search_asked(request.GET, request.user)
    if not request.htmx:
        return redirect(reverse("search") + asked.address)
    resolved = resolve(asked.asked, request.user, is_shown=False)
    try:
        said = counted(engine().count(resolved.compiled), "article")
    except (TooSlow, EngineDown):
        return HttpResponse(status=204)  # what stands there stays
    return HttpResponse(said, content_type="text/plain; charset=utf-8", headers={"Cache-Control": PRIVATE})
