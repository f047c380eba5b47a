"""The page that stands in the frame of the Hypothesis sidebar: the client draws everything in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from monitor.accounts.sidebar import CLIENT
from monitor.web.access import open_to_readers
from monitor.web.sidebar import let_client_in, sidebar_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from monitor.web.access import Request


@require_safe
@open_to_readers
def app(request: Request) -> HttpResponse:
    if not settings.HYPOTHESIS_CLIENT_URL:
        raise Http404
    facts = {"sidebar": sidebar_of(request), "client_id": CLIENT}
    return let_client_in(render(request, "sidebar/app.html", facts), framed=True)
