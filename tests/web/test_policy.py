"""Every answer has the whole policy; one that asks for its own gets that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from csp.constants import HEADER
from csp.decorators import csp_exempt, csp_update
from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from monitor.web.policy import PolicyMiddleware, usual_policy

if TYPE_CHECKING:
    from collections.abc import Callable

    View = Callable[[HttpRequest], HttpResponse]

USUAL = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
}


def plain(_: HttpRequest) -> HttpResponse:
    return HttpResponse("words")


@csp_update({"img-src": ["https://maps.example"]})
def with_more(_: HttpRequest) -> HttpResponse:
    return HttpResponse("words")


@csp_exempt()
def without(_: HttpRequest) -> HttpResponse:
    return HttpResponse("words")


def with_nonce(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{request.csp_nonce}")  # type: ignore[attr-defined]


def with_own(_: HttpRequest) -> HttpResponse:
    return HttpResponse("words", headers={HEADER: "default-src 'self'"})


def test_the_usual_policy_is_that_of_the_settings() -> None:
    assert set(usual_policy().split("; ")) == USUAL


def answered(kind: Any, view: View) -> HttpResponse:
    answer: HttpResponse = kind(view)(RequestFactory().get("/"))
    return answer


@pytest.mark.parametrize("view", [plain, with_more, without, with_nonce, with_own])
def test_the_policy_is_what_django_csp_would_write(view: View) -> None:
    ours, theirs = (answered(kind, view) for kind in (PolicyMiddleware, CSPMiddleware))
    assert ours.headers.get(HEADER) == theirs.headers.get(HEADER)
    assert (HEADER in ours.headers) == (view is not without)


@pytest.mark.parametrize("status", [200, 302, 404, 500])
def test_errors_have_it_too(status: int) -> None:
    answer = answered(PolicyMiddleware, lambda _: HttpResponse(status=status))
    assert answer[HEADER] == usual_policy()
