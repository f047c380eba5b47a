"""Kickers: a word or two set apart right above a title that begins a band; the band begins with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.ingest.pdf.words import is_bold, is_italic

if TYPE_CHECKING:
    from monitor.ingest.pdf.words import Row

MOST_WORDS = 5
OTHER_SIZE = 0.08  # of the body's size: set larger or smaller
SMALLER = 0.9  # of the title's size: what is larger is a line of it
CLOSE = 1.2  # of the title's size: so near it stands to its title
LEVEL = 2.0  # points: lines that begin at one height
LINE, NEAR = 2.1, 6  # of the size, from line to line of one column; rows above that are looked at
EDGE = 3.0  # points between the left edges or the middles of kicker and title


def opening_row(rows: list[Row], start: int, at: int, body: float) -> int:
    """Return the row with which the opening of the title `at` begins: its kicker's, or its own.

    `rows` come in the order of their baselines, those of the run so far from `start` on; `body` is in points.
    """
    return at - 1 if at - 1 > start and _is_kicker(rows[at - 1], rows[at], body) else at


def level_with(rows: list[Row], start: int, at: int) -> int:
    """Return the first of the rows that begin beside the title `at` though their baselines stand above its own.

    They are lines of other columns, and begin a band with it; none of them goes on what stands above it.
    """
    title = rows[at]
    first = at
    while first - 1 > start and rows[first - 1].top >= title.top - LEVEL and rows[first - 1].x0 >= title.x1:
        first -= 1
    above = rows[max(start, first - NEAR) : first]
    return at if any(_goes_on(one, row) for row in rows[first:at] for one in above) else first


def _goes_on(above: Row, row: Row) -> bool:
    """Tell whether a line stands right below another one, as lines of one column do."""
    return row.base - above.base <= LINE * row.size and any(w.x0 < row.x1 and w.x1 > row.x0 for w in above.words)


def _is_kicker(row: Row, title: Row, body: float) -> bool:
    if any(word.size < SMALLER * title.size for word in title.words):
        return False  # something stands beside the title
    if len(row.words) > MOST_WORDS or row.size > SMALLER * title.size or title.top - row.bottom > CLOSE * title.size:
        return False
    edges = abs(row.x0 - title.x0), abs((row.x0 + row.x1) - (title.x0 + title.x1)) / 2
    return min(edges) <= EDGE and _is_set_apart(row, body) and not row.text.endswith((".", ",", ";"))


def _is_set_apart(row: Row, body: float) -> bool:
    """Tell whether a row is set in capitals, bold or slanted, or in another size than running text."""
    text = row.text
    styled = all(is_bold(word.font) or is_italic(word.font) for word in row.words)
    return styled or abs(row.size - body) > OTHER_SIZE * body or (text.isupper() and len(text) > 1)
