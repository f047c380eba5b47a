"""The codebook as REFI-QDA 1.0 (`.qdc`), which programs for qualitative analysis exchange: written, and read again.

Pure. A code's description holds the tag's definition and, after a line that says so, its example.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any
from uuid import UUID

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from monitor.interchange.xml_text import xml_attribute, xml_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

MEDIA_TYPE = "application/xml; charset=utf-8"
NAMESPACE = "urn:QDA-XML:codebook:1.0"
ORIGIN = "Monitor"
EXAMPLE = "\n\nExample:\n"
# The ten colours as the light theme shows a tag's line.
COLOURS = {
    "yellow": "#E6C229", "orange": "#E8853A", "red": "#D64545", "pink": "#D6569B", "purple": "#8E5BC0",
    "blue": "#3F74C9", "cyan": "#2F9DB8", "teal": "#2F8F83", "green": "#4F9A3D", "grey": "#7A7F87",
}  # fmt: skip
_HEX = re.compile(r"#([0-9A-Fa-f]{2})([0-9A-Fa-f]{2})([0-9A-Fa-f]{2})")
_BRACED = re.compile(r"\{?([0-9A-Fa-f-]{32,36})\}?")
DEEPEST = 64
MOST_CODES = 2_000


class NotACodebook(Exception):
    """The file cannot be read as a codebook; the words say why."""


@dataclass(frozen=True, slots=True)
class Code:
    """One code. `parent` is the uid of the code it stands below, "" at the root; `colour` is "" where none is said."""

    uid: str
    name: str
    parent: str = ""
    colour: str = ""
    definition: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class CodeSet:
    """A named group of codes, which we have no place for: whoever hands in a file is told of it."""

    name: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Codebook:
    """What a file holds."""

    codes: tuple[Code, ...]  # parents first
    sets: tuple[CodeSet, ...] = ()


def codebook_xml(codes: Iterable[Code], *, flat: bool = False) -> Iterator[str]:
    """Yield the pieces of a codebook; `codes` come parents first. Flat, each is at the root with its path as its name."""
    rows = list(codes)
    yield '<?xml version="1.0" encoding="utf-8"?>\n'
    yield f'<CodeBook xmlns="{NAMESPACE}" origin="{ORIGIN}">\n<Codes>\n'
    if flat:
        names = _paths(rows)
        yield from (_opened(row, names[row.uid]) + "</Code>\n" for row in rows)
    else:
        yield from _nested(rows)
    # Some readers fail where this is missing.
    yield "</Codes>\n<Sets/>\n</CodeBook>\n"


def _nested(rows: Sequence[Code]) -> Iterator[str]:
    known = {row.uid for row in rows}
    below: dict[str, list[Code]] = {}
    for row in rows:
        below.setdefault(row.parent if row.parent in known else "", []).append(row)
    yield from _branch(below, "")


def _branch(below: Mapping[str, Sequence[Code]], parent: str) -> Iterator[str]:
    for row in below.get(parent, ()):
        yield _opened(row, row.name)
        yield from _branch(below, row.uid)
        yield "</Code>\n"


def _opened(row: Code, name: str) -> str:
    facts = f"guid={xml_attribute(row.uid)} name={xml_attribute(name)} isCodable={xml_attribute('true')}"
    colour = f" color={xml_attribute(COLOURS[row.colour])}" if row.colour in COLOURS else ""
    words = described(row.definition, row.example)
    inside = f"<Description>{xml_text(words)}</Description>\n" if words else ""
    return f"<Code {facts}{colour}>\n{inside}"


def _paths(rows: Sequence[Code]) -> dict[str, str]:
    paths: dict[str, str] = {}
    for row in rows:
        above = paths.get(row.parent, "")
        paths[row.uid] = f"{above}/{row.name}" if above else row.name
    return paths


def described(definition: str, example: str) -> str:
    """Return the one description of a code that has a definition and an example."""
    return definition + EXAMPLE + example if example or EXAMPLE in definition else definition


def read_description(words: str) -> tuple[str, str]:
    """Return the definition and the example that `described` was given."""
    before, divider, after = words.rpartition(EXAMPLE)
    return (before, after) if divider else (words, "")


def read_codebook(data: bytes) -> Codebook:
    """Return what a file holds. Raises NotACodebook.

    Takes what other programs write: a byte order mark, guids in capitals or braces, codes without a colour.
    """
    try:
        root = fromstring(data)
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError) as trouble:
        raise NotACodebook("This is no XML that can be read.") from trouble
    codes = root.find(_tag("Codes")) if root.tag == _tag("CodeBook") else None
    if codes is None:
        raise NotACodebook("This is no REFI-QDA codebook: it has no codes.")
    found = tuple(islice(_read(codes, "", 0), MOST_CODES + 1))
    if len(found) > MOST_CODES:
        raise NotACodebook(f"A codebook has at most {MOST_CODES:,} codes here.")
    if len({code.uid for code in found}) < len(found):
        raise NotACodebook("Two of its codes have the same guid.")
    return Codebook(found, tuple(map(_set, root.findall(f"{_tag('Sets')}/{_tag('Set')}"))))


def _set(element: Any) -> CodeSet:
    members = (one.get("guid") or one.get("targetGUID") or "" for one in element.findall(_tag("MemberCode")))
    return CodeSet(element.get("name", ""), tuple(read_guid(written) for written in members))


def _read(above: Any, parent: str, depth: int) -> Iterator[Code]:
    if depth > DEEPEST:
        raise NotACodebook("Its codes are nested too deeply.")
    for element in above.findall(_tag("Code")):
        uid, name = read_guid(element.get("guid", "")), element.get("name", "")
        if not name.strip():
            raise NotACodebook("One of its codes has no name.")
        definition, example = read_description(element.findtext(_tag("Description")) or "")
        yield Code(uid, name, parent, nearest_colour(element.get("color", "")), definition, example)
        yield from _read(element, uid, depth + 1)


def read_guid(written: str) -> str:
    """Return a guid as we write it: small letters, hyphens, no braces. Raises NotACodebook."""
    found = _BRACED.fullmatch(written.strip())
    try:
        return str(UUID(found[1])) if found else _no_guid(written)
    except ValueError:
        return _no_guid(written)


def _no_guid(written: str) -> str:
    raise NotACodebook(f"“{written[:40]}” is no guid.")


def nearest_colour(written: str) -> str:
    """Return which of our ten colours is nearest to `#RRGGBB`; "" where none is said."""
    found = _HEX.fullmatch(written.strip())
    if not found:
        return ""
    wanted = [int(part, 16) for part in found.groups()]
    return min(COLOURS, key=lambda name: _distance(COLOURS[name], wanted))


def _distance(colour: str, wanted: Sequence[int]) -> int:
    return sum((int(colour[at : at + 2], 16) - part) ** 2 for at, part in zip((1, 3, 5), wanted, strict=True))


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
