"""Values of a file, however they are wrapped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.ingest.pdf.colours import is_white
from monitor.ingest.pdf.values import address, dictionary, name_of, resolved, sequence, text_string


@dataclass
class Reference:
    """What pdfminer gives for "7 0 R"."""

    objid: int
    target: Any = None

    def resolve(self) -> Any:
        return self.target


@dataclass
class Space:
    name: str
    ncomponents: int


def test_references_are_followed_to_their_end() -> None:
    assert resolved(Reference(1, Reference(2, [7]))) == [7]
    assert sequence(Reference(1, (7, 8))) == [7, 8]
    assert dictionary(Reference(1, {"a": 1})) == {"a": 1}


def test_a_ring_of_references_is_an_error_and_no_loop() -> None:
    ring = Reference(1)
    ring.target = ring
    with pytest.raises(ValueError, match="ring"):
        resolved(ring)


@pytest.mark.parametrize("value", [None, 7, "x", b"x", 1.5])
def test_what_is_no_list_or_dictionary_is_an_empty_one(value: Any) -> None:
    assert (sequence(value), dictionary(value), name_of(value)) == ([], {}, "")


@pytest.mark.parametrize(
    ("string", "text"),
    [
        (b"\x8dheld\x8e\x85", "“held”\u2013"),
        (b"\xfe\xff\x00h", "h"),
        (b"\xff\xfeh\x00", "h"),
        (b"\xef\xbb\xbf\xc3\xa9", "é"),
        (b"\x1a\xa0", "\u02c6€"),
    ],
)
def test_text_strings_have_three_encodings(string: bytes, text: str) -> None:
    assert text_string(string) == text


@given(st.binary(max_size=40))
def test_any_bytes_are_a_text_and_an_address(value: bytes) -> None:
    assert isinstance(text_string(value), str)
    assert not {c for c in address(value) if c < " "}


@pytest.mark.parametrize(
    ("space", "color", "white"),
    [
        (Space("DeviceGray", 1), 1, True),
        (Space("DeviceGray", 1), 0.5, False),
        (Space("DeviceRGB", 3), (1, 1, 1), True),
        (Space("DeviceRGB", 3), (1, 1, 0), False),
        (Space("DeviceCMYK", 4), (0, 0, 0, 0), True),
        (Space("DeviceCMYK", 4), (0, 0, 0, 1), False),
        (Space("ICCBased", 4), (0, 0, 0, 0), True),
        (Space("ICCBased", 3), (1, 1, 1), True),
        (Space("ICCBased", 1), 1.0, True),
        (Space("Separation", 1), 1, False),
        (Space("DeviceN", 2), (1, 1), False),
        (Space("Indexed", 1), 1, False),
        (Space("Pattern", 1), None, False),
        (Space("DeviceGray", 1), (), False),
        (None, 1, True),
    ],
)
def test_white_is_known_by_its_space(space: Space | None, color: Any, *, white: bool) -> None:
    assert is_white(space, color) is white
