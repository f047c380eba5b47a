"""What templates hand to the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

register = template.Library()

UNKNOWN = "0"


@register.filter
def printed_pages(regions: Sequence[tuple[str, Sequence[Mapping[str, Any]]]], first: int | None) -> str:
    """Return the printed page, or `5-6`, of each block in order, `0` where it is not known; nothing where none is.

    `regions` are the blocks with their places on the sheets of the file; `first` is the printed page on which the
    article begins, for the sheets of a file may be counted otherwise.
    """
    sheets = [sorted({int(place["page"]) for place in places if "page" in place}) for _, places in regions]
    known = [sheet for found in sheets for sheet in found]
    if not known:
        return ""
    shift = (first - min(known)) if first is not None else 0
    return " ".join(_pages(found, shift) for found in sheets)


def _pages(sheets: Sequence[int], shift: int) -> str:
    numbers: Iterable[int] = dict.fromkeys((sheets[0] + shift, sheets[-1] + shift)) if sheets else ()
    return "-".join(str(number) for number in numbers) or UNKNOWN
