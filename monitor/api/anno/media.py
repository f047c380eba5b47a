"""What bodies and answers of /anno/ are written in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import orjson
from rest_framework.renderers import BaseRenderer

from monitor.api.strict_json import StrictJson
from monitor.interchange.web_annotation import MEDIA_TYPE as PROFILED
from monitor.interchange.web_annotation_turtle import MEDIA_TYPE as TURTLE
from monitor.interchange.web_annotation_turtle import turtle

if TYPE_CHECKING:
    from collections.abc import Mapping


class JsonLd(BaseRenderer):
    """JSON-LD, also for whoever asks for nothing in particular.

    Its media type is bare: with the profile in it, `Accept: */*` would find no renderer.
    """

    media_type = "application/ld+json"
    format = "jsonld"
    charset = None
    content_type = PROFILED

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        if data is None:
            return b""
        try:
            return orjson.dumps(data)
        except TypeError:  # whole numbers beyond 64 bits, which somebody sent: they are given back as they were
            return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


class PlainJson(JsonLd):
    """The same bytes for programs that know JSON alone."""

    media_type = "application/json"
    format = "json"
    content_type = "application/json"


class Turtle(BaseRenderer):
    """The same statements, a line each."""

    media_type = TURTLE
    format = "ttl"
    charset = "utf-8"
    content_type = f"{TURTLE}; charset=utf-8"

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        return b"" if data is None else turtle(data).encode()


class Page(BaseRenderer):
    """For browsers: nothing is drawn here, they are led to the page."""

    media_type = "text/html"
    format = "html"
    charset = "utf-8"

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        return b""


class JsonLdBody(StrictJson):
    """JSON-LD, read as strictly as any JSON."""

    media_type = "application/ld+json"


RENDERERS = [JsonLd, PlainJson, Turtle, Page]
PARSERS = [JsonLdBody, StrictJson]
