"""Pictures of an issue's pages: which there are, their addresses, and what is written down of them.

for page in pages_of(issue):                      # one for each page of a PDF, none for a text
    page.small, page.large                        # addresses, None while there is no picture
    page.width, page.height                       # points: the frame of blocks' regions
places_on_pages(block.regions, issue.page_sizes)  # where a block stands, in percent of its pages' pictures
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse

from monitor.library.files import kept_pictures
from monitor.library.locks import lock_file
from monitor.library.models import Finding, Issue

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

UNDRAWN = "page_not_drawn"  # the finding's code
DIGEST_SHOWN = 16  # hexadecimal digits of the file's sha256 in an address: another file, another address


class Size(StrEnum):
    """The two sizes in which every page is kept."""

    SMALL = "small"
    LARGE = "large"


# Pixels. A thumbnail of 180 on a screen of twice the density; a column of 700 likewise, where 9-point text is read.
WIDTHS = {Size.SMALL: 360, Size.LARGE: 1400}


@dataclass(frozen=True, slots=True)
class PagePicture:
    """One page: its size in points, and the addresses of its pictures where they are drawn."""

    number: int  # physical page, from 1
    width: float
    height: float
    small: str | None = None
    large: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle on the picture of a page, in percent of its width and height."""

    page: int
    left: float
    top: float
    width: float
    height: float


def pages_of(issue: Issue) -> tuple[PagePicture, ...]:
    """Return the pages of an issue in order; asks the storage only where some but not all pictures are there."""
    drawn = drawn_pages_of(issue)
    return tuple(
        PagePicture(
            number, width, height, *(_address(issue, number, size) if number in drawn else None for size in Size)
        )
        for number, (width, height) in enumerate(issue.page_sizes, 1)
    )


def drawn_pages_of(issue: Issue) -> set[int]:
    """Return the pages whose pictures are kept."""
    if issue.page_images == 0:
        return set()
    if issue.page_images == issue.pages:
        return set(range(1, issue.page_images + 1))
    return _whole(kept_pictures(issue.sha256))


def _address(issue: Issue, number: int, size: Size) -> str:
    address = reverse("page-picture", args=[issue.pk, number, size])
    return f"{address}?v={version_of(issue)}"


def version_of(issue: Issue) -> str:
    """Return what the addresses of pictures carry: another file at the same number has other addresses."""
    return issue.sha256[:DIGEST_SHOWN]


def lacks_pictures(issue: Issue) -> bool:
    """Return whether pages of an issue should have pictures and have none: a text has no pages."""
    return issue.file_type == "pdf" and issue.page_images < (issue.pages or 0)


def missing_pages(issue: Issue) -> list[int]:
    """Return the pages of which a picture is missing."""
    return sorted(set(range(1, (issue.pages or 0) + 1)) - _whole(kept_pictures(issue.sha256)))


def _whole(kept: set[tuple[int, str]]) -> set[int]:
    return {page for page, _ in kept if all((page, size) in kept for size in Size)}


@transaction.atomic
def record_pictures(*, issue: Issue, failures: Mapping[int, str]) -> int:
    """Write down how many pages of an issue have their pictures, and why others have none; return how many have.

    Nothing is written where the issue has another file by now, or is gone.
    """
    lock_file(issue.sha256)
    rows = Issue.objects.filter(pk=issue.pk, sha256=issue.sha256)
    drawn = len(_whole(kept_pictures(issue.sha256)))
    if rows.update(page_images=drawn):
        Finding.objects.filter(issue=issue, code=UNDRAWN).delete()
        if failures:
            Finding.objects.create(issue=issue, code=UNDRAWN, severity="info", **_told(failures, issue.pages or 0))
    return drawn


def _told(failures: Mapping[int, str], pages: int) -> dict[str, Any]:
    first = min(failures)
    many = f"{len(failures)} of {pages} pages have no picture, for instance page {first}." if len(failures) > 1 else ""
    return {"message": f"{many} {failures[first]}".strip(), "page": first}


def places_on_pages(regions: Iterable[Mapping[str, Any]], page_sizes: Sequence[Sequence[float]]) -> tuple[Place, ...]:
    """Return where `regions` (`page`, `bbox` in points: x0, top, x1, bottom) stand on the pages' pictures.

    Parts beyond the page are cut off; a region of an unknown page, or with no area on it, has no place.
    """
    places = (_place(region["page"], region["bbox"], page_sizes) for region in regions)
    return tuple(place for place in places if place)


def _place(page: int, bbox: Sequence[float], page_sizes: Sequence[Sequence[float]]) -> Place | None:
    if not 1 <= page <= len(page_sizes):
        return None
    (x0, top, x1, bottom), (width, height) = bbox, page_sizes[page - 1]
    left, right = _share(x0, width), _share(x1, width)
    upper, lower = _share(top, height), _share(bottom, height)
    if not (left < right and upper < lower):
        return None
    return Place(page, left, upper, round(right - left, 3), round(lower - upper, 3))


def _share(point: float, whole: float) -> float:
    """Return a coordinate in percent of the page's side, on the page."""
    percent = 100 * point / whole if whole > 0 else math.nan
    return round(min(max(percent, 0.0), 100.0), 3) if math.isfinite(percent) else math.nan
