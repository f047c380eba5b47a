"""Who asks the REST API, and who is let in. Apart from `resources`: Django REST framework loads it by its settings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from knox.auth import TokenAuthentication
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission

from monitor.accounts.token_models import Token
from monitor.accounts.tokens import note_use
from monitor.library.managers import may_read

if TYPE_CHECKING:
    from rest_framework.request import Request
    from rest_framework.views import APIView

    from monitor.accounts.models import User

SCHEME = "Bearer"
INVALID = "This token is not valid: it may have expired or been revoked."
# Looked at before anything else does: what comes is bytes of a stranger's, and goes into a query.
CREDENTIALS = re.compile(r"\A[\x21-\x7e]{1,255}\Z")


class BearerToken(TokenAuthentication):  # type: ignore[misc]  # knox has no types
    """`Authorization: Bearer …`, with a token from the account page. Another scheme is none of ours."""

    model = Token

    def authenticate(self, request: Request) -> tuple[User, Token] | None:
        scheme, _, credentials = request.META.get("HTTP_AUTHORIZATION", "").strip(" ").partition(" ")
        if scheme.lower() != SCHEME.lower():
            return None
        if not CREDENTIALS.match(credentials):
            raise AuthenticationFailed(INVALID)
        return self.authenticate_credentials(credentials.encode())

    def authenticate_credentials(self, token: bytes) -> tuple[User, Token]:
        try:
            user, found = super().authenticate_credentials(token)
        except AuthenticationFailed as error:
            # One sentence, whatever is the matter: whether an account is disabled is not told to a token.
            raise AuthenticationFailed(INVALID) from error
        note_use(found)
        return user, found

    def _cleanup_token(self, auth_token: Token) -> bool:
        """Say whether it has expired; knox's own reads and deletes its owner's other tokens at each request."""
        return not auth_token.is_live


class SessionSignIn(SessionAuthentication):
    """The site's own cookie, with its CSRF token for whatever changes something."""

    def authenticate_header(self, request: Request) -> str:
        return SCHEME


class MayRead(BasePermission):
    """People who are signed in, and with ANONYMOUS_READ everybody."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return may_read(request.user)


class SignedIn(BasePermission):
    """People with an account, whatever ANONYMOUS_READ says."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return bool(request.user and request.user.is_authenticated)
