from __future__ import annotations

import codecs

import pytest

from monitor.ingest.refusals import Refusal
from monitor.ingest.text_file.decoding import MAX_CHARACTERS, Decoded, decoded, has_letters


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        (b"salt", "salt", "utf-8"),
        ("H\u00f4rn \U0001f30a".encode(), "H\u00f4rn \U0001f30a", "utf-8"),
        (codecs.BOM_UTF8 + b"salt", "\ufeffsalt", "utf-8"),
        ("H\u00f4rn".encode("utf-16"), "\ufeffH\u00f4rn", "utf-16-le"),
        (codecs.BOM_UTF16_BE + "H\u00f4rn".encode("utf-16-be"), "\ufeffH\u00f4rn", "utf-16-be"),
        (codecs.BOM_UTF16_LE + b"s\x00a", "\ufeffs", "utf-16-le"),
        (b"s\x00a\x00l\x00t\x00", "s\x00a\x00l\x00t\x00", "utf-8"),
        (b"a \xed\xa0\x80 b", "a \ud800 b", "utf-8"),
    ],
)
def test_decoded_reads_unicode(data: bytes, text: str, encoding: str) -> None:
    assert decoded(data) == Decoded(text, encoding)


def test_decoded_guesses_windows_1252_one_character_a_byte() -> None:
    data = b"\x93salt\x94 \x96 caf\xe9 \x81"

    found = decoded(data)

    assert found == Decoded("\u201csalt\u201d \u2013 caf\u00e9 \x81", "cp1252", guessed=True)
    assert len(found.text) == len(data)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (b"\x00\x00\x00", "empty"),
        (b"%PDF-1.7\n...", "not_text"),
        (b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x01\x02\x04\x05\x06\x07", "not_text"),
        (b"x" * (MAX_CHARACTERS + 1), "too_many_characters"),
    ],
)
def test_decoded_refuses_what_is_no_text(data: bytes, code: str) -> None:
    with pytest.raises(Refusal) as caught:
        decoded(data)

    assert caught.value.code == code
    assert str(caught.value).startswith("It ")
    assert str(caught.value).endswith(".")


def test_has_letters_asks_for_a_letter_or_a_number() -> None:
    assert has_letters("--- 3 ---")
    assert has_letters("\u0645")
    assert not has_letters("--- *** \u0301 ---")
