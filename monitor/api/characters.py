"""Characters that no text here can hold: NUL and halves of surrogate pairs, wherever in a request they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from rest_framework.exceptions import ParseError

if TYPE_CHECKING:
    from rest_framework.request import Request


def refuse_unstorable(request: Request) -> None:
    """Raise ParseError if address or headers hold what is no UTF-8, or a NUL. Bodies are read elsewhere."""
    environ = request.META
    # As WSGI has it: bytes written as Latin-1.
    path = environ.get("PATH_INFO", "").encode("latin-1", "replace")
    _must_be_text(path, "address")
    _must_be_text(unquote_to_bytes(environ.get("QUERY_STRING", "").replace("+", " ")), "query")
    if any("\0" in value for name, value in environ.items() if name.startswith("HTTP_")):
        raise ParseError("A header has the character U+0000 in it.")


def _must_be_text(given: bytes, where: str) -> None:
    try:
        text = given.decode()  # refuses halves of surrogate pairs as well
    except UnicodeDecodeError as error:
        raise ParseError(f"The {where} is not UTF-8.") from error
    if "\0" in text:
        raise ParseError(f"The {where} has the character U+0000 in it.")
