"""Absolute addresses in answers: of things in the API, and of the pages that show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import get_script_prefix

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest
    from rest_framework.request import Request

VERSION = "api/v1"


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses below `base`, which is the site as its caller knows it: scheme, host, and path with a final slash."""

    base: str

    def api(self, resource: str, key: object = "", *rest: object) -> str:
        """Return the address of a resource, of one thing in it, or of what belongs to that."""
        parts = [str(part) for part in (resource, key, *rest) if part != ""]
        return f"{self.base}{VERSION}/{'/'.join(parts)}/"

    def page(self, path: str) -> str:
        """Return the address of a page; `path` is as `reverse` or `get_absolute_url` give it."""
        return self.base + path.removeprefix(get_script_prefix())


def links_of(request: Request | HttpRequest) -> Links:
    """Return the addresses for whoever asks: by SITE_URL where that is set, else by the host they asked."""
    site = settings.SITE_URL or request.build_absolute_uri("/").rstrip("/")
    return Links(site + get_script_prefix())


def stamp(moment: datetime) -> str:
    """Return a moment (in UTC, as Django gives it) as answers say it: with microseconds and `Z`."""
    return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")
