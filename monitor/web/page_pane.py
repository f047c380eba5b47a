"""The printed page beside the text: its picture, and where each block of the article stands on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from monitor.library.page_pictures import PagePicture, Place, pages_of, places_on_pages
from monitor.web.reading_ways import whole_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from monitor.library.models import Issue

    Blocks = Sequence[tuple[str, Sequence[Mapping[str, Any]]]]  # fragment of a block, and its regions


@dataclass(frozen=True, slots=True)
class Frame:
    """A block of the text on a page: its fragment, and its rectangle in percent of the picture."""

    id: str
    place: Place


@dataclass(frozen=True, slots=True)
class PanePage:
    """A page of the article with its picture, and the places of its blocks in the order of reading."""

    picture: PagePicture
    frames: tuple[Frame, ...]

    @property
    def address(self) -> str:
        """Return the end of the address that shows this page, and the text where it goes on there."""
        return f"page={self.picture.number}#{self.frames[0].id}"


@dataclass(frozen=True, slots=True)
class Pane:
    """The pages on which an article stands, one of which is shown."""

    pages: tuple[PanePage, ...]
    shown: int  # physical page
    of: int  # pages of the whole issue


def article_pages(issue: Issue, blocks: Blocks) -> tuple[PanePage, ...]:
    """Return the pages on which an article stands and of which there are pictures, in order."""
    frames: dict[int, list[Frame]] = {}
    for block, regions in blocks:
        for place in places_on_pages(regions, issue.page_sizes):
            frames.setdefault(place.page, []).append(Frame(block, place))
    pictures = (picture for picture in pages_of(issue) if picture.number in frames and picture.large)
    return tuple(PanePage(picture, tuple(frames[picture.number])) for picture in pictures)


def pane_of(issue: Issue, pages: tuple[PanePage, ...], asked: str | None) -> Pane | None:
    """Return the pane for `?page=`; nothing where that is no page of the article with a picture."""
    shown = whole_number(asked)
    if not any(page.picture.number == shown for page in pages):
        return None
    return Pane(pages, shown, of=issue.pages or 0)
