"""The reading page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from monitor.library import queries
from monitor.web.access import find_article, open_to_readers
from monitor.web.page_pane import article_pages, pane_of
from monitor.web.reading import read
from monitor.web.views.citing import site_address

if TYPE_CHECKING:
    from django.http import HttpResponse

    from monitor.library.models import Article
    from monitor.web.access import Request


@require_safe
@open_to_readers
def article(request: Request, pk: int, slug: str = "") -> HttpResponse:
    shown = find_article(request, pk)
    if slug != shown.slug:
        query = request.META.get("QUERY_STRING", "")
        return redirect(shown.get_absolute_url() + (f"?{query}" if query else ""), permanent=True)
    return render(request, "articles/read.html", _context(request, shown))


def _context(request: Request, shown: Article) -> dict[str, Any]:
    siblings = queries.articles_of(shown.issue, request.user)
    at = next((i for i, sibling in enumerate(siblings) if sibling.pk == shown.pk), None)
    around = [] if at is None else siblings
    reading = read(shown)
    pages = article_pages(shown.issue, reading.regions)
    return {
        "article": shown,
        "issue": shown.issue,
        "signed": next((s for s in siblings if s.pk == shown.pk), shown),
        "reading": reading,
        "pages": pages,
        "pane": pane_of(shown.issue, pages, request.GET.get("page")),
        "siblings": siblings,
        "before": around[at - 1] if at else None,
        "after": around[at + 1] if at is not None and at + 1 < len(around) else None,
        "permalink": site_address(request) + shown.get_absolute_url(),
    }
