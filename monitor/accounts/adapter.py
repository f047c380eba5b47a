"""What this site does otherwise than django-allauth: no sign-up, one answer for every failure, limits, a log."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.ratelimit import respond_429
from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpResponseRedirect
from django.urls import reverse

from monitor.accounts.actions import about_user, set_password
from monitor.accounts.audit_models import Act
from monitor.accounts.auditing import note
from monitor.accounts.local_paths import is_local_path
from monitor.accounts.logins import find_by_login, in_one_line
from monitor.accounts.models import User
from monitor.accounts.sign_in_limits import count_try, seconds_to_wait

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

log = logging.getLogger(__name__)

MISMATCH = "Name and password do not match."
WRONG_PASSWORD = "That is not your password."  # noqa: S105


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    error_messages: ClassVar[dict[str, str]] = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": MISMATCH,
        "email_password_mismatch": MISMATCH,
        "enter_current_password": WRONG_PASSWORD,
        "incorrect_password": WRONG_PASSWORD,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        """Never answer with allauth's JSON: these addresses have pages only."""
        return False

    def is_safe_url(self, url: str) -> bool:
        return is_local_path(url)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Check a password and count failures; a disabled account fails like a wrong password, not otherwise."""
        login = str(credentials.get("email") or credentials.get("username") or "")
        counted = count_try(request, login)
        if not counted:
            self._refuse_for_now(request, login)
        user: Any = authenticate(request, **credentials)
        if user:
            counted.rollback()
        else:
            self._tell(request, Act.SIGN_IN_FAILED, "sign-in failed", login)
        return user  # type: ignore[no-any-return]

    def _refuse_for_now(self, request: HttpRequest, login: str) -> None:
        self._tell(request, Act.SIGN_IN_REFUSED, "sign-in refused, too many failures", login)
        request.retry_after = seconds_to_wait(request, login)  # type: ignore[attr-defined]
        raise ImmediateHttpResponse(respond_429(request))

    def login(self, request: HttpRequest, user: User) -> None:
        note(Act.SIGNED_IN, by=user)  # first: nobody comes in of whom nothing is kept
        super().login(request, user)
        self._log(request, "signed in", user.username)

    def logout(self, request: HttpRequest) -> None:
        if isinstance(request.user, User):
            note(Act.SIGNED_OUT, by=request.user)
        self._log(request, "signed out", request.user.get_username())
        super().logout(request)

    def set_password(self, user: User, password: str) -> None:
        set_password(user=user, password=password)

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        return HttpResponseRedirect(reverse("account_login"))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    def format_email_subject(self, subject: str) -> str:
        return subject

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the link of a mail; it names SITE_URL, because the Host header is the visitor's."""
        url: str = super().get_reset_password_from_key_url(key)
        return settings.SITE_URL + urlsplit(url).path if settings.SITE_URL else url

    def _tell(self, request: HttpRequest, act: Act, event: str, login: str) -> None:
        """Log and keep a try that failed; a name that nobody has may be a password in the wrong field, and is not kept."""
        self._log(request, event, login)
        user = find_by_login(login)
        note(act, by=None, about=about_user(user) if user else "nobody of that name")

    def _log(self, request: HttpRequest, event: str, login: str) -> None:
        log.info("%s: %s from %s", event, in_one_line(login), self.get_client_ip(request))
