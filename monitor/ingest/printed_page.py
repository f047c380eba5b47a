"""One page of a PDF as `pdf` hands it to `layout`: glyphs, links, boxes, rules and pictures in one frame.

The frame is the crop box after /Rotate: origin at its top left corner, x to the right, y down, PDF points.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Glyph(NamedTuple):
    """A printed letter; `base` is its baseline, raised where the file raises it. A named tuple: they are many."""

    text: str  # usually one letter; " " for a printed blank; U+00AD where a soft hyphen is set
    x0: float
    x1: float
    top: float
    bottom: float
    base: float
    size: float
    font: str  # without the subset prefix


class Box(NamedTuple):
    """A rectangle that is filled (not with white) or framed; also the place of anything else."""

    x0: float
    top: float
    x1: float
    bottom: float


class Rule(NamedTuple):
    """A straight level or upright line, however it is painted."""

    x0: float
    top: float
    x1: float
    bottom: float


class PageLink(NamedTuple):
    """A rectangle that leads to an address; `url` as it stands in the file."""

    x0: float
    top: float
    x1: float
    bottom: float
    url: str


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """All that is drawn on one page, in the order of drawing."""

    number: int  # physical page, from 1
    width: float
    height: float
    glyphs: tuple[Glyph, ...] = ()
    links: tuple[PageLink, ...] = ()
    boxes: tuple[Box, ...] = ()
    rules: tuple[Rule, ...] = ()
    pictures: tuple[Box, ...] = ()  # images, and drawings that are more than boxes and rules
    label: str | None = None  # the printed number, where the file gives it
    unmapped: int = 0  # glyphs of which the fonts do not say which letters they are
    rotated: int = 0  # letters left out because they stand on their side
    damage: str | None = None  # why the page could be read only in part, or not at all
    links_damaged: bool = False
