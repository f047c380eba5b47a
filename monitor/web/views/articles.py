"""The reading page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import uuid4

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from monitor.web.access import open_to_readers
from monitor.web.article_head import head_of
from monitor.web.article_parts import facts_of, parts_of
from monitor.web.filing import WHOSE, filed
from monitor.web.marked_article import find_marked, marked
from monitor.web.page_pane import article_pages, pane_of
from monitor.web.pins import numbered
from monitor.web.reading_ways import asked_query, hit_walk, resume_of, whole_number
from monitor.web.sidebar import is_asked, let_client_in, sidebar_of
from monitor.web.unchanged import marks_in_article, place_in_article, told_when_unchanged
from monitor.web.views.citing import site_address

if TYPE_CHECKING:
    from django.http import HttpResponse

    from monitor.library.models import Article
    from monitor.web.access import Request


@require_safe
@open_to_readers
@told_when_unchanged(place_in_article, marks_in_article)
def article(request: Request, pk: int, slug: str = "") -> HttpResponse:
    shown = find_marked(request.user, pk)
    if shown is None:
        raise Http404
    if slug != shown.slug:
        query = request.META.get("QUERY_STRING", "")
        return redirect(shown.get_absolute_url() + (f"?{query}" if query else ""), permanent=True)
    if "print" in request.GET:
        return render(request, "articles/filed.html", _on_paper(request, shown))
    page = render(request, "articles/read.html", _context(request, shown))
    return let_client_in(page) if is_asked(request) else page


def _on_paper(request: Request, shown: Article) -> dict[str, Any]:
    on_paper = filed(shown, request.user, request.GET["print"])
    permalink = site_address(request) + shown.get_absolute_url()
    return {
        "article": shown,
        "issue": shown.issue,
        "reading": on_paper.reading,
        "facts": facts_of(shown, on_paper.printed, on_paper.reading, permalink=permalink),
        "filed": on_paper,
        "choices": WHOSE.items(),
    }


def _context(request: Request, shown: Article) -> dict[str, Any]:
    query, hit = asked_query(request.GET), whole_number(request.GET.get("hit"))
    drawn = marked(shown, request.user, query=query, hit=hit)
    reading, printed = drawn.reading, drawn.printed
    pages = article_pages(shown.issue, reading.regions)
    site = site_address(request)
    permalink = site + shown.get_absolute_url()
    facts = facts_of(shown, printed, reading, permalink=permalink)
    pane = pane_of(shown.issue, pages, request.GET.get("page"))
    walk = reading.hits is not None and hit_walk(query, total=reading.hits, asked=hit, page=pane.shown if pane else 0)
    return {
        "article": shown,
        "issue": shown.issue,
        "facts": facts,
        "parts": parts_of(facts, signed_in=request.user.is_authenticated),
        "reading": reading,
        "panel": drawn.panel,
        "places": drawn.places,
        "pins": numbered(shown.at_hand),  # type: ignore[attr-defined]  # annotated
        "teams": shown.at_hand["teams"] if request.user.is_authenticated and request.user.is_analyst else (),  # type: ignore[attr-defined]
        "new_uid": uuid4(),
        "pages": pages,
        "pane": pane,
        "keep": f"{urlencode({'q': query})}&" if query else "",  # what addresses of this page go on asking
        "walk": walk,
        "sidebar": sidebar_of(request) if is_asked(request) else None,
        "resume": resume_of(shown, len(printed.blocks)),
        "head": head_of(shown, printed, language=reading.language, permalink=permalink, site=site),
        "read_on": getattr(shown, "my_read", None),
    }
