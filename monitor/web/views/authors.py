"""What an author signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from monitor.library import queries
from monitor.library.models import Author
from monitor.web.access import open_to_readers
from monitor.web.paging import page_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from monitor.web.access import Request

ARTICLES_PER_PAGE = 100


@require_safe
@open_to_readers
def author(request: Request, slug: str) -> HttpResponse:
    shown = get_object_or_404(Author, slug=slug)
    page = page_of(request, queries.articles_by(shown, request.user), size=ARTICLES_PER_PAGE)
    if not page.paginator.count:
        raise Http404
    return render(request, "authors/author.html", {"author": shown, "page": page})
