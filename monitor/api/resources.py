"""What all resources of the REST API have in common: in which order a request is looked at, and what every answer bears.

A resource says what it is by class attributes and a few methods; it is found, asked and read before its handler is
called, which then has `self.thing`, `self.asked` and `self.sent` at hand. So nothing can be done in another order than
401, 429, 405, 404, 403, 428, 415, 400 and only then what the act itself says: 422, 409, 412.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.urls import Resolver404, resolve
from django.utils.cache import patch_vary_headers
from rest_framework import exceptions
from rest_framework.permissions import SAFE_METHODS
from rest_framework.renderers import BaseRenderer
from rest_framework.response import Response
from rest_framework.views import APIView

from monitor.accounts.token_models import Scope
from monitor.api.bodies import sent_of
from monitor.api.characters import refuse_unstorable
from monitor.api.links import links_of
from monitor.api.parameters import ANYTHING, Asked, Parameter, read_query
from monitor.api.preconditions import Condition, if_match
from monitor.api.problems import NoSlash
from monitor.api.rates import API, Rate, Spent, spend
from monitor.api.sign_in import MayRead

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpRequest, HttpResponseBase
    from rest_framework.request import Request

    from monitor.accounts.models import User
    from monitor.api.fields import Shown, Taken
    from monitor.api.links import Links

CHANGING = ("PUT", "PATCH", "DELETE")


class PlainText(BaseRenderer):
    """Text as it is."""

    media_type = "text/plain"
    format = "txt"
    charset = "utf-8"

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        return b"" if data is None else str(data).encode()


class Resource(APIView):
    """A resource of the API; what it may answer depends on who asks, and in which way they say who they are."""

    permission_classes = [MayRead]
    rate: ClassVar[Rate] = API
    shows: ClassVar[type[Shown] | None] = None  # what answers say
    takes: ClassVar[Mapping[str, type[Taken]]] = {}  # what bodies may bring, by method
    changes_need_if_match: ClassVar[bool] = True

    spent: Spent | None = None
    thing: Any = None  # what `find` found
    asked: Asked  # what the query says
    condition: Condition | None = None  # what If-Match says
    sent: Any = None  # the body, read and checked; None where the method takes none

    # -- What a resource says of itself -----------------------------------------------------------------------------
    def parameters(self) -> Sequence[Parameter]:
        """Return what may stand in the query, for this method."""
        return ()

    def find(self, **place: Any) -> Any:
        """Return the thing that the address names as this person may see it, or raise Http404."""
        return None

    def must_be_let(self) -> None:
        """Raise PermissionDenied where somebody may see `self.thing` but not do this."""

    # -- The order of a request -------------------------------------------------------------------------------------
    def initial(self, request: Request, *args: Any, **place: Any) -> None:
        self.format_kwarg = None  # no endings such as `.json`
        request.accepted_renderer, request.accepted_media_type = self.perform_content_negotiation(request, force=True)
        self.perform_authentication(request)
        self.check_permissions(request)
        self._count(request)
        self._must_have_method(request)
        refuse_unstorable(request)
        request.accepted_renderer, request.accepted_media_type = self.perform_content_negotiation(request)
        self.thing = self.find(**place)
        self._must_have_scope(request)
        if request.method != "OPTIONS":
            self.must_be_let()
            self._read(request)

    def _read(self, request: Request) -> None:
        if request.method in CHANGING and self.changes_need_if_match:
            self.condition = if_match(request)
        body = sent_of(request, self.takes.get(request.method or ""), self.shows)
        self.asked = read_query(request.query_params, self.parameters(), request.user)
        self.sent = None if body is None else body.checked()

    def _count(self, request: Request) -> None:
        # A request that is answered anew, because a replica did not know (see `library.replicas`), has been counted.
        asked: Any = request._request  # noqa: SLF001 - as REST framework's own documentation names Django's request
        self.spent = asked.spent = getattr(asked, "spent", None) or spend(self.rate, request)
        if self.spent.is_over:
            raise exceptions.Throttled(wait=self.spent.wait)

    def _must_have_method(self, request: Request) -> None:
        if request.method not in self.allowed_methods:
            self._must_have_scope(request)
            raise exceptions.MethodNotAllowed(request.method or "")

    def _must_have_scope(self, request: Request) -> None:
        token: Any = request.auth
        if token is not None and request.method not in SAFE_METHODS and token.scope != Scope.WRITE:
            raise exceptions.PermissionDenied("This token may only read. Make one with the scope “write” for this.")

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        answer: HttpResponseBase = super().finalize_response(request, response, *args, **kwargs)
        patch_vary_headers(answer, ["Accept", "Authorization", "Cookie"])
        answer["RateLimit-Policy"] = self.rate.policy
        if self.spent is not None:
            answer["RateLimit"] = self.spent.told
        return answer

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Response:
        """Name the methods, in the header that every answer has."""
        return Response(status=204)

    @property
    def person(self) -> User:
        """Return who asks, where `permission_classes` let in nobody without an account."""
        asker: Any = self.request.user
        person: User = asker
        return person

    @property
    def links(self) -> Links:
        return links_of(self.request)


class Nowhere(Resource):
    """Any address of the API that is none; one that lacks its final slash leads on, or is named."""

    changes_need_if_match = False

    def find(self, **place: Any) -> Any:
        path = f"{self.request.path_info}/"
        if self.request.path_info.endswith("/") or not _leads_somewhere(path):
            raise exceptions.NotFound
        if self.request.method not in {"GET", "HEAD"}:
            raise NoSlash(self.request.path + "/")
        return self.request.path + "/"

    def parameters(self) -> Sequence[Parameter]:
        return [Parameter(name, ANYTHING, is_many=True) for name in self.request.query_params]

    def get(self, request: Request, **place: Any) -> Response:
        query = request.META.get("QUERY_STRING", "")
        return Response(status=301, headers={"Location": self.thing + (f"?{query}" if query else "")})

    def post(self, request: Request, **place: Any) -> Response:
        raise exceptions.NotFound

    put = patch = delete = post


def _leads_somewhere(path: str) -> bool:
    try:
        found = resolve(path)
    except Resolver404:
        return False
    return getattr(found.func, "view_class", None) is not Nowhere
