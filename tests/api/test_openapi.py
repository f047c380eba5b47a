"""The description of the API: that of this API, whole, and valid; and the page on which it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import get_resolver
from jsonschema import Draft202012Validator

from monitor.api.resources import Nowhere, Resource
from monitor.api.views.docs import written
from tests.api.described import make_archive
from tests.factories import make_user

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.test import Client

    from monitor.accounts.models import User

    SignIn = Callable[[User | None], Client]

PROBLEM = "application/problem+json"


@pytest.fixture
def schema(db: None, signed_in: SignIn) -> dict[str, Any]:
    answer = signed_in(make_user("reader")).get("/api/schema/?format=json")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/vnd.oai.openapi+json")
    found: dict[str, Any] = answer.json()
    return found


def operations(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in schema["paths"].items():
        yield from ((f"{method.upper()} {path}", operation) for method, operation in methods.items())


def test_every_address_is_described(schema: dict[str, Any]) -> None:
    def addresses(patterns: Any, before: str = "") -> Iterator[str]:
        for one in patterns:
            path = before + str(one.pattern)
            if hasattr(one, "url_patterns"):
                yield from addresses(one.url_patterns, path)
            elif (
                issubclass(getattr(one.callback, "view_class", object), Resource)
                and one.callback.view_class is not Nowhere
            ):
                yield path

    wanted = {
        path for path in addresses(get_resolver().url_patterns) if path.startswith("api/v1/") and path.endswith("/")
    }
    assert len(schema["paths"]) == len(wanted)
    assert schema["openapi"] == "3.1.0"
    assert not [path for path in schema["paths"] if path.startswith(("/anno", "/hypothesis"))]


def test_operation_says_every_status_and_its_media_type(schema: dict[str, Any]) -> None:
    for name, operation in operations(schema):
        answers = operation["responses"]
        assert {"400", "401", "406", "414", "429", "503"} <= answers.keys(), name
        assert ("404" in answers) >= ("{" in name), name
        if operation.get("requestBody"):
            assert {"403", "413", "415"} <= answers.keys(), name
        if any(one["name"] == "If-Match" for one in operation.get("parameters", ())):
            assert {"412", "428"} <= answers.keys(), name
        failures = [answer for status, answer in answers.items() if status >= "400" and status != "414"]
        assert {tuple(answer["content"]) for answer in failures} == {(PROBLEM,)}, name
        assert operation["security"] == [{"token": []}, {"session": []}], name


def test_bodies_take_no_other_keys(schema: dict[str, Any]) -> None:
    components = schema["components"]["schemas"]
    requests = {name: one for name, one in components.items() if name.endswith("Request")}
    assert requests
    assert {name for name, one in requests.items() if one["additionalProperties"] is not False} == set()
    for one in components.values():
        Draft202012Validator.check_schema(one)


def test_answers_are_as_they_are_described(schema: dict[str, Any], signed_in: SignIn) -> None:
    """Nothing that is said is left out of the description, and nothing is described that is not said."""
    archive = make_archive()
    client = signed_in(make_user("curator"))
    keys = {
        "sources": "ferry-post",
        "authors": "ines-varrow",
        "actors": archive.guard.slug,
        "regions": archive.vastra.code,
    }
    for name, operation in operations(schema):
        resource = name.removeprefix("GET /api/v1/").partition("/")[0]
        if not name.startswith("GET") or resource not in {
            *keys,
            "periodicals",
            "issues",
            "articles",
            "notes",
            "citations",
        }:
            continue
        if "annotations" in name or "text" in name:
            continue
        path = name.removeprefix("GET ")
        if "{" in path:
            first = client.get(f"/api/v1/{resource}/").json()["results"][0]["id"]
            path = path.replace("{id}", keys.get(resource, str(first)))
        told = client.get(path).json()
        described = _resolved(operation["responses"]["200"]["content"]["application/json"]["schema"], schema)
        for part in told.get("results", [told]):
            wanted = described["properties"]["results"]["items"] if "results" in told else described
            _must_say(part, _resolved(wanted, schema), schema, name)


def _resolved(schema: dict[str, Any], whole: dict[str, Any]) -> dict[str, Any]:
    for one in schema.get("oneOf", ()):
        if one.get("type") != "null":
            return _resolved(one, whole)
    if "$ref" not in schema:
        return schema
    found: dict[str, Any] = whole["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return found


def _must_say(told: Any, described: dict[str, Any], whole: dict[str, Any], where: str) -> None:
    if isinstance(told, dict) and "properties" in described:
        assert told.keys() == described["properties"].keys(), where
        for name, value in told.items():
            _must_say(value, _resolved(described["properties"][name], whole), whole, f"{where} {name}")
    elif isinstance(told, list):
        for value in told:
            _must_say(value, _resolved(described["items"], whole), whole, where)


def test_description_needs_sign_in_and_comes_in_both_forms(db: None, signed_in: SignIn) -> None:
    assert signed_in(None).get("/api/schema/").status_code == 401
    client = signed_in(make_user("reader"))
    assert client.get("/api/schema/?format=xml").status_code == 400
    yaml = client.get("/api/schema/", headers={"Accept": "application/vnd.oai.openapi"})
    assert (yaml["Content-Type"], yaml.content[:15]) == ("application/vnd.oai.openapi", b"openapi: 3.1.0\n")
    assert client.get("/api/schema/").content == written("json")


def test_page_brings_no_script_of_its_own_and_needs_sign_in(db: None, signed_in: SignIn) -> None:
    asked = signed_in(None).get("/api/docs/")
    assert (asked.status_code, asked["Location"]) == (302, "/account/login/?next=/api/docs/")
    answer = signed_in(make_user("reader")).get("/api/docs/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.count("<script") == page.count("<script src=") + page.count('<script type="module" src=') == 2
    assert "<style" not in page
    assert "style=" not in page
