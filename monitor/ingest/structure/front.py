"""The first pieces of an issue: which are its masthead, which its contents, and where its first article begins."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.ingest.structure.bylines import read_byline
from monitor.ingest.structure.contents import (
    LED_PAGE,
    SAME_TITLE,
    TAIL,
    RawEntry,
    Row,
    bare_pages,
    entries_by_leaders,
    entries_by_marks,
    folded,
    likeness,
    page_of,
    without_page,
)
from monitor.ingest.structure.looks import is_bare
from monitor.ingest.structure.masthead import is_issue_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.ingest.periodicals import Profile
    from monitor.ingest.pieces import Piece

FRONT_PIECES = 250
MASTHEAD_PIECES = 8
# "- 1 -" at the foot of the page that holds the contents.
FOLIO = re.compile(r"[-\u2013\u2014] ?\d{1,4} ?[-\u2013\u2014]")
# Between two page numbers of a contents list stand a title and names, at most also a summary.
WIDEST_ENTRY = 8


@dataclass(frozen=True, slots=True)
class Front:
    """The masthead's rows and the contents' entries."""

    masthead: tuple[str, ...]
    entries: tuple[RawEntry, ...]
    spare: tuple[str, ...] = ()  # lines among the contents that belong to no entry

    def author_rows(self) -> tuple[str, ...]:
        """Return every line of the contents: the authors' lines stand among them."""
        return tuple(row.text for entry in self.entries for row in entry.rows)


def is_running(piece: Piece) -> bool:
    """Tell whether a piece is running text and no title, name, head or list item."""
    return piece.level is None and piece.aside is None and not is_bare(piece.text)


def read_front(pieces: Sequence[Piece], profile: Profile) -> tuple[Front, tuple[Piece, ...]]:
    """Return how an issue opens, and the pieces after its opening.

    Where the layout itself says "masthead" or "contents", those pieces are taken out wherever they stand.
    """
    told = [piece for piece in pieces if piece.aside in {"masthead", "contents"}]
    if told:
        rest = tuple(piece for piece in pieces if piece.aside not in {"masthead", "contents"})
        rows = [Row(row, k) for k, piece in enumerate(told) if piece.aside == "contents" for row in piece.rows]
        end = masthead_end(rest)
        masthead = rows_of([*(piece for piece in told if piece.aside == "masthead"), *rest[:end]])
        return front_of(masthead, rows, profile), rest[end:]
    head = pieces[:FRONT_PIECES]
    span = contents_span(head, profile)
    if span is None:
        body = masthead_end(head)
        first, last = closing_contents(pieces, profile) or (len(pieces), len(pieces))
        rows = [Row(row, index) for index in range(first, last) for row in pieces[index].rows]
        return front_of(rows_of(pieces[:body]), rows, profile), (*pieces[body:first], *pieces[last:])
    first, last = span
    body = first_article(head, last, profile)
    rows = [Row(row, index) for index in range(first, body) for row in pieces[index].rows]
    return front_of(rows_of(pieces[:first]), rows, profile), tuple(pieces[body:])


def front_of(masthead: tuple[str, ...], rows: Sequence[Row], profile: Profile) -> Front:
    """Return the front with the entries that the lines of the contents print."""
    folios = tuple(row.text for row in rows if FOLIO.fullmatch(row.text))
    listed = [row for row in rows if not is_contents_heading(row.text, profile) and row.text not in folios]
    marked = any(page_of(row.text) is not None for row in listed)
    read = entries_by_marks(listed) if marked else entries_by_leaders(listed)
    return Front(masthead, read.entries, (*folios, *read.spare))


def rows_of(pieces: Sequence[Piece]) -> tuple[str, ...]:
    """Return the printed lines of pieces."""
    return tuple(row for piece in pieces for row in piece.rows)


def is_contents_heading(text: str, profile: Profile) -> bool:
    """Tell whether a line is the heading of the contents."""
    return text.strip(" :*").casefold() in profile.contents_headings


def contents_span(pieces: Sequence[Piece], profile: Profile) -> tuple[int, int] | None:
    """Return the first and the last piece that are surely contents, None where none are printed."""
    heading = next((k for k, piece in enumerate(pieces) if is_contents_heading(piece.text, profile)), None)
    if heading is not None and sum(map(is_running, pieces[:heading])) > 1:
        heading = None
    marked = [k for k, piece in enumerate(pieces) if any(page_of(row) is not None for row in piece.rows)]
    led = [k for k, piece in enumerate(pieces) if leads(piece)]
    found = chained(pieces, sorted({*marked, *led}))
    rows = sum(
        page_of(row) is not None or LED_PAGE.search(row[-TAIL:]) is not None for k in found for row in pieces[k].rows
    )
    if heading is not None:
        ends = [k for k in found if k >= heading] or [max((listed_until(pieces, heading), *numbered(pieces, heading)))]
        return min([heading, *found]), ends[-1]
    if rows < 2 or sum(map(is_running, pieces[: found[0]])) > 1:
        # Pages named deep in the text are no contents.
        return None
    return found[0], found[-1]


def leads(piece: Piece) -> bool:
    """Tell whether a line of a piece ends in a page as entries of the contents do."""
    return any(LED_PAGE.search(row[-TAIL:]) and not is_issue_row(row) for row in piece.rows)


def chained(pieces: Sequence[Piece], marked: Sequence[int]) -> list[int]:
    """Return the marked pieces up to the first wide gap; page numbers in the body are no contents."""
    chain: list[int] = []
    for index in marked:
        between = pieces[chain[-1] + 1 : index] if chain else ()
        if len(between) > WIDEST_ENTRY or sum(map(is_running, between)) > 1:
            break
        chain.append(index)
    return chain


def numbered(pieces: Sequence[Piece], heading: int) -> tuple[int, ...]:
    """Return the last piece after a contents heading with a line that ends in a bare page, if such lines follow."""
    rows = [Row(row, k) for k in range(heading + 1, text_after(pieces, heading)) for row in pieces[k].rows]
    return (rows[max(found)].piece,) if (found := bare_pages(rows)) else ()


def text_after(pieces: Sequence[Piece], heading: int) -> int:
    """Return where running text begins after the heading of the contents; many short lines in one piece are none."""
    for k in range(heading + 1, len(pieces)):
        rows = [Row(row, k) for row in pieces[k].rows]
        if is_running(pieces[k]) and not bare_pages(rows) and not leads(pieces[k]):
            return k
    return len(pieces)


def closing_contents(pieces: Sequence[Piece], profile: Profile) -> tuple[int, int] | None:
    """Return where contents begin and end that stand after the articles; a page or a list shows that they are such."""
    for heading in range(len(pieces) - 1, max(-1, len(pieces) - 1 - FRONT_PIECES), -1):
        if is_contents_heading(pieces[heading].text, profile):
            end = text_after(pieces, heading)
            paged = any(leads(piece) or any(map(page_of, piece.rows)) for piece in pieces[heading + 1 : end])
            listed = numbered(pieces, heading) or listed_until(pieces, heading) > heading
            return (heading, end) if heading and (paged or listed) else None
    return None


def listed_until(pieces: Sequence[Piece], heading: int) -> int:
    """Return the last list item after a contents heading, or the heading where no list follows."""
    last = heading
    while last + 1 < len(pieces) and pieces[last + 1].aside == "list":
        last += 1
    return last


def first_article(pieces: Sequence[Piece], last: int, profile: Profile) -> int:
    """Return where the first article begins after the last sure piece of the contents.

    Running text comes first in an article's body; the line of names before it and the title before that belong to
    the article, what stands before them still to the contents.
    """
    text = next((k for k in range(last + 1, len(pieces)) if is_running(pieces[k])), len(pieces))
    ranked = next((k for k in range(last + 1, text) if pieces[k].level is not None or pieces[k].ruled), None)
    if ranked is not None:
        return ranked
    known = {folded(row) for piece in pieces[: last + 1] for row in piece.rows}
    best: tuple[int, int] | None = None
    for k in range(max(last + 1, text - 3), text):
        rows = pieces[k].rows
        byline = read_byline(pieces[k].text)
        glued = None if byline or len(rows) < 2 else read_byline(rows[-1])
        named = byline or glued
        if named is None or (byline and k == last + 1):
            continue
        score = 2 if named.signed or folded(rows[-1] if glued else pieces[k].text) in known else 1
        if best is None or score >= best[0]:
            best = (score, k if glued else k - 1)
    if best is not None:
        return before_section(pieces, best[1], last, profile)
    alone = text - 1
    listed = [part for piece in pieces[: last + 1] for part in (piece.text, *map(without_page, piece.rows))]
    if alone > last and any(likeness(pieces[alone].text, row) >= SAME_TITLE for row in listed):
        return before_section(pieces, alone, last, profile)
    return text


def before_section(pieces: Sequence[Piece], title: int, last: int, profile: Profile) -> int:
    """Return the piece before a title where that is the section's name printed once more, else the title."""
    above = title - 1
    repeats = above > last + 1 and profile.kind_of_section(pieces[above].text) is not None
    return above if repeats and not read_byline(pieces[above].text) else title


def is_signed(piece: Piece) -> bool:
    """Tell whether a line of a piece says by whom the text below it is."""
    return any((byline := read_byline(row)) is not None and byline.signed for row in piece.rows)


def masthead_end(pieces: Sequence[Piece]) -> int:
    """Return the number of pieces up to the last line with volume, number or date at the top of an issue."""
    end = 0
    for k, piece in enumerate(pieces[:MASTHEAD_PIECES]):
        if is_running(piece) or is_signed(piece):
            break
        if any(is_issue_row(row) for row in piece.rows):
            end = k + 1
    return end
