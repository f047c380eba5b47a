"""Addresses that only take forms, and the page a form stood on."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec
from urllib.parse import urlsplit

from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from monitor.accounts.local_paths import is_local_path

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from monitor.web.access import Request

P = ParamSpec("P")


def takes_forms(
    view: Callable[Concatenate[Request, P], HttpResponse],
) -> Callable[Concatenate[Request, P], HttpResponse]:
    """Let only POST through. Who comes otherwise, say with an address of a rejected form, gets 405 and a way out."""

    @wraps(view)
    def guarded(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method == "POST":
            return view(request, *args, **kwargs)
        response = render(request, "405.html", status=405)
        response["Allow"] = "POST"
        return response

    return guarded


def page_of_form(request: HttpRequest) -> str:
    """Return the path of the page that sent this request, or the shelf's where a browser does not say it."""
    address = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}):
        return "/"
    path = urlsplit(address)._replace(scheme="", netloc="", fragment="").geturl()
    return path if is_local_path(path) else "/"
