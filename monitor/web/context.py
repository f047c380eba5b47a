"""What every template may use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

from monitor.web.looks import look_of

if TYPE_CHECKING:
    from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    return {"look": look_of(getattr(request, "user", None)), "anonymous_read": settings.ANONYMOUS_READ}
