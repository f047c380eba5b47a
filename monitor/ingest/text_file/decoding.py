"""From the bytes of a text file to its code points."""

from __future__ import annotations

import codecs
import unicodedata
from dataclasses import dataclass

from monitor.ingest.refusals import Refusal

MAX_CHARACTERS = 8_000_000
SNIFFED = 4096
# A text has hardly any of these; an archive, a picture or a word processor's file is full of them.
BINARY_SHARE = 0.10
CONTROLS = frozenset(range(32)) - {9, 10, 11, 12, 13, 27}


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's code points as they stand, its byte order mark included; offsets count in this text."""

    text: str
    encoding: str
    guessed: bool = False  # the bytes say nothing of their encoding and are no UTF-8


def decoded(data: bytes) -> Decoded:
    """Return the text of a file: UTF-8, UTF-16 with a byte order mark, else Windows-1252 as a guess.

    Raises Refusal for an empty file, for one that is no text, and for more than MAX_CHARACTERS code points.
    """
    if not data.strip(b" \t\r\n\x00"):
        raise Refusal("empty", "It is empty.")
    refuse_other_formats(data)
    result = unicode_text(data) or Decoded(western_text(data), "cp1252", guessed=True)
    if len(result.text) > MAX_CHARACTERS:
        raise Refusal("too_many_characters", f"It holds more than {MAX_CHARACTERS:,} characters.")
    return result


def refuse_other_formats(data: bytes) -> None:
    """Raise Refusal for the bytes of something that is plainly no text."""
    if data.startswith(b"%PDF-"):
        raise Refusal("not_text", "It is a PDF under the name of a text file; rename it to .pdf.")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return
    head = data[:SNIFFED]
    # Every second byte of UTF-16 without its mark is zero, so zero alone is no sign of a binary file.
    strange = sum(byte in CONTROLS and byte != 0 for byte in head)
    if strange > BINARY_SHARE * len(head):
        raise Refusal("not_text", "It is not a text file.")


def unicode_text(data: bytes) -> Decoded | None:
    """Return the text where the bytes are Unicode of some form."""
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(mark):
            # A file cut in the middle of a character loses that half character only.
            whole = data[: len(data) - len(data) % 2]
            return Decoded(whole.decode(encoding, "surrogatepass"), encoding)
    try:
        # Old Java and MySQL exports write each half of a pair as if it were a character.
        return Decoded(data.decode("utf-8", "surrogatepass"), "utf-8")
    except UnicodeDecodeError:
        return None


def western_text(data: bytes) -> str:
    """Return the text read as Windows-1252; its five unused bytes become control characters."""
    return "".join(WESTERN[byte] for byte in data)


WESTERN = tuple(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(256))


def has_letters(text: str) -> bool:
    """Tell whether anything in the text could be read."""
    return any(unicodedata.category(character)[0] in "LN" for character in text)
