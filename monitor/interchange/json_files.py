"""Reading a JSON file that somebody hands in; what the database cannot hold is refused before anything is looked at."""

from __future__ import annotations

from typing import Any

import orjson

from monitor.interchange.import_rows import CannotRead

DEEPEST = 64


def read_json_file(content: bytes) -> Any:
    """Return the value of a JSON file in UTF-8. Raises CannotRead for what is no JSON, nests too deep or holds a NUL."""
    try:
        value = orjson.loads(content.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:  # also for halves of surrogate pairs and for bytes that are no UTF-8
        raise CannotRead("This file is no JSON in UTF-8.") from error
    _look_through(value)
    return value


def _look_through(value: Any) -> None:
    """Look level by level: a walk into depth would exhaust the stack."""
    level, depth = [value], 0
    while level:
        below: list[Any] = []
        for one in level:
            if isinstance(one, dict):
                below += [*one, *one.values()]
            elif isinstance(one, list):
                below += one
            elif isinstance(one, str) and "\0" in one:
                raise CannotRead("This file has the character U+0000 in a text, which no text here can hold.")
            elif isinstance(one, float) and abs(one) == float("inf"):
                raise CannotRead("This file has a number in it that is too large.")
        level, depth = below, depth + 1
        if depth > DEEPEST + 1:
            raise CannotRead(f"This file is nested more than {DEEPEST} deep.")
