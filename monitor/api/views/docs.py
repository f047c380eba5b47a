"""What the API is: its description in OpenAPI, and a page on which it can be read and tried."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import orjson
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer
from rest_framework.renderers import BaseRenderer

from monitor.api.parameters import Parameter, one_of
from monitor.api.resources import Resource

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpRequest
    from rest_framework.request import Request

JSON, YAML = "application/vnd.oai.openapi+json", "application/vnd.oai.openapi"


class OpenApi(BaseRenderer):
    """OpenAPI as it was written already."""

    media_type = JSON
    format = "json"

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        return bytes(data)


class Json(OpenApi):
    media_type = "application/json"


class Yaml(OpenApi):
    media_type = YAML
    format = "yaml"


class Schema(Resource):
    """The description of this API, the same for everybody."""

    renderer_classes = [OpenApi, Json, Yaml]

    def parameters(self) -> Sequence[Parameter]:
        return [Parameter("format", one_of("json", "yaml"), "As `Accept` says, if it is not given.")]

    def get(self, request: Request) -> HttpResponse:
        form = self.asked["format"] or request.accepted_renderer.format
        return HttpResponse(written(form), content_type=YAML if form == "yaml" else JSON)


@cache
def written(form: str) -> bytes:
    """Return the description; it does not change while the site runs."""
    schema = SchemaGenerator().get_schema(public=True)  # type: ignore[no-untyped-call]
    if form == "yaml":
        yaml: Any = OpenApiYamlRenderer()
        return bytes(yaml.render(schema, renderer_context={}))
    return orjson.dumps(schema)


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Draw the page; it needs sign-in, as every page does."""
    return render(request, "api/docs.html")
