"""What the file readers hand to `structure`: printed pieces in reading order, before anyone knows what they are.

`plain_text` makes one piece of each run of non-blank lines; `layout` makes one of each paragraph-like group of
lines in a column. Both leave joining over a page or column break to `structure`, unless the geometry settles it.
"""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 (dataclass field)
from dataclasses import dataclass, field
from types import MappingProxyType

from monitor.ingest.document import Origin, Region  # noqa: TC001 (dataclass fields)


@dataclass(frozen=True, slots=True)
class Style:
    """How a piece is set; sizes in points."""

    size: float
    bold: bool = False
    italic: bool = False
    family: str = ""


@dataclass(frozen=True, slots=True)
class PieceLink:
    """A printed link: code points `start:end` of the piece's text; `url` as in the file, "" or "#" where empty."""

    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True)
class PieceJump:
    """Printed text that leads to another place of the file: code points `start:end`, and its physical page from 1."""

    start: int
    end: int
    page: int


@dataclass(frozen=True, slots=True)
class Superscript:
    """A number printed raised: code points `start:end` of the text, and its digits.

    The text there is `[12]` where it was taken for a note's marker, `¹²` where it was taken for an exponent.
    """

    start: int
    end: int
    digits: str


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A bookmark of the file: its level from 1, and the physical page it leads to, if it could be found."""

    level: int
    title: str
    page: int | None


@dataclass(frozen=True, slots=True)
class Piece:
    """One printed group of lines.

    `text` is the lines joined (links resolved, escapes undone, line-end hyphens mended); `rows` keeps the printed
    lines apart, since a contents entry needs them. Superscript markers already stand as `[n]` in `text`.

    `aside` says what the file or the layout already knows: "caption", "pullquote", "sidebar", "table", "list",
    "quote" become blocks of that type; "footnote" is a note at a page's foot (its text begins with its label, or
    goes on the footnote before); "contents" and "masthead" are lines of these, wherever they stand on the page;
    "furniture" is in no article.
    """

    text: str
    rows: tuple[str, ...]
    links: tuple[PieceLink, ...] = ()
    style: Style | None = None  # None for text files
    regions: tuple[Region, ...] = ()
    lines: tuple[int, int] | None = None  # text files: first and last line, from 1
    origin: tuple[Origin, ...] = ()
    continues: bool | None = None  # True or False where the geometry decides whether it goes on the piece before
    aside: str | None = None
    cells: tuple[tuple[str, ...], ...] = ()  # tables
    level: int | None = None  # a heading's rank where the file gives it (Markdown), 1 the highest
    italics: tuple[tuple[int, int], ...] = ()  # code points of `text` set in italics
    ruled: bool = False  # a rule across the page stands above it
    jumps: tuple[PieceJump, ...] = ()
    superscripts: tuple[Superscript, ...] = ()

    @property
    def page(self) -> int | None:
        """Physical page on which the piece begins, from 1."""
        return self.regions[0].page if self.regions else None


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What is known of a file's pages beside the pieces; empty for text files."""

    count: int | None = None
    sizes: tuple[tuple[float, float], ...] = ()  # points, after /Rotate
    furniture: tuple[str, ...] = ()  # running heads and feet as printed, left out of the pieces
    printed: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}))  # physical page -> its number
    outline: tuple[OutlineEntry, ...] = ()  # the file's bookmarks


NO_PAGES = PageFacts()
