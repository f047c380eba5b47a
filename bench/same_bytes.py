"""The site with one address more, that gives bytes kept in memory: the same middleware, no query, nothing drawn.

BENCH_BYTES=FOLDER gunicorn bench.same_bytes:application
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from monitor.wsgi import application

__all__ = ["application", "urlpatterns"]

settings.ROOT_URLCONF = "bench.same_bytes"


@cache
def kept(name: str) -> bytes:
    return Path(os.environ["BENCH_BYTES"], name).read_bytes()


@login_not_required
def same_bytes(request: HttpRequest, name: str) -> HttpResponse:
    return HttpResponse(kept(name))


urlpatterns = [path("bench/<slug:name>", same_bytes), path("", include("monitor.urls"))]
