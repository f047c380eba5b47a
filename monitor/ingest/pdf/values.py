"""Values as a PDF holds them: references to follow, names, and text strings in one of three encodings.

Objects arrive as pdfminer parsed them; only their own attributes are used, so that nothing but the door imports it.
"""

from __future__ import annotations

import unicodedata
from codecs import BOM_UTF8
from typing import Any

MAX_REFERENCES = 20  # in a row, before something is called a ring
# PDF's own encoding where it is not Latin-1.
PDF_DOC = str.maketrans(
    dict(
        zip(
            range(0x80, 0xA1),
            "\u2022\u2020\u2021\u2026\u2014\u2013\u0192\u2044\u2039\u203a\u2212\u2030\u201e\u201c\u201d\u2018\u2019\u201a"
            "\u2122\ufb01\ufb02\u0141\u0152\u0160\u0178\u017d\u0131\u0142\u0153\u0161\u017e\ufffd\u20ac",
            strict=True,
        )
    )
    | dict(zip(range(0x18, 0x20), "\u02d8\u02c7\u02c6\u02d9\u02dd\u02db\u02da\u02dc", strict=True))
)


def resolved(value: Any) -> Any:
    """Follow references, but not for ever (pdfminer's own function never leaves a ring). Raises ValueError."""
    for _ in range(MAX_REFERENCES):
        if not is_reference(value):
            return value
        value = value.resolve()
    raise ValueError("a ring of references")


def is_reference(value: Any) -> bool:
    """Tell whether a value only names an object of the file."""
    return hasattr(value, "resolve") and hasattr(value, "objid")


def dictionary(value: Any) -> dict[str, Any]:
    """Return a value as a dictionary, empty where it is none; a stream's own entries where it is a stream."""
    found = resolved(value)
    found = getattr(found, "attrs", found)
    return found if isinstance(found, dict) else {}


def sequence(value: Any) -> list[Any]:
    """Return a value as a list, empty where it is none."""
    found = resolved(value)
    return list(found) if isinstance(found, (list, tuple)) else []


def name_of(value: Any) -> str:
    """Return what a name says, "" where the value is no name."""
    name = getattr(resolved(value), "name", "")
    return name.decode("latin-1") if isinstance(name, bytes) else str(name)


def text_string(value: bytes) -> str:
    """Return a text string of the file: UTF-16 or UTF-8 with its mark, else in PDF's own encoding."""
    if value[:2] in {b"\xfe\xff", b"\xff\xfe"}:
        return value.decode("utf-16", "replace")
    if value.startswith(BOM_UTF8):
        return value.decode("utf-8-sig", "replace")
    return value.decode("latin-1").translate(PDF_DOC)


def address(value: Any) -> str:
    """Return an address as it stands in the file, without characters nobody sees."""
    if isinstance(value, bytes):
        try:
            value = value.decode("utf-8")
        except UnicodeDecodeError:
            value = value.decode("latin-1")
    return "".join(c for c in str(value) if unicodedata.category(c) not in {"Cc", "Cs"})
