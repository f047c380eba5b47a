"""The printed contents: finding its entries, and telling title from author by what stands over the articles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from monitor.ingest.bylines import read_byline
from monitor.ingest.document import ContentsEntry

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PAGE_MARK = re.compile(r"(?:pp?\.|page|pg\.?) ?(?P<page>\d{1,4})(?: ?[-\u2013] ?\d{1,4})?[.:]?$", re.IGNORECASE)
# "..... 5", "… p. 5", ", p. 5", "(page 5)", "| 5", "— 5"
LED_PAGE = re.compile(
    r" ?(?:[.\u2026\u00b7_]{3,40}|[.\u00b7]( [.\u00b7]){2,20}|\u2026|[,|:\u2013\u2014-] ?(?:pp?\.|page)|\((?:pp?\.|page)"
    r"|[|\u2013\u2014\u2022]) ?(?P<page>\d{1,4})(?: ?[-\u2013] ?\d{1,4})?\)?$",
    re.IGNORECASE,
)
QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2011": "-"})
SAME_TITLE = 85.0
LONGEST_ENTRY = 400
MOST_ROWS = 12
MOST_ENTRIES = 200


@dataclass(frozen=True, slots=True)
class Row:
    """One printed line of the contents and the number of the piece it stands in."""

    text: str
    piece: int


@dataclass(frozen=True, slots=True)
class RawEntry:
    """The lines between one page number and the next, title and authors not yet told apart."""

    page: int | None
    rows: tuple[Row, ...]

    @property
    def text(self) -> str:
        """All its lines as one."""
        return joined(row.text for row in self.rows)


def joined(rows: Iterable[str]) -> str:
    """Return printed lines as one; a hyphen at a line's end before a capital or small letter is kept."""
    text = ""
    for row in rows:
        close = text.endswith(("-", "/")) and not text.endswith((" -", " /"))
        text = f"{text}{row}" if close or not text else f"{text} {row}"
    return text


def folded(text: str) -> str:
    """Return a title as it is compared: straight quotes, plain dashes, no case."""
    return " ".join(text.translate(QUOTES).casefold().split())


def likeness(first: str, second: str) -> float:
    """Return how alike two titles are, 0-100."""
    return fuzz.ratio(folded(first[:LONGEST_ENTRY]), folded(second[:LONGEST_ENTRY]))


def page_of(text: str) -> int | None:
    """Return the page that a line names and nothing else ("p.3")."""
    mark = PAGE_MARK.match(text) if len(text) < 20 else None
    return int(mark["page"]) if mark else None


def entries_by_marks(rows: Sequence[Row]) -> list[RawEntry]:
    """Return the entries that begin with a line of their own for the page."""
    entries: list[RawEntry] = []
    for row in rows:
        page = page_of(row.text)
        if page is not None and len(entries) < MOST_ENTRIES:
            entries.append(RawEntry(page, ()))
        elif entries:
            last = entries[-1]
            entries[-1] = RawEntry(last.page, (*last.rows, row)) if len(last.rows) < MOST_ROWS else last
    return entries


def entries_by_leaders(rows: Sequence[Row]) -> list[RawEntry]:
    """Return the entries whose page stands at the end of their line (or begins it), or that have none.

    A line after the page that names people belongs to that entry; any other begins the next one.
    """
    entries: list[RawEntry] = []
    waiting: list[Row] = []
    for row in rows[: MOST_ENTRIES * 3]:
        found = LED_PAGE.search(row.text[-40:])
        if found:
            title = row.text[: len(row.text) - (len(row.text[-40:]) - found.start())].rstrip(" .")
            entries.append(RawEntry(int(found["page"]), (*waiting, Row(title, row.piece))))
            waiting = []
        elif entries and not waiting and read_byline(row.text):
            entries[-1] = RawEntry(entries[-1].page, (*entries[-1].rows, row))
        else:
            waiting.append(row)
    return [*entries, *(RawEntry(None, (row,)) for row in waiting)]


def reconciled(entry: RawEntry, titles: Sequence[str]) -> tuple[ContentsEntry, int | None]:
    """Return the entry with title and authors apart, and the index of the article it announces.

    The cut is where the lines above it are most like an article's title; where they are like none, the last piece
    (or line) that names people are the authors.
    """
    texts = [row.text for row in entry.rows[:MOST_ROWS]]
    best: tuple[float, int, int] = (0.0, 0, 0)
    for cut in range(1, len(texts) + 1):
        candidate = joined(texts[:cut])
        for index, title in enumerate(titles):
            score = likeness(candidate, title)
            if score > best[0]:
                best = (score, cut, index)
    if best[0] >= SAME_TITLE:
        return with_authors(entry.page, joined(texts[: best[1]]), joined(texts[best[1] :])), best[2]
    for cut in sorted(range(1, len(texts)), key=lambda cut: entry.rows[cut - 1].piece == entry.rows[cut].piece):
        if read_byline(joined(texts[cut:])):
            return with_authors(entry.page, joined(texts[:cut]), joined(texts[cut:])), None
    return inline_authors(entry.page, joined(texts), titles)


def inline_authors(page: int | None, text: str, titles: Sequence[str]) -> tuple[ContentsEntry, int | None]:
    """Return an entry of one line: "Title, by Author", "Title \u2014 Author", "Author: Title" or a title alone."""
    for sign in (" by ", " \u2014 ", " \u2013 ", " | ", " / ", ": ", ", "):
        before, _, after = text.rpartition(sign) if sign != ": " else text.partition(sign)[::-1]
        if not before or not after or read_byline(after) is None:
            continue
        scores = [(likeness(before, title), index) for index, title in enumerate(titles)]
        best = max(scores, default=(0.0, 0))
        if best[0] >= SAME_TITLE or sign in {" by ", " \u2014 "}:
            return with_authors(page, before, after), best[1] if best[0] >= SAME_TITLE else None
    return with_authors(page, text, ""), None


def with_authors(page: int | None, title: str, authors: str) -> ContentsEntry:
    """Return an entry; a line after the title that names nobody stays with the title, so that nothing is lost."""
    if not authors:
        return ContentsEntry(page, title)
    byline = read_byline(authors)
    if byline is None:
        return ContentsEntry(page, title, (authors,))
    return ContentsEntry(page, title, byline.names)
