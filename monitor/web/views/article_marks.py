"""The annotations of one article as a list: for those who read without a script, and cards by name for a script."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.views.decorators.http import require_safe

from monitor.annotations.outlines import outlines_of
from monitor.library.printed import printed_in
from monitor.web.mark_panel import ordered
from monitor.web.marked_article import find_marked, places_in
from monitor.web.marked_part import named_cards
from monitor.web.marks import Places
from monitor.web.reading_ways import whole_number

if TYPE_CHECKING:
    from typing import Any

    from monitor.web.access import Request

EACH_PAGE = 100
MOST_NAMED = 100


@require_safe
def article_marks(request: Request, pk: int) -> HttpResponse:
    """Show a page of an article's annotations in the order of its text; a script names those it wants (`only`)."""
    if request.GET.get("only"):
        return _named(request, pk)
    article: Any = find_marked(request.user, pk)
    if article is None:
        raise Http404
    places = Places(places_in(article.body or "", printed_in(article)))
    in_order = [one.uid for one in ordered(outlines_of(article.outlines or []), places)]
    first = min(whole_number(request.GET.get("from")), len(in_order))
    shown = [UUID(uid) for uid in in_order[first : first + EACH_PAGE]]
    context = {
        "article": article,
        "cards": named_cards(request.user, pk, shown) or [],
        "count": len(in_order),
        "first": first,
        "last": first + len(shown),
        "earlier": max(first - EACH_PAGE, 0) if first else None,
        "later": first + EACH_PAGE if first + EACH_PAGE < len(in_order) else None,
    }
    return render(request, "annotations/of_article.html", context)


def _named(request: Request, pk: int) -> HttpResponse:
    try:
        uids = [UUID(uid) for uid in request.GET["only"].split(",", MOST_NAMED - 1)]
    except ValueError:
        return HttpResponseBadRequest("Name annotations by their ids, with commas between them.")
    cards = named_cards(request.user, pk, uids)
    if cards is None:
        raise Http404
    return render(request, "annotations/_cards.html", {"cards": cards})
