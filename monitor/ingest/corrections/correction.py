"""What a person corrected in a reading: frozen data that says its place in words of the text, never in numbers.

A later parser cuts blocks otherwise and counts them otherwise; the printed words stay. So a correction made on one
reading finds its place in the next.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, Literal, get_args

from monitor.ingest.document import BlockType

CorrectionKind = Literal["title", "authors", "kind", "begins", "goes_on", "join", "split", "type"]
# What a block can be corrected to: one of its types, or no block at all.
Role = BlockType | Literal["furniture", "bio"]
ROLES: tuple[str, ...] = (*get_args(BlockType), "furniture", "bio")
# How the halves of a joined paragraph meet: with a space, with the hyphen that is printed, or without it.
Joint = Literal["space", "keep", "drop"]
JOINTS: tuple[str, ...] = get_args(Joint)
LONGEST_TEXT = 2000  # code points of any text in a correction


class InvalidCorrection(ValueError):
    """Data that is no correction; the message names what is wrong."""


@dataclass(frozen=True, slots=True)
class Target:
    """A place in the issue: the words that stand there, and those around them.

    A block's target quotes its opening words, a cut's the words after the cut, an article's its title, with the
    opening words of its text as `after`.
    """

    quote: str
    before: str = ""
    after: str = ""
    ordinal: int = 0  # which of the places that these words fit equally well, from 0
    length: int = 0  # letters and digits of the whole block
    digest: str = ""  # of these letters and digits


@dataclass(frozen=True, slots=True)
class Correction:
    """One change of a reading. Only the fields that its kind needs are set."""

    kind: CorrectionKind
    target: Target
    text: str = ""  # title, begins: the title; kind: the kind; type: the role; join: the joint
    names: tuple[str, ...] = ()  # authors, begins
    is_line: bool = True  # begins: the block itself is the title and leaves the text


def to_data(correction: Correction) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a correction's target and its value as plain data."""
    value = {"text": correction.text, "names": list(correction.names), "is_line": correction.is_line}
    return dataclasses.asdict(correction.target), value


def from_data(kind: str, target: Any, value: Any) -> Correction:
    """Return the correction that `to_data` gave the data for. Raises InvalidCorrection."""
    if kind not in get_args(CorrectionKind):
        raise InvalidCorrection(f"{kind!r:.40} is no kind of correction")
    if not isinstance(target, dict) or not isinstance(value, dict):
        raise InvalidCorrection("target and value are objects")
    names = value.get("names", [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise InvalidCorrection("names are a list of texts")
    correction = Correction(
        kind=kind,  # type: ignore[arg-type]  # one of them, as was just seen
        target=Target(
            quote=_text(target, "quote"),
            before=_text(target, "before"),
            after=_text(target, "after"),
            ordinal=_number(target, "ordinal"),
            length=_number(target, "length"),
            digest=_text(target, "digest"),
        ),
        text=_text(value, "text"),
        names=tuple(name[:LONGEST_TEXT] for name in names),
        is_line=value.get("is_line", True) is True,
    )
    return checked(correction)


def checked(correction: Correction) -> Correction:
    """Return a correction that can be made. Raises InvalidCorrection."""
    if correction.kind == "type" and correction.text not in ROLES:
        raise InvalidCorrection(f"{correction.text!r:.40} is no type of a block")
    if correction.kind == "join" and correction.text not in JOINTS:
        raise InvalidCorrection(f"{correction.text!r:.40} is no way to join paragraphs")
    if correction.kind in {"title", "kind"} and not correction.text.strip():
        raise InvalidCorrection(f"the {correction.kind} is empty")
    return correction


def _text(data: dict[str, Any], name: str) -> str:
    text = data.get(name, "")
    if not isinstance(text, str) or len(text) > LONGEST_TEXT:
        raise InvalidCorrection(f"{name} is no text, or too long a one")
    return text


def _number(data: dict[str, Any], name: str) -> int:
    number = data.get(name, 0)
    if type(number) is not int or number < 0:
        raise InvalidCorrection(f"{name} is no number from 0 on")
    return number
