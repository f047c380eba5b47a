"""An issue as its writers hand it to a printer: nothing here knows how it will look."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

SpanStyle = Literal["plain", "italic", "bold", "link", "marker"]
BlockType = Literal["para", "heading", "caption", "pullquote", "sidebar", "table"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text set alike; a marker's text is the note's number."""

    text: str
    style: SpanStyle = "plain"
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, head or aside. `rows` are a table's cells, `title` is a sidebar's own head."""

    type: BlockType
    spans: tuple[Span, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    n: int
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A signed article or brief."""

    kind: Literal["article", "brief"]
    title: str
    authors: tuple[str, ...]
    post: str = ""  # where the author works, as a line under the name
    blocks: tuple[Block, ...] = ()
    bio: str = ""
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the contents; the page is found when the issue is set."""

    title: str
    authors: tuple[str, ...]
    piece: int  # index among the pieces


@dataclass(frozen=True, slots=True)
class House:
    """What one invented periodical prints alike in every issue."""

    publication: str
    tagline: str
    number_line: str  # as printed below or beside the name
    volume: str | None
    number: int | None
    date: str | None  # ISO, only where a full date is printed
    year: int  # of the issue: every citation lies before it
    dates: Literal["long", "abbreviated", "british", "iso"]
    contents: str  # the heading above the contents; "" for an issue without
    briefs: str = ""  # the section's name in the contents; "" for none
    by: str = ""  # what stands before the authors' names
    joint: str = " and "  # between the last two authors
    heads: Literal["plain", "numbered", "capitals", "run-in", "none"] = "plain"
    markers: Literal["raised", "bracketed", "none"] = "raised"
    notes: str = "Notes"  # the heading above endnotes; "" for footnotes
    bios: bool = True
    posts: bool = False
    links: bool = True
    asides: tuple[BlockType, ...] = ()
    running: tuple[str, ...] = ()  # running heads and feet, without the page number


@dataclass(frozen=True, slots=True)
class Issue:
    house: House
    pieces: tuple[Piece, ...]
    contents: tuple[Entry, ...]
    numbers_run_on: bool = False  # notes are numbered through the whole issue
    furniture: tuple[str, ...] = field(default=())


MARKER = re.compile(r"\[(\d+)\]")


def printed(spans: tuple[Span, ...], markers: str = "raised") -> str:
    """Return the text as a reader gives it back: a marker as `[n]`, set off by a space where brackets are printed."""
    gap = " " if markers == "bracketed" else ""
    return "".join(f"{gap}[{span.text}]" if span.style == "marker" else span.text for span in spans)
