"""Who may read a feed, and how it is sent: readers of feeds keep no cookies, and ask again and again."""

from __future__ import annotations

import hashlib
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from monitor.accounts.token_sign_in import person_of_header
from monitor.interchange.atom import MEDIA_TYPE
from monitor.library.managers import may_read

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor.web.access import Request

P = ParamSpec("P")
REALM = 'Basic realm="Monitor feeds", charset="UTF-8"'
ASKS = "Sign in with your user name and, as the password, a token with the scope “read” from your account page.\n"
FRESH_FOR = 300  # seconds


def for_feed_readers(
    *, needs_person: bool = False
) -> Callable[[Callable[Concatenate[Request, P], HttpResponse]], Callable[Concatenate[Request, P], HttpResponse]]:
    """Let a view answer people who are signed in, and those who send a token; with ANONYMOUS_READ everybody."""

    def decorate(
        view: Callable[Concatenate[Request, P], HttpResponse],
    ) -> Callable[Concatenate[Request, P], HttpResponse]:
        @login_not_required
        @require_safe
        @wraps(view)
        def asked(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            header = request.headers.get("Authorization", "")
            person = person_of_header(header) if header else None
            if person is not None:
                request.user = person
            is_refused = (header and person is None) or not may_read(request.user)
            if is_refused or (needs_person and request.user.pk is None):
                return _asks()
            return told(request, view(request, *args, **kwargs))

        return asked

    return decorate


def _asks() -> HttpResponse:
    answer = HttpResponse(ASKS, status=401, content_type="text/plain; charset=utf-8")
    answer["WWW-Authenticate"] = REALM
    answer["Cache-Control"] = "no-store"
    return answer


def as_feed(written: str) -> HttpResponse:
    return HttpResponse(written, content_type=MEDIA_TYPE)


def told(request: Request, answer: HttpResponse) -> HttpResponse:
    """Return a feed with its validator, or that it is as it was."""
    if answer.status_code == HttpResponse.status_code and answer["Content-Type"] == MEDIA_TYPE:
        etag = f'W/"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
        if etag in parse_etags(request.headers.get("If-None-Match", "")):
            answer = HttpResponseNotModified()
        answer["ETag"] = etag
        answer["Cache-Control"] = f"private, max-age={FRESH_FOR}"
        answer["Referrer-Policy"] = "no-referrer"
    patch_vary_headers(answer, ["Authorization", "Cookie"])
    return answer
