"""Columns around what stands across them: the text runs on past it, or ends above it and begins anew below.

Both are printed. A float in the midst of a page is passed by each column; under a head across the page, and where a
producer balances its columns, what stands above is read before what stands below. The sentences tell: a line that
ends without a stop is followed by one that goes on.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from monitor.ingest.layout.columns import cut_at
from monitor.ingest.layout.cutouts import segments
from monitor.ingest.layout.lines import ends_sentence
from monitor.ingest.layout.stepped_bands import stepped
from monitor.ingest.layout.white_bands import (
    EMPTY,
    SMALLER,
    begin_together,
    begins_small,
    begins_with_head,
    seams,
    usual_white,
)
from monitor.ingest.pdf.words import is_bold
from monitor.ingest.structure.bylines import PARTICLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monitor.ingest.layout.columns import Column, Cut
    from monitor.ingest.layout.strips import Strip
    from monitor.ingest.pdf.printed_page import Box, Rule
    from monitor.ingest.pdf.words import Row

MOST_PLACES = 6  # on one page; more of them are passed
WIDE, MOST_BORDERS = 0.9, 20  # of the text's width: a rule between bands; so many are looked at
OTHER_SIZE = 0.8  # points
TITLE = 1.3  # of the size of the line above
MENDED = 1.0  # so much less odd, and white across the page parts bands
UNFINISHED = 0.25  # how odd it is that a page ends within a sentence
LINE_PARTS = 2  # a row of more is one of a table, and no sentence
WITHIN = re.compile(r"\d{1,4}[;)]")  # no sentence begins so: the rest of a date
IN_CONTENTS = re.compile(r"[.\u2026\u00b7_]{3,200} ?\d{1,3}$")  # leaders and a page number
MOST_NAMES, IN_NAMES = 8, PARTICLES | {"and", "&"}  # words
AWAITS_YEAR = re.compile(r"(?:[(,;]|\d,|\b(?:[A-Z][a-z]{2,8}\.?|no\.|vol\.|pp?\.))$")
SAME_EDGE = 3.0  # points: a column of a line or two begins where those of the page before did
HANGING = 18.0  # points: or a little farther in, as the later lines of a note do
TORN = 3.0  # of the size: white that no line of prose has
GOES_ON_LARGE = 0.5  # how odd it is that a sentence goes on with a capital
LEAST_RULE, SAME_RULE, LEAST_BETWEEN = 24.0, 3.0, 12.0  # points: column rules, one below the other, and what parts them
OVER = 0.3  # of a column's width: so much of it stands above or below a place across columns


def columns_around(
    rows: Sequence[Row],
    places: Sequence[Box],
    body: float,
    rules: Sequence[Rule] = (),
    middle: float | None = None,
    gutters: list[Strip] | None = None,
) -> list[Column]:
    """Return a page's columns in reading order, `places` being what was taken out of its rows, `middle` its middle.

    A rule as wide as the text parts what is above it from what is below. `gutters` are those of the page before, and
    brought up to date: columns of a line or two at an article's end show none of their own.
    """
    borders = _borders(rows, places, body, rules)
    best = cut_at(rows, body, borders, middle=middle)
    if gutters and len(_distinct(best.gutters)) < len(_distinct(gutters)):
        best = _by_known(best, cut_at(rows, body, borders, middle=middle, known=gutters), gutters)
    elif gutters is not None and best.gutters:
        gutters[:] = best.gutters
    if len(best.columns) == 1:
        return best.columns
    across = sorted((place for place in places if _is_across(place, best.columns)), key=lambda place: place.top)
    breaks = borders
    for place in across[:MOST_PLACES]:
        tried = [*breaks, (place.top + place.bottom) / 2]
        banded = cut_at(rows, body, tried, middle=middle)
        if _oddity(banded.columns) <= _oddity(best.columns):
            best, breaks = banded, tried
    for pair in _ends_of_column_rules(rows, rules)[:MOST_PLACES]:
        tried = [*breaks, *pair]
        banded = cut_at(rows, body, tried, middle=middle)
        if _oddity(banded.columns) <= _oddity(best.columns):
            best, breaks = banded, tried
    usual = usual_white(best.columns, body)
    for seam in seams(rows, places, body, usual):
        if begins_small(rows, seam, body):
            continue
        tried = [*breaks, seam]
        banded = cut_at(rows, body, tried, middle=middle)
        odd, odd_before = _oddity(banded.columns), _oddity(best.columns)
        if _heads_at_feet(banded.columns) > _heads_at_feet(best.columns):
            continue  # white below a head, and by chance in the next column too
        mends = odd <= odd_before - MENDED and begins_with_head(rows, seam, body)
        if mends or (
            odd == odd_before and begin_together(banded.columns, seam, places, breaks, body, usual + EMPTY * body)
        ):
            best, breaks = banded, tried
    # White above a title may cross all columns by chance.
    passed: list[float] = []
    between = _column_rules(rows, rules)
    for base in best.ended[:MOST_PLACES]:
        through = cut_at(rows, body, breaks, [*passed, base], middle)
        odd, odd_before = _oddity(through.columns), _oddity(best.columns)
        doubted = base in best.doubtful or any(rule.top < base - body and rule.bottom > base + body for rule in between)
        doubted = doubted or any(_is_level_with(place, row) for row in rows if row.base == base for place in places)
        doubted = doubted or _odd_above_feet(through.columns, body) < _odd_above_feet(best.columns, body)
        if odd < odd_before or (odd == odd_before and doubted):
            best, passed = through, [*passed, base]
    found = best.columns
    for upper, lower in stepped(rows, best.columns, body):
        tried_columns = [*cut_at(upper, body, middle=middle).columns, *cut_at(lower, body, middle=middle).columns]
        if _oddity(tried_columns) < _oddity(found):
            found = tried_columns
    return found


def _is_level_with(place: Box, title: Row) -> bool:
    """Tell whether something stands right of a title and reaches up beside it: below the head of a band it would begin."""
    return place.x0 > title.x1 and place.top < title.base and place.bottom > title.base


def _distinct(gutters: Sequence[Strip]) -> set[int]:
    """Return the middles of gutters in points, each once."""
    return {round((low + high) / 2) for low, high in gutters}


def _by_known(best: Cut, tried: Cut, gutters: Sequence[Strip]) -> Cut:
    """Return a cut at the gutters of another page where a column begins at one of them and the sentences fit as well."""
    starts = [min(row.x0 for row in column.rows) for column in tried.columns]
    begins = any(-SAME_EDGE <= x - high <= HANGING for x in starts for _, high in gutters)
    # A name may go on in the next column: where a line is torn, the sentences need not tell.
    least = _oddity(best.columns) + (GOES_ON_LARGE if _is_torn(best, gutters) else 0.0)
    fits = len(tried.columns) > len(best.columns) and _oddity(tried.columns) <= least
    return tried if begins and fits else best


def _is_torn(cut: Cut, gutters: Sequence[Strip]) -> bool:
    """Tell whether a row has more white over a known gutter than any line has, and goes on where a column begins."""
    return any(
        after.x0 - word.x1 >= TORN * row.size
        and word.x1 <= low + SAME_EDGE
        and -SAME_EDGE <= after.x0 - high <= HANGING
        for column in cut.columns
        for row in column.rows
        for word, after in pairwise(row.words)
        for low, high in gutters
    )


def _borders(rows: Sequence[Row], places: Sequence[Box], body: float, rules: Sequence[Rule]) -> list[float]:
    """Return the heights of rules as wide as the text, but for those around something that stands across."""
    if not rows or not rules:
        return []
    x0, x1 = min(row.x0 for row in rows), max(row.x1 for row in rows)
    wide = [(r.top + r.bottom) / 2 for r in rules if min(r.x1, x1) - max(r.x0, x0) >= WIDE * (x1 - x0)]
    near = 2 * body
    free = (y for y in wide if not any(place.top - near <= y <= place.bottom + near for place in places))
    return sorted(set(free))[:MOST_BORDERS]


def _ends_of_column_rules(rows: Sequence[Row], rules: Sequence[Rule]) -> list[tuple[float, float]]:
    """Return where rules between columns end and the next ones begin below them: titles stand between bands."""
    between = _column_rules(rows, rules)
    found: set[tuple[float, float]] = set()
    for rule in sorted(between, key=lambda r: r.top)[:MOST_BORDERS]:
        below = [other.top for other in between if other.top >= rule.bottom and abs(other.x0 - rule.x0) <= SAME_RULE]
        if below and min(below) - rule.bottom >= LEAST_BETWEEN:
            found.add((round(rule.bottom) + 1.0, round(min(below)) - 1.0))
    return sorted(found)


def _column_rules(rows: Sequence[Row], rules: Sequence[Rule]) -> list[Rule]:
    """Return the upright rules that stand between columns."""
    x0, x1 = min((row.x0 for row in rows), default=0.0), max((row.x1 for row in rows), default=0.0)
    tall = [r for r in rules if r.bottom - r.top >= LEAST_RULE and r.x1 - r.x0 < r.bottom - r.top]
    upright = [r for r in tall if x0 < r.x0 < x1]
    return [r for r in upright if not any(_is_cut_by(row, r) for row in rows)]


def _is_cut_by(row: Row, rule: Rule) -> bool:
    """Tell whether an upright rule goes through a word, or stands left or right of all text."""
    return any(word.x0 < rule.x0 < word.x1 and rule.top < word.base < rule.bottom for word in row.words)


def _is_across(place: Box, columns: Sequence[Column]) -> bool:
    """Tell whether a place stands in the way of two columns or more, with text above it and below it in some."""
    crossed = [
        column
        for column in columns
        if min(column.x1, place.x1) - max(column.x0, place.x0) > OVER * (column.x1 - column.x0)
        and any(row.base <= place.top for row in column.rows)
        and any(row.base >= place.bottom for row in column.rows)
    ]
    return len(crossed) > 1


def _oddity(columns: Sequence[Column]) -> float:
    """Return how badly the sentences of a page go on from line to line where these are not neighbours."""
    last = columns[-1].rows[-1] if columns else None
    unfinished = UNFINISHED if last and not ends_sentence(last.text) else 0.0
    return unfinished + sum(_misfit(above, below) for above, below in _joints(columns))


def _heads_at_feet(columns: Sequence[Column]) -> int:
    """Return how many columns end in a head, whose text then begins elsewhere."""
    last = [column.rows[-1] for column in columns[:-1] if len(column.rows) > 1]
    return sum(_is_bold(row) and not ends_sentence(row.text) for row in last)


def _odd_above_feet(columns: Sequence[Column], body: float) -> float:
    """Return how odd columns are without the small type at their ends: a sentence goes on past captions and footnotes."""
    found = []
    for column in columns:
        rows = list(column.rows)
        while rows and rows[-1].size < body - SMALLER:
            rows.pop()
        if rows:
            found.append(replace(column, rows=tuple(rows)))
    return _oddity(found)


def _joints(columns: Sequence[Column]) -> Iterator[tuple[Row, Row]]:
    """Yield the lines before and after every break: from column to column, and over what stands within one."""
    lines = [row for column in columns for row in column.rows]
    for above, below in pairwise(lines):
        titled = below.size > TITLE * above.size  # its tall letters may reach up to the line above it
        if below.base < above.base or below.top - above.bottom > above.size or titled:
            yield above, below


def _misfit(above: Row, below: Row) -> float:
    text = above.text
    if IN_CONTENTS.search(text) or _is_named(text) or len(segments(above)) > LINE_PARTS:
        return 0.0
    begins = below.text.lstrip("\"'\u2018\u201c([")[:1]
    if ends_sentence(text):
        return 2.0 if begins.islower() or WITHIN.match(below.text) else 0.0
    bold = _is_bold(above)
    if not bold and (_is_bold(below) or below.size > above.size + OTHER_SIZE):
        return 2.0  # a head, and the sentence above it has no end
    if text.endswith("-") and not begins.islower():
        return 1.0
    return 0.0 if begins.islower() or (begins.isdecimal() and AWAITS_YEAR.search(text)) else GOES_ON_LARGE


def _is_named(text: str) -> bool:
    """Tell whether a line is nothing but a few words with capitals: names, which end no sentence."""
    small = (word for word in text.split() if not word[:1].isupper())
    return text.count(" ") < MOST_NAMES and all(word.partition("-")[0] in IN_NAMES for word in small)


def _is_bold(row: Row) -> bool:
    return all(is_bold(word.font) for word in row.words)
