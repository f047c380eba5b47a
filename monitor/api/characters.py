"""Characters that no text here can hold: NUL and halves of surrogate pairs, wherever in a request they stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from rest_framework.exceptions import ParseError

if TYPE_CHECKING:
    from rest_framework.request import Request


# Django leaves bytes of a path that are no UTF-8 as they were written.
_BYTE = re.compile("%[89A-Fa-f][0-9A-Fa-f]")


def refuse_unstorable(request: Request) -> None:
    """Raise ParseError if address or headers hold what is no UTF-8, or a NUL. Bodies are read elsewhere."""
    if (request.encoding or "utf-8").lower().replace("_", "-") not in {"utf-8", "utf8"}:
        raise ParseError("Requests are in UTF-8; the Content-Type names another encoding.")
    if "\0" in request.path_info or _BYTE.search(request.path_info):
        raise ParseError("The address is not UTF-8, or has the character U+0000 in it.")
    query = request.META.get("QUERY_STRING", "").replace("+", " ")
    _must_be_text(unquote_to_bytes(query), "query")
    if any("\0" in value for name, value in request.META.items() if name.startswith("HTTP_")):
        raise ParseError("A header has the character U+0000 in it.")


def _must_be_text(given: bytes, where: str) -> None:
    try:
        text = given.decode()  # refuses halves of surrogate pairs as well
    except UnicodeDecodeError as error:
        raise ParseError(f"The {where} is not UTF-8.") from error
    if "\0" in text:
        raise ParseError(f"The {where} has the character U+0000 in it.")
