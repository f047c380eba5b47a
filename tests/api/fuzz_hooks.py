"""What schemathesis cannot know of the API from its description: loaded by schemathesis.toml."""

from __future__ import annotations

import re
from typing import Any

import schemathesis

METHODS = ("get", "put", "patch", "post", "delete")
KEY = re.compile(r"\{(uid|id)\}/")


@schemathesis.hook
def before_load_schema(context: Any, raw_schema: dict[str, Any]) -> None:
    """Leave cursors out, and say which answers name the things that other addresses ask for."""
    paths = raw_schema["paths"]
    for path in paths.values():
        for operation in path.values():
            # A good cursor only comes from an answer, and any other is refused (tests/api/test_paging.py).
            kept = [one for one in operation.get("parameters", ()) if one["name"] != "cursor"]
            operation["parameters"] = kept
    for address in paths:
        before, key, _ = KEY.split(address, maxsplit=1) if KEY.search(address) else ("", "", "")
        named = f"path.{key}"
        if "get" in paths.get(before, ()):
            _link(paths, before, "get", "200", address, {named: "$response.body#/results/0/id"})
        if "post" in paths.get(before, ()) and "201" in paths[before]["post"]["responses"]:
            _link(paths, before, "post", "201", address, {named: "$response.body#/id"})
    replies = "/api/v1/annotations/{uid}/replies/"
    _link(paths, replies, "get", "200", "/api/v1/replies/{uid}/", {"path.uid": "$response.body#/results/0/id"})
    _link(paths, replies, "post", "201", "/api/v1/replies/{uid}/", {"path.uid": "$response.body#/id"})


def _link(paths: Any, source: str, method: str, status: str, address: str, told: dict[str, str]) -> None:
    links = paths[source][method]["responses"][status].setdefault("links", {})
    for verb in METHODS:
        if verb not in paths[address]:
            continue
        operation = paths[address][verb]
        headers = {one["name"] for one in operation["parameters"] if one["in"] == "header"}
        state = {"header.If-Match": "*"} if "If-Match" in headers else {}
        links[operation["operationId"]] = {"operationId": operation["operationId"], "parameters": {**told, **state}}
