"""Contents set side by side over the columns: cards under page numbers in one row, or entries in two columns of a few rows.

So few rows show no gutter, and the columns of the text below stand elsewhere; page numbers tell where an entry begins
or ends.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from monitor.ingest.layout.cutouts import Cutout, around, segments, without
from monitor.ingest.pdf.words import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.ingest.pdf.words import Word

NUMBER = re.compile(r"^\d{1,3}$")
MARK = re.compile(r"^(?:(?:pp?\.|page) ?)?\d{1,3}$", re.IGNORECASE)
LEADERS = re.compile(r"^[.\u2026\u00b7_]{2,200}$")
WIDE = 2.0  # of the size: white between the page numbers of two cards at least
APART = 0.8  # of the size: white between two entries side by side
CLOSE = 2.3  # of the size, from line to line of one card, blank lines within it too
LARGER = 1.25  # of the size: a title of the text below
MOST_LINES, MOST_ABOVE = 9, 3  # of one card; rows above two columns' first full row
EDGE = 3.0  # points by which the lines of a card may begin left of its number
ENDS = 2.5  # points between the ends of the page numbers of one column
LEAST_ENTRIES = 3
BROKEN_LINES = 2  # of a column that end in a comma or a hyphen: few titles do
MOST_BELOW = 3  # rows below the last number: names


def card_contents(rows: Sequence[Row]) -> tuple[list[Row], list[Cutout]]:
    """Part a first page's rows into the others and the contents set in cards or in two columns, card by card."""
    ordered = sorted(rows, key=lambda row: row.base)
    cards = _cards(ordered) or _entry_columns(ordered)
    found = [card for card in cards if card]
    if len(found) < 2:
        return list(rows), []
    whole = tuple(row for card in found for row in card)
    left = without(rows, whole)
    return left, [Cutout("contents", around(whole), whole, (tuple(tuple(card) for card in found),))]


def _cards(rows: Sequence[Row]) -> list[list[Row]]:
    """Return the cards under rows of nothing but page numbers, from left to right."""
    found: list[list[Row]] = []
    at = 0
    while at < len(rows):
        marks = _marks(rows[at])
        end = _card_end(rows, at, [mark[0].x0 for mark in marks]) if len(marks) > 1 else at
        if end - at > 1:
            starts = [mark[0].x0 - EDGE for mark in marks]
            found += [_between(rows[at:end], low, high) for low, high in _spans(starts)]
        at = max(end, at + 1)
    return found


def _marks(row: Row) -> list[list[Word]]:
    """Return the page numbers of a row that holds nothing else, far from each other; none for other rows."""
    parts: list[list[Word]] = []
    for word in row.words:
        near = bool(parts) and word.x0 - parts[-1][-1].x1 < WIDE * word.size
        if near:
            parts[-1].append(word)
        else:
            parts.append([word])
    texts = [" ".join(word.text for word in part) for part in parts]
    if not all(map(MARK.match, texts)):
        return []
    pages = [int("".join(filter(str.isdigit, text))) for text in texts]
    return parts if pages == sorted(pages) else []


def _card_end(rows: Sequence[Row], at: int, starts: Sequence[float]) -> int:
    """Return where the cards below a row of page numbers end: at white, larger type, or a line across them."""
    end = at + 1
    while end < len(rows) and end - at <= MOST_LINES:
        row = rows[end]
        far = row.base - rows[end - 1].base > CLOSE * rows[at].size
        if far or row.size > LARGER * rows[at].size or len(_marks(row)) > 1 or not _keeps_to(row, starts):
            break
        end += 1
    return end


def _keeps_to(row: Row, starts: Sequence[float]) -> bool:
    """Tell whether every part of a row begins in a card, and none reaches into the next one."""
    if row.x0 < starts[0] - EDGE:
        return False
    return not any(part.x0 < start - EDGE < part.x1 - EDGE for part in segments(row, APART) for start in starts[1:])


def _spans(starts: Sequence[float]) -> list[tuple[float, float]]:
    return list(zip(starts, [*starts[1:], float("inf")], strict=True))


def _between(rows: Sequence[Row], low: float, high: float) -> list[Row]:
    """Return the parts of rows whose words begin between two places."""
    parts = (Row([word for word in row.words if low <= word.x0 < high]) for row in rows)
    return [part for part in parts if part.words]


def _entry_columns(rows: Sequence[Row]) -> list[list[Row]]:
    """Return the two columns of a contents: entries with their pages side by side, in one row or nearly level."""
    for at, row in enumerate(rows):
        near = rows[max(0, at - MOST_ABOVE) : at + MOST_ABOVE + 1]
        strip = _white_between_entries(row) or _white_beside_entry(row, near)
        if strip is None:
            continue
        ends = (strip[0], max(one.x1 for one in near if one.x1 > strip[1]))
        first = _first(rows, at, strip, ends)
        last = _last(rows, at, strip, ends)
        inside = rows[first : last + 1]
        columns = [_between(inside, float("-inf"), strip[1] - 1), _between(inside, strip[1] - 1, float("inf"))]
        pages = [[_page(one) for one in column if _bears(one, ends)] for column in columns]
        rising = sum(map(len, pages)) >= LEAST_ENTRIES and all(own == sorted(own) and own for own in pages)
        if rising and not any(map(_is_prose, columns)):
            return columns
    return []


def _is_prose(column: Sequence[Row]) -> bool:
    """Tell whether lines are those of a text, some of which end in a number: they begin or break off within a sentence."""
    broken = sum(row.text.endswith((",", ";", "-")) for row in column)
    return column[0].text[:1].islower() or broken >= BROKEN_LINES


def _white_between_entries(row: Row) -> tuple[float, float] | None:
    """Return the white behind the first of two entries in one row, each with its page at its end."""
    if not _is_page(row.words[-1]) or len(row.words) < 4:
        return None
    for at in range(1, len(row.words) - 2):
        word, after = row.words[at], row.words[at + 1]
        apart = after.x0 - word.x1 >= APART * word.size
        if apart and _is_page(word) and after.text[:1].isalpha() and not LEADERS.match(after.text):
            return word.x1, after.x0
    return None


def _white_beside_entry(row: Row, near: Sequence[Row]) -> tuple[float, float] | None:
    """Return the white behind an entry with its page at its end, beside which others begin a little higher or lower."""
    if len(row.words) < 2 or not _is_page(row.words[-1]):
        return None
    beside = [one for one in _between(near, row.x1 + APART * row.size, float("inf")) if len(one.words) > 1]
    paged = any(_is_page(one.words[-1]) for one in beside)
    return (row.x1, min(one.x0 for one in beside)) if paged else None


def _first(rows: Sequence[Row], at: int, strip: tuple[float, float], ends: tuple[float, float]) -> int:
    """Return the first row above a full one that bears a page in one of the columns, or goes on to one that does."""
    first = at
    for k in range(at - 1, max(-1, at - 1 - MOST_ABOVE * 2), -1):
        if not _is_inside(rows, k, k + 1, strip, rows[at].size):
            break
        first = k if any(_bears(part, ends) for part in _halves(rows[k], strip)) else first
    return first


def _last(rows: Sequence[Row], at: int, strip: tuple[float, float], ends: tuple[float, float]) -> int:
    """Return the last row below a full one that is part of the two columns, names below the last page included."""
    last = bearing = at
    for k in range(at + 1, len(rows)):
        if not _is_inside(rows, k, k - 1, strip, rows[at].size) or k - bearing > MOST_BELOW:
            break
        last = k
        bearing = k if any(_bears(part, ends) for part in _halves(rows[k], strip)) else bearing
    return last


def _is_inside(rows: Sequence[Row], k: int, beside: int, strip: tuple[float, float], size: float) -> bool:
    """Tell whether a row near the contents leaves their white free, close to the row `beside` it, in their size."""
    row = rows[k]
    free = not any(word.x0 < strip[1] - 1 and word.x1 > strip[0] + 1 for word in row.words)
    return free and abs(row.base - rows[beside].base) <= CLOSE * size and row.size <= LARGER * size


def _halves(row: Row, strip: tuple[float, float]) -> list[Row]:
    return [*_between([row], float("-inf"), strip[1] - 1), *_between([row], strip[1] - 1, float("inf"))]


def _bears(row: Row, ends: tuple[float, float]) -> bool:
    """Tell whether a line ends in a page number, where those of its column end."""
    last = row.words[-1]
    return _is_page(last) and min(abs(last.x1 - end) for end in ends) <= ENDS


def _is_page(word: Word) -> bool:
    """Tell whether a word is a page's number: a raised one leads to a note."""
    return not word.marker and NUMBER.match(word.text) is not None


def _page(row: Row) -> int:
    return int(row.words[-1].text)
