"""How far a person has read an article: what the page tells by itself, and what its reader says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render

from monitor.library.keeping_places import keep_place
from monitor.library.marking_read import mark_articles_read, mark_articles_unread
from monitor.library.models import Article
from monitor.library.place_models import ReadingPlace
from monitor.web.access import find_article
from monitor.web.form_addresses import takes_forms
from monitor.web.reading_ways import whole_number

if TYPE_CHECKING:
    from monitor.web.access import Request


@takes_forms
def place(request: Request, pk: int) -> HttpResponse:
    """Keep the paragraph in view, as the page tells it while it is read. Nobody looks at the answer."""
    shown = find_article(request, pk)
    paragraph = whole_number(request.POST.get("paragraph"))
    if not paragraph:
        return HttpResponseBadRequest("A paragraph is a number from 1.")
    is_read = request.POST.get("read") == "yes"
    keep_place(person=request.user, article=shown, paragraph=paragraph, is_read=is_read)
    return _state(request, shown) if is_read else HttpResponse(status=204)


@takes_forms
def read_state(request: Request, pk: int) -> HttpResponse:
    """Mark an article as read or as unread, as its reader says."""
    shown = find_article(request, pk)
    said = request.POST.get("read")
    if said not in {"yes", "no"}:
        return HttpResponseBadRequest("Say read=yes or read=no.")
    mark = mark_articles_read if said == "yes" else mark_articles_unread
    mark(person=request.user, articles=Article.objects.filter(pk=shown.pk))
    if not request.htmx:
        return redirect(f"{shown.get_absolute_url()}#read-state")
    return _state(request, shown)


def _state(request: Request, shown: Article) -> HttpResponse:
    kept = ReadingPlace.objects.filter(person=request.user, article=shown).first()
    return render(request, "articles/_read_state.html", {"article": shown, "read_on": kept and kept.read})
