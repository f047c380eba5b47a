"""Gives every request a number, which its log lines, the page of an error and the record of acts bear."""

from __future__ import annotations

import re
from functools import lru_cache
from secrets import token_hex
from typing import TYPE_CHECKING

from allauth.core.internal.httpkit import clean_client_ip, get_client_ip
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from monitor.asking import Asking, on_behalf_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-ID"
# What a proxy in front may call a request; anything else could forge a line of the log.
NUMBER = re.compile(r"[0-9A-Za-z-]{8,64}")
# The same browsers and proxies ask again and again.
cleaned = lru_cache(maxsize=4096)(clean_client_ip)


class AskedMiddleware:
    """Stands before all others, so that whatever goes wrong in them has a number as well."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asking = Asking(_number(request), _address(request))
        with on_behalf_of(asking):
            response = self.get_response(request)
        response[HEADER] = asking.number
        return response


def _number(request: HttpRequest) -> str:
    """Return the number that a trusted proxy gave the request, else a new one."""
    given = request.headers.get(HEADER, "") if settings.TRUSTED_PROXY_COUNT else ""
    return given if NUMBER.fullmatch(given) else token_hex(8)


def _address(request: HttpRequest) -> str:
    """Return whom the request comes from, as far as the configured proxies are to be believed; empty if nobody knows."""
    if not settings.TRUSTED_PROXY_COUNT:
        return cleaned(request.META.get("REMOTE_ADDR") or "") or ""
    try:
        return get_client_ip(request) or ""
    except ImproperlyConfigured:  # more proxies are configured than spoke
        return ""
