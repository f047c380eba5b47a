"""How long each answer took and how often it went to the database: for Prometheus (METRICS) and for the log (LOG_FORMAT=json).

By the route's pattern, never by the address: that may hold words.
"""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

log = logging.getLogger("monitor.requests")
UNKNOWN = "unknown"
# Statuses by which something is refused for a reason of its own.
REFUSED = {401: "not_signed_in", 403: "not_allowed", 412: "changed_meanwhile", 413: "too_large", 429: "too_often"}
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class MeasuredMiddleware:
    """Stands near the outside, so that what the others take counts as well; not there at all while nobody listens."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not (settings.METRICS or settings.LOG_FORMAT == "json"):
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.observe = _observer() if settings.METRICS else None
        self.logs = settings.LOG_FORMAT == "json"

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began, before = time.perf_counter(), _trips()
        response = self.get_response(request)
        seconds, trips = time.perf_counter() - began, _since(before)
        route = route_of(request, response)
        method = request.method if request.method in METHODS else "other"
        if self.observe:
            self.observe(route, str(method), response.status_code, seconds, trips)
        if self.logs:
            size = None if response.streaming else len(response.content)
            facts = {
                "route": route, "method": method, "status": response.status_code,
                "ms": round(seconds * 1000, 1), "round_trips": trips, "bytes": size,
            }  # fmt: skip
            log.info("answered", extra={"facts": facts})
        return response


def route_of(request: HttpRequest, response: HttpResponse) -> str:
    """Return the pattern of the route that answered; one word for all static files, and one for no route."""
    match = request.resolver_match
    if match is None:
        return "static" if request.path.startswith(f"/{settings.STATIC_URL.strip('/')}/") else UNKNOWN
    return match.route or "/"


def _observer() -> Callable[[str, str, int, float, int], None]:
    from monitor.metering import refusals, request_seconds, round_trips  # noqa: PLC0415 - only where METRICS is on

    def observe(route: str, method: str, status: int, seconds: float, trips: int) -> None:
        request_seconds.labels(route, method, str(status)).observe(seconds)
        round_trips.labels(route).observe(trips)
        if status in REFUSED:
            refusals.labels("request", REFUSED[status]).inc()

    return observe


def _trips() -> tuple[int, int]:
    """Return which connection this thread has, and how often it was waited on."""
    raw = connection.connection
    return (id(raw), raw.round_trips) if raw is not None else (0, 0)


def _since(before: tuple[int, int]) -> int:
    now = _trips()
    return now[1] - before[1] if now[0] == before[0] else now[1]
