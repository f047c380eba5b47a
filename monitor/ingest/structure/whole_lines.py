"""Lines of the contents made whole by what the issue prints over its articles: wrapped titles and names, cells apart.

A narrow box breaks names and titles anywhere, and a table is read cell by cell; the articles print both in full.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from monitor.ingest.structure.bylines import LONGEST_BYLINE, people_of, read_byline
from monitor.ingest.structure.contents import BARE_PAGE, LED_PAGE, TAIL, Row, joined, page_of
from monitor.ingest.structure.looks import is_bare
from monitor.ingest.structure.posts import is_post
from monitor.ingest.structure.signatures import without_signs
from monitor.ingest.structure.styles import LARGER, Body
from monitor.ingest.structure.type_looks import LONGEST_TITLE, letters, look_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from monitor.ingest.pieces import Piece
    from monitor.ingest.structure.type_looks import Look

NUMBER = re.compile(r"\d{1,3}\.?$")
LEADING = re.compile(r"(?:(?:pp?\.|page) ?)?\d{1,3}(?: ?[|:\u2022\u2013\u2014-] | )(?=[^\W\d_]|[\"'\u201c\u2018])")
WAITS = (" p.", " pp.", "\u2026", "...", ". .", " page")  # a page must follow
SIGN = re.compile(r"[,:] ")
MOST_TITLE_ROWS = 7
MOST_NAME_ROWS = 4
MOST_LINES = 400
MOST_PIECES = 4000
LONGEST_NAMES = 3  # printed lines that name people above an article's text
BEGUN = 5  # letters that a title and its first line in the contents have in common at least
ALIKE = 95.0
SMALLEST = 0.95  # of the body's size: what is smaller is no title
# A layout may take a title in large italics for a pull quote.
TITLES_ASIDE = frozenset({None, "pullquote"})
NEAR = 4  # pieces below a title among which its names stand


@dataclass(slots=True)
class Known:
    """What the articles print over themselves, folded: titles by their first letters, names, whose title is whose."""

    titles: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    names: set[str] = field(default_factory=set)
    written: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # names: their titles

    def title_of(self, text: str) -> str | None:
        """Return the title that a text prints in full, None where there is none."""
        wanted = letters(text)
        near = self.titles.get(wanted[:BEGUN], ())
        best = max(near, key=lambda title: fuzz.ratio(title, wanted), default=None)
        return best if best is not None and fuzz.ratio(best, wanted) >= ALIKE else None

    def names_of(self, text: str) -> str | None:
        """Return the names of a line, folded, where the issue knows all of them."""
        byline = read_byline(text.strip().removesuffix(":"))
        if byline is None or byline.rest or not all(letters(name) in self.names for name in byline.names):
            return None
        return "|".join(map(letters, byline.names))

    def prints_both(self, text: str) -> bool:
        """Tell whether a text is known names and then a title: "Jane Roe and Karl Ott, The Ferrymen"."""
        ends = [found.start() for found in SIGN.finditer(text[:LONGEST_BYLINE])]
        return any(self.title_of(text[end + 2 :]) and self.names_of(text[:end]) for end in ends)


def known_lines(pieces: Sequence[Piece]) -> Known:
    """Return what the pieces after an issue's front print as titles, names and biographies."""
    known = Known()
    body = Body.of(pieces).size or 0.0
    last: list[tuple[int, str]] = []
    before: tuple[Look, str] | None = None  # the line above, where it may be a title's first
    for k, piece in enumerate(pieces[:MOST_PIECES]):
        if piece.aside not in TITLES_ASIDE:
            continue
        text, look = letters(piece.text), look_of(piece)
        short = len(piece.text) <= LONGEST_TITLE and is_bare(piece.text) and len(text) > BEGUN
        # What is larger than the text is a title, even one that reads like names: "Old Networks, New Roads".
        names = names_at(piece) if not short or look.size < LARGER * body else ()
        known.names.update(map(letters, (*names, *(name for people in people_of(piece.text) for name in people))))
        if names:
            together = "|".join(map(letters, names))
            known.written[together].update(title for at, title in last if k - at <= NEAR)
        elif short and look.size >= SMALLEST * body:
            wrapped = [before[1] + text] if before and before[0] == look else []
            for title in (text, *wrapped):
                known.titles[title[:BEGUN]].append(title)
                last = [*last[-NEAR:], (k, title)]
        before = (look, text) if short and not names else None
    return known


def names_at(piece: Piece) -> tuple[str, ...]:
    """Return the people a piece names, or its first lines do where the text goes on right below them."""
    first = read_byline(piece.rows[0]) if len(piece.rows) > 1 and is_post(joined(piece.rows[1:])) else None
    if first is not None:
        return first.names
    whole = read_byline(without_signs(piece.text)) if len(piece.text) <= LONGEST_TITLE else None
    if whole is not None:
        return whole.names
    heads = (read_byline(joined(piece.rows[:count])) for count in range(min(LONGEST_NAMES, len(piece.rows) - 1), 0, -1))
    return next((found.names for found in heads if found is not None and not found.rest), ())


def whole_lines(rows: Sequence[Row], known: Known) -> list[Row]:
    """Return the lines of the contents with wrapped titles and names as one line each, names behind their title.

    The page of a title goes to the end of its line, or stays at its beginning.
    """
    merged: list[Row] = []
    at = 0
    while at < len(rows):
        size = run_at(rows, at, known) if at < MOST_LINES else 1
        merged.append(with_role(one_row(rows[at : at + size]) if size > 1 else rows[at], known))
        at += size
    return names_by_titles(merged, known)


def run_at(rows: Sequence[Row], at: int, known: Known) -> int:
    """Return how many lines from one on are one title or one line of names; the longest such run."""
    best = 1
    for size in range(1, min(MOST_TITLE_ROWS, len(rows) - at) + 1):
        run = [row.text for row in rows[at : at + size]]
        if page_of(run[-1]) is not None:
            # "p. 2" on a line of its own opens or closes an entry.
            break
        text = joined(map(bare_row, run)).strip()
        if NUMBER.match(run[-1]):
            if not run[0].strip().isdecimal() and size == best + 1 and (run[-2].endswith(WAITS)):
                best = size
            continue
        beside = size > 1 and known.names_of(run[0]) is None and known.prints_both(text)
        named = beside or (size <= MOST_NAME_ROWS and known.names_of(text) is not None)
        if named or (known.title_of(text) is not None and sum(map(has_page, run)) <= 1):
            best = size
    return best


def bare_row(text: str) -> str:
    """Return a line of the contents without its page, at either end, and without leaders."""
    tail = text[-TAIL:]
    found = LED_PAGE.search(tail) or BARE_PAGE.search(tail)
    cut = text[: len(text) - len(tail) + found.start()] if found else text
    return LEADING.sub("", cut, count=1).rstrip(" .\u2026_")


def has_page(text: str) -> bool:
    """Tell whether a line of the contents holds a page."""
    return bare_row(text) != text.rstrip(" .\u2026_") or NUMBER.match(text) is not None


def one_row(rows: Sequence[Row]) -> Row:
    """Return several lines as one, a page at the end of any of them at its end."""
    parts: list[str] = []
    page = ""
    for row in rows:
        text = row.text
        tail = text[-TAIL:]
        found = LED_PAGE.search(tail) or BARE_PAGE.search(tail)
        if found and row is not rows[-1]:
            cut = len(text) - len(tail) + found.start()
            text, page = text[:cut], text[cut:]
        parts.append(text)
    return Row(joined(parts) + page, rows[0].piece)


def with_role(row: Row, known: Known) -> Row:
    """Return a line with its role where an article prints it as its title, or as its line of names."""
    text = bare_row(row.text)
    if known.names_of(text) is not None:
        return replace(row, role="names")
    return replace(row, role="title") if known.title_of(text) is not None else row


def names_by_titles(rows: Sequence[Row], known: Known) -> list[Row]:
    """Return the lines with names that stand beside another title behind their own, where only one can be theirs."""
    titles = [known.title_of(bare_row(row.text)) for row in rows]
    names = [
        known.names_of(bare_row(row.text)) if title is None else None for row, title in zip(rows, titles, strict=True)
    ]
    own: dict[int, int] = {}
    for k, together in enumerate(names):
        places = [at for at, title in enumerate(titles) if together and title in known.written[together]]
        if len(places) == 1 and places[0] not in neighbours(k, titles):
            own[k] = places[0]
    moved = set(own) if len(set(own.values())) == len(own) else set()
    result: list[Row] = []
    for k, row in enumerate(rows):
        if k not in moved:
            result.append(row)
        result += (rows[j] for j in sorted(moved) if own[j] == k)
    return result


def neighbours(at: int, titles: Sequence[str | None]) -> Iterable[int]:
    """Return the places of the nearest titles above and below a line."""
    above = (k for k in range(at - 1, -1, -1) if titles[k] is not None)
    below = (k for k in range(at + 1, len(titles)) if titles[k] is not None)
    return [k for k in (next(above, None), next(below, None)) if k is not None]
