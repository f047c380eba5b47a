"""One page of a PDF as `pdf` hands it to `layout`: glyphs, links, boxes, rules and pictures in one frame.

The frame is the crop box after /Rotate: origin at its top left corner, x to the right, y down, PDF points.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from monitor.ingest.pdf.frame import quarter_turned


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
    """A rectangle that leads to an address, `url` as it stands in the file, or to another page of the file."""

    x0: float
    top: float
    x1: float
    bottom: float
    url: str
    page: int | None = None  # physical, from 1

    @property
    def target(self) -> str | int:
        """Return the address, or the page."""
        return self.url if self.page is None else self.page


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
    image_share: float = 0.0  # of the page, under images of any size (0 to 1)
    painted: int = 0  # steps of the paths that are painted
    label: str | None = None  # the printed number, where the file gives it
    unmapped: int = 0  # glyphs of which the fonts do not say which letters they are
    rotated: int = 0  # letters left out because they stand on their side
    hidden: int = 0  # letters drawn invisibly: read where a scan lies under them, else left out
    unseen: int = 0  # letters left out because nobody sees them: invisible ones, white ones on white
    turn: int = 0  # degrees clockwise by which the page was turned before reading; all places are those after it
    damage: str | None = None  # why the page could be read only in part, or not at all
    links_damaged: bool = False

    def turned(self, turn: int) -> PrintedPage:
        """Return the page whose glyphs already stand as after a turn by `turn` degrees, with all else turned too."""
        if not turn:
            return self
        size = (self.width, self.height)
        width, height = size if turn == 180 else size[::-1]

        def place(box: Box | Rule | PageLink) -> tuple[float, float, float, float]:
            return quarter_turned((box.x0, box.top, box.x1, box.bottom), turn, size)

        return replace(
            self,
            width=width,
            height=height,
            links=tuple(PageLink(*place(link), link.url, link.page) for link in self.links),
            boxes=tuple(Box(*place(box)) for box in self.boxes),
            rules=tuple(Rule(*place(rule)) for rule in self.rules),
            pictures=tuple(Box(*place(picture)) for picture in self.pictures),
            turn=turn,
        )
