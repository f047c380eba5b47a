"""Where on the page the halves of a cut paragraph stand, as far as its boxes and the length of its text can say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.ingest.document import Region

LINE = 14.0  # points: about one line of running text
# Lines are not equally full, so that text and area differ a little: a cut this near to a column's end is meant there.
NEAR = 0.05


def parted(regions: Sequence[Region], share: float) -> tuple[tuple[Region, ...], tuple[Region, ...]]:
    """Return the boxes of what stands before and after a cut at `share` (0 to 1) of the text.

    The box in which the cut falls is cut between two lines, unless it falls near the edge of one of several boxes.
    A box of one line belongs to both.
    """
    if not regions:
        return (), ()
    areas = [_area(region) for region in regions]
    total = sum(areas) or 1.0
    reached = 0.0
    for k, area in enumerate(areas):
        part = area / total
        if share < reached + part or k == len(regions) - 1:
            inside = min(max((share - reached) / part, 0.0), 1.0) if part else 0.0
            return _cut_at(regions, k, inside, NEAR * sum(_height(each) for each in regions))
        reached += part
    return tuple(regions), tuple(regions)  # pragma: no cover (the last box takes every cut)


def _cut_at(
    regions: Sequence[Region], k: int, inside: float, near: float
) -> tuple[tuple[Region, ...], tuple[Region, ...]]:
    x0, top, x1, bottom = regions[k].bbox
    at = top + inside * (bottom - top)
    slack = max(LINE / 2, near) if len(regions) > 1 else LINE / 2
    if k > 0 and at - top < slack:
        return tuple(regions[:k]), tuple(regions[k:])
    if k < len(regions) - 1 and bottom - at < slack:
        return tuple(regions[: k + 1]), tuple(regions[k + 1 :])
    if bottom - top < 2 * LINE:
        return tuple(regions[: k + 1]), tuple(regions[k:])
    at = min(max(at, top + LINE / 2), bottom - LINE / 2)
    upper, lower = replace(regions[k], bbox=(x0, top, x1, at)), replace(regions[k], bbox=(x0, at, x1, bottom))
    return (*regions[:k], upper), (lower, *regions[k + 1 :])


def healed(first: Sequence[Region], second: Sequence[Region]) -> tuple[Region, ...]:
    """Return the boxes of two texts that become one; two that lie edge to edge, as after a cut, are one box."""
    if first and second and first[-1].page == second[0].page:
        (x0, top, x1, bottom), other = first[-1].bbox, second[0].bbox
        if (x0, bottom, x1) == (other[0], other[1], other[2]):
            box = replace(first[-1], bbox=(x0, top, x1, other[3]))
            return (*first[:-1], box, *second[1:])
    return tuple(dict.fromkeys((*first, *second)))


def _height(region: Region) -> float:
    return max(region.bbox[3] - region.bbox[1], 0.0)


def _area(region: Region) -> float:
    return max(region.bbox[2] - region.bbox[0], 0.0) * _height(region)
