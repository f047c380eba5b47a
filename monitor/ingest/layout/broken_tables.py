"""Tables that the end of a column breaks: the rest stands at the head of the next column, without a head row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.ingest.pdf.words import is_bold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monitor.ingest.layout.page_parts import Aside


def with_whole_tables(asides: Iterable[tuple[int, Aside]]) -> list[tuple[int, Aside]]:
    """Return asides with their spots, in order, the parts of each table put together.

    Nothing stands between the parts, so that they have one spot.
    """
    found: list[tuple[int, Aside]] = []
    for spot, aside in asides:
        before = found[-1] if found else None
        if before and before[0] == spot and _goes_on(before[1], aside):
            one = before[1]
            found[-1] = (spot, replace(one, lines=one.lines + aside.lines, cells=one.cells + aside.cells))
        else:
            found.append((spot, aside))
    return found


def _goes_on(one: Aside, other: Aside) -> bool:
    """Tell whether a table farther right or on a later page has the columns of another, and no head of its own."""
    if one.kind != "table" or other.kind != "table" or not one.cells or not other.cells:
        return False
    last, first = one.lines[-1], other.lines[0]
    next_column = first.page == last.page and first.base < last.base and first.x0 > last.x1
    if not (first.page == last.page + 1 or next_column) or len(one.cells[0]) != len(other.cells[0]):
        return False
    alike = first.style.family == last.style.family and abs(first.style.size - last.style.size) < 1
    return alike and not any(is_bold(word.font) for word in first.words)
