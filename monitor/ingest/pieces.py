"""What the file readers hand to `structure`: printed pieces in reading order, before anyone knows what they are.

`plain_text` makes one piece of each run of non-blank lines; `layout` makes one of each paragraph-like group of
lines in a column. Both leave joining over a page or column break to `structure`, unless the geometry settles it.
"""

from __future__ import annotations

from dataclasses import dataclass

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
class Piece:
    """One printed group of lines.

    `text` is the lines joined (links resolved, escapes undone, line-end hyphens mended); `rows` keeps the printed
    lines apart, since a contents entry needs them. Superscript markers already stand as `[n]` in `text`.
    """

    text: str
    rows: tuple[str, ...]
    links: tuple[PieceLink, ...] = ()
    style: Style | None = None  # None for text files
    regions: tuple[Region, ...] = ()
    lines: tuple[int, int] | None = None  # text files: first and last line, from 1
    origin: tuple[Origin, ...] = ()
    continues: bool | None = None  # True or False where the geometry decides whether it goes on the piece before
    aside: str | None = None  # "caption", "pullquote", "sidebar", "table" where the layout says so
    cells: tuple[tuple[str, ...], ...] = ()  # tables
