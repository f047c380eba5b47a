"""Who asks the REST API, and who is let in. Apart from `resources`: Django REST framework loads it by its settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.authentication import SessionAuthentication
from rest_framework.permissions import BasePermission

from monitor.library.managers import may_read

if TYPE_CHECKING:
    from rest_framework.request import Request
    from rest_framework.views import APIView


class SessionSignIn(SessionAuthentication):
    """The site's own cookie; whoever has none is asked for a token."""

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class MayRead(BasePermission):
    """People who are signed in, and with ANONYMOUS_READ everybody."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return may_read(request.user)
