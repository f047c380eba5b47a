"""What all addresses of the Hypothesis API have in common: Bearer alone, its own errors, JSON and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, InternalError, OperationalError
from django.http import Http404, HttpResponse, JsonResponse
from rest_framework import exceptions
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.response import Response
from rest_framework.views import APIView, set_rollback

from monitor.accounts.sidebar import ACCESS_BEGINS, sidebar_sign_in
from monitor.accounts.token_models import Scope
from monitor.annotations.refusals import CannotAnnotate
from monitor.api.characters import refuse_unstorable
from monitor.api.links import links_of
from monitor.api.problems import BROKEN, as_api_error, problem_response
from monitor.api.rates import API, Rate, spend
from monitor.api.sign_in import INVALID, BearerToken, SignedIn
from monitor.api.strict_json import StrictJson
from monitor.interchange.hypothesis_input import NotSaid
from monitor.interchange.hypothesis_objects import Site, host_of
from monitor.interchange.hypothesis_search import BadParameter
from monitor.interchange.iris import host_names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest
    from rest_framework.request import Request

    from monitor.accounts.models import User
    from monitor.accounts.token_models import Token

# One sentence for what is not there, not for these eyes, and not for this person to do: the protocol knows one.
NOT_HERE = "Either the resource you requested doesn't exist, or you are not currently authorized to see it."


class ProtocolSignIn(BearerToken):
    """A token of the account page, or one that a sidebar was given; never the site's cookie."""

    def authenticate_credentials(self, token: bytes) -> tuple[User, Any]:
        written = token.decode()
        if not written.startswith(ACCESS_BEGINS):
            return super().authenticate_credentials(token)
        row = sidebar_sign_in(written)
        if row is None:
            raise exceptions.AuthenticationFailed(INVALID)
        return row.person, row


class ProtocolSignInOrNobody(ProtocolSignIn):
    """The same for addresses that answer everybody: a token that opens nothing is nobody's."""

    def authenticate(self, request: Request) -> tuple[User, Token] | None:
        try:
            return super().authenticate(request)
        except exceptions.AuthenticationFailed:
            return None


class Everybody(BasePermission):
    """For addresses that say nothing about anybody but who asks."""

    def has_permission(self, *_: Any) -> bool:
        return True


class Answering(APIView):
    """An address of the protocol. Handlers return JSON values, or None for 204."""

    authentication_classes: Any = [ProtocolSignIn]
    permission_classes: Any = [SignedIn]
    parser_classes: Any = [StrictJson]
    rate: ClassVar[Rate] = API

    def initial(self, request: Request, *args: Any, **place: Any) -> None:
        self.format_kwarg = None
        request.accepted_renderer, request.accepted_media_type = self.perform_content_negotiation(request, force=True)
        refuse_unstorable(request)
        self.perform_authentication(request)
        self.check_permissions(request)
        spent = spend(self.rate, request)
        if spent.is_over:
            raise exceptions.Throttled(wait=spent.wait)
        token: Any = request.auth
        if token is not None and request.method not in SAFE_METHODS and token.scope != Scope.WRITE:
            raise Http404

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        if response is None:
            response = HttpResponse(status=204)
        elif isinstance(response, (dict, list)):
            response = JsonResponse(response, safe=False, json_dumps_params={"ensure_ascii": False})
        response = super().finalize_response(request, response, *args, **kwargs)
        response.setdefault("Vary", "Authorization")
        return response

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Response:
        """Name the methods, in the header that every answer has."""
        return Response(status=204)

    def get_exception_handler(self) -> Any:
        return failure

    def permission_denied(self, request: Any, *_: Any, **__: Any) -> Any:
        if request.auth is None and not request.user.is_authenticated:
            raise exceptions.NotAuthenticated
        raise Http404

    @property
    def person(self) -> User:
        return self.request.user  # type: ignore[return-value]

    @property
    def site(self) -> Site:
        base = links_of(self.request).base.rstrip("/")
        return Site(base, host_of(base))

    @property
    def hosts(self) -> frozenset[str]:
        """Return the names under which addresses are ours."""
        return host_names(settings.SITE_URL, self.request.get_host(), *settings.ALLOWED_HOSTS)


def failure(error: Exception, context: Mapping[str, Any]) -> JsonResponse | None:
    """Return an error in the protocol's own shape; None when the database is away, which the site's middleware tells."""
    if isinstance(error, (OperationalError, InterfaceError, InternalError)):
        return None
    status, reason, headers = _told(error, context)
    set_rollback()
    return JsonResponse({"status": "failure", "reason": reason}, status=status, headers=headers)


def _told(error: Exception, context: Mapping[str, Any]) -> tuple[int, str, dict[str, str]]:
    if isinstance(error, (Http404, PermissionDenied, exceptions.NotFound, exceptions.PermissionDenied)):
        return 404, NOT_HERE, {}
    if isinstance(error, (NotSaid, BadParameter, CannotAnnotate)):
        return 400, str(error), {}
    if isinstance(error, (exceptions.NotAuthenticated, exceptions.AuthenticationFailed)):
        return 401, str(error.detail), {"WWW-Authenticate": "Bearer"}
    known = as_api_error(error)
    if known is None:
        problem_response(error, dict(context))  # which logs it
        return 500, BROKEN, {}
    wait = getattr(known, "wait", None)
    return known.status_code, str(known.detail), {"Retry-After": str(int(wait))} if wait else {}
