"""What a visitor sees when the database is away: one plain sentence and when to try again, never a 500.

Neither the middleware nor `server_error` may touch the session, the user or a context processor: all of them ask
the database.
"""

from __future__ import annotations

import logging
import sys
from secrets import token_hex
from typing import TYPE_CHECKING

from django.db import DatabaseError, InterfaceError, InternalError, OperationalError, ProgrammingError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import Context, Engine
from django.utils.html import format_html, format_html_join

from monitor import sqlstates
from monitor.asking import asking
from monitor.library.files import StorageAway

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)

INCIDENT = 8  # letters of a request's number that are short enough to read out on the telephone

AWAY = "The database cannot be reached just now. Nothing you have saved is lost; this page tries again by itself."
TOO_SLOW = "That took too long and was stopped. Try again, or ask for less at once."
BUSY = "Somebody else is changing the same thing. Try again in a moment."
FULL = "The disk is full, so nothing can be saved. Please tell the administrator; reading goes on as usual."
FILES_AWAY = (
    "The storage of files cannot be reached just now. Reading articles goes on as usual; try this again in a minute."
)
READ_ONLY = "The site is read-only just now. Reading goes on as usual; saving works again soon."
UPDATING = "The site is being brought up to date just now. Try again in a minute; nothing you have saved is lost."
# Tables and columns that the code knows and the database does not yet, or no longer.
_OTHER_SCHEMA = frozenset({"42P01", "42703"})
_SENTENCES = {"57014": (TOO_SLOW, 5), "55P03": (BUSY, 1), "40P01": (BUSY, 1), "40001": (BUSY, 1), "53100": (FULL, 60)}


def outage_sentence(error: BaseException) -> tuple[str, int] | None:
    """Return a sentence and seconds to wait for errors that a later try may cure; None for all others."""
    if isinstance(error, StorageAway):
        return FILES_AWAY, 30
    state = getattr(error.__cause__, "sqlstate", None)
    if isinstance(error, InternalError):
        return (READ_ONLY, 30) if state == sqlstates.READ_ONLY else None
    if isinstance(error, ProgrammingError) and state in _OTHER_SCHEMA:
        return UPDATING, 30
    if not isinstance(error, (OperationalError, InterfaceError)):
        return None
    return _SENTENCES.get(state or "", (AWAY, 5))


def unavailable(request: HttpRequest, sentence: str, wait: int) -> HttpResponse:
    if request.path.startswith(("/api/", "/anno/", "/hypothesis/")):
        problem = {"type": "urn:monitor:problem:unavailable", "title": "Unavailable", "status": 503, "detail": sentence}
        response: HttpResponse = JsonResponse(problem, status=503, content_type="application/problem+json")
    else:
        response = HttpResponse(_plain_page("503.html", sentence=sentence), status=503)
    response["Retry-After"] = str(wait)
    response["Cache-Control"] = "no-store"
    return response


class OutageMiddleware:
    """Turns database outages into 503, in views and in the middleware below this one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        found = outage_sentence(error)
        if not found:
            return None
        log.warning("answered 503: %s", type(error).__name__)
        return unavailable(request, *found)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer what no view caught; errors in the session's own saving arrive only here."""
    error = sys.exc_info()[1]
    found = outage_sentence(error) if isinstance(error, (DatabaseError, InterfaceError)) else None
    if found:
        return unavailable(request, *found)
    if request.path.startswith("/api/"):
        problem = {"type": "urn:monitor:problem:internal", "title": "Internal error", "status": 500}
        return JsonResponse(problem, status=500, content_type="application/problem+json")
    incident = asking().number[:INCIDENT] or token_hex(INCIDENT // 2)
    log.error("incident %s: %s at %r", incident, type(error).__name__, request.path)
    return HttpResponse(_plain_page("500.html", incident=incident), status=500)


def _plain_page(name: str, **words: str) -> str:
    try:
        return Engine.get_default().get_template(name).render(Context(words))
    except ValueError:
        # The stylesheets were not collected, which may be the very error that is told here: words alone, then.
        return format_html(
            "<!doctype html><title>Monitor</title>{}", format_html_join("", "<p>{}", zip(words.values()))
        )
