"""Letters drawn twice at a page break: high accents of the next page's first line, below the last line of a page.

Browsers draw there what of a line reaches over its page; the paper does not show it.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.ingest.layout.running_heads import PageRows
    from monitor.ingest.pdf.words import Row, Word

MOST_LETTERS = 3
NEAR = 1.0  # points
FIRST_ROWS = 3  # of a page, among which the line stands that is drawn twice


def without_echoes(pages: Sequence[PageRows]) -> list[PageRows]:
    """Return the pages without a last row that is nothing but letters of the next page's first line."""
    kept = list(pages)
    for at, (page, following) in enumerate(pairwise(pages)):
        ordered = sorted(page.rows, key=lambda row: row.base)
        first = sorted(following.rows, key=lambda row: row.base)[:FIRST_ROWS]
        gone = {id(row) for row in ordered[-2:] if _is_echo(row, first)}
        if gone:
            kept[at] = replace(page, rows=tuple(row for row in page.rows if id(row) not in gone))
    return kept


def _is_echo(row: Row, first: Sequence[Row]) -> bool:
    if any(len(word.text) > MOST_LETTERS or word.text.isascii() or not word.text.isalpha() for word in row.words):
        return False
    return all(any(_has(other, word) for line in first for other in line.words) for word in row.words)


def _has(word: Word, echo: Word) -> bool:
    """Tell whether a word holds a letter that is drawn once more at the same distance from the left."""
    level = word.x0 - NEAR <= echo.x0 and echo.x1 <= word.x1 + NEAR
    return level and echo.text in word.text and echo.font == word.font
