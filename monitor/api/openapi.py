"""The description of the API in OpenAPI 3.1, made of what each resource says of itself: `shows`, `takes`, `parameters`.

A handler that answers something else than its machinery does says so in `answers`: by method, status to `Shown` or None.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import build_parameter_type
from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers

from monitor.api.fields import Shown
from monitor.api.listed import Listing, Single
from monitor.api.of_kind import OneOfKind
from monitor.api.parameters import MOST_TIMES, STORABLE
from monitor.api.problems import MEDIA_TYPE
from monitor.api.resources import CHANGING, Nowhere, PlainText, Resource
from monitor.api.serializers.problems import Problem
from monitor.api.written import Changing, Making

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Schema = dict[str, Any]

BODIES = ("POST", "PUT", "PATCH")
# What the answers of these statuses mean, for people.
WORDS: Mapping[int, str] = {
    200: "As asked.",
    201: "Made; `Location` is its address.",
    202: "Taken; `Location` tells what becomes of it.",
    204: "Done; there is nothing to tell.",
    304: "As you know it.",
    400: "The request does not say what it should.",
    401: "Nobody has signed in.",
    403: "You may see it, but not do this; or the token may only read.",
    404: "Nothing is here that you may see.",
    406: "It cannot be had in the form that `Accept` asks for.",
    410: "It was deleted; you have it in the trash.",
    409: "Another one has this identity.",
    412: "It was changed since you read it.",
    413: "The body is too large.",
    414: "The address is longer than the server takes.",
    415: "The body has another media type.",
    422: "Well said, but it cannot be done.",
    428: "`If-Match` is missing.",
    429: "Too many requests; `Retry-After` says for how long.",
    503: "The database or the search does not answer at the moment.",
}
SLUG = "^[-a-zA-Z0-9_]+$"
IF_MATCH = "The ETag of what is to be changed, or `*` for any."
IDEMPOTENCY = "Sent again within a day with the same body, the same key gets the same answer."


class ApiSchema(AutoSchema):
    """Reads a resource's own attributes."""

    view: Any

    def _is_list_view(self, serializer: Any = None) -> bool:
        return False  # pages are described as they are

    def get_operation_id(self) -> str:
        words = [word.strip("{}") for word in self.path.split("/") if word and word not in {"api", "v1"}]
        return "_".join([self.method.lower(), *words])

    def get_tags(self) -> list[str]:
        return [self.path.removeprefix("/api/v1/").partition("/")[0]]

    def get_summary(self) -> str:
        return ""

    def get_description(self) -> str:  # type: ignore[override]
        """Return what the handler says of itself, else its class; never what a parent says."""
        handler = vars(type(self.view)).get(self.method.lower())
        return " ".join((getattr(handler, "__doc__", None) or type(self.view).__doc__ or "").split())

    # -- Requests ---------------------------------------------------------------------------------------------------
    def _get_parameters(self) -> list[Schema]:
        named = [name for name in self.path.split("/") if name.startswith("{")]
        resolve: Any = self._resolve_path_parameters
        told: list[Schema] = resolve([name.strip("{}") for name in named])
        for one in told:
            if one["schema"] == {"type": "string"}:
                one["schema"] = {"type": "string", "pattern": SLUG}
        told += [_described(one) for one in self.view.parameters()]
        return told + [build_parameter_type(**one, location="header") for one in self._headers()]

    def _headers(self) -> Iterable[Schema]:
        text = {"type": "string"}
        if self._needs_if_match():
            yield {"name": "If-Match", "schema": text, "required": True, "description": IF_MATCH}
        if self.method == "POST" and isinstance(self.view, Making):
            key = {**text, "pattern": "^[!-~]{1,255}$"}
            yield {"name": "Idempotency-Key", "schema": key, "required": False, "description": IDEMPOTENCY}

    def _needs_if_match(self) -> bool:
        return self.method in CHANGING and self.view.changes_need_if_match

    def _get_request_body(self, direction: str = "request") -> Schema | None:
        inherited: Any = super()
        body: Schema | None = inherited._get_request_body(direction)  # noqa: SLF001 - how it is extended
        return body and {**body, "required": True}

    def get_request_serializer(self) -> Any:
        return self._taken() or getattr(self.view, "describes", {}).get(self.method)

    def _taken(self) -> Any:
        return self.view.takes.get(self.method)

    # -- Answers ----------------------------------------------------------------------------------------------------
    def get_response_serializers(self) -> Any:
        told: dict[Any, Any] = {
            (str(status), MEDIA_TYPE): OpenApiResponse(Problem, WORDS[status]) for status in self._problems()
        }
        told["414"] = OpenApiResponse(description=WORDS[414])  # by the server, before anything here is asked
        own = getattr(self.view, "answers", {}).get(self.method)
        for status, shown in (self._usual() if own is None else {**self._kept(own), **own}).items():
            if status >= 400:
                told[str(status), MEDIA_TYPE] = OpenApiResponse(Problem, WORDS[status])
            else:
                told[str(status)] = OpenApiResponse(shown, WORDS[status])
        return dict(sorted(told.items(), key=lambda one: one[0] if isinstance(one[0], str) else one[0][0]))

    def _kept(self, own: Mapping[int, Any]) -> dict[int, Any]:
        """Return the usual successes, where only failures are added."""
        return {} if any(status < 400 for status in own) else self._usual()

    def _usual(self) -> dict[int, Any]:
        if PlainText in getattr(self.view, "renderer_classes", ()):
            return {200: {"type": "string"}, 304: None}
        if self.method == "GET":
            if isinstance(self.view, Listing):
                return {200: paged(self.view.shows)}
            known = isinstance(self.view, OneOfKind) or (isinstance(self.view, Single) and self.view.revision)
            return {200: self.view.shows, **({304: None} if known else {})}
        if self.method == "DELETE":
            return {204: None}
        return {201 if self.method == "POST" else 200: self.view.shows}

    def _problems(self) -> list[int]:
        lets_in_some = type(self.view).must_be_let is not Resource.must_be_let
        told = [400, 401, 406, 429, 503]
        told += [404] if "{" in self.path or self.method == "POST" else []
        told += [403] if self.method != "GET" or lets_in_some else []
        told += [413, 415] if self.method in BODIES and self._takes_a_body() else []
        told += [422] if self._taken() is not None or isinstance(self.view, Changing) else []
        told += [409] if self.method == "POST" and isinstance(self.view, Making) else []
        return told + ([412, 428] if self._needs_if_match() else [])

    def _takes_a_body(self) -> bool:
        return self.get_request_serializer() is not None


def _described(parameter: Any) -> Schema:
    schema = dict(parameter.reader.schema)
    if parameter.is_many:
        schema = {"type": "array", "items": schema, "maxItems": MOST_TIMES}
    told: Schema = {"name": parameter.name, "schema": schema, "location": "query", "description": parameter.says}
    if parameter.is_many:
        told |= {"style": "form", "explode": True}
    return build_parameter_type(**told)


_PAGES: dict[type[Shown], type[Shown]] = {}


def paged(shown: type[Shown]) -> type[Shown]:
    """Return what a page of a list of these says; the same class each time, as components go by it."""
    if shown not in _PAGES:
        address: Schema = {"allow_null": True, "help_text": "address of the page beside it"}
        fields = {
            "next": serializers.URLField(**address),
            "previous": serializers.URLField(**address),
            "total": serializers.IntegerField(required=False, help_text="with `count=exact`"),
            "results": shown(many=True),
        }
        _PAGES[shown] = type(f"{shown.__name__}Page", (Shown,), fields)
    return _PAGES[shown]


# -- Who asks ----------------------------------------------------------------------------------------------------------
class Bearer(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "monitor.api.sign_in.BearerToken"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> Schema:
        return {"type": "http", "scheme": "bearer", "description": "A token from your account page."}


class Cookie(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "monitor.api.sign_in.SessionSignIn"
    name = "session"

    def get_security_definition(self, auto_schema: AutoSchema) -> Schema:
        said = "Being signed in on the site; whatever changes something needs X-CSRFToken as well."
        return {"type": "apiKey", "in": "cookie", "name": "sessionid", "description": said}


# -- Hooks -------------------------------------------------------------------------------------------------------------
def own_endpoints(endpoints: Iterable[Any], **_: Any) -> list[Any]:
    """Leave out the other borders' addresses, those that are none, and those without their final slash."""
    return [
        (path, regex, method, view)
        for path, regex, method, view in endpoints
        if path.startswith("/api/v1/") and path.endswith("/") and not issubclass(view.cls, Nowhere)
    ]


def closed_requests(result: Schema, generator: Any, request: Any, public: bool) -> Schema:
    """Say of each body that it takes no other keys, and of each answer whose fields can be chosen that it may have fewer."""
    components = result["components"]["schemas"]
    for name, schema in components.items():
        if name.endswith("Request"):
            schema["additionalProperties"] = False
            for field in schema.get("properties", {}).values():
                _only_storable(field)
    for path in result["paths"].values():
        for operation in path.values():
            if any(one["name"] == "fields" for one in operation.get("parameters", ())):
                _sparse(operation["responses"]["200"], components)
    return result


def _only_storable(schema: Schema) -> None:
    """Say of each text in a body which characters it may have."""
    for inner in (schema.get("items"), schema.get("additionalProperties")):
        if isinstance(inner, dict):
            _only_storable(inner)
    if "string" in schema.get("type", ()) and not schema.keys() & {"format", "enum", "pattern"}:
        least, most = schema.pop("minLength", 0), schema.pop("maxLength", "")
        schema["pattern"] = f"^{STORABLE}{{{least},{most}}}$"


def _sparse(answer: Schema, components: Schema) -> None:
    name = answer["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    results = components[name]["properties"].get("results")
    shown = components[results["items"]["$ref"].rpartition("/")[2]] if results else components[name]
    shown.pop("required", None)
