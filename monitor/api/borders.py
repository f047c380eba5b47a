"""What holds for all answers to programs, also those that no view gave: which other sites may ask, and never HTML for an error."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.utils.cache import patch_vary_headers

from monitor.api.problems import MEDIA_TYPE

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

HYPOTHESIS = "/hypothesis/"
BORDERS = ("/api/", "/anno/", HYPOTHESIS)
METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"
ASKED_HEADERS = "Accept, Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Prefer, Slug, Hypothesis-Client-Version"
TOLD_HEADERS = (
    "ETag, Location, Link, Allow, Content-Location, Preference-Applied, Retry-After, RateLimit, RateLimit-Policy"
)
A_DAY = 86_400  # seconds


class BorderMiddleware:
    """Stands outside of whatever may answer by itself: unknown hosts, a database that is away, bodies too large."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(BORDERS):
            return self.get_response(request)
        origin = request.headers.get("Origin", "")
        is_listed = origin in settings.CORS_ORIGINS
        if is_listed and _is_preflight(request):
            answer = _preflight()
        else:
            answer = _without_html(request, self.get_response(request))
        if settings.CORS_ORIGINS:
            patch_vary_headers(answer, ["Origin"])
        if is_listed:
            _open_to(origin, answer)
        return answer


def _is_preflight(request: HttpRequest) -> bool:
    return request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers


def _preflight() -> HttpResponse:
    """Answer before anybody is asked who they are: a browser sends no credentials with this question."""
    answer = HttpResponse(status=200)
    answer["Access-Control-Allow-Methods"] = METHODS
    answer["Access-Control-Allow-Headers"] = ASKED_HEADERS
    answer["Access-Control-Max-Age"] = str(A_DAY)
    return answer


def _open_to(origin: str, answer: HttpResponse) -> None:
    """Let a listed site read the answer; never with cookies, so that it brings a token of its own."""
    answer["Access-Control-Allow-Origin"] = origin
    answer["Access-Control-Expose-Headers"] = TOLD_HEADERS
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"


def _without_html(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    is_page = answer.get("Content-Type", "").startswith("text/html")
    if not is_page or answer.status_code < HTTPStatus.BAD_REQUEST:
        return answer
    phrase = HTTPStatus(answer.status_code).phrase
    if request.path_info.startswith(HYPOTHESIS):
        return JsonResponse({"status": "failure", "reason": phrase}, status=answer.status_code)
    told = {"type": "about:blank", "title": phrase, "status": answer.status_code}
    return JsonResponse(told, status=answer.status_code, content_type=MEDIA_TYPE)
