"""The Hypothesis sidebar on an article's page, where its operator serves the unpacked client and a reader asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from csp.constants import SELF
from django.conf import settings
from django.urls import reverse

from monitor.accounts.sidebar import make_grant
from monitor.interchange.hypothesis_objects import host_of
from monitor.web.views.citing import site_address

if TYPE_CHECKING:
    from django.http import HttpResponse

    from monitor.web.access import Request

ASKED = "hypothesis"


@dataclass(frozen=True, slots=True)
class Sidebar:
    """What the client is told on a page; `grant` signs in whoever is signed in here, and is empty for nobody."""

    client: str
    app: str
    api: str
    authority: str
    grant: str = ""


def is_asked(request: Request) -> bool:
    """Return whether this page is to be drawn with the sidebar."""
    return bool(settings.HYPOTHESIS_CLIENT_URL) and request.GET.get("sidebar") == ASKED


def sidebar_of(request: Request) -> Sidebar:
    """Return what the client is told for whoever looks."""
    site = site_address(request)
    authority = host_of(site)
    return Sidebar(
        client=_client(site),
        app=site + reverse("hypothesis-app"),
        api=f"{site}{reverse('hypothesis-app').removesuffix('app.html')}api/",
        authority=authority,
        grant=make_grant(request.user, authority) if request.user.is_authenticated else "",
    )


def _client(site: str) -> str:
    """Return where the client lies; a path alone is on this site."""
    client: str = settings.HYPOTHESIS_CLIENT_URL
    return f"{site}{client}" if client.startswith("/") else client


def let_client_in(answer: HttpResponse, *, framed: bool = False) -> HttpResponse:
    """Let a page load the client and its frame; with `framed` it is what stands in the frame."""
    parts = urlsplit(settings.HYPOTHESIS_CLIENT_URL)
    sources = [SELF, *([f"{parts.scheme}://{parts.netloc}"] if parts.netloc else [])]
    policy = dict.fromkeys(("script-src", "style-src", "font-src"), sources)
    policy |= {"img-src": [*sources, "data:"], "connect-src": sources}
    if framed:
        policy["frame-ancestors"] = [SELF]
        answer.headers["X-Frame-Options"] = "SAMEORIGIN"
    else:
        policy["frame-src"] = [SELF]
    answer._csp_replace = policy  # type: ignore[attr-defined]  # noqa: SLF001 - what django-csp's own decorator sets
    answer["Cache-Control"] = "private, no-store"  # a grant ends in minutes
    return answer
