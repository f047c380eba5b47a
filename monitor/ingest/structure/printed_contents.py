"""The contents of a typeset issue: which pieces they are, and which of their lines make one entry.

Text files are read by `front` and `contents`, which know blank lines only. Here a page number stands before or after
its title, alone, behind leaders or behind a gap; authors stand before or after the title; the look of a line tells
the last author of the contents from the first title of the issue.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

from monitor.ingest.structure.bylines import read_byline
from monitor.ingest.structure.contents import (
    BARE_PAGE,
    LED_PAGE,
    MOST_ENTRIES,
    MOST_ROWS,
    TAIL,
    Entries,
    RawEntry,
    Row,
    page_of,
    without_page,
)
from monitor.ingest.structure.looks import LONGEST_QUESTION, is_bare, words
from monitor.ingest.structure.masthead import is_issue_row
from monitor.ingest.structure.posts import is_post
from monitor.ingest.structure.type_looks import Look, letters, look_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.ingest.periodicals import Profile
    from monitor.ingest.pieces import Piece

NUMBER_ALONE = re.compile(r"(\d{1,3})\.?$")
LEADING_PAGE = re.compile(
    r"(?:(?:pp?\.|page) ?)?(?P<page>\d{1,3})(?: ?[|:\u2022\u2013\u2014-] | {1,3})(?=[^\W\d_]|[\"'\u201c\u2018])"
)
AND = re.compile(r" (?:&|and|et|und|y) |, ")
LEADERS = re.compile(r"(?: ?[.\u2026\u00b7_]){2,60}$")
# Two entries side by side: "First .... 1 Second .... 3".
INNER_PAGE = re.compile(r"((?:[.\u2026]{3}|[.\u2026] ) ?\d{1,3}) (?=[^\W\d_]|[\"\u201c\u2018])")
FRONT_PIECES = 250
FEWEST_WITHOUT_HEADING = 3
# Between two page numbers stand at most a title, names, a summary and a section's name.
WIDEST_ENTRY = 8
SHORTEST_REST = 4  # letters of a wrapped title's second line
LINES_OF_ENTRY = 3  # at most, where entries touch in one piece
LONG_TEXT = 60  # words: no entry of the contents is as long


@dataclass(frozen=True, slots=True)
class Zone:
    """The contents among an issue's first pieces: from the heading (or first line) to before `end`."""

    start: int
    end: int


def is_heading(text: str, profile: Profile) -> bool:
    """Tell whether a line is the heading of the contents."""
    return text.strip(" :*").casefold() in profile.contents_headings


def find_zone(pieces: Sequence[Piece], profile: Profile) -> Zone | None:
    """Return where the contents stand in the flow of a typeset issue, None where none are printed there."""
    head = pieces[:FRONT_PIECES]
    heading = next((k for k, piece in enumerate(head) if is_heading(piece.text, profile)), None)
    if heading is not None and sum(map(is_long, head[:heading])) > 1:
        heading = None
    start = heading + 1 if heading is not None else 0
    last = last_paged(head, start, fewest=1 if heading is not None else FEWEST_WITHOUT_HEADING)
    if last is None:
        return None
    first = heading if heading is not None else last[0]
    return Zone(first, zone_end(pieces, first + (heading is not None), last[1]))


def is_long(piece: Piece) -> bool:
    """Tell whether a piece is running text: too long for an entry, and without pages at its lines' ends."""
    if piece.aside is not None or any(paged(row) for row in piece.rows):
        return False
    if is_list(piece.rows) or bears_pages(piece.rows):
        return False
    length = len(words(piece.text[:1500]))
    question = piece.text.endswith(("?", "?\u201d")) and (length <= LONGEST_QUESTION or leads(piece.rows[0]))
    return length > LONG_TEXT or (len(piece.rows) > 1 and not is_bare(piece.text) and not question)


def is_prose(piece: Piece) -> bool:
    """Tell whether a piece is running text some of whose lines end in numbers or begin with them."""
    own = sum(paged(row) or trails(row) or leads(row) for row in piece.rows)
    return len(words(piece.text[:1500])) > LONG_TEXT and LINES_OF_ENTRY * own < len(piece.rows)


def bears_pages(rows: Sequence[str]) -> bool:
    """Tell whether two lines at least end in numbers that never go back, one line of three, or begin with such."""
    ends = [number for row in rows if trails(row) and (number := page_in(row, trails)) is not None]
    starts = [number for row in rows if leads(row) and (number := page_in(row, leads)) is not None]
    ending = len(ends) > 1 and ends == sorted(ends) and LINES_OF_ENTRY * len(ends) >= len(rows)
    return ending or (len(starts) > 1 and starts == sorted(starts) and leads(rows[0]))


def is_list(rows: Sequence[str]) -> bool:
    """Tell whether every line names people or ends in a bare number, one at least in a number: entries touching."""
    pages = sum(map(trails, rows))
    return 0 < pages < len(rows) and all(trails(row) or read_byline(without_colon(row)) for row in rows)


def without_colon(row: str) -> str:
    """Return a line without the colon that parts names from the title below them."""
    return row.removesuffix(":").rstrip()


def paged(row: str) -> bool:
    """Tell whether a line of the contents bears a page, at either end."""
    return page_of(row) is not None or (LED_PAGE.search(row[-TAIL:]) is not None and not is_issue_row(row))


def last_paged(pieces: Sequence[Piece], start: int, fewest: int) -> tuple[int, int] | None:
    """Return the first and last piece of the run of page references that begins at `start` or later.

    Lines of a text may end in numbers too: below a heading it counts as contents only where nothing else does.
    """
    for prose, marks in product((False, True)[: 1 + (fewest == 1)], (paged, trails, leads, alone)):
        found: list[int] = []
        rows: list[str] = []
        for k in range(start, len(pieces)):
            above = sum(map(is_long, pieces[start:k])) if not found else 0
            if above > 1 or (found and (k - found[-1] > WIDEST_ENTRY or is_long(pieces[k]))):
                break
            listed = pieces[k].aside in {None, "contents", "list"} and (prose or not is_prose(pieces[k]))
            if here := [row for row in pieces[k].rows if listed and marks(row)]:
                found.append(k)
                rows += here
        numbers = [n for row in rows if (n := page_in(row, marks)) is not None]
        sure = marks is paged or (numbers == sorted(numbers) and len(rows) > 1)
        if found and len(rows) >= fewest and sure:
            return found[0], found[-1]
    return None


def trails(row: str) -> bool:
    """Tell whether a line ends in a bare number."""
    return BARE_PAGE.search(row[-TAIL:]) is not None and not is_issue_row(row)


def leads(row: str) -> bool:
    """Tell whether a line begins with a number and goes on with a title."""
    return LEADING_PAGE.match(row) is not None and not is_issue_row(row)


def alone(row: str) -> bool:
    """Tell whether a line is nothing but a number."""
    return NUMBER_ALONE.match(row) is not None


def page_in(row: str, marks: object) -> int | None:
    """Return the number that one kind of mark gives a line."""
    if marks is trails and (found := BARE_PAGE.search(row[-TAIL:])):
        return int(found["page"])
    if marks is leads and (found := LEADING_PAGE.match(row)):
        return int(found["page"])
    if marks is alone and (found := NUMBER_ALONE.match(row)):
        return int(found[1])
    return None


def zone_end(pieces: Sequence[Piece], first: int, last: int) -> int:
    """Return the piece after the contents: names and titles that go on their last entry still belong to them.

    What is set as no line of the contents is set, or prints one of their titles once more, begins the first article.
    """
    inside = pieces[first : last + 1]
    looks = {look_of(piece) for piece in inside}
    titled = [row for piece in inside for row in piece.rows if read_byline(row) is None]
    listed = {letters(without_page(LEADING_PAGE.sub("", row))) for row in titled}
    bold = {letters(without_page(row)) for piece in inside if look_of(piece).bold for row in piece.rows}
    end = last + 1
    while end < len(pieces) and end <= last + WIDEST_ENTRY:
        piece = pieces[end]
        if piece.aside is not None or not is_bare(piece.text):
            break
        if opens_article(pieces, last, end):
            break
        if look_of(piece) not in looks and not is_signer(piece, pieces[end - 1], looks):
            break
        if piece.page != pieces[last].page:
            # The last names stand on the last page number's page.
            break
        if any(same_beginning(letters(piece.text), row) for row in listed if row):
            break
        if look_of(piece).bold and letters(piece.text) in bold:
            # A title that reads like a name.
            break
        end += 1
    return end


def opens_article(pieces: Sequence[Piece], last: int, at: int) -> bool:
    """Tell whether a piece behind the last page is a title over names over text, the last entry being whole."""
    if at + 2 >= len(pieces) or read_byline(pieces[at].text) or read_byline(pieces[at + 1].text) is None:
        return False
    whole = any(trails(row) or LED_PAGE.search(row[-TAIL:]) for row in pieces[last].rows)
    named = bool(pieces[at - 1].rows) and read_byline(pieces[at - 1].rows[-1]) is not None
    text = at + 3 if is_post(pieces[at + 2].text) else at + 2
    return (whole or named) and text < len(pieces) and is_long(pieces[text])


def is_signer(piece: Piece, above: Piece, looks: set[Look]) -> bool:
    """Tell whether a line names the authors of the entry above it, in another slant or weight than its title."""
    look = look_of(piece)
    if read_byline(piece.text) is None or look.bold:
        return False
    unsigned = not read_byline(above.rows[-1] if above.rows else "")
    return look._replace(italic=False) in looks or (unsigned and any(look.size == one.size for one in looks))


def same_beginning(text: str, row: str) -> bool:
    """Tell whether a title and a line of the contents begin alike, one of them being wrapped."""
    short, long = sorted((text, row), key=len)
    return len(short) > 8 and long.startswith(short)


def entries_of(rows: Sequence[Row], profile: Profile, titles: frozenset[str]) -> Entries:
    """Return the entries that the lines of the contents print; `titles` are the letters of short lines further on."""
    listed = [row for row in rows if not is_heading(row.text, profile)]
    if sum(page_of(row.text) is not None for row in listed) > 1:
        return by_numbers([(page_of(row.text), row if page_of(row.text) is None else None, row) for row in listed])
    led = [page_led(row.text) for row in listed]
    if any(page is not None for page in led):
        mixed = [page if page is not None else page_at_end(row.text) for page, row in zip(led, listed, strict=True)]
        shown = [page for page in mixed if page is not None]
        return by_ends(list(zip(mixed if shown == sorted(shown) else led, listed, strict=True)), titles)
    for marks in (trails, leads, alone):
        reads = page_at_end if marks is trails else (lambda text, marks=marks: page_in(text, marks))
        numbers = [
            reads(row.text) if marks(row.text) or (marks is trails and alone(row.text)) else None for row in listed
        ]
        shown = [n for n in numbers if n is not None]
        if len(shown) < 2 or shown != sorted(shown):
            continue
        if marks is trails:
            return by_ends(list(zip(numbers, listed, strict=True)), titles)
        rests = [
            LEADING_PAGE.sub("", row.text, count=1) if n is not None else row.text
            for n, row in zip(numbers, listed, strict=True)
        ]
        kept = [
            Row(rest, row.piece) if not (marks is alone and n is not None) else None
            for n, rest, row in zip(numbers, rests, listed, strict=True)
        ]
        return by_numbers(list(zip(numbers, kept, listed, strict=True)))
    return by_ends([(None, row) for row in listed], titles)


def page_at_end(text: str) -> int | None:
    """Return the bare number that a line ends in, or is."""
    found = NUMBER_ALONE.match(text)
    return int(found[1]) if found else page_in(text, trails)


def page_led(text: str) -> int | None:
    """Return the page behind leaders or a sign at the end of a line."""
    found = LED_PAGE.search(text[-TAIL:])
    return int(found["page"]) if found and not is_issue_row(text) else None


def by_numbers(rows: Sequence[tuple[int | None, Row | None, Row]]) -> Entries:
    """Return the entries of contents in which the page comes first, or last on a line of its own.

    Each row comes as its page, what it says beside it, and whole.
    """
    after = bool(rows) and rows[-1][0] is not None and rows[-1][1] is None and rows[0][0] is None
    ordered = list(reversed(rows)) if after else list(rows)
    groups: list[tuple[int | None, list[Row]]] = []
    spare: list[Row] = []
    for page, rest, _ in ordered:
        if page is not None and len(groups) < MOST_ENTRIES:
            groups.append((page, [rest] if rest else []))
        elif groups and rest and len(groups[-1][1]) < MOST_ROWS:
            groups[-1][1].append(rest)
        elif rest:
            spare.append(rest)
    if after:
        groups = [(page, own[::-1]) for page, own in reversed(groups)]
    return Entries(tuple(RawEntry(page, tuple(own)) for page, own in groups), tuple(row.text for row in spare))


def numbers_beside(rows: Sequence[tuple[int | None, Row]]) -> list[tuple[int | None, Row]]:
    """Return the rows with numbers that stand below each other given to the titles before them, one each.

    So a layout reads pages that stand at the right edge, in a column of their own.
    """
    result: list[tuple[int | None, Row]] = []
    at = 0
    while at < len(rows):
        count = 0
        while at + count < len(rows) and NUMBER_ALONE.match(rows[at + count][1].text):
            count += 1
        free = 0
        while free < len(result) and result[-1 - free][0] is None:
            free += 1
        if count > 1 and count == free:
            pages = [page for page, _ in rows[at : at + count]]
            result[-count:] = [
                (page, replace(row, text=f"{row.text} {page}"))
                for page, (_, row) in zip(pages, result[-count:], strict=True)
            ]
            at += count
        else:
            result.append(rows[at])
            at += 1
    return result


def by_ends(rows: Sequence[tuple[int | None, Row]], titles: frozenset[str]) -> Entries:
    """Return the entries of contents in which the page ends the title's (or the authors') last line.

    Between two pages stand authors and the first lines of a wrapped title. The authors belong to the entry before,
    unless those of the first entry stand above it.
    """
    rows = numbers_beside(rows)
    paged_rows = [k for k, (page, _) in enumerate(rows) if page is not None]
    if not paged_rows:
        return Entries((), tuple(row.text for _, row in rows))
    before = any(is_author(row, titles) for _, row in rows[: paged_rows[0]])
    before = before and not any(is_author(row, titles) for _, row in rows[paged_rows[-1] + 1 :])
    entries: list[RawEntry] = []
    waiting: list[Row] = []
    spare: list[str] = []
    for page, row in rows:
        if page is not None and len(entries) < MOST_ENTRIES:
            title = "" if NUMBER_ALONE.match(row.text) else without_page(row.text)
            whole = (*waiting, *((replace(row, text=title),) if title else ()))
            entries.append(RawEntry(page, whole[-MOST_ROWS:]))
            spare += (one.text for one in whole[:-MOST_ROWS])
            waiting = []
        elif (names := names_over(row, titles)) is not None:
            waiting.append(names)
        elif entries and not before and not waiting and goes_on(entries[-1], row, titles):
            entries[-1] = RawEntry(entries[-1].page, (*entries[-1].rows, row))
        else:
            waiting.append(replace(row, text=LEADERS.sub("", row.text)))
    if (
        entries
        and waiting
        and len(entries[-1].rows) + len(waiting) <= MOST_ROWS
        and all(is_bare(row.text) for row in waiting)
    ):
        return Entries((*entries, *(RawEntry(None, (row,)) for row in waiting)), tuple(spare))
    return Entries(tuple(entries), (*spare, *(row.text for row in waiting)))


def names_over(row: Row, titles: frozenset[str]) -> Row | None:
    """Return a line of names without the colon that sets them over the title below, None for any other line."""
    names = replace(row, text=without_colon(row.text))
    return names if names.text != row.text and is_author(names, titles) else None


def goes_on(entry: RawEntry, row: Row, titles: frozenset[str]) -> bool:
    """Tell whether a line behind an entry's page is still its own: its authors, or the rest of its title or of these."""
    return len(entry.rows) < MOST_ROWS and (is_author(row, titles) or completes(entry, row, titles))


def completes(entry: RawEntry, row: Row, titles: frozenset[str]) -> bool:
    """Tell whether a line goes on an entry's title or names, as a title or a line of names of the issue has them."""
    if not entry.rows:
        return False
    last, text = entry.rows[-1].text, letters(row.text)
    if any(title.startswith(letters(entry.text) + text) for title in titles):
        return True
    cut_name = letters(AND.split(last)[-1])
    return len(cut_name) >= SHORTEST_REST and any(cut_name + text in title for title in titles)


def is_author(row: Row, titles: frozenset[str]) -> bool:
    """Tell whether a line of the contents names people; a title's first line may look so too."""
    if row.role:
        return row.role == "names"
    text = letters(row.text)
    begun = (title for title in titles if title.startswith(text))
    return read_byline(row.text) is not None and all(len(title) - len(text) < SHORTEST_REST for title in begun)


def mended_rows(piece: Piece) -> tuple[str, ...]:
    """Return a piece's printed lines, two as one where a word is cut at a line's end, as the piece's text has it."""
    rows: list[str] = []
    for row in (part for printed in piece.rows for part in INNER_PAGE.sub("\\1\n", printed).split("\n")):
        if rows and rows[-1].endswith("-") and (first := row.split(" ", 1)[0]):
            stem = rows[-1].rsplit(" ", 1)[-1]
            whole = stem[:-1] + first
            rows[-1] = rows[-1][: -len(stem)] + (whole if whole in piece.text else stem + first) + row[len(first) :]
        else:
            rows.append(row)
    return tuple(rows)
