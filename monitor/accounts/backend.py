"""Checking a password."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.backends import ModelBackend

from monitor.accounts.logins import find_by_login
from monitor.accounts.models import User

if TYPE_CHECKING:
    from django.http import HttpRequest


class PasswordBackend(ModelBackend):
    """User name or e-mail address, and password: one look-up and one hash, whoever is asked for.

    allauth's own back end hashes once for an unknown address and twice for a known one, which tells them apart.
    """

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **credentials: Any,
    ) -> User | None:
        login = credentials.get("email") or username
        if not login or password is None:
            return None
        user = find_by_login(login)
        if user is None:
            User().set_password(password)  # the same work as for somebody known
            return None
        return user if user.check_password(password) and self.user_can_authenticate(user) else None
