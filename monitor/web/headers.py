"""Headers that every answer carries, beside the content security policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.cache import patch_vary_headers

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

PERMISSIONS = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
# Nobody's browser or proxy keeps these, not even for the Back button.
NEVER_KEPT = ("/account/", "/people/", "/teams/")


class HeadersMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", PERMISSIONS)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.path.startswith(NEVER_KEPT):
            response["Cache-Control"] = "private, no-store"
        elif "Cache-Control" not in response:
            response["Cache-Control"] = "private, no-cache"
        patch_vary_headers(response, ["Cookie", "HX-Request"])
        return response
