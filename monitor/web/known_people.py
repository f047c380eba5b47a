"""Who asks: the person whom the session's own statement brought along, if the session proves them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user
from django.contrib.auth.middleware import AuthenticationMiddleware, auser
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.http import HttpRequest

    from monitor.accounts.models import User


class PersonMiddleware(AuthenticationMiddleware):
    """Django's own, but without a second query for a person of whom there is no doubt."""

    def process_request(self, request: HttpRequest) -> None:
        # Who changes something is looked for at once by what keeps history: no need to wrap them until then.
        is_change = request.method in settings.PGHISTORY_MIDDLEWARE_METHODS
        request.user = _asking(request) if is_change else SimpleLazyObject(partial(_asking, request))  # type: ignore[assignment]
        request.auser = partial(auser, request)


def _asking(request: Any) -> User | AnonymousUser:
    # Under the name that Django's own functions look for.
    if not hasattr(request, "_cached_user"):
        request._cached_user = proven(request.session) or get_user(request)  # noqa: SLF001
    kept: User | AnonymousUser = request._cached_user  # noqa: SLF001
    return kept


def proven(session: Any) -> User | None:
    """Return the session's person if all that Django asks of one holds; any doubt is Django's to decide."""
    claimed = session.get(SESSION_KEY)  # reads the session, and its person with it
    person: User | None = getattr(session, "person", None)
    if person is None or not person.is_active or str(person.pk) != claimed:
        return None
    if session.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return None
    proof = session.get(HASH_SESSION_KEY)
    return person if proof and constant_time_compare(proof, person.get_session_auth_hash()) else None
