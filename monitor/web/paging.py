"""Lists in pages: `?page=2`, from 1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import BadRequest
from django.core.paginator import EmptyPage, Page, Paginator
from django.http import Http404

if TYPE_CHECKING:
    from django.http import HttpRequest

LONGEST_NUMBER = 6


def page_of(request: HttpRequest, rows: Any, *, size: int) -> Page[Any]:
    """Return the page that is asked for; 400 for what is no page number, 404 beyond the last page."""
    asked = request.GET.get("page", "1")
    if not (asked.isascii() and asked.isdigit()) or len(asked) > LONGEST_NUMBER or int(asked) == 0:
        raise BadRequest("That is not a page number.")
    try:
        return Paginator(rows, size).page(int(asked))
    except EmptyPage:
        raise Http404 from None
