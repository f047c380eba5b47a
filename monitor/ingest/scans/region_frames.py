"""Regions of pages that were turned or straightened before reading, back to where they stand on the page as drawn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from monitor.ingest.pdf.frame import quarter_turned

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monitor.ingest.document import Article, IssueDocument, Region


@dataclass(frozen=True, slots=True)
class ReadingFrame:
    """How a page stood when it was read: its size in points then, its turn (degrees clockwise) and how askew it lies."""

    width: float
    height: float
    turn: int
    slope: float = 0.0

    @property
    def size(self) -> tuple[float, float]:
        """Return the size of the page as drawn."""
        return (self.width, self.height) if self.turn % 180 == 0 else (self.height, self.width)

    def on_page(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        """Return the box on the page as drawn that holds all of `box`, in points rounded to hundredths."""
        x0, top, x1, bottom = box
        across, down = self.width / 2, self.height / 2
        falls = sorted((self.slope * (x0 - across), self.slope * (x1 - across)))
        shifts = sorted((self.slope * (down - top), self.slope * (down - bottom)))
        askew = (x0 + shifts[0], top + falls[0], x1 + shifts[1], bottom + falls[1])
        limits = (self.width, self.height) * 2
        inside = tuple(min(max(value, 0.0), limit) for value, limit in zip(askew, limits, strict=True))
        x0, top, x1, bottom = quarter_turned(
            (inside[0], inside[1], inside[2], inside[3]), -self.turn % 360, (self.width, self.height)
        )
        return (round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2))


def as_drawn(document: IssueDocument, frames: Mapping[int, ReadingFrame]) -> IssueDocument:
    """Return the document with all regions on the pages in `frames` (by physical number), and their sizes, as drawn."""
    if not frames:
        return document
    sizes = [
        (round(frames[page].size[0], 2), round(frames[page].size[1], 2)) if page in frames else size
        for page, size in enumerate(document.issue.page_sizes, start=1)
    ]
    return replace(
        document,
        issue=replace(document.issue, page_sizes=tuple(sizes)),
        articles=tuple(_article(article, frames) for article in document.articles),
    )


def _article(article: Article, frames: Mapping[int, ReadingFrame]) -> Article:
    return replace(
        article,
        blocks=tuple(replace(block, regions=_regions(block.regions, frames)) for block in article.blocks),
        notes=tuple(replace(note, regions=_regions(note.regions, frames)) for note in article.notes),
    )


def _regions(regions: tuple[Region, ...], frames: Mapping[int, ReadingFrame]) -> tuple[Region, ...]:
    return tuple(
        replace(region, bbox=frames[region.page].on_page(region.bbox)) if region.page in frames else region
        for region in regions
    )
