"""Reading JSON that somebody sent: what another program might read otherwise, or the database not store, is refused.

Refused are a body that is no UTF-8, more than `MOST_BYTES`, nesting beyond `DEEPEST`, keys that come twice, NUL and lone
surrogates in any string, and numbers that are none (`NaN`) or too large for a float.
"""

from __future__ import annotations

import json
from typing import IO, TYPE_CHECKING, Any, NoReturn

import orjson
from django.core.exceptions import RequestDataTooBig
from rest_framework.parsers import BaseParser

from monitor.api.problems import TooLarge, Unreadable

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_BYTES = 1024 * 1024
DEEPEST = 64
LARGEST = 2**63 - 1


class StrictJson(BaseParser):
    """Parses `application/json`; leaves the bytes with the request as `sent`, for a digest of them."""

    media_type = "application/json"
    most_bytes = MOST_BYTES

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        try:
            body = stream.read(self.most_bytes + 1)
        except RequestDataTooBig as error:
            raise TooLarge(self.most_bytes) from error
        if len(body) > self.most_bytes:
            raise TooLarge(self.most_bytes)
        if parser_context is not None:
            parser_context["request"].sent = body
        return read_json(body)


def read_json(body: bytes) -> Any:
    """Return the value of a JSON text; raise Unreadable, with a sentence."""
    try:
        _check(orjson.loads(body))
        return json.loads(body, object_pairs_hook=_object, parse_constant=_no_constant)
    except ValueError as error:  # both libraries' own are of this kind
        raise Unreadable(f"The body is not JSON: {error}.") from error


def _check(value: Any) -> None:
    """Look through a value level by level: what nests without end would exhaust the stack of a walk into depth."""
    level, depth = [value], 0
    while level:
        below: list[Any] = []
        for one in level:
            _check_one(one, below)
        depth += bool(below)
        if depth > DEEPEST + 1:
            raise Unreadable(f"The body is nested more than {DEEPEST} deep.")
        level = below


def _check_one(value: Any, below: list[Any]) -> None:
    if isinstance(value, dict):
        below.extend(value)
        below.extend(value.values())
    elif isinstance(value, list):
        below.extend(value)
    elif isinstance(value, str) and "\0" in value:
        raise Unreadable("The body has the character U+0000 in it, which no text here can hold.")
    elif isinstance(value, float) and abs(value) == float("inf"):
        raise Unreadable("The body has a number in it that is too large.")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise Unreadable("The body has an object in it with the same key twice.")
    return found


def _no_constant(name: str) -> NoReturn:
    raise Unreadable(f"The body has {name} in it, which is no JSON.")
