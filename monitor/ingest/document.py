"""What a reader hands over: one issue of a periodical as frozen data.

The JSON form (`schema` below) is the output of `manage.py parse --json` and what the guarded child sends its
parent. Every `start`, `end` and `offset` is a half-open range of Unicode code points in the text it belongs to:
a block's text, or a note's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

SCHEMA = "monitor-issue/1"
# Raised whenever the same bytes may give another document: stored texts made by an older number are read again.
PARSER_VERSION = 7
BLOCK_JOINT = "\n\n"

BlockType = Literal["para", "heading", "caption", "pullquote", "sidebar", "table", "list", "quote"]
NoteKind = Literal["ibid", "interview", "short_form", "source", "explanatory"]
DateBasis = Literal["printed", "inferred", "entered"]
Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Region:
    """Where something stands on a page, in PDF points; origin top-left of the crop box after /Rotate."""

    page: int  # physical page, from 1
    bbox: tuple[float, float, float, float]  # x0, top, x1, bottom


@dataclass(frozen=True, slots=True)
class Origin:
    """`length` code points of a text from `start` on are those of the source file from `source` on."""

    start: int
    source: int
    length: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or aside as it is read: one line, single spaces, quotes and dashes as printed."""

    type: BlockType
    text: str
    level: int | None = None
    regions: tuple[Region, ...] = ()
    lines: tuple[int, int] | None = None  # text files: first and last line, from 1
    origin: tuple[Origin, ...] = ()  # text files: code points of the file
    rows: tuple[tuple[str, ...], ...] = ()  # tables: their cells


@dataclass(frozen=True, slots=True)
class Note:
    """A printed endnote or footnote, without its label."""

    n: int
    text: str
    kind: NoteKind = "explanatory"
    resolves_to: int | None = None  # number of the note an ibid or short form means, never another ibid
    regions: tuple[Region, ...] = ()
    lines: tuple[int, int] | None = None
    origin: tuple[Origin, ...] = ()


@dataclass(frozen=True, slots=True)
class Marker:
    """A note's number in the running text; `offset` is that of its opening bracket in block `block`."""

    n: int
    block: int
    offset: int


@dataclass(frozen=True, slots=True)
class Citation:
    """One `SOURCE, DATE` of a parenthesised group: `text[start:end] == f"{source}, {date}"` wherever it is regular."""

    where: Literal["body", "note"]
    start: int
    end: int
    source: str
    date: str  # as printed
    iso: str | None  # YYYY[-MM[-DD]]
    inferred: bool = False  # the year was not printed
    url: str | None = None
    linked: bool = False  # the printed source carried a link, with or without a target
    block: int | None = None  # index among the article's blocks, for where == "body"
    note: int | None = None  # index among the article's notes, for where == "note"


@dataclass(frozen=True, slots=True)
class Link:
    """One printed link, in block `block` or note `note` (indices). `url` is None where the target was empty or `#`."""

    text: str
    url: str | None
    start: int
    end: int
    block: int | None = None
    note: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should look at, in one sentence."""

    code: str
    message: str
    article: int | None = None
    severity: Severity = "warning"
    block: int | None = None
    note: int | None = None  # the note's printed number
    start: int | None = None
    end: int | None = None
    suggestion: str | None = None
    page: int | None = None  # physical page, from 1, where it is about a page or the reader knows it


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """One entry of the printed contents, in its own wording."""

    page: int | None
    title: str
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """A signed piece: `kind` is "article" or "brief" (or what its section says)."""

    kind: str
    title: str
    authors: tuple[str, ...] = ()
    page_start: int | None = None
    bio: str | None = None
    blocks: tuple[Block, ...] = ()
    notes: tuple[Note, ...] = ()
    markers: tuple[Marker, ...] = ()
    citations: tuple[Citation, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class IssueFacts:
    """What the masthead says of the issue, and what was worked out of its date."""

    publication: str
    tagline: str | None = None
    volume: str | None = None  # as printed, "XX"
    number: int | None = None
    date: str | None = None  # YYYY-MM-DD
    date_basis: DateBasis = "inferred"
    date_range: tuple[str, str] | None = None
    pages: int | None = None  # of a PDF
    page_sizes: tuple[tuple[float, float], ...] = ()  # points, after /Rotate
    ocr_pages: int = 0  # pages whose text was recognised from pictures
    ocr_confidence: int | None = None  # percent, of the words on those pages
    confidence: int | None = None  # percent, made of the findings: how far the reading can be trusted unseen


@dataclass(frozen=True, slots=True)
class IssueDocument:
    """A whole issue as read from one file."""

    issue: IssueFacts
    toc: tuple[ContentsEntry, ...] = ()
    articles: tuple[Article, ...] = ()
    findings: tuple[Finding, ...] = ()
    furniture: tuple[str, ...] = ()  # running heads and folios left out of every block
    schema: str = field(default=SCHEMA)


def canonical_text(article: Article) -> str:
    """Return the article's one plain text: its blocks' texts joined by a blank line."""
    return BLOCK_JOINT.join(block.text for block in article.blocks)


def block_offsets(article: Article) -> list[int]:
    """Return where each block starts in the canonical text, in code points."""
    offsets, at = [], 0
    for block in article.blocks:
        offsets.append(at)
        at += len(block.text) + len(BLOCK_JOINT)
    return offsets
