"""What all answers of the Web Annotation protocol have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.http import HttpResponse, HttpResponseNotModified
from rest_framework import exceptions
from rest_framework.permissions import SAFE_METHODS
from rest_framework.response import Response

from monitor.api.anno.media import PARSERS, RENDERERS, JsonLd, Page, Turtle
from monitor.api.preconditions import is_known
from monitor.api.problems import Impossible
from monitor.api.resources import Resource
from monitor.api.sign_in import MayRead, SignedIn
from monitor.interchange.iris import host_names
from monitor.interchange.web_annotation_reading import NotTaken, ReadAnnotation, read_annotation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpRequest, HttpResponseBase
    from rest_framework.permissions import BasePermission
    from rest_framework.renderers import BaseRenderer
    from rest_framework.request import Request


class NotAnAnnotation(Impossible):
    """It is JSON, but no annotation that can be kept; tells where."""

    def __init__(self, refused: NotTaken) -> None:
        super().__init__(str(refused), code=refused.code)


class Protocol(Resource):
    """A resource of the protocol; its headers stand on every answer, errors and 304 included."""

    renderer_classes = RENDERERS
    parser_classes = PARSERS
    permission_classes = [MayRead]
    allow: ClassVar[str] = ""
    links_to: ClassVar[Sequence[str]] = ()
    varies: ClassVar[Sequence[str]] = ("Accept", "Authorization", "Cookie")

    def get_permissions(self) -> Sequence[BasePermission]:
        return [MayRead() if self.request.method in SAFE_METHODS else SignedIn()]

    @property
    def person(self) -> Any:
        """Return who asks; whoever writes is signed in, which the permissions see to."""
        return self.request.user

    @property
    def site(self) -> str:
        """Return the address of the site as its caller knows it, without a final slash."""
        return settings.SITE_URL or self.request.build_absolute_uri("/").rstrip("/")

    @property
    def hosts(self) -> frozenset[str]:
        return host_names(self.site, self.request.get_host(), *settings.ALLOWED_HOSTS)

    @property
    def renderer(self) -> BaseRenderer:
        found: BaseRenderer = self.request.accepted_renderer
        return found

    @property
    def wants_page(self) -> bool:
        return isinstance(self.renderer, Page)

    def validator(self, stamp: object) -> str:
        """Return the ETag; Turtle is another representation and has one of its own."""
        return f'"{stamp}-ttl"' if isinstance(self.renderer, Turtle) else f'"{stamp}"'

    def answer(self, value: Any, *, status: int = 200, headers: Mapping[str, str] | None = None) -> HttpResponse:
        """Return an answer that is written already; browsers that write get JSON-LD, for a page says nothing to them."""
        writer: Any = JsonLd() if self.wants_page else self.renderer
        return HttpResponse(
            writer.render(value), status=status, headers=dict(headers or {}), content_type=writer.content_type
        )

    def unchanged(self, request: Request, etag: str) -> HttpResponseNotModified | None:
        return HttpResponseNotModified(headers={"ETag": etag}) if is_known(request, etag) else None

    def lead_to(self, address: str, status: int = 303) -> HttpResponse:
        return HttpResponse(status=status, headers={"Location": address})

    def read(self, request: Request) -> ReadAnnotation:
        """Return the annotation that was sent. Raises UnsupportedMediaType, Unreadable, NotAnAnnotation."""
        value = request.data
        if not getattr(request, "sent", b""):
            raise exceptions.ParseError("Send an annotation in JSON-LD as the body.")
        try:
            return read_annotation(value)
        except NotTaken as refused:
            raise NotAnAnnotation(refused) from refused

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Response:
        return Response(None, status=200)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        answer: HttpResponseBase = super().finalize_response(request, response, *args, **kwargs)
        answer["Allow"] = self.allow
        answer["Link"] = ", ".join(self.links_to)
        answer["Vary"] = ", ".join(self.varies)
        answer.setdefault("Cache-Control", "private, no-cache")
        return answer
