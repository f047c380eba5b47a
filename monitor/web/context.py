"""What every template may use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

from monitor.web.keys import key_sheet
from monitor.web.looks import look_of

if TYPE_CHECKING:
    from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    person = getattr(request, "user", None)
    return {"look": look_of(person), "key_sheet": key_sheet(person), "anonymous_read": settings.ANONYMOUS_READ}
