"""While the site is read-only (READ_ONLY): reading as usual, and a plain sentence for everything that would change something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed

from monitor.web.outages import READ_ONLY, unavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

READING = frozenset({"GET", "HEAD", "OPTIONS"})
TRY_AGAIN_S = 60


class ReadOnlyMiddleware:
    """Stands before sessions, so that a change is refused before anything of it is looked at."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.READ_ONLY:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in READING:
            return unavailable(request, READ_ONLY, TRY_AGAIN_S)
        return self.get_response(request)
